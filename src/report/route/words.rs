//! What the master answers to a request, in its words (facts §4, live facts §2).

use crate::model::MultiRm;
use crate::model::workload::{Task, Workload};
use crate::scheduling::routing::{Place, Refused, Route, Unroutable, Why};
use crate::scheduling::verdict::Answer;

/// The master's messages; none when it takes the request.
#[must_use]
pub fn master_messages(config: &MultiRm, workload: &Workload, answer: &Answer) -> Vec<String> {
    let inner = match (&answer.route, &answer.split) {
        (Err(unroutable), _) => Stage::Resolve(unroutable_words(*unroutable)),
        (Ok(route), _) if !matches!(route.place, Place::Pool(_)) => unresolved(config, workload, route),
        (_, Some(Err(refused))) => Stage::Validate(refused_words(*refused)),
        _ => return Vec::new(),
    };
    vec![wrap(workload.task, inner)]
}

/// The step in which the master refuses.
enum Stage {
    /// Finding the pool.
    Resolve(String),
    /// Checking the number of slots.
    Validate(String),
    /// Starting the task, after it was accepted.
    Allocate(String),
}

fn wrap(task: Task, stage: Stage) -> String {
    match (task, stage) {
        (_, Stage::Allocate(words)) => words,
        (Task::CheckpointGc, Stage::Resolve(words) | Stage::Validate(words)) => words,
        (Task::Experiment, Stage::Resolve(words)) => {
            format!("invalid resource configuration: rpc error: code = InvalidArgument desc = {words}")
        }
        (Task::Experiment, Stage::Validate(words)) => {
            format!("invalid resource configuration: validating resources: {words}")
        }
        (_, Stage::Resolve(words)) => format!("failed to prepare launch params: {words}"),
        (_, Stage::Validate(words)) => format!("failed to prepare launch params: validating resources: {words}"),
    }
}

fn unroutable_words(unroutable: Unroutable) -> String {
    let words = match unroutable {
        Unroutable::NoAuxDefault => "defaulting to aux pool: no default resource pool set",
        Unroutable::NoComputeDefault => "defaulting to compute pool: no default resource pool set",
        Unroutable::NoManager => "",
    };
    words.to_owned()
}

fn unresolved(config: &MultiRm, workload: &Workload, route: &Route) -> Stage {
    let pool = &route.pool;
    let not_available = format!("resource pool {pool} does not exist or is not available to workspace ID <id>");
    match (route.why, config.is_multi()) {
        (Why::WorkspaceDefault, _) | (Why::Named | Why::UndefinedPool, false) => Stage::Resolve(not_available),
        (Why::Named | Why::UndefinedPool, true) => Stage::Resolve(format!("could not find resource pool {pool}")),
        (_, true) => Stage::Validate(format!("could not find resource pool {pool}")),
        (_, false) if workload.effective_slots() > 0 => {
            Stage::Validate(format!("could not find resource pool with name {pool}"))
        }
        (_, false) => Stage::Allocate(format!("cannot find resource pool {pool}")),
    }
}

fn refused_words(refused: Refused) -> String {
    match refused {
        Refused::TooManyForOnePod { slots, most } => {
            format!("invalid resource request: slots ({slots}) must be < max_slots_per_pod ({most}) on single pod")
        }
        Refused::NoMultiple { slots, most } => {
            format!("invalid resource request: slots ({slots}) must be < or a multiple of max_slots_per_pod ({most})")
        }
        Refused::DivisionByZero => "runtime error: integer divide by zero".to_owned(),
        Refused::NoLimit => "set max_slots_per_pod > 0 to schedule tasks with slots".to_owned(),
    }
}
