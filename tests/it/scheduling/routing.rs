//! What holds for every configuration and every request, tried on generated ones.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use detctl::judge::{self, Models, Options};
use detctl::model::MultiRm;
use detctl::model::verdict::Kind;
use detctl::model::workload::{Task, Workload};
use detctl::scheduling::routing::{Place, Unroutable, Why, route};
use detctl::scheduling::verdict::{Asking, Verdict};
use detctl::source::SourceMap;
use proptest::prelude::*;

const TASKS: [Task; 6] =
    [Task::Experiment, Task::Command, Task::Notebook, Task::Shell, Task::Tensorboard, Task::CheckpointGc];
const NAMES: [&str; 8] = ["default", "big", "small", "a100", "spot", "Default", "cpu", "h100"];

/// A configuration: the limit and the pools of each resource manager, the default one first.
#[derive(Clone, Debug)]
struct Shape {
    managers: Vec<(i64, Vec<&'static str>)>,
}

fn shapes() -> impl Strategy<Value = Shape> {
    let names = Just(NAMES.to_vec()).prop_shuffle();
    (1..4_usize, names, prop::collection::vec((1..9_i64, 1..3_usize), 4)).prop_map(|(count, names, sizes)| {
        let mut names = names.into_iter();
        let manager = |(limit, pools): &(i64, usize)| (*limit, names.by_ref().take(*pools).collect());
        Shape { managers: sizes.iter().take(count).map(manager).collect() }
    })
}

fn requests() -> impl Strategy<Value = Workload> {
    let pool = prop_oneof![Just(""), prop::sample::select(NAMES.to_vec()), Just("nowhere")];
    let own = prop::option::weighted(0.3, prop::sample::select(NAMES.to_vec()));
    (prop::sample::select(TASKS.to_vec()), 0..40_i64, pool, own, any::<bool>()).prop_map(
        |(task, slots, pool, own, single_node)| {
            let mut workload = Workload { pool: pool.to_owned(), single_node, ..Workload::new(task, slots) };
            workload.workspace.default_pool = own.map(str::to_owned);
            workload
        },
    )
}

fn load(shape: &Shape) -> MultiRm {
    let mut text = String::new();
    for (at, (limit, pools)) in shape.managers.iter().enumerate() {
        let (indent, list) = if at == 0 { ("", "") } else { ("    ", "  - ") };
        if at == 1 {
            text.push_str("additional_resource_managers:\n");
        }
        let _ = writeln!(text, "{list}resource_manager:\n{indent}  type: kubernetes\n{indent}  cluster_name: m{at}");
        let _ = writeln!(text, "{indent}  max_slots_per_pod: {limit}\n{indent}resource_pools:");
        for pool in pools {
            let _ = writeln!(text, "{indent}- pool_name: {pool}");
        }
    }
    let mut sources = SourceMap::new();
    let id = sources.add("master.yaml".to_owned(), text.clone());
    let options = Options { models: Models::Kept, ..Options::default() };
    let judgement = judge::judge(&mut sources, id, Some(Kind::Master), &options).unwrap();
    let model = judgement.models.into_iter().next().unwrap_or_else(|| panic!("{text}"));
    model.config
}

/// Where a request ends, by names.
fn end(config: &MultiRm, workload: &Workload) -> Result<(Why, String, String, bool), Unroutable> {
    let route = route(config, workload)?;
    let manager = config.managers[route.manager].cluster_name.value.clone();
    Ok((route.why, manager, route.pool, matches!(route.place, Place::Pool(_))))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_pools_and_of_additional_managers_carries_no_meaning(
        shape in shapes(), workload in requests(), turn in 0..3_usize,
    ) {
        let mut other = shape.clone();
        for (_, pools) in &mut other.managers {
            pools.reverse();
        }
        // Names stay with their managers, which are called by their place: compare by pool owners instead.
        let before = end(&load(&shape), &workload);
        let after = end(&load(&other), &workload);
        prop_assert_eq!(&before, &after);
        if shape.managers.len() > 2 {
            let mut turned = shape.clone();
            turned.managers[1..].rotate_left(turn % (shape.managers.len() - 1));
            let after = end(&load(&turned), &workload);
            let named = |end: &Result<(Why, String, String, bool), Unroutable>| {
                end.clone().map(|(why, manager, pool, found)| (why, manager == "m0", pool, found))
            };
            prop_assert_eq!(named(&before), named(&after));
        }
    }

    #[test]
    fn a_pool_is_answered_by_its_owner_or_by_nobody(shape in shapes(), workload in requests()) {
        let config = load(&shape);
        let Ok(route) = route(&config, &workload) else { return Ok(()) };
        let owner = shape.managers.iter().position(|(_, pools)| pools.contains(&route.pool.as_str()));
        match (owner, route.place) {
            (Some(owner), Place::Pool(pool)) => {
                prop_assert_eq!(route.manager, owner);
                prop_assert_eq!(&config.managers[owner].pools[pool].name.value, &route.pool);
            }
            // A workspace's default pool is looked for in the default resource manager only.
            (Some(owner), Place::NotHere) => {
                prop_assert!(owner > 0 && route.manager == 0);
                prop_assert_eq!(route.why, Why::WorkspaceDefault);
            }
            (None, place) => {
                prop_assert_eq!(place, Place::Undefined);
                prop_assert_eq!(route.manager, 0, "an undefined pool never goes to an additional resource manager");
            }
            other => prop_assert!(false, "{:?}", other),
        }
        let named = !workload.pool.is_empty() && workload.task != Task::CheckpointGc;
        prop_assert_eq!(named, matches!(route.why, Why::Named | Why::UndefinedPool));
    }

    #[test]
    fn pods_hold_all_slots_and_none_holds_more_than_it_may(shape in shapes(), workload in requests()) {
        let config = load(&shape);
        let answer = Asking::of(&config).prepare(&workload);
        let Some(Ok(cut)) = answer.split else { return Ok(()) };
        let most = shape.managers[answer.route.as_ref().unwrap().manager].0;
        prop_assert_eq!(cut.pods * cut.slots_per_pod.max(i64::from(workload.effective_slots() == 0)),
            workload.effective_slots().max(1));
        prop_assert!(cut.slots_per_pod <= most && cut.pods >= 1);
        prop_assert!(cut.pods == 1 || !workload.is_single_pod());
        prop_assert_eq!(answer.verdict, Verdict::Routed);
    }
}

#[test]
fn the_generated_configurations_are_of_all_sorts() {
    let shape = Shape { managers: vec![(8, vec!["big"]), (4, vec!["default", "spot"])] };
    let config = load(&shape);
    assert!(config.is_multi());
    let ends: BTreeSet<String> = ["", "big", "spot", "nowhere"]
        .into_iter()
        .map(|pool| {
            let workload = Workload { pool: pool.to_owned(), ..Workload::new(Task::Command, 1) };
            format!("{:?}", end(&config, &workload))
        })
        .collect();
    assert_eq!(ends.len(), 4);
}
