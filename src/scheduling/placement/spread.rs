//! PodTopologySpread, hard constraints only: soft ones never keep a pod from a node.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Surroundings;
use super::node_filters::{Rules, untolerated};
use crate::model::inventory::{InventoryNode, NominatedPod};
use crate::model::pod::{Pod, StringMap, TopologySpreadConstraint};
use crate::model::selector::{LabelSelector, LabelSet as _};
use crate::scheduling::reason::NodeReason;

/// The hard constraints of a pod and the counts behind them.
pub(super) struct Spread {
    constraints: Vec<Constraint>,
}

/// The domains of one constraint.
struct Constraint {
    max_skew: i64,
    min_domains: i64,
    selector: Option<LabelSelector>,
    /// 1 if the pod counts itself.
    own: i64,
    /// The domain of every node, if it has one.
    domain: Vec<Option<usize>>,
    /// Whether pods on a node are counted.
    counted: Vec<bool>,
    /// Matching pods by domain.
    pods: Vec<i64>,
    /// How many domains that take part have how many pods.
    tally: BTreeMap<i64, i64>,
}

impl Spread {
    /// Counts the pods of every domain.
    pub(super) fn new(around: Surroundings<'_>, pod: &Pod) -> Self {
        let hard = |c: &&TopologySpreadConstraint| c.when_unsatisfiable == "DoNotSchedule";
        let rules: Vec<&TopologySpreadConstraint> = pod.spec.topology_spread_constraints.iter().filter(hard).collect();
        let nodes = &around.inventory.nodes;
        let complete = |node: &InventoryNode| rules.iter().all(|rule| node.labels.label(&rule.topology_key).is_some());
        let complete: Vec<bool> = nodes.iter().map(complete).collect();
        let constraints = rules.iter().map(|rule| Constraint::new(rule, &complete, around, pod)).collect();
        Self { constraints }
    }

    /// Whether there is any constraint.
    pub(super) fn is_active(&self) -> bool {
        !self.constraints.is_empty()
    }

    /// Why a node would make the spread too uneven.
    pub(super) fn refusal(&self, node: usize, pod: &Pod, nominees: &[&NominatedPod]) -> Option<NodeReason> {
        for constraint in &self.constraints {
            let Some(domain) = constraint.domain.get(node).copied().flatten() else {
                return Some(NodeReason::SpreadLabelMissing);
            };
            let nominated = constraint.nominated(node, pod, nominees);
            let here = constraint.pods.get(domain).copied().unwrap_or(0);
            if here + nominated + constraint.own - constraint.least_with(domain, nominated) > constraint.max_skew {
                return Some(NodeReason::Spread);
            }
        }
        None
    }

    /// How many copies a domain takes if none goes elsewhere.
    pub(super) fn room(&self, node: usize) -> i64 {
        let room = |constraint: &Constraint| {
            let domain = constraint.domain.get(node).copied().flatten()?;
            let counted = constraint.counted.get(node).copied().unwrap_or(false);
            if constraint.own == 0 || !counted || constraint.selector.as_ref().is_some_and(is_empty) {
                return None;
            }
            let here = constraint.pods.get(domain).copied().unwrap_or(0);
            Some((constraint.max_skew + constraint.least_elsewhere(here)? - here).max(0))
        };
        self.constraints.iter().filter_map(room).min().unwrap_or(i64::MAX)
    }

    /// Counts a copy.
    pub(super) fn place(&mut self, node: usize, pod: &Pod) {
        for constraint in &mut self.constraints {
            if constraint.counts(&pod.metadata.labels)
                && constraint.counted.get(node) == Some(&true)
                && let Some(domain) = constraint.domain.get(node).copied().flatten()
            {
                constraint.add(domain, 1);
            }
        }
    }
}

fn is_empty(selector: &LabelSelector) -> bool {
    selector.match_labels.is_empty() && selector.match_expressions.is_empty()
}

impl Constraint {
    fn new(rule: &TopologySpreadConstraint, complete: &[bool], around: Surroundings<'_>, pod: &Pod) -> Self {
        let nodes = &around.inventory.nodes;
        let mut ids: HashMap<Arc<str>, usize> = HashMap::new();
        let mut domain_of = |node: &InventoryNode| {
            let value = node.labels.shared(&rule.topology_key)?;
            let next = ids.len();
            Some(*ids.entry(Arc::clone(value)).or_insert(next))
        };
        let domain: Vec<Option<usize>> = nodes.iter().map(&mut domain_of).collect();
        let takes_part = |(node, complete): (&InventoryNode, &bool)| *complete && takes_part(rule, node, pod);
        let counted: Vec<bool> = nodes.iter().zip(complete).map(takes_part).collect();
        let own = i64::from(rule.label_selector.as_ref().is_some_and(|s| s.matches(&pod.metadata.labels)));
        let mut registered = vec![false; ids.len()];
        for (domain, _) in domain.iter().zip(&counted).filter(|(_, counted)| **counted) {
            if let Some(slot) = domain.and_then(|domain| registered.get_mut(domain)) {
                *slot = true;
            }
        }
        let taking_part = i64::try_from(registered.iter().filter(|r| **r).count()).unwrap_or(i64::MAX);
        let mut constraint = Self {
            max_skew: rule.max_skew,
            min_domains: rule.min_domains.unwrap_or(1),
            selector: rule.label_selector.clone(),
            own,
            pods: vec![0; registered.len()],
            tally: if taking_part > 0 { BTreeMap::from([(0, taking_part)]) } else { BTreeMap::new() },
            domain,
            counted,
        };
        for other in around.watched() {
            let here = constraint.counted.get(other.node) == Some(&true);
            if here
                && !other.terminating
                && *other.namespace == *pod.namespace()
                && constraint.counts(&other.labels)
                && let Some(domain) = constraint.domain.get(other.node).copied().flatten()
            {
                constraint.add(domain, other.count);
            }
        }
        constraint
    }

    /// Whether a pod with these labels is counted. An empty selector counts nothing, though it matches.
    fn counts(&self, labels: &StringMap) -> bool {
        self.selector.as_ref().is_some_and(|selector| !is_empty(selector) && selector.matches(labels))
    }

    fn add(&mut self, domain: usize, pods: i64) {
        let Some(count) = self.pods.get_mut(domain) else {
            return;
        };
        let before = *count;
        *count += pods;
        let after = *count;
        if let Some(domains) = self.tally.get_mut(&before) {
            *domains -= 1;
            if *domains == 0 {
                self.tally.remove(&before);
            }
        }
        *self.tally.entry(after).or_insert(0) += 1;
    }

    fn too_few_domains(&self) -> bool {
        self.tally.values().sum::<i64>() < self.min_domains
    }

    /// The pods of the emptiest domain, with some more in one of them.
    fn least_with(&self, domain: usize, more: i64) -> i64 {
        if self.too_few_domains() {
            return 0;
        }
        let least = self.tally.first_key_value().map_or(0, |(pods, _)| *pods);
        if more == 0 {
            return least;
        }
        let here = self.pods.get(domain).copied().unwrap_or(0);
        self.least_elsewhere(here).map_or(here + more, |elsewhere| elsewhere.min(here + more))
    }

    /// The pods of the emptiest other domain; nothing when there is no other. 0 when there are too few.
    fn least_elsewhere(&self, here: i64) -> Option<i64> {
        if self.too_few_domains() {
            return Some(0);
        }
        let others = |(pods, domains): &(&i64, &i64)| **pods != here || **domains > 1;
        self.tally.iter().find(others).map(|(pods, _)| *pods)
    }

    fn nominated(&self, node: usize, pod: &Pod, nominees: &[&NominatedPod]) -> i64 {
        if self.counted.get(node) != Some(&true) {
            return 0;
        }
        let matching = |n: &&&NominatedPod| {
            // Unlike the count of pods on nodes, this one has no exception for empty selectors.
            let selected = self.selector.as_ref().is_some_and(|selector| selector.matches(&n.pod.labels));
            *n.pod.namespace == *pod.namespace() && selected
        };
        i64::try_from(nominees.iter().filter(matching).count()).unwrap_or(i64::MAX)
    }
}

/// Whether a node is a part of its domain for this constraint.
fn takes_part(rule: &TopologySpreadConstraint, node: &InventoryNode, pod: &Pod) -> bool {
    let affinity = rule.node_affinity_policy.as_deref() == Some("Ignore") || Rules::of(pod).selects(node);
    let taints = rule.node_taints_policy.as_deref() != Some("Honor")
        || untolerated(&node.taints, &pod.spec.tolerations).is_none();
    affinity && taints
}
