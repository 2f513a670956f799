//! Pool name → resource manager, as `getRMName` and `ResolveResourcePool` do it (facts §4.1, §4.2).
//!
//! The documentation says that pools which the configuration does not define go to the default resource
//! manager. Its code answers with an error in every release (C-1); a route keeps both facts: the manager
//! is the default one, [`Route::place`] is [`Place::Undefined`].

use crate::model::MultiRm;
use crate::model::config::Manager;
use crate::model::workload::{Task, Workload};

/// Why a request goes where it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It names the pool.
    Named,
    /// It names none and wants no slots: the default resource manager's auxiliary pool.
    AuxDefault,
    /// It names none and wants slots: the default resource manager's compute pool.
    ComputeDefault,
    /// It names none, and its workspace has a default pool.
    WorkspaceDefault,
    /// It names a pool that the configuration does not have.
    UndefinedPool,
}

/// Where a request ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In this pool of the manager.
    Pool(usize),
    /// Nowhere: no manager has a pool of that name.
    Undefined,
    /// Nowhere: the workspace's default pool belongs to another manager than the default one, which
    /// answers for it (§4.2).
    NotHere,
}

/// A request's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The name that was looked up.
    pub pool: String,
    /// Why that one.
    pub why: Why,
    /// The resource manager that answers; the default one for pools that nobody has.
    pub manager: usize,
    /// Where it ends.
    pub place: Place,
}

/// Why there is not even a name to look up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unroutable {
    /// `no_default_resource_pools`, and no pool named, for a request without slots.
    NoAuxDefault,
    /// The same for one with slots.
    NoComputeDefault,
    /// The configuration has no default resource manager that could be read.
    NoManager,
}

/// The way of a request.
///
/// # Errors
/// When it names no pool and there is no default.
pub fn route(config: &MultiRm, workload: &Workload) -> Result<Route, Unroutable> {
    let default = config.default_manager().ok_or(Unroutable::NoManager)?;
    let asks_for_none = workload.pool.is_empty() || workload.task == Task::CheckpointGc;
    if !asks_for_none {
        return Ok(named(config, &workload.pool));
    }
    let own = workload.workspace.default_pool.as_deref().filter(|_| workload.task != Task::CheckpointGc);
    if let Some(pool) = own {
        return Ok(workspace_default(config, pool));
    }
    let (pool, why) = match workload.effective_slots() {
        0 => (&default.default_aux_pool, Why::AuxDefault),
        _ => (&default.default_compute_pool, Why::ComputeDefault),
    };
    match pool.value.as_deref() {
        None | Some("") if why == Why::AuxDefault => Err(Unroutable::NoAuxDefault),
        None | Some("") => Err(Unroutable::NoComputeDefault),
        Some(name) => Ok(Route { why, ..by_name(config, name) }),
    }
}

fn named(config: &MultiRm, pool: &str) -> Route {
    let route = by_name(config, pool);
    match route.place {
        Place::Pool(_) => route,
        _ => Route { why: Why::UndefinedPool, ..route },
    }
}

/// An empty pool name is always resolved by the default resource manager, so a workspace's default pool
/// in another one is out of reach.
fn workspace_default(config: &MultiRm, pool: &str) -> Route {
    let route = Route { why: Why::WorkspaceDefault, ..by_name(config, pool) };
    match route.place {
        Place::Pool(_) if route.manager > 0 => Route { manager: 0, place: Place::NotHere, ..route },
        _ => route,
    }
}

/// The first manager that has a pool of exactly this name; names are unique in a valid configuration.
fn by_name(config: &MultiRm, pool: &str) -> Route {
    let found = config.managers.iter().find_map(|manager| Some((manager.index, position(manager, pool)?)));
    let (manager, place) = match found {
        Some((manager, at)) => (manager, Place::Pool(at)),
        None => (0, Place::Undefined),
    };
    Route { pool: pool.to_owned(), why: Why::Named, manager, place }
}

fn position(manager: &Manager, pool: &str) -> Option<usize> {
    manager.pools.iter().position(|candidate| candidate.name.value == pool)
}
