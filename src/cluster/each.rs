//! Several clusters at the same time, each within the same deadline.

use std::future::Future;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time::{Instant, timeout};

use super::failure::{Failure, Why};

/// How often whoever waits is told how far it is.
const TICK: Duration = Duration::from_millis(100);

/// Does something, and says how long it took.
pub fn timed<T>(act: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    (act(), begun.elapsed())
}

/// Does the same with each, all at the same time. The answers are in the order of the targets; one that fails does not
/// bear on the others.
pub(super) fn each<T, R, F>(targets: Vec<T>, time: Duration, act: impl Fn(T, Instant) -> F) -> Vec<Result<R, Failure>>
where
    F: Future<Output = Result<R, Failure>> + Send + 'static,
    R: Send + 'static,
{
    each_within(targets.into_iter().map(|target| (target, time)).collect(), act)
}

/// The same, each within a time of its own.
pub(super) fn each_within<T, R, F>(
    targets: Vec<(T, Duration)>,
    act: impl Fn(T, Instant) -> F,
) -> Vec<Result<R, Failure>>
where
    F: Future<Output = Result<R, Failure>> + Send + 'static,
    R: Send + 'static,
{
    each_watched(targets, act, &mut |_| {})
}

/// The same; until all is done `watch` hears every now and then how long it has taken.
pub(super) fn each_watched<T, R, F>(
    targets: Vec<(T, Duration)>,
    act: impl Fn(T, Instant) -> F,
    watch: &mut dyn FnMut(Duration),
) -> Vec<Result<R, Failure>>
where
    F: Future<Output = Result<R, Failure>> + Send + 'static,
    R: Send + 'static,
{
    let runtime = match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let failed = |_| Err(Failure::before(Why::Endpoint, error.to_string()));
            return targets.iter().map(failed).collect();
        }
    };
    let answers = runtime.block_on(async {
        let begun = Instant::now();
        let started: Vec<_> =
            targets.into_iter().map(|(target, time)| tokio::spawn(act(target, begun + time))).collect();
        let mut answers = Vec::new();
        for mut reading in started {
            let answer = loop {
                match timeout(TICK, &mut reading).await {
                    Ok(answer) => break answer,
                    Err(_) => watch(begun.elapsed()),
                }
            };
            answers.push(answer.unwrap_or_else(|_| Err(Failure::before(Why::Broken, "the reader stopped"))));
        }
        answers
    });
    // A look-up of a name cannot be called off; nobody waits for it.
    runtime.shutdown_background();
    answers
}
