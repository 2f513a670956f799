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
//! Whoever reads creates nothing but access reviews, which leave nothing behind. What is written, for `detctl secrets` alone,
//! names the object that was seen by uid and resourceVersion. Whoever asks is on the main thread and hears of everything by return.

mod each;
mod endpoint;
mod failure;
mod leftovers;
mod list;
mod login;
mod master_service;
mod minting;
mod objects;
pub mod plugin;
mod progress;
mod proving;
mod pulling;
mod reaching;
mod reading;
mod removing;
mod resources;
mod restarting;
mod retry;
mod reviews;
mod rights;
mod serving;
mod session;
mod storing;
mod surveying;
mod trying;

use std::time::Duration;

use each::{each, each_watched, each_within};
use progress::Gauge;

use crate::credentials::rotation::Running;
use crate::credentials::survey::{Proof, Survey, TaskSpace};

pub use each::timed;
pub use endpoint::{ActsAs, Compression, Endpoint, Login, Trust};
pub use failure::{Failure, Speaker, Why};
pub use leftovers::{Hold, ToGather};
pub use list::Listed;
pub use login::{Listener, Program};
pub use master_service::{Found, ToFind};
pub use minting::{Minted, ToMint, ToRevoke};
pub use objects::{Conflicts, Writing};
pub use progress::Progress;
pub use proving::{Age, ToProve};
pub use pulling::pull;
pub use reaching::ToReach;
pub use reading::{NotRead, Pace, Reading, ServerVersion, Wanted};
pub use removing::{Removed, ToRemove};
pub use restarting::{ToAwait, ToRestart, ToWatch};
pub use storing::{Kept, Shelf, ToList, ToLookUp, ToStore};
pub use surveying::{ToSpot, ToSurvey};
pub use trying::{ToTry, Tried};

/// A cluster that is to be read.
pub struct Target {
    /// Where it is.
    pub endpoint: Endpoint,
    /// What hands out the credentials, where the endpoint does not hold them yet.
    pub program: Option<Program>,
    /// What of it.
    pub wanted: Wanted,
}

/// Reads clusters, all at the same time. The answers are in the order of the targets; one that fails does not bear on
/// the others. `watch` hears every now and then how far each is, and how
/// long it has taken.
#[must_use]
pub fn read(
    targets: Vec<Target>,
    time: Duration,
    watch: &mut dyn FnMut(&[Progress], Duration),
) -> Vec<Result<Reading, Failure>> {
    let gauges: Vec<Gauge> = targets.iter().map(|_| Gauge::default()).collect();
    let targets = targets.into_iter().zip(gauges.iter().cloned()).map(|target| (target, time)).collect();
    let act = |(target, gauge), deadline| reading::read(target, gauge, deadline);
    each_watched(targets, act, &mut |elapsed| {
        watch(&gauges.iter().map(Gauge::now).collect::<Vec<_>>(), elapsed);
    })
}

/// Asks clusters to admit pods without keeping them, each within its time; what each says, in the order of the pods.
#[must_use]
pub fn try_out(targets: Vec<(ToTry, Duration)>) -> Vec<Result<Vec<Tried>, Failure>> {
    each_within(targets, trying::try_out)
}

/// Whether masters answer at addresses.
#[must_use]
pub fn reach(targets: Vec<ToReach>, time: Duration) -> Vec<Result<(), Failure>> {
    each(targets, time, reaching::reach)
}

/// Looks at additional clusters before anything is changed, each within its time.
#[must_use]
pub fn survey(targets: Vec<(ToSurvey, Duration)>) -> Vec<Result<Survey, Failure>> {
    each_within(targets, surveying::survey)
}

/// What stands in namespaces of tasks.
///
/// # Errors
/// When the cluster cannot be asked.
pub fn spot(target: ToSpot, time: Duration) -> Result<Vec<TaskSpace>, Failure> {
    one(each(vec![target], time, surveying::spot))
}

/// Makes identities and credentials; `None` where nothing was to be kept.
#[must_use]
pub fn mint(targets: Vec<ToMint>, time: Duration) -> Vec<Result<Option<Minted>, Failure>> {
    each(targets, time, minting::mint)
}

/// Takes credentials back.
#[must_use]
pub fn revoke(targets: Vec<ToRevoke>, time: Duration) -> Vec<Result<(), Failure>> {
    each(targets, time, minting::revoke)
}

/// The Secrets on additional clusters that credentials hang on.
#[must_use]
pub fn gather(targets: Vec<ToGather>, time: Duration) -> Vec<Result<Vec<Hold>, Failure>> {
    each(targets, time, leftovers::gather)
}

/// The master as it runs; `None` where there is no Deployment of the release.
///
/// # Errors
/// When the cluster cannot be asked.
pub fn watch(target: ToWatch, time: Duration) -> Result<Option<Running>, Failure> {
    one(each(vec![target], time, restarting::watch))
}

/// Starts a master anew.
///
/// # Errors
/// When it cannot be.
pub fn restart(target: ToRestart, time: Duration) -> Result<(), Failure> {
    one(each(vec![target], time, restarting::restart))
}

/// Waits until a master uses what was written; how it runs by then, also when it does not in time.
///
/// # Errors
/// When the cluster could not be asked at all.
pub fn wait(target: ToAwait, time: Duration) -> Result<Running, Failure> {
    one(each(vec![target], time, restarting::wait))
}

/// Looks at the default cluster before anything is written.
///
/// # Errors
/// When it cannot be asked.
pub fn look_up(target: ToLookUp, time: Duration) -> Result<Shelf, Failure> {
    one(each(vec![target], time, storing::look_up))
}

/// The Secrets of the default cluster with these labels, by name.
///
/// # Errors
/// When it cannot be asked.
pub fn list(target: ToList, time: Duration) -> Result<Vec<Kept>, Failure> {
    one(each(vec![target], time, storing::list))
}

/// Takes objects away, or tries to; what became of each, in their order.
///
/// # Errors
/// When the cluster cannot be asked at all.
pub fn remove(target: ToRemove, time: Duration) -> Result<Vec<Removed>, Failure> {
    one(each(vec![target], time, removing::remove))
}

/// Writes Secrets, or tries to, one after the other: until one fails when they are to be kept, each when they are not. What
/// was written is in their order, as it was read back.
///
/// # Errors
/// When the cluster cannot be asked at all.
pub fn store(
    endpoint: Endpoint,
    secrets: Vec<ToStore>,
    writing: Writing,
    time: Duration,
) -> Result<Vec<Result<Kept, Failure>>, Failure> {
    one(each(vec![storing::Batch { endpoint, secrets, writing }], time, storing::store))
}

fn one<T>(answers: Vec<Result<T, Failure>>) -> Result<T, Failure> {
    answers.into_iter().next().unwrap_or_else(|| Err(Failure::before(Why::Broken, "the reader stopped")))
}

/// Tries credentials out.
#[must_use]
pub fn prove(targets: Vec<ToProve>, time: Duration) -> Vec<Result<Proof, Failure>> {
    each(targets, time, proving::prove)
}

/// Finds out how a master is reached from elsewhere, and waits until it is; the inner error is a clause.
///
/// # Errors
/// When the cluster cannot be asked, or has no such Service.
pub fn find_master(target: ToFind, time: Duration) -> Result<Result<Found, String>, Failure> {
    one(each(vec![target], time, master_service::find))
}
