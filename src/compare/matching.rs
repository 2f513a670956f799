//! Which resource managers and pools of two configurations are the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::MultiRm;
use crate::model::config::{Manager, Pool};

/// Pairs of two configurations.
pub(super) struct Pairs<'c> {
    before: &'c MultiRm,
    /// Index in the first → index in the second.
    managers: BTreeMap<usize, usize>,
    /// Pool → resource manager and pool, in each; the first of equal names.
    first: BTreeMap<&'c str, (usize, usize)>,
    second: BTreeMap<&'c str, (usize, usize)>,
}

impl<'c> Pairs<'c> {
    /// Managers are the same when they have one name. Of those that are left, two are the same when they have a pool in
    /// common, the more the better, or are both the default one.
    pub(super) fn of(before: &'c MultiRm, after: &'c MultiRm) -> Self {
        let mut managers = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for one in &before.managers {
            let twin = after
                .managers
                .iter()
                .find(|other| other.cluster_name.value == one.cluster_name.value && !taken.contains(&other.index));
            if let Some(twin) = twin {
                managers.insert(one.index, twin.index);
                taken.insert(twin.index);
            }
        }
        for one in &before.managers {
            if managers.contains_key(&one.index) {
                continue;
            }
            let open = after.managers.iter().filter(|other| !taken.contains(&other.index));
            let likely = open.map(|other| (likeness(one, other), other.index)).filter(|(likeness, _)| *likeness > 0);
            if let Some((_, twin)) = likely.max_by_key(|(likeness, index)| (*likeness, std::cmp::Reverse(*index))) {
                managers.insert(one.index, twin);
                taken.insert(twin);
            }
        }
        Self { before, managers, first: pools(before), second: pools(after) }
    }

    /// The manager of the second that is the same.
    pub(super) fn after(&self, before: usize) -> Option<usize> {
        self.managers.get(&before).copied()
    }

    /// Whether a manager of the second has no counterpart.
    pub(super) fn is_new(&self, after: usize) -> bool {
        !self.managers.values().any(|index| *index == after)
    }

    pub(super) fn is_new_pool(&self, name: &str) -> bool {
        !self.first.contains_key(name)
    }

    /// Where the second has a pool.
    pub(super) fn pool_after(&self, name: &str) -> Option<(usize, usize)> {
        self.second.get(name).copied()
    }

    /// Pools of a manager of the second that another manager of the first had: the pool, what it was, and whose.
    pub(super) fn pools_from_elsewhere<'m>(&self, manager: &'m Manager) -> Vec<(&'m Pool, &'c Pool, &'c Manager)> {
        let from = |pool: &'m Pool| {
            let (owner, at) = self.first.get(pool.name.value.as_str())?;
            let owner = self.before.managers.get(*owner)?;
            Some((pool, owner.pools.get(*at)?, owner))
        };
        manager.pools.iter().filter_map(from).collect()
    }
}

fn pools(config: &MultiRm) -> BTreeMap<&str, (usize, usize)> {
    let mut pools = BTreeMap::new();
    for manager in &config.managers {
        for (at, pool) in manager.pools.iter().enumerate() {
            pools.entry(pool.name.value.as_str()).or_insert((manager.index, at));
        }
    }
    pools
}

fn likeness(one: &Manager, other: &Manager) -> usize {
    let has = |name: &str| other.pools.iter().any(|pool| pool.name.value == name);
    let shared = one.pools.iter().filter(|pool| has(&pool.name.value)).count();
    shared * 2 + usize::from(one.index == 0 && other.index == 0)
}
