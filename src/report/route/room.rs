//! How much of a pod's slot resource is free, and who holds the rest.

use crate::model::inventory::{Inventory, ResourceId};
use crate::scheduling::{Cluster, NodeReason, Outcome, Refusal};

/// Numbers about one resource on the nodes that the pod could use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Room {
    /// Free in all, in the scheduler's units.
    pub(super) free: i64,
    /// Nodes that have some of it free.
    pub(super) nodes: usize,
    /// The most that one node has free.
    pub(super) largest_free: i64,
    /// The most that one node has at all.
    pub(super) largest: i64,
    /// Held by pods that are being deleted.
    pub(super) terminating: i64,
    /// Namespaces by what their pods hold, most first.
    pub(super) holders: Vec<(String, i64)>,
}

/// The numbers for a resource; `None` when the inventory does not know it.
pub(super) fn room(cluster: &Cluster<'_>, outcome: &Outcome, resource: &str) -> Option<Room> {
    let inventory = cluster.inventory();
    let id = inventory.resources.find(resource)?;
    let usable = usable_nodes(inventory, outcome);
    let mut room =
        Room { free: 0, nodes: 0, largest_free: 0, largest: 0, terminating: 0, holders: holders(inventory, id) };
    for (at, node) in inventory.nodes.iter().enumerate().filter(|(at, _)| usable.get(*at).copied().unwrap_or(true)) {
        let used = cluster.uses().get(at).map_or(0, |uses| uses.requested.get(id));
        let has = node.allocatable.get(id);
        let free = (has - used).max(0);
        room.free += free;
        room.nodes += usize::from(free > 0);
        room.largest_free = room.largest_free.max(free);
        room.largest = room.largest.max(has);
        room.terminating += node.terminating.get(id);
    }
    Some(room)
}

/// Nodes that refuse for nothing but resources.
fn usable_nodes(inventory: &Inventory, outcome: &Outcome) -> Vec<bool> {
    match &outcome.refusal {
        Some(Refusal::Nodes(nodes)) => nodes
            .iter()
            .map(|reasons| {
                let short =
                    |reason: &NodeReason| matches!(reason, NodeReason::Insufficient { .. } | NodeReason::TooManyPods);
                reasons.iter().all(short)
            })
            .collect(),
        _ => vec![true; inventory.nodes.len()],
    }
}

fn holders(inventory: &Inventory, id: ResourceId) -> Vec<(String, i64)> {
    let amounts = inventory.holders.iter().map(|(namespace, amounts)| (namespace.to_string(), amounts.get(id)));
    let mut holders: Vec<(String, i64)> = amounts.filter(|(_, amount)| *amount > 0).collect();
    holders.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    holders.truncate(5);
    holders
}
