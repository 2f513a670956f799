//! Snapshots → inventories, one for each resource manager that has one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Arguments, target};
use crate::error::Error;
use crate::formats::snapshot;
use crate::io::Io;
use crate::model::MultiRm;
use crate::model::inventory::{Interest, Inventory, InventoryBuilder};
use crate::model::policy::PriorityClass;
use crate::scheduling::routing::priority_class;
use crate::scheduling::verdict::Answer;
use crate::source::stream;
use crate::spelling;

/// The inventories, in the order of the resource managers.
pub(super) fn read(
    arguments: &Arguments,
    config: &MultiRm,
    prepared: &[Answer],
    io: &mut Io<'_>,
) -> Result<Vec<Option<Inventory>>, Error> {
    let files = files(arguments, config)?;
    let mut inventories = Vec::new();
    for manager in &config.managers {
        let file = files.get(&manager.cluster_name.value);
        inventories.push(match file {
            Some(file) => Some(inventory(arguments, file, manager.index, prepared, io)?),
            None => None,
        });
    }
    Ok(inventories)
}

/// Cluster name → file.
fn files(arguments: &Arguments, config: &MultiRm) -> Result<BTreeMap<String, PathBuf>, Error> {
    let names: Vec<&str> = config.managers.iter().map(|manager| &*manager.cluster_name.value).collect();
    let mut files = BTreeMap::new();
    if let Some(path) = &arguments.snapshot {
        from_snapshot(path, &names, &mut files)?;
    }
    for map in &arguments.maps {
        let (cluster, file) = map
            .split_once('=')
            .filter(|(cluster, file)| !cluster.is_empty() && !file.is_empty())
            .ok_or_else(|| Error::new(format!("--map takes CLUSTER=FILE, not `{map}`")))?;
        if !names.contains(&cluster) {
            let hint = match spelling::closest(cluster, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("clusters: {}", names.join(", ")),
            };
            return Err(Error::with_hint(format!("the configuration has no cluster `{cluster}`"), Some(hint)));
        }
        if files.insert(cluster.to_owned(), PathBuf::from(file)).is_some() {
            return Err(Error::new(format!("cluster `{cluster}` has two snapshots")));
        }
    }
    Ok(files)
}

fn from_snapshot(path: &Path, names: &[&str], files: &mut BTreeMap<String, PathBuf>) -> Result<(), Error> {
    if stream::is_folder(path) {
        for name in names {
            let candidates = ["json", "yaml", "yml"].map(|ending| path.join(format!("{name}.{ending}")));
            if let Some(found) = candidates.into_iter().find(|file| stream::exists(file)) {
                files.insert((*name).to_owned(), found);
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

fn inventory(
    arguments: &Arguments,
    file: &Path,
    manager: usize,
    prepared: &[Answer],
    io: &mut Io<'_>,
) -> Result<Inventory, Error> {
    let _ = manager;
    // Requests may also be tried on clusters that they do not lead to, so all their pods count.
    let plans = || {
        prepared
            .iter()
            .filter(|answer| target(answer).is_some())
            .filter_map(|answer| answer.plan.as_ref()?.as_ref().ok())
    };
    let interest = Interest::of(plans().map(|plan| &plan.pod));
    let mut builder = InventoryBuilder::new(arguments.scheduler_version, interest);
    let failed = |error: &snapshot::ReadError| {
        let place = if error.line == 0 { String::new() } else { format!(":{}:{}", error.line, error.column) };
        Error::new(format!("{}{place}: {error}", file.display()))
    };
    let input = stream::open(file, io.stdin).map_err(|error| Error::new(format!("{}: {error}", file.display())))?;
    snapshot::read(input, &mut builder).map_err(|error| failed(&error))?;
    let mut priorities: Vec<i64> = plans().map(|plan| plan.priority).collect();
    priorities.sort_unstable();
    priorities.dedup();
    for priority in priorities {
        add_class(&mut builder, priority);
    }
    Ok(builder.finish())
}

/// The class that the master makes for an allocation of this priority.
fn add_class(builder: &mut InventoryBuilder, priority: i64) {
    let mut class = PriorityClass { value: i32::try_from(priority).unwrap_or(i32::MAX), ..PriorityClass::default() };
    class.metadata.name = priority_class(priority);
    class.preemption_policy = Some("Never".to_owned());
    // Only a snapshot that was made with such a class in it has one already, and then it is the same.
    let _ = builder.add_priority_class(class);
}
