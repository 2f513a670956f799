//! How much of what a pod asks for is free, and who holds the rest.

use std::collections::BTreeMap;

use crate::model::inventory::NodeIndex;
use crate::model::requests::is_extended;
use crate::report::capacity::amount;
use crate::scheduling::{Cluster, Outcome, Share};

/// The share of the resource that slots are.
pub(super) fn share_of(cluster: &Cluster<'_>, outcome: &Outcome, resource: &str) -> Option<Share> {
    // What is free is not known where pods were passed over that did not matter.
    let id = cluster.resources().find(resource).filter(|_| cluster.inventory().has_all_pods())?;
    outcome.shares.iter().copied().find(|share| share.resource == id)
}

/// Namespaces by what their pods hold of a resource, most first; at most five. Of devices on these nodes, of what every
/// pod holds on all nodes.
pub(super) fn holders(cluster: &Cluster<'_>, resource: &str, on: &[NodeIndex]) -> Vec<(String, i64)> {
    let inventory = cluster.inventory();
    let Some(id) = inventory.resources.find(resource).filter(|_| inventory.has_all_pods()) else { return Vec::new() };
    let mut held: BTreeMap<&str, i64> = BTreeMap::new();
    let nodes = on.iter().filter_map(|at| inventory.nodes.get(*at));
    for (namespace, what, amount) in nodes.flat_map(|node| &node.holders) {
        if *what == id {
            *held.entry(namespace).or_insert(0) += amount;
        }
    }
    if !is_extended(resource) {
        held.extend(inventory.holders.iter().map(|(namespace, amounts)| (&**namespace, amounts.get(id))));
    }
    let mut holders: Vec<(String, i64)> =
        held.into_iter().filter(|(_, amount)| *amount > 0).map(|(namespace, it)| (namespace.to_owned(), it)).collect();
    holders.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    holders.truncate(5);
    holders
}

/// What is free, and whether in one piece: `24 nvidia.com/gpu are free on 9 nodes, but only 1 node has 8 free together`.
pub(super) fn free(resource: &str, share: &Share, pods: u64) -> String {
    let show = |units: i64| amount(resource, units);
    let Share { asked, free, nodes, enough, largest, .. } = *share;
    let on = |count: u64| if count == 1 { "1 node".to_owned() } else { format!("{count} nodes") };
    if share.total == 0 {
        return format!("none of the nodes that these pods may use has any {resource}");
    }
    if free == 0 {
        return format!("no {resource} is free; the largest of the nodes has {} in all", show(largest));
    }
    let all = format!("{} {resource} free on {}", show(free), on(nodes));
    let together = match enough {
        0 => format!(
            "no node has the {} free together that a pod needs; the largest has {} in all",
            show(asked),
            show(largest)
        ),
        1 => format!("1 node has {} free together", show(asked)),
        _ => format!("{enough} nodes have {} free together", show(asked)),
    };
    let is_fragmented = enough < pods && free >= asked.saturating_mul(i64::try_from(pods).unwrap_or(i64::MAX));
    let joint = if is_fragmented && enough > 0 {
        ", but only "
    } else if is_fragmented {
        ", but "
    } else {
        "; "
    };
    format!("{all}{joint}{together}")
}
