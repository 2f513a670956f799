//! What the master answers to a request, in its words (facts §4, live facts §2).

use crate::model::MultiRm;
use crate::model::workload::{Task, Workload};
use crate::release::{Behaviour, Release};
use crate::scheduling::routing::{Place, Refused, Route, Unroutable, Why};
use crate::scheduling::verdict::Answer;

/// The master's messages; none when it takes the request.
#[must_use]
pub fn master_messages(config: &MultiRm, release: Release, workload: &Workload, answer: &Answer) -> Vec<String> {
    if answer.panic.is_some() && answer.route.is_ok() {
        // The words of Go, which the handler of the request gives back (§5.2).
        return vec!["runtime error: invalid memory address or nil pointer dereference".to_owned()];
    }
    let inner = match (&answer.route, &answer.split) {
        (Err(unroutable), _) => Stage::Resolve(unroutable_words(*unroutable)),
        (Ok(route), _) if !matches!(route.place, Place::Pool(_)) => unresolved(config, workload, route),
        (_, Some(Err(Refused::NoMultiple { slots, most }))) if !release.has(Behaviour::ChecksMultipleOfSlots) => {
            // The request is accepted, logged, and stays in the queue for ever (§5.3).
            let words = "task number of slots";
            Stage::Later(format!("{words} ({slots}) is not schedulable on the configured max_slots_per_pod ({most})"))
        }
        // The panic is recovered where the request came in, past what would add to its words (§5.2).
        (_, Some(Err(Refused::DivisionByZero))) => Stage::Later("runtime error: integer divide by zero".to_owned()),
        (_, Some(Err(refused))) => Stage::Validate(refused_words(*refused)),
        (_, Some(Ok(cut))) if cut.pods <= 0 => {
            // Only a pool's own limit can be negative, and nothing checks it (T-14).
            let pods = cut.pods;
            Stage::Later(format!(
                "error creating job: spec.parallelism: Invalid value: {pods}: must be greater than or equal to 0"
            ))
        }
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
    Later(String),
}

fn wrap(task: Task, stage: Stage) -> String {
    match (task, stage) {
        (_, Stage::Later(words)) => words,
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
        (_, false) => Stage::Later(format!("cannot find resource pool {pool}")),
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
