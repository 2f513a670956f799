//! What is known of the clusters of a configuration: snapshots, or clusters as they are → inventories, one for each
//! resource manager that has one.

mod live;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::live::Live;
use super::scheduler_version::{self, AskedVersion};
use crate::cluster::Endpoint;
use crate::error::Error;
use crate::formats::snapshot;
use crate::io::Io;
use crate::model::MultiRm;
use crate::model::config::Manager;
use crate::model::inventory::{Absent, Interest, Inventory, Record, Unread};
use crate::model::policy::PriorityClass;
use crate::report::route::Origin;
use crate::scheduling::routing::{Place, PodPlan, priority_class};
use crate::scheduling::verdict::Answer;
use crate::source::stream;
use crate::spelling;

/// Where clusters are looked for, and what will be asked of them.
#[derive(Clone, Copy)]
pub(super) struct Sought<'a> {
    /// The configuration.
    pub(super) config: &'a MultiRm,
    /// A folder with a snapshot of each cluster, or that of the only one.
    pub(super) snapshot: Option<&'a Path>,
    /// `CLUSTER=FILE`, or `CLUSTER=CONTEXT` with live clusters.
    pub(super) maps: &'a [String],
    /// How clusters are asked that are looked at as they are.
    pub(super) live: &'a Live,
    /// The scheduler whose rules are used, where it is not the cluster's own.
    pub(super) version: Option<&'a AskedVersion>,
    /// The requests, not answered yet: pods of all of them may be tried on each snapshot.
    pub(super) prepared: &'a [Answer],
    /// All that may be tried on the live cluster of a resource manager.
    pub(super) tried: &'a dyn Fn(usize) -> Vec<Answer>,
}

/// What is known of the clusters, in the order of the resource managers.
pub(super) struct Clusters {
    /// Where each was read from.
    pub(super) origins: Vec<Option<Origin>>,
    /// What was read.
    pub(super) inventories: Vec<Option<Inventory>>,
    /// Why it was not, although it was to be.
    pub(super) unread: Vec<Option<Unread>>,
    /// How those were reached that were read as they are, and for how long they may still be asked.
    pub(super) reached: Vec<Option<Reached>>,
    /// Resource managers with a cluster that there was a way to.
    pub(super) asked: BTreeSet<usize>,
}

/// A cluster that answers.
#[derive(Clone)]
pub(super) struct Reached {
    /// Where it is, with the credentials.
    pub(super) endpoint: Endpoint,
    /// What is left of its time.
    pub(super) left: Duration,
}

/// A cluster that could not be read, for whoever asked for it.
pub(super) fn unread(cluster: &str, why: &Unread) -> Error {
    Error::with_hint(format!("{cluster}: {}", why.words), why.hint.clone())
}

impl Clusters {
    /// Nothing yet.
    pub(super) fn none(config: &MultiRm) -> Self {
        let count = config.managers.len();
        Self {
            origins: vec![None; count],
            inventories: vec![None; count],
            unread: vec![None; count],
            reached: vec![None; count],
            asked: BTreeSet::new(),
        }
    }

    pub(super) fn has_read(&mut self, manager: usize, origin: Origin, inventory: Inventory) {
        if let (Some(from), Some(what)) = (self.origins.get_mut(manager), self.inventories.get_mut(manager)) {
            *from = Some(origin);
            *what = Some(inventory);
        }
    }

    /// A snapshot that was saved says the same as the cluster did.
    fn has_read_record(&mut self, manager: &Manager, record: Record, inventory: Inventory, io: &mut Io<'_>) {
        if let Some(unread) = record.unread {
            return self.cannot_read(manager.index, unread);
        }
        for note in &record.notes {
            io.remark(format!("{}: {note}", manager.cluster_name.value));
        }
        let (name, said) = (record.context.unwrap_or_default(), record.server_version.unwrap_or_default());
        self.has_read(manager.index, Origin::Live { name, said }, inventory);
    }

    pub(super) fn cannot_read(&mut self, manager: usize, unread: Unread) {
        if let Some(why) = self.unread.get_mut(manager) {
            *why = Some(unread);
        }
    }
}

/// Reads what clusters or snapshots there are.
pub(super) fn read(sought: Sought<'_>, io: &mut Io<'_>) -> Result<Clusters, Error> {
    if sought.live.live {
        return live::read(sought, io);
    }
    sought.live.refuse_to_save()?;
    let config = sought.config;
    let named = files(sought)?;
    let mut clusters = Clusters::none(config);
    for manager in config.managers.iter().filter(|manager| manager.kubernetes().is_some()) {
        if let Some(file) = named.get(&manager.cluster_name.value) {
            let mut inventory = inventory(sought, file, io)?;
            match inventory.record.take() {
                Some(record) => clusters.has_read_record(manager, *record, inventory, io),
                None => clusters.has_read(manager.index, Origin::Snapshot(file.clone()), inventory),
            }
        }
    }
    Ok(clusters)
}

/// Cluster name → file.
fn files(sought: Sought<'_>) -> Result<BTreeMap<String, PathBuf>, Error> {
    let mut files = BTreeMap::new();
    if let Some(path) = sought.snapshot {
        from_snapshot(path, &names(sought.config), &mut files)?;
    }
    for (cluster, file) in maps(sought, "CLUSTER=FILE")? {
        if files.insert(cluster.clone(), PathBuf::from(&file)).is_some() {
            return Err(Error::new(format!("--map {cluster}={file}: cluster `{cluster}` has two snapshots")));
        }
    }
    Ok(files)
}

/// The clusters that a Kubernetes resource manager drives.
fn names(config: &MultiRm) -> Vec<&str> {
    let driven = config.managers.iter().filter(|manager| manager.kubernetes().is_some());
    driven.map(|manager| &*manager.cluster_name.value).collect()
}

/// Cluster name → what `--map` says of it, each once.
fn maps(sought: Sought<'_>, form: &'static str) -> Result<BTreeMap<String, String>, Error> {
    let config = sought.config;
    let names = names(config);
    let mut maps = BTreeMap::new();
    for map in sought.maps {
        let (cluster, what) = map
            .split_once('=')
            .filter(|(cluster, what)| !cluster.is_empty() && !what.is_empty())
            .ok_or_else(|| Error::new(format!("--map takes {form}, not `{map}`")))?;
        if !names.contains(&cluster) {
            let message = format!("--map {map}: the configuration has no Kubernetes cluster `{cluster}`");
            return Err(Error::with_hint(message, Some(instead_of(cluster, &names, config))));
        }
        if maps.insert(cluster.to_owned(), what.to_owned()).is_some() {
            let what = if form.ends_with("FILE") { "snapshots" } else { "contexts" };
            return Err(Error::new(format!("--map {map}: cluster `{cluster}` has two {what}")));
        }
    }
    Ok(maps)
}

/// What somebody may have meant who named a cluster that is none.
fn instead_of(name: &str, names: &[&str], config: &MultiRm) -> String {
    let owner = config.managers.iter().find(|manager| manager.pools.iter().any(|pool| pool.name.value == name));
    match (owner, spelling::closest(name, names.iter().copied())) {
        (Some(owner), _) => format!("`{name}` is a pool; its cluster is `{}`", owner.cluster_name.value),
        (_, Some(near)) => format!("did you mean `{near}`?"),
        _ if names.is_empty() => "it has none".to_owned(),
        _ => format!("clusters: {}", names.join(", ")),
    }
}

fn from_snapshot(path: &Path, names: &[&str], files: &mut BTreeMap<String, PathBuf>) -> Result<(), Error> {
    if stream::is_folder(path) {
        for name in names {
            let candidates = ["json", "yaml", "yml"].map(|ending| path.join(format!("{name}.{ending}")));
            let mut found = candidates.into_iter().filter(|file| stream::exists(file));
            match (found.next(), found.next()) {
                (Some(one), Some(other)) => {
                    let (one, other) = (one.display(), other.display());
                    return Err(Error::new(format!("cluster `{name}` has two snapshots: {one} and {other}")));
                }
                (Some(file), None) => {
                    files.insert((*name).to_owned(), file);
                }
                (None, _) => {}
            }
        }
        if files.is_empty() {
            let hint = format!("it wants one file a cluster: {}.json …", names.first().unwrap_or(&"default"));
            return Err(Error::with_hint(format!("{}: no snapshot of any cluster", path.display()), Some(hint)));
        }
        return Ok(());
    }
    match names {
        [only] => {
            files.insert((*only).to_owned(), path.to_owned());
            Ok(())
        }
        _ => {
            let hint = "give a folder, or --map CLUSTER=FILE for each".to_owned();
            let message = format!("{}: one file cannot be the snapshot of {} clusters", path.display(), names.len());
            Err(Error::with_hint(message, Some(hint)))
        }
    }
}

fn inventory(sought: Sought<'_>, file: &Path, io: &mut Io<'_>) -> Result<Inventory, Error> {
    // Requests may also be tried on clusters that they do not lead to, so all their pods count.
    let plans = || sought.prepared.iter().filter(|answer| target(answer).is_some()).filter_map(plan);
    let interest = Interest::of(plans().map(|plan| &plan.pod));
    let mut builder = scheduler_version::builder(sought.version, interest).with_absent(Absent::Unread);
    let failed = |error: &snapshot::ReadError| {
        let place = if error.line == 0 { String::new() } else { format!(":{}:{}", error.line, error.column) };
        Error::new(format!("{}{place}: {error}", file.display()))
    };
    let input = stream::open(file, io.stdin).map_err(|error| Error::new(format!("{}: {error}", file.display())))?;
    snapshot::read(input, &mut builder).map_err(|error| failed(&error))?;
    let mut inventory = builder.finish();
    for class in plans().map(|plan| class(plan.priority)) {
        inventory.priority_classes.entry(class.metadata.name.clone()).or_insert(class);
    }
    Ok(inventory)
}

/// The class that the master makes for an allocation of this priority.
fn class(priority: i64) -> PriorityClass {
    let mut class = PriorityClass { value: i32::try_from(priority).unwrap_or(i32::MAX), ..PriorityClass::default() };
    class.metadata.name = priority_class(priority);
    class.preemption_policy = Some("Never".to_owned());
    class
}

/// The pods of a prepared answer, when it comes to pods.
pub(super) fn plan(answer: &Answer) -> Option<&PodPlan> {
    answer.plan.as_ref()?.as_ref().ok()
}

/// The manager that a prepared answer leads to, when it leads to pods.
pub(super) fn target(answer: &Answer) -> Option<usize> {
    match &answer.route {
        Ok(route) if plan(answer).is_some() && matches!(route.place, Place::Pool(_)) => Some(route.manager),
        _ => None,
    }
}
