//! Filters that look at a node alone: cordon, taints, node selector and node affinity.

use crate::model::inventory::{Inventory, InventoryNode};
use crate::model::node::Taint;
use crate::model::pod::{Pod, Toleration};
use crate::model::selector::{LabelSet as _, NodeSelector};
use crate::scheduling::reason::{NodeReason, PodReason};

/// What a node alone says to a pod.
pub(super) struct Suitability {
    refusals: Vec<Option<NodeReason>>,
}

impl Suitability {
    /// Looks at every node once.
    ///
    /// # Errors
    /// The node names of the pod's affinity exclude each other.
    pub(super) fn new(pod: &Pod, inventory: &Inventory) -> Result<Self, PodReason> {
        let rules = Rules::of(pod);
        let names = rules.affinity.and_then(NodeSelector::named_nodes);
        if names.as_ref().is_some_and(Vec::is_empty) {
            return Err(PodReason::NodeNamesConflict);
        }
        let refusals = inventory
            .nodes
            .iter()
            .map(|node| match &names {
                Some(names) if names.binary_search(&&*node.name).is_err() => Some(NodeReason::NotNamed),
                _ => rules.refusal(node),
            })
            .collect();
        Ok(Self { refusals })
    }

    /// Why a node is out of the question.
    pub(super) fn refusal(&self, node: usize) -> Option<&NodeReason> {
        self.refusals.get(node).and_then(Option::as_ref)
    }
}

/// What a pod says about nodes.
pub(super) struct Rules<'a> {
    pod: &'a Pod,
    affinity: Option<&'a NodeSelector>,
}

impl<'a> Rules<'a> {
    /// The rules of a pod.
    pub(super) fn of(pod: &'a Pod) -> Self {
        let affinity = pod.spec.affinity.as_ref().and_then(|affinity| affinity.node_affinity.as_ref());
        Self { pod, affinity: affinity.and_then(|affinity| affinity.required.as_ref()) }
    }

    fn refusal(&self, node: &InventoryNode) -> Option<NodeReason> {
        let tolerations = &self.pod.spec.tolerations;
        if node.unschedulable && !tolerations.iter().any(|toleration| tolerates(toleration, &cordon())) {
            return Some(NodeReason::Unschedulable);
        }
        if let Some(taint) = untolerated(&node.taints, tolerations) {
            return Some(NodeReason::UntoleratedTaint { key: taint.key.clone(), value: taint.value.clone() });
        }
        (!self.selects(node)).then_some(NodeReason::NodeAffinity)
    }

    /// Whether node selector and required affinity match.
    pub(super) fn selects(&self, node: &InventoryNode) -> bool {
        let selected = |(key, value): (&String, &String)| node.labels.label(key) == Some(value);
        self.pod.spec.node_selector.iter().all(selected)
            && self.affinity.is_none_or(|affinity| affinity.matches(&node.name, &node.labels))
    }
}

fn cordon() -> Taint {
    Taint { key: "node.kubernetes.io/unschedulable".into(), value: String::new(), effect: "NoSchedule".into() }
}

/// The first taint that keeps a pod off a node. `PreferNoSchedule` never does.
pub(super) fn untolerated<'a>(taints: &'a [Taint], tolerations: &[Toleration]) -> Option<&'a Taint> {
    taints
        .iter()
        .filter(|taint| matches!(taint.effect.as_str(), "NoSchedule" | "NoExecute"))
        .find(|taint| !tolerations.iter().any(|toleration| tolerates(toleration, taint)))
}

/// Whether a toleration covers a taint. `Lt` and `Gt` are off by default and cover nothing.
pub(in crate::scheduling) fn tolerates(toleration: &Toleration, taint: &Taint) -> bool {
    (toleration.effect.is_empty() || toleration.effect == taint.effect)
        && (toleration.key.is_empty() || toleration.key == taint.key)
        && match toleration.operator.as_str() {
            "" | "Equal" => toleration.value == taint.value,
            "Exists" => true,
            _ => false,
        }
}
