//! The identity that a master has on an additional cluster, as data: what it may do and why, the objects that make it up,
//! and the Secret on the default cluster that holds its kubeconfig.
//!
//! Nothing here asks a cluster. `rights` is the table of what the master does there (live-master-facts §3); `roles`
//! makes RBAC of it; `identity` names the objects and writes them; `secret` and `record` make the Secret; `owner` tells whose
//! an object is that is there already; `checks` lists everything that is looked at before something is written, and `audit` what is
//! looked at later; `proof` what a new credential has proven; `rotation` when an old credential can go; `removal` what there is to take away again; `copying` is the
//! way of a credential that is not made but taken over.

pub mod audit;
pub mod checks;
pub mod copying;
pub mod gateway;
pub mod identity;
pub mod judge;
pub mod operator;
pub mod owner;
pub mod plan;
pub mod proof;
pub mod record;
pub mod removal;
pub mod rights;
mod roles;
pub mod rotation;
pub mod secret;
pub mod survey;

pub use rights::{Need, Profile, Right, Scope, Tasks};
pub use roles::{Role, Rule, roles};
