//! Would the pods be let in, and where would they fit? Synchronous, total, without clock or client.
//!
//! [`Cluster`] is an [`Inventory`](crate::model::inventory::Inventory) with what has been submitted on
//! top of it. [`Cluster::submit`] sends copies of a pod through the stations that a real cluster has:
//!
//! 1. [`admission`]: defaults, LimitRange, priority, tolerations, runtime class, validation, pod
//!    security; then the quotas, copy by copy.
//! 2. [`placement`]: the scheduler's filters in the scheduler's order, node by node. The first filter
//!    that refuses a node gives the reason, as in kube-scheduler.
//!
//! Answers are typed ([`Rejection`], [`NodeReason`], [`PodReason`]); sentences are made in the reports.
//! What the scheduler draws by lot is not predicted: [`Outcome::chance`] says where that matters.
//!
//! Copies of one pod that no rule couples with each other need no simulation: each node takes as many
//! as it takes, whatever is chosen first (scheduling facts §2.0). Where a rule couples nodes, copies are
//! placed one by one on the node with the highest score, as far as scores are reproducible (§2.4).

pub mod admission;
pub mod caveat;
mod cluster;
pub mod needs;
mod outcome;
pub mod placement;
mod reason;
pub mod routing;
pub mod verdict;

pub use cluster::Cluster;
pub use outcome::{Chance, Copies, Exclusion, Outcome, Refusal, Rejected, Share};
pub use placement::{Coupling, Found, Obstacle};
pub use reason::{Claim, ClaimState, Ever, NodeReason, NodeReasons, PodReason, Rejection};
