//! Clusters that have not answered once are not asked again: each costs one deadline.

use std::time::Duration;

use crate::cluster::{self, Failure, Hold, ToSurvey, Why};
use crate::credentials::survey::Survey;

/// Surveys the clusters that could be asked before; the others are told of with what they failed with.
pub(super) fn survey(
    targets: Vec<ToSurvey>,
    asked: &[Result<Vec<Hold>, Failure>],
    time: Duration,
) -> Vec<Result<Survey, Failure>> {
    let failed = |at: usize| match asked.get(at) {
        // Whoever may not list them can be helped otherwise.
        Some(Err(failure)) if failure.why != Why::Forbidden => Some(failure.clone()),
        _ => None,
    };
    let failures: Vec<Option<Failure>> = (0..targets.len()).map(failed).collect();
    let open =
        targets.into_iter().zip(&failures).filter(|(_, failure)| failure.is_none()).map(|(target, _)| (target, time));
    let mut surveys = cluster::survey(open.collect()).into_iter();
    let answers =
        failures.into_iter().map(|failure| failure.map_or_else(|| surveys.next(), |failure| Some(Err(failure))));
    answers.flatten().collect()
}
