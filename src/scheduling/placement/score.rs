//! The reproducible part of the scheduler's scores (§2.4): it only picks an example among nodes that
//! all take the pod.
//!
//! Preferred affinities, soft spreading and image locality are left out.

use super::Surroundings;
use super::node_filters::tolerates;
use crate::model::inventory::{Inventory, NodeUse, PodLoad, ResourceId};
use crate::model::kubernetes_version::KubernetesVersion;
use crate::model::pod::Pod;

/// The highest score of one plugin.
const MAX: i64 = 100;

/// What scores need to know about a pod.
pub(super) struct Scores {
    /// Taints that a node had rather not be used for, per node.
    soft_taints: Vec<i64>,
    /// Whether the pod asks for cpu or memory at all.
    balances: bool,
    /// Cpu and memory, where the inventory has them.
    ids: [Option<ResourceId>; 2],
    /// What the pod asks of them.
    asked: [i64; 2],
    version: KubernetesVersion,
}

impl Scores {
    /// Looks at every node once.
    pub(super) fn new(around: Surroundings<'_>, pod: &Pod, load: &PodLoad) -> Self {
        let soft: Vec<_> =
            pod.spec.tolerations.iter().filter(|t| matches!(t.effect.as_str(), "" | "PreferNoSchedule")).collect();
        let count = |taints: &[crate::model::node::Taint]| {
            let bad = taints.iter().filter(|taint| taint.effect == "PreferNoSchedule");
            let bad = bad.filter(|taint| !soft.iter().any(|toleration| tolerates(toleration, taint)));
            i64::try_from(bad.count()).unwrap_or(i64::MAX)
        };
        let soft_taints = around.inventory.nodes.iter().map(|node| count(&node.taints)).collect();
        let asks = |name: &str| pod.all_containers().any(|c| c.resources.requests.contains_key(name));
        let balances = asks("cpu") || asks("memory") || pod.spec.resources.is_some() || !pod.spec.overhead.is_empty();
        let ids = ["cpu", "memory"].map(|name| around.inventory.resources.find(name));
        let asked = ids.map(|id| {
            let request = load.requests.iter().find(|(known, _)| Some(*known) == id);
            request.map_or(0, |(_, amount)| *amount)
        });
        Self { ids, asked, soft_taints, balances, version: around.inventory.version }
    }

    /// LeastAllocated and BalancedAllocation.
    pub(super) fn resources(&self, inventory: &Inventory, load: &PodLoad, node: usize, used: &NodeUse) -> i64 {
        let Some(there) = inventory.nodes.get(node) else {
            return 0;
        };
        let offered = self.ids.map(|id| id.map_or(0, |id| there.allocatable.get(id)));
        let taken = self.ids.map(|id| id.map_or(0, |id| used.requested.get(id)));
        let scored =
            [used.scored_cpu.saturating_add(load.scored_cpu), used.scored_memory.saturating_add(load.scored_memory)];
        let free = [free_share(scored[0], offered[0]), free_share(scored[1], offered[1])];
        let counted: Vec<i64> = free.into_iter().flatten().collect();
        let least = counted.iter().sum::<i64>().checked_div(i64::try_from(counted.len()).unwrap_or(1)).unwrap_or(0);
        if !self.balances {
            return least;
        }
        let pairs = |more: i64| [0, 1].map(|at: usize| (taken[at].saturating_add(more * self.asked[at]), offered[at]));
        let (with, without) = (balance(pairs(1)), balance(pairs(0)));
        let balanced =
            if self.version >= KubernetesVersion::V1_36 { MAX / 2 + (MAX / 2 + with - without) / 2 } else { with };
        least + balanced
    }

    /// The score of a node for copies that are not coupled.
    pub(super) fn alone(&self, inventory: &Inventory, load: &PodLoad, node: usize, used: &NodeUse) -> i64 {
        let soft = self.soft_taints.get(node).copied().unwrap_or(0);
        self.resources(inventory, load, node, used) + 3 * MAX / (1 + soft)
    }

    /// 100 for the nodes with the fewest soft taints, 0 for those with the most.
    pub(super) fn normalized_taints(&self, feasible: &[usize]) -> Vec<i64> {
        let count = |node: &usize| self.soft_taints.get(*node).copied().unwrap_or(0);
        let most = feasible.iter().map(count).max().unwrap_or(0);
        feasible.iter().map(|node| if most == 0 { MAX } else { MAX - MAX * count(node) / most }).collect()
    }
}

/// The free share in percent; nothing for a resource that the node does not have.
fn free_share(taken: i64, offered: i64) -> Option<i64> {
    if offered == 0 {
        return None;
    }
    if taken > offered {
        return Some(0);
    }
    let share = i128::from(offered - taken) * i128::from(MAX) / i128::from(offered);
    i64::try_from(share).ok()
}

/// 100 when all resources are taken to the same share.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "as the scheduler computes it")]
fn balance(pairs: [(i64, i64); 2]) -> i64 {
    let shares: Vec<f64> = pairs
        .into_iter()
        .filter(|(_, offered)| *offered != 0)
        .map(|(taken, offered)| (taken as f64 / offered as f64).min(1.0))
        .collect();
    let deviation = match shares.as_slice() {
        [cpu, memory] => ((cpu - memory) / 2.0).abs(),
        _ => 0.0,
    };
    ((1.0 - deviation) * MAX as f64) as i64
}
