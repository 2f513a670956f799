//! Why groups of nodes do not take a pod: the scheduler's words, and all that stands behind them.

use serde_json::{Value, json};

use super::capacity::amount;
use super::scheduler_words;
use crate::model::kubernetes_version::KubernetesVersion;
use crate::model::requests::is_extended;
use crate::model::selector::Operator;
use crate::scheduling::{Cluster, Ever, Exclusion, Found, NodeReason, Obstacle};

/// What the words are made with.
#[derive(Clone, Copy)]
pub(super) struct Nodes<'a> {
    /// Names of nodes and resources.
    pub(super) cluster: &'a Cluster<'a>,
    /// Whose words are used.
    pub(super) version: KubernetesVersion,
}

impl Nodes<'_> {
    /// The name of a node.
    pub(super) fn name(&self, at: usize) -> &str {
        self.cluster.inventory().nodes.get(at).map_or("", |node| &node.name)
    }

    /// All obstacles of a group, each in a few words.
    pub(super) fn obstacles(&self, exclusion: &Exclusion) -> Vec<String> {
        exclusion.obstacles.iter().map(|obstacle| self.obstacle(obstacle, exclusion)).collect()
    }

    fn obstacle(&self, obstacle: &Obstacle, of: &Exclusion) -> String {
        match obstacle {
            Obstacle::NotNamed => "the pod names other nodes".to_owned(),
            Obstacle::Cordoned => "cordoned".to_owned(),
            Obstacle::Taint { key, value, effect } if value.is_empty() => {
                format!("taint {key}:{effect} is not tolerated")
            }
            Obstacle::Taint { key, value, effect } => format!("taint {key}={value}:{effect} is not tolerated"),
            Obstacle::Label { key, found, operator, values } => label(key, found, *operator, values),
            Obstacle::NodeAffinity { terms: 1 } => "the node affinity term does not hold".to_owned(),
            Obstacle::NodeAffinity { terms } => format!("none of {terms} node affinity terms holds"),
            Obstacle::HostPort { port, protocol } => format!("port {port}/{protocol} of the node is taken"),
            Obstacle::TooManyPods => "it holds as many pods as it may".to_owned(),
            Obstacle::Nominated => "room is kept for pods that are nominated to it".to_owned(),
            Obstacle::Rule(reason) => scheduler_words::node_reason(reason, self.cluster.resources(), self.version),
            Obstacle::Insufficient { resource, ever } => {
                let name = self.cluster.resources().name(*resource);
                let have = self.have(of, name);
                let never = if *ever == Ever::Never { ", never enough there" } else { "" };
                format!("Insufficient {name} (at most {} free{never})", amount(name, have))
            }
        }
    }

    /// The most that a node of the group has free of a resource.
    fn have(&self, of: &Exclusion, resource: &str) -> i64 {
        let mut most = of.most_free.iter().filter(|(id, _)| self.cluster.resources().name(*id) == resource);
        most.next().map_or(0, |(_, free)| *free)
    }

    /// The group for programs; `asked` tells how much the pod asks for of a resource.
    pub(super) fn json(&self, exclusion: &Exclusion, asked: impl Fn(&str) -> Option<i64>) -> Value {
        let names = self.cluster.resources();
        let words = |reason| scheduler_words::node_reason(reason, names, self.version);
        let reasons: Vec<String> = exclusion.reasons.iter().map(words).collect();
        let short = exclusion.obstacles.iter().filter_map(|obstacle| match obstacle {
            Obstacle::Insufficient { resource, .. } => Some(names.name(*resource)),
            _ => None,
        });
        // Devices are what people ask about first.
        let mut short: Vec<&str> = short.collect();
        short.sort_by_key(|name| !is_extended(name));
        let short = short.first().copied();
        let need = short.and_then(&asked);
        let have = short.map(|name| self.have(exclusion, name));
        let text = |units: Option<i64>| short.zip(units).map(|(name, units)| amount(name, units));
        json!({
            "reason": reasons.first(),
            "reasons": reasons,
            "plugin": exclusion.reasons.first().map(plugin),
            "count": exclusion.nodes.len(),
            "nodes": exclusion.nodes.iter().map(|at| self.name(*at)).collect::<Vec<_>>(),
            "resource": short,
            "need": need,
            "needText": text(need),
            "have": have,
            "haveText": text(have),
            "permanent": exclusion.obstacles.iter().any(Obstacle::is_permanent),
            "obstacles": self.obstacles(exclusion),
        })
    }
}

fn label(key: &str, found: &Found, operator: Operator, values: &[String]) -> String {
    let wanted = values.join(" or ");
    if operator == Operator::DoesNotExist && key.starts_with("determined.ai/cluster-id-") {
        return format!("disabled in Determined (label {key})");
    }
    let has = match found {
        Found::Nothing if operator == Operator::In => return format!("no label {key}, wanted {wanted}"),
        Found::Nothing => format!("no label {key}"),
        Found::Value(value) => format!("label {key} is \"{value}\""),
        Found::Various => format!("label {key} has another value"),
    };
    match operator {
        Operator::In => format!("{has}, not {wanted}"),
        Operator::NotIn | Operator::DoesNotExist => format!("{has}, which is ruled out"),
        Operator::Exists => has,
        Operator::Gt => format!("{has}, not above {wanted}"),
        Operator::Lt => format!("{has}, not below {wanted}"),
        Operator::Unknown => format!("{has}, compared in a way that no scheduler knows"),
    }
}

/// The plugin of the scheduler that gives a reason.
fn plugin(reason: &NodeReason) -> &'static str {
    match reason {
        NodeReason::NotNamed | NodeReason::NodeAffinity => "NodeAffinity",
        NodeReason::Unschedulable => "NodeUnschedulable",
        NodeReason::UntoleratedTaint { .. } => "TaintToleration",
        NodeReason::HostPort => "NodePorts",
        NodeReason::TooManyPods | NodeReason::Insufficient { .. } => "NodeResourcesFit",
        NodeReason::ClaimInUse => "VolumeRestrictions",
        NodeReason::VolumeNodeAffinity | NodeReason::NoVolumeToBind => "VolumeBinding",
        NodeReason::VolumeZone => "VolumeZone",
        NodeReason::SpreadLabelMissing | NodeReason::Spread => "PodTopologySpread",
        NodeReason::Affinity | NodeReason::AntiAffinity | NodeReason::ExistingAntiAffinity => "InterPodAffinity",
    }
}
