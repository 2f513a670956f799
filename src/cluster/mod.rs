//! Clusters as they are now: the only room that waits for a network, and the only one that knows kube and tokio.
//!
//! An [`Endpoint`] says where an API server is and who asks. [`read`] asks several at once, each within the same
//! deadline, and makes an inventory of each, as [`crate::formats::snapshot`] does of a file:
//!
//! ```text
//! reading: version, rights, nodes, what admission asks, pods ─ which lists, and what becomes of those that are not permitted
//!   list: pages, the next one on its way while this one is taken in by formats::snapshot and dropped
//!     session: one question, asked again where that helps (retry), whole and of the right type, or a Failure
//!       endpoint: kube's client, which brings TLS and proxies; its own ways to retry and to unpack are off
//! ```
//!
//! Nothing is created but access reviews, which leave nothing behind; nothing is changed or deleted. Whoever asks is on the main thread and hears of everything by return.

mod endpoint;
mod failure;
mod list;
pub mod plugin;
mod reading;
mod resources;
mod retry;
mod rights;
mod session;

use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time::Instant;

pub use endpoint::{ActsAs, Compression, Endpoint, Login, Trust};
pub use failure::{Failure, Why};
pub use list::Listed;
pub use reading::{NotRead, Reading, ServerVersion, Wanted};

/// A cluster that is to be read.
pub struct Target {
    /// Where it is.
    pub endpoint: Endpoint,
    /// What of it.
    pub wanted: Wanted,
}

/// Reads clusters, all at the same time. The answers are in the order of the targets; one that fails does not bear on
/// the others.
#[must_use]
pub fn read(targets: Vec<Target>, time: Duration) -> Vec<Result<Reading, Failure>> {
    let runtime = match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let failed = |_| Err(Failure::before(Why::Endpoint, error.to_string()));
            return targets.iter().map(failed).collect();
        }
    };
    let answers = runtime.block_on(async {
        let deadline = Instant::now() + time;
        let start = |target: Target| tokio::spawn(reading::read(target, deadline));
        let started: Vec<_> = targets.into_iter().map(start).collect();
        let mut answers = Vec::new();
        for reading in started {
            answers.push(reading.await.unwrap_or_else(|_| Err(Failure::before(Why::Broken, "the reader stopped"))));
        }
        answers
    });
    // A look-up of a name cannot be called off; nobody waits for it.
    runtime.shutdown_background();
    answers
}
