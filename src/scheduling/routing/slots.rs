//! Slots → pods under `max_slots_per_pod` (facts §5.1–§5.3).

use crate::model::MultiRm;
use crate::model::workload::Workload;

/// How an allocation is cut into pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// Number of pods, at least 1 unless the configuration has a negative limit.
    pub pods: i64,
    /// Slots of each.
    pub slots_per_pod: i64,
}

/// Why the master refuses the number of slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// More than one pod may hold, for a request that must fit into one.
    TooManyForOnePod {
        /// Slots asked for.
        slots: i64,
        /// The limit.
        most: i64,
    },
    /// More than one pod may hold, and no multiple of it.
    NoMultiple {
        /// Slots asked for.
        slots: i64,
        /// The limit.
        most: i64,
    },
    /// A limit of 0: the master divides by it and panics inside the request (T-13).
    DivisionByZero,
    /// The pool has no limit at all; such a configuration does not load.
    NoLimit,
}

/// The limit of a pool: its own, else its resource manager's (§5.1); `None` for managers that have none.
#[must_use]
pub fn max_slots_per_pod(config: &MultiRm, manager: usize, pool: usize) -> Option<i64> {
    let manager = config.managers.get(manager)?;
    let own = manager.pools.get(pool).and_then(|pool| pool.task_defaults.as_deref());
    let own = own.and_then(|defaults| defaults.max_slots_per_pod.value);
    own.or_else(|| manager.kubernetes().and_then(|kubernetes| kubernetes.max_slots_per_pod.value))
}

/// Cuts a request into pods, after the check that the master makes when it is submitted (§5.2).
///
/// # Errors
/// The master's refusal.
pub fn split(workload: &Workload, limit: Option<i64>) -> Result<Split, Refused> {
    let slots = workload.effective_slots();
    if slots == 0 {
        return Ok(Split { pods: 1, slots_per_pod: 0 });
    }
    let most = limit.ok_or(Refused::NoLimit)?;
    if slots <= most {
        return Ok(Split { pods: 1, slots_per_pod: slots });
    }
    if workload.is_single_pod() {
        return Err(Refused::TooManyForOnePod { slots, most });
    }
    match slots.checked_rem(most) {
        None => Err(Refused::DivisionByZero),
        Some(0) => Ok(Split { pods: slots / most, slots_per_pod: most }),
        Some(_) => Err(Refused::NoMultiple { slots, most }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::workload::Task;

    fn ask(task: Task, slots: i64, most: i64) -> Result<Split, Refused> {
        let workload = Workload::new(task, slots);
        split(&workload, Some(most))
    }

    #[test]
    fn splits_and_refusals() {
        let pods = |pods, slots_per_pod| Ok(Split { pods, slots_per_pod });
        let rows = [
            (Task::Experiment, 0, 0, pods(1, 0)),
            (Task::Experiment, 8, 8, pods(1, 8)),
            (Task::Experiment, 3, 8, pods(1, 3)),
            (Task::Experiment, 24, 8, pods(3, 8)),
            (Task::Experiment, 12, 8, Err(Refused::NoMultiple { slots: 12, most: 8 })),
            (Task::Experiment, 1, 0, Err(Refused::DivisionByZero)),
            (Task::Command, 8, 8, pods(1, 8)),
            (Task::Command, 9, 8, Err(Refused::TooManyForOnePod { slots: 9, most: 8 })),
            (Task::Notebook, 1, 0, Err(Refused::TooManyForOnePod { slots: 1, most: 0 })),
            (Task::Tensorboard, 9, 8, pods(1, 0)),
            (Task::CheckpointGc, 1, 0, pods(1, 0)),
            (Task::Experiment, 4, -2, pods(-2, -2)),
        ];
        for (task, slots, most, expected) in rows {
            assert_eq!(ask(task, slots, most), expected, "{task:?} {slots} {most}");
        }
    }
}
