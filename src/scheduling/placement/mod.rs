//! The scheduler's filters, in its order, and the search for nodes (§2.0–§2.4).

mod explain;
mod inter_pod;
mod node_filters;
mod score;
mod spread;
mod volumes;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::reason::{Claim, ClaimState, Ever, NodeReason, NodeReasons, PodReason};
use crate::model::inventory::{Inventory, NodeIndex, NodeUse, NominatedPod, PodLoad, WatchedPod};
use crate::model::pod::Pod;
pub use explain::{Found, Obstacle};
use inter_pod::InterPod;
use node_filters::Suitability;
pub(in crate::scheduling) use node_filters::tolerates;
use score::Scores;
use spread::Spread;
pub use volumes::Bindings;
use volumes::Volumes;

/// The pods and claims of a cluster at one moment, on top of an inventory.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// Nodes and objects.
    pub inventory: &'a Inventory,
    /// Which of its pods are still there.
    pub occupants: Occupants,
    /// Pods placed on top of it.
    pub placed: &'a [Arc<WatchedPod>],
    /// Claims in use.
    pub claims_in_use: &'a BTreeSet<(String, String)>,
    /// Claims bound on top of it.
    pub bindings: &'a Bindings,
}

/// Which pods of an inventory are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occupants {
    /// All of them.
    All,
    /// Those that stay as long as their nodes.
    Fixed,
}

impl<'a> Surroundings<'a> {
    /// The pods on nodes that rules may look at.
    fn watched(self) -> impl Iterator<Item = &'a WatchedPod> {
        let is_there = move |pod: &&WatchedPod| self.occupants == Occupants::All || pod.fixed;
        self.inventory.watched.iter().filter(is_there).chain(self.placed.iter().map(Arc::as_ref))
    }

    /// The pending pods for which room is kept.
    fn nominated(self) -> &'a [NominatedPod] {
        if self.occupants == Occupants::All { &self.inventory.nominated } else { &[] }
    }
}

/// Whether copies of a pod can be counted node by node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coupling {
    /// No rule couples nodes: which node is chosen first does not matter.
    None,
    /// A rule couples nodes: the count can depend on choices that the scheduler draws.
    Nodes,
}

/// A pod held against the nodes of a cluster. Making one costs one look at every node.
pub(super) struct Search<'a> {
    around: Surroundings<'a>,
    pod: &'a Pod,
    load: &'a PodLoad,
    suitability: Suitability,
    nominated: Vec<Vec<&'a NominatedPod>>,
    volumes: Volumes,
    spread: Spread,
    inter_pod: InterPod,
    scores: Scores,
    tied: Bindings,
}

impl<'a> Search<'a> {
    /// Prepares every filter.
    ///
    /// # Errors
    /// The pod as a whole cannot be placed.
    pub(super) fn new(around: Surroundings<'a>, pod: &'a Pod, load: &'a PodLoad) -> Result<Self, PodReason> {
        if !pod.spec.scheduling_gates.is_empty() {
            return Err(PodReason::Gated);
        }
        let inventory = around.inventory;
        if inventory.nodes.is_empty() {
            return Err(PodReason::NoNodes);
        }
        let suitability = Suitability::new(pod, inventory)?;
        let volumes = Volumes::new(around, pod)?;
        let mut nominated = vec![Vec::new(); inventory.nodes.len()];
        let ahead = |n: &&NominatedPod| n.priority >= pod.priority() && n.scheduler == pod.scheduler();
        for nominee in around.nominated().iter().filter(ahead) {
            if let Some(list) = nominated.get_mut(nominee.pod.node) {
                list.push(nominee);
            }
        }
        let spread = Spread::new(around, pod);
        let inter_pod = InterPod::new(around, pod);
        let scores = Scores::new(around, pod, load);
        Ok(Self {
            around,
            pod,
            load,
            suitability,
            nominated,
            volumes,
            spread,
            inter_pod,
            scores,
            tied: Bindings::new(),
        })
    }

    /// Whether copies have to be placed one by one.
    pub(super) fn coupling(&self) -> Coupling {
        let coupled = self.spread.is_active() || self.inter_pod.couples_copies() || self.volumes.couple_copies();
        if coupled { Coupling::Nodes } else { Coupling::None }
    }

    /// Why a node does not take the pod; nothing when it does.
    pub(super) fn refusal(&self, node: NodeIndex, used: &NodeUse) -> NodeReasons {
        if let Some(reason) = self.suitability.refusal(node) {
            return vec![reason.clone()];
        }
        let nominees = self.nominated.get(node).map_or(&[][..], |list| list.as_slice());
        if !nominees.is_empty() {
            let mut with = used.clone();
            for nominee in nominees {
                with.add(&nominee.load);
            }
            let reasons = self.dynamic_refusal(node, &with, nominees);
            if !reasons.is_empty() {
                return reasons;
            }
        }
        self.dynamic_refusal(node, used, &[])
    }

    fn dynamic_refusal(&self, node: NodeIndex, used: &NodeUse, nominees: &[&NominatedPod]) -> NodeReasons {
        if self.load.ports.iter().any(|port| used.ports.iter().any(|taken| taken.conflicts_with(port))) {
            return vec![NodeReason::HostPort];
        }
        let short = self.short_resources(node, used);
        if !short.is_empty() {
            return short;
        }
        let unbound = self.volumes.refusals(node);
        if !unbound.is_empty() {
            return unbound;
        }
        let one = self
            .spread
            .refusal(node, self.pod, nominees)
            .or_else(|| self.inter_pod.refusal(node, self.around.inventory, self.pod, nominees));
        one.into_iter().collect()
    }

    fn short_resources(&self, node: NodeIndex, used: &NodeUse) -> NodeReasons {
        let Some(there) = self.around.inventory.nodes.get(node) else {
            return vec![NodeReason::TooManyPods];
        };
        let mut short = Vec::new();
        if used.pods.saturating_add(1) > there.allowed_pods {
            short.push(NodeReason::TooManyPods);
        }
        for (resource, asked) in &self.load.requests {
            let offered = there.allocatable.get(*resource);
            if *asked > offered.saturating_sub(used.requested.get(*resource)) {
                let ever = if *asked > offered { Ever::Never } else { Ever::WhenFreed };
                short.push(NodeReason::Insufficient { resource: *resource, ever });
            }
        }
        short
    }

    /// How many copies a node takes if all of them go there. For coupled copies this is a bound.
    pub(super) fn room(&self, node: NodeIndex, used: &NodeUse) -> u64 {
        if !self.refusal(node, used).is_empty() {
            return 0;
        }
        let Some(there) = self.around.inventory.nodes.get(node) else {
            return 0;
        };
        let nominees = self.nominated.get(node).map_or(&[][..], |list| list.as_slice());
        let pods = used.pods.saturating_add(i64::try_from(nominees.len()).unwrap_or(i64::MAX));
        let mut room = there.allowed_pods.saturating_sub(pods);
        for (resource, asked) in &self.load.requests {
            let kept: i64 =
                nominees.iter().flat_map(|n| &n.load.requests).filter(|(id, _)| id == resource).map(|(_, a)| a).sum();
            let taken = used.requested.get(*resource).saturating_add(kept);
            room = room.min(there.allocatable.get(*resource).saturating_sub(taken) / *asked);
        }
        let alone =
            !self.load.ports.is_empty() || self.inter_pod.keeps_copies_apart(node) || self.volumes.allow_one_copy();
        if alone {
            room = room.min(1);
        }
        room = room.min(self.spread.room(node));
        u64::try_from(room).unwrap_or(0)
    }

    /// The nodes by preference for copies that are not coupled.
    pub(super) fn score(&self, node: NodeIndex, used: &NodeUse) -> i64 {
        self.scores.alone(self.around.inventory, self.load, node, used)
    }

    /// The best of the nodes that take the pod. Ties go to the first by name; the scheduler draws.
    pub(super) fn best(&self, feasible: &[NodeIndex], own: &[i64]) -> Option<NodeIndex> {
        let beside = self.inter_pod.normalized_scores(feasible);
        let taints = self.scores.normalized_taints(feasible);
        let mut best: Option<(i64, NodeIndex)> = None;
        for (at, node) in feasible.iter().enumerate() {
            let part = |list: &[i64], at: usize| list.get(at).copied().unwrap_or(0);
            let score = part(own, *node) + 2 * part(&beside, at) + 3 * part(&taints, at);
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, *node));
            }
        }
        best.map(|(_, node)| node)
    }

    /// The part of a node's score that does not depend on other nodes.
    pub(super) fn own_score(&self, node: NodeIndex, used: &NodeUse) -> i64 {
        self.scores.resources(self.around.inventory, self.load, node, used)
    }

    /// Notes that a copy has been placed.
    pub(super) fn place(&mut self, node: NodeIndex) {
        self.spread.place(node, self.pod);
        self.inter_pod.place(node);
        let tied = self.volumes.place(node);
        if !tied.is_empty() {
            self.tied.extend(tied);
            let mut bindings = self.around.bindings.clone();
            bindings.extend(self.tied.clone());
            // The claims were all right a moment ago, and binding them does not harm that.
            if let Ok(volumes) = Volumes::new(Surroundings { bindings: &bindings, ..self.around }, self.pod) {
                self.volumes = volumes.after(&self.volumes);
            }
        }
    }

    /// The claims that placed copies were bound by.
    pub(super) fn into_tied(self) -> Bindings {
        self.tied
    }
}

/// The nodes that a pod itself allows.
pub(super) fn suitable(pod: &Pod, inventory: &Inventory) -> Vec<NodeIndex> {
    let Ok(suitability) = Suitability::new(pod, inventory) else { return Vec::new() };
    (0..inventory.nodes.len()).filter(|node| suitability.refusal(*node).is_none()).collect()
}

fn claim_reason(name: &str, state: ClaimState) -> PodReason {
    PodReason::Claim(Claim { name: name.to_owned(), state })
}
