//! All that keeps a pod from a node, not only what the scheduler says first.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Search;
use crate::model::inventory::{NodeIndex, NodeUse, ResourceId};
use crate::model::selector::{LabelSet as _, NodeSelector, Operator, Requirement};
use crate::scheduling::outcome::{Exclusion, Share};
use crate::scheduling::reason::{Ever, NodeReason, NodeReasons};

/// Something that keeps a pod from a node, with what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// The pod names other nodes.
    NotNamed,
    /// The node is cordoned.
    Cordoned,
    /// A taint that the pod does not tolerate; each one.
    Taint {
        /// Taint key.
        key: String,
        /// Taint value.
        value: String,
        /// Taint effect.
        effect: String,
    },
    /// A label that the pod wants otherwise.
    Label {
        /// Label key.
        key: String,
        /// What the node has.
        found: Found,
        /// How it is compared.
        operator: Operator,
        /// With what.
        values: Vec<String>,
    },
    /// None of the terms of the pod's node affinity holds.
    NodeAffinity {
        /// How many there are.
        terms: usize,
    },
    /// A port of the node that is taken.
    HostPort {
        /// Port number.
        port: u32,
        /// `TCP`, `UDP` or `SCTP`.
        protocol: String,
    },
    /// The node holds as many pods as it may.
    TooManyPods,
    /// Too little of a resource is free.
    Insufficient {
        /// Which one.
        resource: ResourceId,
        /// Whether even the empty node has too little.
        ever: Ever,
    },
    /// Room is kept for pods that are to come to the node.
    Nominated,
    /// A rule about volumes or other pods.
    Rule(NodeReason),
}

/// What nodes have of a label.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// They lack it.
    Nothing,
    /// This value.
    Value(String),
    /// One value or another.
    Various,
}

impl Found {
    fn of(label: Option<&str>) -> Self {
        label.map_or(Self::Nothing, |value| Self::Value(value.to_owned()))
    }
}

/// More groups than this are put together where they differ in values of labels only.
const MOST_GROUPS: usize = 20;

type Groups = BTreeMap<(NodeReasons, Vec<Obstacle>), Vec<NodeIndex>>;

impl Obstacle {
    fn without_value(self) -> Self {
        match self {
            Self::Label { key, found: Found::Value(_), operator, values } => {
                Self::Label { key, found: Found::Various, operator, values }
            }
            other => other,
        }
    }

    /// Whether it stays when pods go.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::NotNamed | Self::Cordoned | Self::Taint { .. } | Self::Label { .. } | Self::NodeAffinity { .. } => {
                true
            }
            Self::Insufficient { ever, .. } => *ever == Ever::Never,
            Self::Rule(reason) => matches!(
                reason,
                NodeReason::VolumeNodeAffinity | NodeReason::VolumeZone | NodeReason::SpreadLabelMissing
            ),
            Self::HostPort { .. } | Self::TooManyPods | Self::Nominated => false,
        }
    }
}

impl Search<'_> {
    /// The nodes that refuse, grouped by why.
    pub(in crate::scheduling) fn exclusions(&self, uses: &[Arc<NodeUse>]) -> Vec<Exclusion> {
        let mut groups = Groups::new();
        for (node, used) in uses.iter().enumerate() {
            let reasons = self.refusal(node, used);
            if !reasons.is_empty() {
                groups.entry((reasons, self.obstacles(node, used))).or_default().push(node);
            }
        }
        if groups.len() > MOST_GROUPS {
            groups = without_values(groups);
        }
        let exclusion = |((reasons, obstacles), nodes): ((NodeReasons, Vec<Obstacle>), Vec<NodeIndex>)| {
            let most_free = self.most_free(&obstacles, &nodes, uses);
            Exclusion { reasons, obstacles, nodes, most_free }
        };
        let mut exclusions: Vec<Exclusion> = groups.into_iter().map(exclusion).collect();
        exclusions.sort_by_key(|it| (Reverse(it.nodes.len()), it.nodes.first().copied()));
        exclusions
    }

    fn most_free(&self, obstacles: &[Obstacle], nodes: &[NodeIndex], uses: &[Arc<NodeUse>]) -> Vec<(ResourceId, i64)> {
        let short = obstacles.iter().filter_map(|obstacle| match obstacle {
            Obstacle::Insufficient { resource, .. } => Some(*resource),
            _ => None,
        });
        let free = |resource: ResourceId, node: &NodeIndex| {
            let offered = self.around.inventory.nodes.get(*node).map_or(0, |node| node.allocatable.get(resource));
            offered.saturating_sub(uses.get(*node).map_or(0, |used| used.requested.get(resource))).max(0)
        };
        short.map(|resource| (resource, nodes.iter().map(|node| free(resource, node)).max().unwrap_or(0))).collect()
    }

    fn obstacles(&self, node: NodeIndex, used: &NodeUse) -> Vec<Obstacle> {
        let mut found = self.own_obstacles(node);
        let nominees = self.nominated.get(node).map_or(&[][..], |list| list.as_slice());
        let mut with = None;
        if !nominees.is_empty() && self.dynamic_refusal(node, used, &[]).is_empty() {
            found.push(Obstacle::Nominated);
            let mut filled = used.clone();
            for nominee in nominees {
                filled.add(&nominee.load);
            }
            with = Some(filled);
        }
        let used = with.as_ref().unwrap_or(used);
        for port in self.load.ports.iter().filter(|port| used.ports.iter().any(|taken| taken.conflicts_with(port))) {
            found.push(Obstacle::HostPort { port: port.port, protocol: port.protocol.to_string() });
        }
        found.extend(self.short_resources(node, used).into_iter().filter_map(|reason| match reason {
            NodeReason::TooManyPods => Some(Obstacle::TooManyPods),
            NodeReason::Insufficient { resource, ever } => Some(Obstacle::Insufficient { resource, ever }),
            _ => None,
        }));
        let rules = self.volumes.refusals(node).into_iter().chain(self.spread.refusal(node, self.pod, nominees));
        let rules = rules.chain(self.inter_pod.refusal(node, self.around.inventory, self.pod, nominees));
        found.extend(rules.map(Obstacle::Rule));
        found
    }

    /// What a node alone says to the pod.
    fn own_obstacles(&self, node: NodeIndex) -> Vec<Obstacle> {
        let mut found = Vec::new();
        let (Some(first), Some(there)) = (self.suitability.refusal(node), self.around.inventory.nodes.get(node)) else {
            return found;
        };
        let spec = &self.pod.spec;
        match first {
            NodeReason::NotNamed => found.push(Obstacle::NotNamed),
            NodeReason::Unschedulable => found.push(Obstacle::Cordoned),
            _ => {}
        }
        // A cordon brings a taint of its own.
        let cordon = |key: &str| *first == NodeReason::Unschedulable && key == "node.kubernetes.io/unschedulable";
        let taints = there.taints.iter().filter(|taint| taint.effect != "PreferNoSchedule" && !cordon(&taint.key));
        for taint in taints.filter(|taint| !spec.tolerations.iter().any(|own| super::tolerates(own, taint))) {
            let (key, value, effect) = (taint.key.clone(), taint.value.clone(), taint.effect.clone());
            found.push(Obstacle::Taint { key, value, effect });
        }
        for (key, value) in &spec.node_selector {
            let label = there.labels.label(key);
            if label != Some(value) {
                let (key, values) = (key.clone(), vec![value.clone()]);
                found.push(Obstacle::Label { key, found: Found::of(label), operator: Operator::In, values });
            }
        }
        let affinity = spec.affinity.as_ref().and_then(|affinity| affinity.node_affinity.as_ref()?.required.as_ref());
        if let Some(affinity) = affinity.filter(|it| !it.matches(&there.name, &there.labels)) {
            found.extend(of_affinity(affinity, |requirement: &Requirement| {
                let holds = requirement.matches(&there.labels);
                (!holds).then(|| Found::of(there.labels.label(&requirement.key)))
            }));
        }
        found
    }

    /// How many nodes the pod itself allows, and what of each resource that it asks for they have.
    pub(in crate::scheduling) fn shares(&self, uses: &[Arc<NodeUse>]) -> (u64, Vec<Share>) {
        let mut suitable = 0;
        let mut shares: Vec<Share> =
            self.load.requests.iter().map(|(resource, asked)| Share::new(*resource, *asked)).collect();
        for (at, node) in self.around.inventory.nodes.iter().enumerate() {
            if self.suitability.refusal(at).is_some() {
                continue;
            }
            suitable += 1;
            for share in &mut shares {
                let used = uses.get(at).map_or(0, |used| used.requested.get(share.resource));
                share.add(node.allocatable.get(share.resource), used, node.terminating.get(share.resource));
            }
        }
        (suitable, shares)
    }
}

/// The same groups, with values of labels left out.
fn without_values(groups: Groups) -> Groups {
    let mut fewer = Groups::new();
    for ((reasons, obstacles), nodes) in groups {
        let obstacles = obstacles.into_iter().map(Obstacle::without_value).collect();
        fewer.entry((reasons, obstacles)).or_default().extend(nodes);
    }
    for nodes in fewer.values_mut() {
        nodes.sort_unstable();
    }
    fewer
}

/// What of an affinity does not hold: each expression of a single term, or that no term does.
fn of_affinity(affinity: &NodeSelector, failing: impl Fn(&Requirement) -> Option<Found>) -> Vec<Obstacle> {
    let terms = affinity.node_selector_terms.len();
    let [term] = affinity.node_selector_terms.as_slice() else { return vec![Obstacle::NodeAffinity { terms }] };
    let labels = term.match_expressions.iter().filter_map(|requirement| {
        let found = failing(requirement)?;
        let (key, operator, values) = (requirement.key.clone(), requirement.operator, requirement.values.clone());
        Some(Obstacle::Label { key, found, operator, values })
    });
    let labels: Vec<Obstacle> = labels.collect();
    if labels.is_empty() { vec![Obstacle::NodeAffinity { terms }] } else { labels }
}

impl Share {
    fn new(resource: ResourceId, asked: i64) -> Self {
        let (total, free, nodes, enough) = (0, 0, 0, 0);
        Self { resource, asked, total, free, nodes, enough, largest_free: 0, largest: 0, terminating: 0 }
    }

    fn add(&mut self, total: i64, used: i64, terminating: i64) {
        let free = total.saturating_sub(used).max(0);
        self.total = self.total.saturating_add(total);
        self.free = self.free.saturating_add(free);
        self.nodes += u64::from(free > 0);
        self.enough += u64::from(free >= self.asked);
        self.largest_free = self.largest_free.max(free);
        self.largest = self.largest.max(total);
        self.terminating = self.terminating.saturating_add(terminating);
    }
}
