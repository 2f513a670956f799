//! Files and flags → requests.

use super::{Arguments, at};
use crate::commands::configuration::text;
use crate::error::Error;
use crate::formats::workload;
use crate::io::Io;
use crate::model::MultiRm;
use crate::model::workload::{Task, Workload, Workspace};
use crate::source::SourceMap;

/// All requests of a run: the files, or the one that the flags describe; with `--all-pools` once for
/// every pool.
pub(super) fn all(
    arguments: &Arguments,
    config: &MultiRm,
    sources: &mut SourceMap,
    io: &mut Io<'_>,
) -> Result<Vec<Workload>, Error> {
    let mut requests = Vec::new();
    for path in &arguments.workloads {
        let (name, content) = text(path, io)?;
        let id = sources.add(name.clone(), content);
        let read = workload::read(id, sources.file(id).text(), &name, arguments.task.map(Task::from));
        let read = read.map_err(|error| Error::new(format!("{}: {}", at(sources, error.span), error.message)))?;
        requests.push(Workload { file: Some(name), ..with_flags(read, arguments) });
    }
    if requests.is_empty() {
        requests.push(from_flags(arguments));
    }
    if let Some(spec) = pod_spec(arguments, sources, io)? {
        for request in &mut requests {
            request.pod_spec = Some(spec.clone());
        }
    }
    if arguments.all_pools {
        requests = requests.iter().flat_map(|request| in_every_pool(request, config)).collect();
    }
    Ok(requests)
}

fn from_flags(arguments: &Arguments) -> Workload {
    let task = arguments.task.map_or(Task::Experiment, Task::from);
    Workload {
        pool: arguments.pool.clone(),
        single_node: arguments.single_node,
        workspace: workspace(arguments, None),
        priority: arguments.priority,
        ..Workload::new(task, arguments.slots.unwrap_or(1))
    }
}

fn workspace(arguments: &Arguments, name: Option<String>) -> Workspace {
    Workspace {
        name: arguments.workspace.clone().or(name),
        default_pool: arguments.workspace_default_pool.clone(),
        namespace: arguments.namespace.clone(),
    }
}

/// Flags win over the file.
fn with_flags(read: Workload, arguments: &Arguments) -> Workload {
    let pool = if arguments.pool.is_empty() { read.pool } else { arguments.pool.clone() };
    Workload {
        pool,
        slots: arguments.slots.unwrap_or(read.slots),
        single_node: read.single_node || arguments.single_node,
        workspace: workspace(arguments, read.workspace.name),
        priority: arguments.priority.or(read.priority),
        ..read
    }
}

fn in_every_pool(request: &Workload, config: &MultiRm) -> Vec<Workload> {
    let pools = config.managers.iter().flat_map(|manager| &manager.pools);
    pools
        .map(|pool| Workload {
            pool: pool.name.value.clone(),
            name: format!("{} in pool {}", request.name, pool.name.value),
            ..request.clone()
        })
        .collect()
}

fn pod_spec(
    arguments: &Arguments,
    sources: &mut SourceMap,
    io: &mut Io<'_>,
) -> Result<Option<serde_json::Value>, Error> {
    let Some(path) = &arguments.pod_spec else { return Ok(None) };
    let (name, content) = text(path, io)?;
    let id = sources.add(name, content);
    let read = workload::mapping(id, sources.file(id).text()).and_then(|spec| workload::pod_spec(&spec));
    read.map(Some).map_err(|error| Error::new(format!("{}: {}", at(sources, error.span), error.message)))
}
