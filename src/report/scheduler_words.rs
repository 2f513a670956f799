//! kube-scheduler's own words, per release, from one table.

use std::collections::BTreeMap;

use crate::model::inventory::ResourceNames;
use crate::model::kubernetes_version::KubernetesVersion;
use crate::scheduling::{Claim, ClaimState, NodeReason, PodReason, Refusal};

/// The scheduler's words for why a node does not take a pod.
#[must_use]
pub fn node_reason(reason: &NodeReason, names: &ResourceNames, version: KubernetesVersion) -> String {
    let fixed = match reason {
        NodeReason::Insufficient { resource, .. } => {
            return format!("Insufficient {}", names.name(*resource));
        }
        NodeReason::UntoleratedTaint { key, value } if version.names_untolerated_taints() => {
            return format!("node(s) had untolerated taint {{{key}: {value}}}");
        }
        NodeReason::UntoleratedTaint { .. } => "node(s) had untolerated taint(s)",
        NodeReason::NotNamed => "node(s) didn't satisfy plugin(s) [NodeAffinity]",
        NodeReason::Unschedulable => "node(s) were unschedulable",
        NodeReason::NodeAffinity => "node(s) didn't match Pod's node affinity/selector",
        NodeReason::HostPort => "node(s) didn't have free ports for the requested pod ports",
        NodeReason::TooManyPods => "Too many pods",
        NodeReason::ClaimInUse => claim_in_use(version),
        NodeReason::VolumeNodeAffinity => "node(s) didn't match PersistentVolume's node affinity",
        NodeReason::NoVolumeToBind => "node(s) didn't find available persistent volumes to bind",
        NodeReason::VolumeZone => "node(s) had no available volume zone",
        NodeReason::SpreadLabelMissing => {
            "node(s) didn't match pod topology spread constraints (missing required label)"
        }
        NodeReason::Spread => "node(s) didn't match pod topology spread constraints",
        NodeReason::Affinity => "node(s) didn't match pod affinity rules",
        NodeReason::AntiAffinity => "node(s) didn't match pod anti-affinity rules",
        NodeReason::ExistingAntiAffinity => "node(s) didn't satisfy existing pods anti-affinity rules",
    };
    fixed.to_owned()
}

fn claim_in_use(version: KubernetesVersion) -> &'static str {
    if version <= KubernetesVersion::V1_33 {
        "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode"
    } else {
        "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod"
    }
}

/// The scheduler's words for why a pod is not tried on any node.
#[must_use]
pub fn pod_reason(reason: &PodReason) -> String {
    match reason {
        PodReason::Gated => "Scheduling is blocked due to non-empty scheduling gates".to_owned(),
        PodReason::NoNodes => "no nodes available to schedule pods".to_owned(),
        PodReason::NodeNamesConflict => "pod affinity terms conflict".to_owned(),
        PodReason::UnboundImmediateClaim => "pod has unbound immediate PersistentVolumeClaims".to_owned(),
        PodReason::Claim(claim) => claim_words(claim),
    }
}

fn claim_words(claim: &Claim) -> String {
    let name = &claim.name;
    match &claim.state {
        ClaimState::Missing => format!("persistentvolumeclaim {name:?} not found"),
        ClaimState::NotYetMade => {
            format!("waiting for ephemeral volume controller to create the persistentvolumeclaim {name:?}")
        }
        ClaimState::OfAnother { namespace, pod } => {
            format!("PVC {namespace}/{} was not created for pod {namespace}/{pod} (pod is not owner)", claim.name)
        }
        ClaimState::Lost { volume } => {
            format!("persistentvolumeclaim {name:?} bound to non-existent persistentvolume {volume:?}")
        }
        ClaimState::BeingDeleted => format!("persistentvolumeclaim {name:?} is being deleted"),
        ClaimState::VolumeMissing { volume } => format!("persistentvolume {volume:?} not found"),
    }
}

/// How many nodes give each reason, by the scheduler's words. A node that is short of several resources
/// counts for each. A reason of the pod as a whole has the count 0.
#[must_use]
pub fn histogram(refusal: &Refusal, names: &ResourceNames, version: KubernetesVersion) -> BTreeMap<String, u64> {
    match refusal {
        Refusal::Pod(reason) => BTreeMap::from([(pod_reason(reason), 0)]),
        Refusal::Nodes(exclusions) => {
            let mut counts: BTreeMap<&NodeReason, u64> = BTreeMap::new();
            for exclusion in exclusions {
                for reason in &exclusion.reasons {
                    *counts.entry(reason).or_insert(0) += exclusion.nodes.len() as u64;
                }
            }
            let mut words = BTreeMap::new();
            for (reason, count) in counts {
                *words.entry(node_reason(reason, names, version)).or_insert(0) += count;
            }
            words
        }
    }
}

/// The scheduler's message up to the histogram: `0/5 nodes are available: 1 …, 4 ….`
#[must_use]
pub fn message(refusal: &Refusal, names: &ResourceNames, version: KubernetesVersion) -> String {
    match refusal {
        Refusal::Pod(reason @ (PodReason::Gated | PodReason::NoNodes)) => pod_reason(reason),
        Refusal::Pod(reason) => format!("no node is tried: {}", pod_reason(reason)),
        Refusal::Nodes(exclusions) => {
            let nodes: usize = exclusions.iter().map(|exclusion| exclusion.nodes.len()).sum();
            let words = histogram(refusal, names, version);
            // The scheduler sorts the items as texts: "10 x" comes before "2 y".
            let mut items: Vec<String> = words.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
            items.sort();
            format!("0/{nodes} nodes are available: {}.", items.join(", "))
        }
    }
}
