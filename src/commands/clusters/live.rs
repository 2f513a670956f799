//! Live clusters → inventories: which ones, who asks, and what becomes of those that cannot be read.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Clusters, Reached, Sought, class, maps, plan, target};
use crate::cluster::{Reading, Target, Wanted};
use crate::commands::live::{self, Access, Kubeconfigs, Saved};
use crate::error::Error;
use crate::io::Io;
use crate::model::MultiRm;
use crate::model::config::Manager;
use crate::model::inventory::Unread;
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
    access: Access,
    /// Whether the user named it.
    is_named: bool,
}

/// Reads the clusters, all at the same time.
pub(super) fn read(sought: Sought<'_>, io: &mut Io<'_>) -> Result<Clusters, Error> {
    let config = sought.config;
    let mut clusters = Clusters::none(config);
    let ways = ways(sought, &mut clusters, io)?;
    differ(&ways, config)?;
    let names = ways.iter().map(|way| name_of(config, way.manager).to_owned()).collect();
    let (mut of, mut targets) = (Vec::new(), Vec::new());
    for Way { manager, name, access: Access { endpoint, program }, is_named } in ways {
        clusters.asked.insert(manager);
        let saver = saved(sought, manager)?.map(|saved| saved.start(&name)).transpose()?;
        targets.push(Target { endpoint, program, wanted: Wanted { saver, ..wanted(sought, manager) } });
        of.push((manager, name, is_named));
    }
    let mut read = Vec::new();
    for ((manager, name, is_named), reading) in of.into_iter().zip(sought.live.read(targets, names, io)) {
        match reading {
            Ok(reading) => read.push((manager, name, reading)),
            Err(failure) => {
                let hint = failure.hint().map(str::to_owned);
                clusters.cannot_read(manager, Unread { words: failure.to_string(), hint, is_named });
            }
        }
    }
    // Before anything is kept.
    apart(&read, config)?;
    for (manager, name, reading) in read {
        take(sought, &mut clusters, (manager, name), reading, io)?;
    }
    for (manager, unread) in clusters.unread.iter().enumerate() {
        if let (Some(unread), Some(saved)) = (unread, saved(sought, manager)?) {
            saved.unread(unread)?;
        }
    }
    Ok(clusters)
}

/// Takes in what was read of a cluster, and saves it.
fn take(
    sought: Sought<'_>,
    clusters: &mut Clusters,
    (manager, name): (usize, String),
    mut reading: Reading,
    io: &mut Io<'_>,
) -> Result<(), Error> {
    let notes = live::notes(&reading);
    if let Some(saved) = saved(sought, manager)? {
        saved.finish(&mut reading, &notes)?;
    }
    for note in notes {
        io.remark(format!("{}: {note}", name_of(sought.config, manager)));
    }
    let Reading { endpoint, builder, version, took, .. } = reading;
    if let Some(reached) = clusters.reached.get_mut(manager) {
        *reached = Some(Reached { endpoint, left: sought.live.timeout.saturating_sub(took) });
    }
    clusters.has_read(manager, Origin::Live { name, said: version.said }, builder.finish());
    Ok(())
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
        let context = contexts.get(&manager.cluster_name.value);
        let found = match (context, &kubeconfigs) {
            (Some(context), Some(kubeconfigs)) => of_context(sought, context, kubeconfigs, io)?,
            _ => of_configuration(sought, manager, &mut sources, io),
        };
        match found {
            Ok((name, access)) => ways.push(Way { manager: manager.index, name, access, is_named: context.is_some() }),
            Err(unread) => clusters.cannot_read(manager.index, unread),
        }
    }
    Ok(ways)
}

/// By a context that the user names, which has to be there. One that is of no use hides no other cluster.
fn of_context(
    sought: Sought<'_>,
    context: &str,
    kubeconfigs: &Kubeconfigs,
    io: &Io<'_>,
) -> Result<Result<(String, Access), Unread>, Error> {
    kubeconfigs.context(context)?;
    Ok(match sought.live.access(kubeconfigs, Some(context), io) {
        Ok(access) => Ok((context.to_owned(), access)),
        Err(error) => Err(Unread { words: error.to_string(), hint: error.hint().map(str::to_owned), is_named: true }),
    })
}

/// By the kubeconfig that the configuration names, as the master would use it.
fn of_configuration(
    sought: Sought<'_>,
    manager: &Manager,
    sources: &mut SourceMap,
    io: &Io<'_>,
) -> Result<(String, Access), Unread> {
    let cluster = &manager.cluster_name.value;
    let hint = || Some(format!("say how to reach it: --map {cluster}=CONTEXT"));
    let unread = |words: String| Unread { words, hint: hint(), is_named: false };
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
    let access = reached.and_then(|kubeconfigs| sought.live.access(&kubeconfigs, None, io));
    access.map(|access| (path, access)).map_err(|error| unread(error.to_string()))
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
        if let Some(other) = servers.insert(way.access.endpoint.server.trim_end_matches('/'), way.manager) {
            return Err(same(config, other, way.manager));
        }
    }
    Ok(())
}

/// The same by what the clusters say of themselves: one server has many addresses.
fn apart(read: &[(usize, String, Reading)], config: &MultiRm) -> Result<(), Error> {
    let mut identities: BTreeMap<&str, usize> = BTreeMap::new();
    for (manager, _, reading) in read {
        if let Some(other) = reading.identity.as_deref().and_then(|identity| identities.insert(identity, *manager)) {
            return Err(same(config, other, *manager));
        }
    }
    Ok(())
}

fn same(config: &MultiRm, one: usize, other: usize) -> Error {
    let (one, other) = (name_of(config, one), name_of(config, other));
    let hint = "each resource manager wants a cluster of its own: look at --map and at kubeconfig_path".to_owned();
    Error::with_hint(format!("the clusters `{one}` and `{other}` are the same one"), Some(hint))
}

fn name_of(config: &MultiRm, manager: usize) -> &str {
    config.managers.get(manager).map_or("", |manager| &manager.cluster_name.value)
}
