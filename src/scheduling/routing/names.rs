//! Which pool answers to which name, for all names at once.

use std::collections::BTreeMap;

use crate::model::MultiRm;
use crate::model::workload::Task;

/// Requests without a pool that are routed each in its own way: their tasks and slots (facts §4.1, §4.2, §9).
pub const UNNAMED: [(Task, i64); 6] = [
    (Task::Experiment, 1),
    (Task::Experiment, 0),
    (Task::Notebook, 1),
    (Task::Notebook, 0),
    (Task::Tensorboard, 0),
    (Task::CheckpointGc, 0),
];

/// Names of pools with resource manager and pool that answer to them: the first that has the name, as for a single
/// request in [`super::route`].
#[must_use]
pub fn pools_by_name(config: &MultiRm) -> BTreeMap<&str, (usize, usize)> {
    let mut names = BTreeMap::new();
    for manager in &config.managers {
        for (at, pool) in manager.pools.iter().enumerate() {
            names.entry(pool.name.value.as_str()).or_insert((manager.index, at));
        }
    }
    names
}
