//! Requests that do not go where they went: asked of both configurations, by the scheduling core.

use std::collections::BTreeSet;

use crate::model::MultiRm;
use crate::model::config::Manager;
use crate::model::workload::{Task, Workload};
use crate::scheduling::routing::{Place, Split, UNNAMED, max_slots_per_pod, split};
use crate::scheduling::verdict::{Answer, Asking};

/// A request that goes elsewhere.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The request.
    pub request: Request,
    /// Where it went.
    pub before: Destination,
    /// Where it goes.
    pub after: Destination,
}

/// A request, as far as its way goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// One that names no pool: its task, and its slots.
    Unnamed(Task, i64),
    /// One that names a pool.
    Named(String),
}

impl Request {
    /// The pool that it names.
    #[must_use]
    pub fn named(&self) -> Option<&String> {
        match self {
            Self::Unnamed(..) => None,
            Self::Named(pool) => Some(pool),
        }
    }

    /// The request as one.
    #[must_use]
    pub fn workload(&self) -> Workload {
        match self {
            Self::Unnamed(task, slots) => Workload::new(*task, *slots),
            Self::Named(pool) => Workload { pool: pool.clone(), ..Workload::new(Task::Command, 0) },
        }
    }
}

/// Where a request ends.
#[derive(Clone, Debug)]
pub enum Destination {
    /// In a pool of a cluster.
    Pool {
        /// Its resource manager.
        cluster: String,
        /// Its name.
        pool: String,
    },
    /// Nowhere.
    Nowhere(Box<Answer>),
}

impl Destination {
    /// Whether it ends on a cluster.
    #[must_use]
    pub fn is_on(&self, name: &str) -> bool {
        matches!(self, Self::Pool { cluster, .. } if cluster == name)
    }

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Pool { cluster, pool }, Self::Pool { cluster: other, pool: there }) => {
                cluster == other && pool == there
            }
            (Self::Nowhere(_), Self::Nowhere(_)) => true,
            _ => false,
        }
    }
}

/// All requests that go elsewhere: those without a pool, then each pool that one of the two has.
pub(super) fn moved(before: &MultiRm, after: &MultiRm) -> Vec<Moved> {
    let both = [before, after];
    let mut seen = BTreeSet::new();
    let pools = both.into_iter().flat_map(|config| &config.managers).flat_map(|manager| &manager.pools);
    let named = pools.filter(|pool| seen.insert(pool.name.value.as_str()));
    let named = named.map(|pool| Request::Named(pool.name.value.clone()));
    let unnamed = UNNAMED.iter().map(|(task, slots)| Request::Unnamed(*task, *slots));
    let askings = (Asking::of(before), Asking::of(after));
    let requests = unnamed.chain(named).map(|request| {
        let (before, after) = (destination(askings.0, &request), destination(askings.1, &request));
        Moved { request, before, after }
    });
    requests.filter(|moved| !moved.before.is_same(&moved.after)).collect()
}

fn destination(asking: Asking<'_>, request: &Request) -> Destination {
    let config = asking.config;
    let answer = asking.prepare(&request.workload());
    let found = answer.route.as_ref().ok().filter(|route| matches!(route.place, Place::Pool(_)));
    let found = found.and_then(|route| Some((config.managers.get(route.manager)?, route)));
    match found {
        Some((manager, route)) if answer.panic.is_none() => {
            Destination::Pool { cluster: manager.cluster_name.value.clone(), pool: route.pool.clone() }
        }
        _ => Destination::Nowhere(Box::new(answer)),
    }
}

/// A request that is cut otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Its slots.
    pub slots: i64,
    /// How it was cut; nothing when it was refused.
    pub before: Option<Split>,
    /// How it is cut; nothing when it is refused.
    pub after: Option<Split>,
}

/// What becomes of an experiment with as many slots as the larger of two limits.
pub(super) fn cut(
    (before, one, first): (&MultiRm, &Manager, usize),
    (after, other, second): (&MultiRm, &Manager, usize),
) -> Option<Cut> {
    let limits = (max_slots_per_pod(before, one.index, first), max_slots_per_pod(after, other.index, second));
    let slots = limits.0.max(limits.1).filter(|slots| (1..=1_000_000).contains(slots))?;
    let request = Workload::new(Task::Experiment, slots);
    let cut = |limit| split(&request, limit).ok().filter(|split| split.pods > 0);
    let (before, after) = (cut(limits.0), cut(limits.1));
    (before != after).then_some(Cut { slots, before, after })
}
