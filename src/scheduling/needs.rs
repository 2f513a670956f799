//! How many pods have to be read to answer: none where the empty cluster refuses already, those of a few nodes where
//! no other node comes into question (scheduling facts §3.6).

use super::{Cluster, Copies};
use crate::model::inventory::Inventory;
use crate::model::pod::Pod;

/// The pods that an answer needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PodsNeeded {
    /// None: not even the empty cluster takes one. Pods could add reasons, but not take any away.
    None,
    /// Those of these nodes, in the order of the inventory. Rules of pods elsewhere stay unseen.
    OfNodes(Vec<String>),
    /// All.
    All,
}

/// Of so many nodes the pods are read node by node, …
const FEW_NODES: usize = 20;
/// … when they are no more than one in so many.
const RARE: usize = 50;

/// What is needed for copies of pods on a cluster of which no pods have been read.
#[must_use]
pub fn pods_needed(inventory: &Inventory, wanted: &[(Pod, Copies)]) -> PodsNeeded {
    let mut candidates: Vec<usize> = Vec::new();
    for (pod, copies) in wanted {
        if looks_at_pods(pod) {
            return PodsNeeded::All;
        }
        let outcome = Cluster::new(inventory).submit(pod, *copies);
        if outcome.placed > 0 {
            candidates.extend(outcome.rooms.iter().map(|(node, _)| *node));
        }
    }
    candidates.sort_unstable();
    candidates.dedup();
    if candidates.is_empty() {
        return PodsNeeded::None;
    }
    if candidates.len() > FEW_NODES || candidates.len().saturating_mul(RARE) > inventory.nodes.len() {
        return PodsNeeded::All;
    }
    let names = candidates.iter().filter_map(|node| inventory.nodes.get(*node));
    PodsNeeded::OfNodes(names.map(|node| node.name.to_string()).collect())
}

/// Whether further pods on the nodes could make room for a pod: it wants to be beside some, or evenly among them.
#[must_use]
pub fn looks_at_pods(pod: &Pod) -> bool {
    let spreads = &pod.spec.topology_spread_constraints;
    !pod.affinity_terms().is_empty() || spreads.iter().any(|spread| spread.when_unsatisfiable == "DoNotSchedule")
}

#[cfg(test)]
mod tests {
    use super::{PodsNeeded, pods_needed};
    use crate::formats::snapshot;
    use crate::model::inventory::{Interest, InventoryBuilder};
    use crate::model::kubernetes_version::KubernetesVersion;
    use crate::scheduling::Copies;

    fn needed(nodes: usize, large: usize, spec: &str, copies: Copies) -> PodsNeeded {
        let node = |at: usize| {
            let gpus = if at < large { 8 } else { 1 };
            format!(
                r#"{{"kind":"Node","metadata":{{"name":"n{at:03}"}},
                "status":{{"allocatable":{{"cpu":"8","pods":"110","nvidia.com/gpu":"{gpus}"}}}}}}"#
            )
        };
        let items: Vec<String> = (0..nodes).map(node).collect();
        let list = format!(r#"{{"kind":"List","items":[{}]}}"#, items.join(","));
        let mut builder = InventoryBuilder::new(KubernetesVersion::default(), Interest::default());
        snapshot::read(list.as_bytes(), &mut builder).unwrap();
        let pod = snapshot::read_pod(&format!(
            r#"{{"metadata":{{"name":"p","labels":{{"a":"b"}}}},"spec":{{{spec}"containers":[{{"name":"c",
            "resources":{{"requests":{{"nvidia.com/gpu":"4"}},"limits":{{"nvidia.com/gpu":"4"}}}}}}]}}}}"#
        ));
        pods_needed(&builder.finish(), &[(pod.unwrap(), copies)])
    }

    #[test]
    fn only_what_can_matter_is_needed() {
        assert_eq!(needed(100, 0, "", Copies::Exactly(1)), PodsNeeded::None, "never");
        let one = PodsNeeded::OfNodes(vec!["n000".to_owned()]);
        assert_eq!(needed(100, 1, "", Copies::Exactly(3)), one, "how many of them is still to be told");
        assert_eq!(needed(100, 0, "", Copies::AsManyAsFit), PodsNeeded::None);
        let two = PodsNeeded::OfNodes(vec!["n000".to_owned(), "n001".to_owned()]);
        assert_eq!(needed(100, 2, "", Copies::Exactly(3)), two);
        assert_eq!(needed(99, 2, "", Copies::Exactly(3)), PodsNeeded::All, "they are not rare");
        assert_eq!(needed(4, 4, "", Copies::AsManyAsFit), PodsNeeded::All);
    }

    #[test]
    fn a_pod_that_looks_at_others_needs_all() {
        let spread = r#""topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"z","whenUnsatisfiable":"DoNotSchedule",
            "labelSelector":{"matchLabels":{"a":"b"}}}],"#;
        assert_eq!(needed(100, 0, spread, Copies::Exactly(1)), PodsNeeded::All);
    }
}
