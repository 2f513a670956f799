//! Where requests go: one row per way, asked of the scheduling core.

use std::collections::BTreeMap;

use super::Scene;
use super::picture::Names;
use crate::model::config::Pool;
use crate::model::workload::{Task, Workload};
use crate::report::line;
use crate::report::route::master_messages;
use crate::report::words::unnamed_request;
use crate::scheduling::routing::{Place, Route, UNNAMED, Why, max_slots_per_pod, pools_by_name};
use crate::scheduling::verdict::{Answer, Asking};

/// A request and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteRow {
    /// The request in words.
    pub request: String,
    /// The pool of the configuration that it names, as it is written.
    pub named: Option<String>,
    /// The pool that it gets, by resource manager and place in it; nothing where it is refused.
    pub place: Option<(usize, usize)>,
    /// The pool, in words.
    pub pool: Option<String>,
    /// Its cluster, where the viewer sees names.
    pub cluster: Option<String>,
    /// What the master says when it refuses.
    pub refusal: Option<String>,
}

/// A name that no pool is likely to have.
const UNDEFINED: &str = "a-pool-that-is-not-defined";

pub(super) fn rows(scene: &Scene<'_>, names: Names) -> Vec<RouteRow> {
    let asking = Asking::of(scene.config);
    let ask = |words: &str, workload: &Workload| row(scene, names, words, workload, &asking.prepare(workload));
    let unnamed = UNNAMED.iter().map(|&(task, slots)| ask(unnamed_request(task, slots), &Workload::new(task, slots)));
    let mut rows: Vec<RouteRow> = unnamed.collect();
    let mut undefined = UNDEFINED.to_owned();
    while scene.config.managers.iter().flat_map(|manager| &manager.pools).any(|pool| pool.name.value == undefined) {
        undefined.push('x');
    }
    rows.push(ask("any pool that is not defined", &named(Task::Command, 0, &undefined)));
    rows.extend(by_name(scene, names, &asking));
    rows
}

/// Each pool by its name, asked for one slot.
fn by_name(scene: &Scene<'_>, names: Names, asking: &Asking<'_>) -> Vec<RouteRow> {
    let answering = pools_by_name(scene.config);
    // Pools without task container defaults of their own differ in their limits only.
    let mut known: BTreeMap<(usize, Option<i64>), Option<String>> = BTreeMap::new();
    let mut row = |pool: &Pool| {
        let words = format!("pool \"{}\"", line(&pool.name.value));
        let place = answering.get(pool.name.value.as_str()).copied();
        let refusal = place.and_then(|(manager, at)| {
            let refusal = || refusal_of(scene, asking, &pool.name.value, (manager, at));
            let answering = scene.config.managers.get(manager).and_then(|manager| manager.pools.get(at));
            match answering.is_some_and(|pool| pool.task_defaults.is_none()) {
                true => {
                    let key = (manager, max_slots_per_pod(scene.config, manager, at));
                    known.entry(key).or_insert_with(refusal).clone()
                }
                false => refusal(),
            }
        });
        made(scene, names, words, place.filter(|_| refusal.is_none()), refusal, Some(&pool.name.value))
    };
    let pools = scene.config.managers.iter().flat_map(|manager| &manager.pools);
    pools.map(&mut row).collect()
}

fn refusal_of(scene: &Scene<'_>, asking: &Asking<'_>, pool: &str, (manager, at): (usize, usize)) -> Option<String> {
    let workload = named(Task::Experiment, 1, pool);
    let route = Route { pool: pool.to_owned(), why: Why::Named, manager, place: Place::Pool(at) };
    refusal(scene, &workload, &asking.prepare_routed(&workload, Ok(route)))
}

fn named(task: Task, slots: i64, pool: &str) -> Workload {
    Workload { pool: pool.to_owned(), ..Workload::new(task, slots) }
}

/// The master's words, in which a name that was made up is none.
fn refusal(scene: &Scene<'_>, workload: &Workload, answer: &Answer) -> Option<String> {
    let words = master_messages(scene.config, scene.release, workload, answer).into_iter().next()?;
    Some(line(&words).replace(UNDEFINED, "<name>"))
}

fn row(scene: &Scene<'_>, names: Names, words: &str, workload: &Workload, answer: &Answer) -> RouteRow {
    let refusal = refusal(scene, workload, answer);
    let place = answer.route.as_ref().ok().and_then(|route| match route.place {
        Place::Pool(at) => Some((route.manager, at)),
        _ => None,
    });
    made(scene, names, words.to_owned(), place.filter(|_| refusal.is_none()), refusal, None)
}

/// A request that is refused has no pool and no cluster (C-1).
fn made(
    scene: &Scene<'_>,
    names: Names,
    request: String,
    place: Option<(usize, usize)>,
    refusal: Option<String>,
    named: Option<&str>,
) -> RouteRow {
    let manager = place.and_then(|(manager, _)| scene.config.managers.get(manager));
    let pool = place.zip(manager).and_then(|((_, at), manager)| manager.pools.get(at));
    let cluster = manager.filter(|_| names == Names::Shown);
    RouteRow {
        request,
        named: named.map(str::to_owned),
        place,
        pool: pool.map(|pool| line(&pool.name.value).into_owned()),
        cluster: cluster.map(|manager| line(&manager.cluster_name.value).into_owned()),
        refusal,
    }
}
