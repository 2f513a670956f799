//! Live clusters → inventories: which ones, who asks, and what becomes of those that cannot be read.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Clusters, Sought, class, maps, plan, target};
use crate::cluster::{Endpoint, Target, Wanted};
use crate::commands::live::{self, Saved};
use crate::error::Error;
use crate::io::Io;
use crate::model::MultiRm;
use crate::model::config::Manager;
use crate::model::inventory::{Inventory, Unread};
use crate::report::route::Origin;
use crate::scheduling::Copies;
use crate::scheduling::routing::PodPlan;
use crate::scheduling::verdict::Answer;
use crate::source::{SourceMap, stream};

/// How a cluster is reached.
struct Way {
    manager: usize,
    /// The context, or the kubeconfig of the configuration.
    name: String,
    endpoint: Endpoint,
}

/// Reads the clusters, all at the same time.
pub(super) fn read(sought: Sought<'_>, io: &mut Io<'_>) -> Result<Clusters, Error> {
    let config = sought.config;
    let mut clusters = Clusters::none(config);
    let ways = ways(sought, &mut clusters, io)?;
    differ(&ways, config)?;
    let target = |way: &Way| {
        let saver = saved(sought, way.manager)?.map(|saved| saved.start(&way.name)).transpose()?;
        Ok(Target { endpoint: way.endpoint.clone(), wanted: Wanted { saver, ..wanted(sought, way.manager) } })
    };
    for way in &ways {
        if let Some(endpoint) = clusters.endpoints.get_mut(way.manager) {
            *endpoint = Some(way.endpoint.clone());
        }
    }
    let targets: Vec<Target> = ways.iter().map(target).collect::<Result<_, Error>>()?;
    let names = ways.iter().map(|way| name_of(config, way.manager).to_owned()).collect();
    let readings = sought.live.read(targets, names, io);
    let mut identities: BTreeMap<String, usize> = BTreeMap::new();
    for (way, reading) in ways.iter().zip(readings) {
        let mut reading = match reading {
            Ok(reading) => reading,
            Err(failure) => {
                let hint = failure.hint().map(str::to_owned);
                clusters.cannot_read(way.manager, Unread { words: failure.to_string(), hint });
                continue;
            }
        };
        let notes = live::notes(&reading);
        if let Some(saved) = saved(sought, way.manager)? {
            saved.finish(&mut reading, &notes)?;
        }
        for note in notes {
            io.note("note", format!("{}: {note}", name_of(config, way.manager)));
        }
        let said = reading.version.said.clone();
        let inventory = reading.builder.finish();
        if let Some(other) = identity(&inventory).and_then(|identity| identities.insert(identity, way.manager)) {
            return Err(same(config, other, way.manager));
        }
        clusters.has_read(way.manager, Origin::Live { name: way.name.clone(), said }, inventory);
    }
    for (manager, unread) in clusters.unread.iter().enumerate() {
        if let (Some(unread), Some(saved)) = (unread, saved(sought, manager)?) {
            saved.unread(unread)?;
        }
    }
    Ok(clusters)
}

/// The snapshot of a cluster that is to be saved.
fn saved(sought: Sought<'_>, manager: usize) -> Result<Option<Saved>, Error> {
    sought.live.saved(name_of(sought.config, manager))
}

/// The ways to the clusters that there is one to. What a user names has to be right; what the configuration names is
/// the master's and may not be here.
fn ways(sought: Sought<'_>, clusters: &mut Clusters, io: &Io<'_>) -> Result<Vec<Way>, Error> {
    let contexts = maps(sought, "CLUSTER=CONTEXT")?;
    let mut sources = SourceMap::new();
    let kubeconfigs = match contexts.is_empty() {
        true => None,
        false => Some(sought.live.kubeconfigs(&mut sources, io)?),
    };
    let mut ways = Vec::new();
    for manager in sought.config.managers.iter().filter(|manager| manager.kubernetes().is_some()) {
        let (name, endpoint) = match (contexts.get(&manager.cluster_name.value), &kubeconfigs) {
            (Some(context), Some(kubeconfigs)) => {
                (context.clone(), sought.live.endpoint(kubeconfigs, Some(context), io)?)
            }
            _ => match of_configuration(sought, manager, &mut sources, io) {
                Ok(found) => found,
                Err(unread) => {
                    clusters.cannot_read(manager.index, unread);
                    continue;
                }
            },
        };
        ways.push(Way { manager: manager.index, name, endpoint });
    }
    Ok(ways)
}

/// By the kubeconfig that the configuration names, as the master would use it.
fn of_configuration(
    sought: Sought<'_>,
    manager: &Manager,
    sources: &mut SourceMap,
    io: &Io<'_>,
) -> Result<(String, Endpoint), Unread> {
    let cluster = &manager.cluster_name.value;
    let unread = |words: String| Unread { words, hint: Some(format!("say how to reach it: --map {cluster}=CONTEXT")) };
    let path = manager.kubernetes().map(|settings| settings.kubeconfig_path.value.clone()).unwrap_or_default();
    if path.is_empty() {
        return Err(unread("the configuration names no kubeconfig: the master reaches it from inside".to_owned()));
    }
    let expanded = match (path.strip_prefix("~/"), io.variable("HOME")) {
        (Some(rest), Some(home)) => format!("{home}/{rest}"),
        _ => path.clone(),
    };
    if !stream::exists(Path::new(&expanded)) {
        return Err(unread(format!("the kubeconfig that the configuration names, {path}, is not here")));
    }
    let reached = sought.live.master_kubeconfig(Path::new(&expanded), sources);
    let endpoint = reached.and_then(|kubeconfigs| sought.live.endpoint(&kubeconfigs, None, io));
    endpoint.map(|endpoint| (path, endpoint)).map_err(|error| unread(error.to_string()))
}

/// Everything that may be tried on a cluster.
fn wanted(sought: Sought<'_>, manager: usize) -> Wanted {
    let answers: Vec<Answer> = (sought.tried)(manager);
    let plans: Vec<&PodPlan> =
        answers.iter().filter(|answer| target(answer) == Some(manager)).filter_map(plan).collect();
    let copies = |plan: &PodPlan| Copies::Exactly(u64::try_from(plan.split.pods).unwrap_or(0));
    Wanted {
        version: sought.version.map(|version| version.used),
        pods: plans.iter().map(|plan| (plan.pod.clone(), copies(plan))).collect(),
        classes: plans.iter().map(|plan| class(plan.priority)).collect(),
        pace: sought.live.pace(),
        saver: None,
    }
}

/// Two resource managers on one API server are a mistake: each would count the other's nodes as its own.
fn differ(ways: &[Way], config: &MultiRm) -> Result<(), Error> {
    let mut servers: BTreeMap<&str, usize> = BTreeMap::new();
    for way in ways {
        if let Some(other) = servers.insert(way.endpoint.server.trim_end_matches('/'), way.manager) {
            return Err(same(config, other, way.manager));
        }
    }
    Ok(())
}

fn same(config: &MultiRm, one: usize, other: usize) -> Error {
    let (one, other) = (name_of(config, one), name_of(config, other));
    let hint = "each resource manager wants a cluster of its own: look at --map and at kubeconfig_path".to_owned();
    Error::with_hint(format!("the clusters `{one}` and `{other}` are the same one"), Some(hint))
}

/// What sets a cluster apart from all others.
fn identity(inventory: &Inventory) -> Option<String> {
    let uid = &inventory.namespaces.get("kube-system")?.metadata.uid;
    (!uid.is_empty()).then(|| uid.clone())
}

fn name_of(config: &MultiRm, manager: usize) -> &str {
    config.managers.get(manager).map_or("", |manager| &manager.cluster_name.value)
}
