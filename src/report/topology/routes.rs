//! Where requests go: one row per way, asked of the scheduling core.

use super::Scene;
use crate::model::config::Pool;
use crate::model::workload::{Task, Workload};
use crate::report::line;
use crate::report::route::master_messages;
use crate::scheduling::routing::{Place, pools_by_name};
use crate::scheduling::verdict::Asking;

/// A request and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteRow {
    /// The request in words.
    pub request: String,
    /// The pool that it names, if any.
    pub named: Option<String>,
    /// The pool that it gets.
    pub pool: Option<String>,
    /// The resource manager that answers, by its place.
    pub manager: Option<usize>,
    /// Its cluster, where the viewer sees names.
    pub cluster: Option<String>,
    /// What the master says when it refuses.
    pub refusal: Option<String>,
}

/// Requests that name no pool, one per kind that routes differently (facts §4.1, §9).
const UNNAMED: [(&str, Task, i64); 5] = [
    ("experiment without a pool", Task::Experiment, 1),
    ("command, notebook or shell without a pool, with slots", Task::Notebook, 1),
    ("command, notebook or shell without a pool or slots", Task::Notebook, 0),
    ("TensorBoard without a pool", Task::Tensorboard, 0),
    ("checkpoint garbage collection", Task::CheckpointGc, 0),
];

/// A name that no pool is likely to have.
const UNDEFINED: &str = "a-pool-that-is-not-defined";

pub(super) fn rows(scene: &Scene<'_>, shows_names: bool) -> Vec<RouteRow> {
    let ask = |words: &str, task, slots, pool: &str| row(scene, shows_names, words, &workload(task, slots, pool));
    let mut rows: Vec<RouteRow> = UNNAMED.iter().map(|&(words, task, slots)| ask(words, task, slots, "")).collect();
    let mut undefined = UNDEFINED.to_owned();
    while scene.config.managers.iter().flat_map(|manager| &manager.pools).any(|pool| pool.name.value == undefined) {
        undefined.push('x');
    }
    rows.push(ask("any pool that is not defined", Task::Command, 0, &undefined));
    rows.extend(by_name(scene, shows_names));
    rows
}

/// Each pool by its name.
fn by_name(scene: &Scene<'_>, shows_names: bool) -> Vec<RouteRow> {
    let answering = pools_by_name(scene.config);
    let pools = scene.config.managers.iter().flat_map(|manager| &manager.pools);
    let row = |pool: &Pool| {
        let name = line(&pool.name.value);
        let manager = answering.get(pool.name.value.as_str()).map(|(manager, _)| *manager);
        RouteRow {
            request: format!("pool \"{name}\""),
            named: Some(name.clone().into_owned()),
            pool: Some(name.into_owned()),
            manager,
            cluster: manager.and_then(|manager| cluster(scene, shows_names, manager)),
            refusal: None,
        }
    };
    pools.map(row).collect()
}

fn workload(task: Task, slots: i64, pool: &str) -> Workload {
    Workload { pool: pool.to_owned(), ..Workload::new(task, slots) }
}

fn row(scene: &Scene<'_>, shows_names: bool, words: &str, workload: &Workload) -> RouteRow {
    let answer = Asking::of(scene.config).prepare(workload);
    let route = answer.route.as_ref().ok();
    let found = route.filter(|route| matches!(route.place, Place::Pool(_)));
    let refusal = master_messages(scene.config, scene.release, workload, &answer).into_iter().next();
    let refusal = refusal.map(|words| line(&words).replace(UNDEFINED, "<name>"));
    RouteRow {
        request: words.to_owned(),
        named: None,
        pool: found.map(|route| line(&route.pool).into_owned()),
        manager: route.map(|route| route.manager),
        cluster: route.and_then(|route| cluster(scene, shows_names, route.manager)),
        refusal,
    }
}

fn cluster(scene: &Scene<'_>, shows_names: bool, manager: usize) -> Option<String> {
    let manager = scene.config.managers.get(manager).filter(|_| shows_names)?;
    Some(line(&manager.cluster_name.value).into_owned())
}
