//! InterPodAffinity: existing pods' required anti-affinity, and the pod's own required rules.

use std::collections::{BTreeMap, HashMap};

use super::Surroundings;
use crate::model::inventory::{Inventory, NominatedPod, WatchedPod};
use crate::model::pod::{Pod, PodAffinityTerm, StringMap};
use crate::model::selector::{LabelSelector, LabelSet};
use crate::scheduling::reason::NodeReason;

/// The rules between a pod and those around it.
pub(super) struct InterPod {
    affinity: Vec<Term>,
    anti_affinity: Vec<Term>,
    /// Matching pods by domain of the affinity terms.
    beside: Domains,
    /// Matching pods by domain of the anti-affinity terms.
    away: Domains,
    /// Existing anti-affinity terms by domain that match the pod.
    existing: Domains,
    /// Per node: whether such a term applies.
    blocked: Vec<bool>,
    /// Whether the pod meets its own affinity terms.
    own_affinity: bool,
    /// Whether copies meet each single anti-affinity term.
    own_anti_affinity: Vec<bool>,
    /// Points for domains whose pods want to be beside the pod.
    wanted: Wanted,
    /// The points that each copy adds: per own affinity term that the pod meets.
    own_wanted: Vec<usize>,
}

/// One own term: the domain of every node that has one.
struct Term {
    domain: Vec<Option<usize>>,
}

/// Counts by domain. Domains of equal label keys are shared between terms.
#[derive(Default)]
struct Domains {
    ids: HashMap<String, HashMap<String, usize>>,
    counts: Vec<i64>,
    occupied: usize,
}

/// Points by label key and value.
#[derive(Default)]
struct Wanted {
    /// Pods that want to be beside ours, by domain.
    domains: BTreeMap<(String, String), i64>,
    /// Per node the sum of its points.
    points: Vec<i64>,
    any: bool,
}

impl Domains {
    fn id(&mut self, key: &str, value: &str) -> usize {
        if let Some(id) = self.ids.get(key).and_then(|values| values.get(value)) {
            return *id;
        }
        let id = self.counts.len();
        self.counts.push(0);
        self.ids.entry(key.to_owned()).or_default().insert(value.to_owned(), id);
        id
    }

    /// Whether a node lies in any of the domains.
    fn hold(&self, labels: &impl LabelSet) -> bool {
        #[expect(clippy::iter_over_hash_type, reason = "whether any of them holds does not depend on the order")]
        for (key, values) in &self.ids {
            if labels.label(key).is_some_and(|value| values.contains_key(value)) {
                return true;
            }
        }
        false
    }

    fn add(&mut self, id: usize, pods: i64) {
        if let Some(count) = self.counts.get_mut(id) {
            if *count == 0 && pods > 0 {
                self.occupied += 1;
            }
            *count += pods;
        }
    }

    fn count(&self, id: usize) -> i64 {
        self.counts.get(id).copied().unwrap_or(0)
    }

    fn terms(&mut self, terms: &[PodAffinityTerm], inventory: &Inventory) -> Vec<Term> {
        let mut make = |term: &PodAffinityTerm| {
            let key = &term.topology_key;
            let domain = inventory.nodes.iter().map(|node| node.labels.label(key).map(|value| self.id(key, value)));
            Term { domain: domain.collect() }
        };
        terms.iter().map(&mut make).collect()
    }
}

/// Whether a term of a pod in `home` covers a pod of another namespace with these labels.
fn covers(term: &PodAffinityTerm, home: &str, namespace: &str, labels: &StringMap, inventory: &Inventory) -> bool {
    let in_reach = if term.namespaces.is_empty() && term.namespace_selector.is_none() {
        home == namespace
    } else {
        term.namespaces.iter().any(|name| name == namespace)
            || term.namespace_selector.as_ref().is_some_and(|s| selects_namespace(s, namespace, inventory))
    };
    in_reach && term.label_selector.as_ref().is_some_and(|selector| selector.matches(labels))
}

/// A namespace's labels with the one that every API server adds.
struct NamespaceLabels<'a> {
    name: &'a str,
    labels: Option<&'a StringMap>,
}

impl LabelSet for NamespaceLabels<'_> {
    fn label(&self, key: &str) -> Option<&str> {
        if key == "kubernetes.io/metadata.name" {
            return Some(self.name);
        }
        self.labels.and_then(|labels| labels.label(key))
    }
}

fn selects_namespace(selector: &LabelSelector, name: &str, inventory: &Inventory) -> bool {
    let labels = inventory.namespaces.get(name).map(|namespace| &namespace.metadata.labels);
    selector.matches(&NamespaceLabels { name, labels })
}

impl InterPod {
    /// Counts the pods that matter.
    pub(super) fn new(around: Surroundings<'_>, pod: &Pod) -> Self {
        let inventory = around.inventory;
        let (mut beside, mut away) = (Domains::default(), Domains::default());
        let affinity = beside.terms(pod.affinity_terms(), inventory);
        let anti_affinity = away.terms(pod.anti_affinity_terms(), inventory);
        let covers_own =
            |term: &PodAffinityTerm| covers(term, pod.namespace(), pod.namespace(), &pod.metadata.labels, inventory);
        let own_terms = pod.affinity_terms();
        let mut rules = Self {
            own_affinity: !own_terms.is_empty() && own_terms.iter().all(covers_own),
            own_anti_affinity: pod.anti_affinity_terms().iter().map(covers_own).collect(),
            own_wanted: (0..own_terms.len()).filter(|at| own_terms.get(*at).is_some_and(covers_own)).collect(),
            affinity,
            anti_affinity,
            beside,
            away,
            existing: Domains::default(),
            blocked: Vec::new(),
            wanted: Wanted { points: vec![0; inventory.nodes.len()], ..Wanted::default() },
        };
        for other in around.watched() {
            rules.look_at(other, pod, inventory);
        }
        rules.find_blocked_nodes(inventory);
        rules.award_points(inventory);
        rules
    }

    fn look_at(&mut self, other: &WatchedPod, pod: &Pod, inventory: &Inventory) {
        let Some(node) = inventory.nodes.get(other.node) else {
            return;
        };
        for term in &other.anti_affinity {
            if covers(term, &other.namespace, pod.namespace(), &pod.metadata.labels, inventory)
                && let Some(value) = node.labels.label(&term.topology_key)
            {
                let id = self.existing.id(&term.topology_key, value);
                self.existing.add(id, other.count);
            }
        }
        let covered =
            |term: &PodAffinityTerm| covers(term, pod.namespace(), &other.namespace, &other.labels, inventory);
        if !self.affinity.is_empty() && pod.affinity_terms().iter().all(covered) {
            self.add_beside(other.node, other.count);
        }
        for (term, rule) in self.anti_affinity.iter().zip(pod.anti_affinity_terms()) {
            if covered(rule)
                && let Some(id) = term.domain.get(other.node).copied().flatten()
            {
                self.away.add(id, other.count);
            }
        }
        for term in &other.affinity {
            if covers(term, &other.namespace, pod.namespace(), &pod.metadata.labels, inventory)
                && let Some(value) = node.labels.label(&term.topology_key)
            {
                let domain = (term.topology_key.clone(), value.to_owned());
                *self.wanted.domains.entry(domain).or_insert(0) += other.count;
            }
        }
    }

    fn award_points(&mut self, inventory: &Inventory) {
        let mut by_key: BTreeMap<&str, HashMap<&str, i64>> = BTreeMap::new();
        for ((key, value), points) in &self.wanted.domains {
            by_key.entry(key).or_default().insert(value, *points);
        }
        self.wanted.any = !by_key.is_empty();
        for (sum, node) in self.wanted.points.iter_mut().zip(&inventory.nodes) {
            for (key, values) in &by_key {
                let points = node.labels.label(key).and_then(|value| values.get(value));
                *sum += points.copied().unwrap_or(0);
            }
        }
    }

    fn add_beside(&mut self, node: usize, pods: i64) {
        for term in &self.affinity {
            if let Some(id) = term.domain.get(node).copied().flatten() {
                self.beside.add(id, pods);
            }
        }
    }

    fn find_blocked_nodes(&mut self, inventory: &Inventory) {
        let mut blocked = vec![false; inventory.nodes.len()];
        for (node, blocked) in inventory.nodes.iter().zip(&mut blocked) {
            *blocked = self.existing.hold(&node.labels);
        }
        self.blocked = blocked;
    }

    /// Whether a copy changes where the next one may go.
    pub(super) fn couples_copies(&self) -> bool {
        !self.affinity.is_empty() || !self.anti_affinity.is_empty()
    }

    /// Whether a node takes at most one copy.
    pub(super) fn keeps_copies_apart(&self, node: usize) -> bool {
        let apart = |(term, own): (&Term, &bool)| *own && term.domain.get(node).copied().flatten().is_some();
        self.anti_affinity.iter().zip(&self.own_anti_affinity).any(apart)
    }

    /// Why the pod cannot be on a node.
    pub(super) fn refusal(
        &self,
        node: usize,
        inventory: &Inventory,
        pod: &Pod,
        nominees: &[&NominatedPod],
    ) -> Option<NodeReason> {
        // Without rules on either side the scheduler skips the plugin, nominated pods included.
        if self.existing.ids.is_empty() && !self.couples_copies() {
            return None;
        }
        let covered = |term: &PodAffinityTerm, other: &WatchedPod| {
            covers(term, pod.namespace(), &other.namespace, &other.labels, inventory)
        };
        let joins = nominees.iter().any(|n| pod.affinity_terms().iter().all(|term| covered(term, &n.pod)));
        if !self.affinity_met(node, joins) {
            return Some(NodeReason::Affinity);
        }
        for (term, rule) in self.anti_affinity.iter().zip(pod.anti_affinity_terms()) {
            if let Some(id) = term.domain.get(node).copied().flatten()
                && (self.away.count(id) > 0 || nominees.iter().any(|n| covered(rule, &n.pod)))
            {
                return Some(NodeReason::AntiAffinity);
            }
        }
        let named = |n: &&NominatedPod| excludes(&n.pod, node, pod, inventory);
        let blocked = self.blocked.get(node) == Some(&true) || nominees.iter().any(named);
        blocked.then_some(NodeReason::ExistingAntiAffinity)
    }

    fn affinity_met(&self, node: usize, nominee_joins: bool) -> bool {
        let mut all = true;
        for term in &self.affinity {
            match term.domain.get(node).copied().flatten() {
                None => return false,
                Some(id) => all &= nominee_joins || self.beside.count(id) > 0,
            }
        }
        // The first pod of a series may be alone, as long as no matching pod is in any domain.
        all || (self.beside.occupied == 0 && !nominee_joins && self.own_affinity)
    }

    /// Counts a copy.
    pub(super) fn place(&mut self, node: usize) {
        if self.own_affinity {
            self.add_beside(node, 1);
        }
        for (term, own) in self.anti_affinity.iter().zip(&self.own_anti_affinity) {
            if let Some(id) = term.domain.get(node).copied().flatten().filter(|_| *own) {
                self.away.add(id, 1);
            }
        }
        for at in &self.own_wanted {
            let Some(term) = self.affinity.get(*at) else {
                continue;
            };
            let Some(Some(home)) = term.domain.get(node).copied() else {
                continue;
            };
            self.wanted.any = true;
            for (points, domain) in self.wanted.points.iter_mut().zip(&term.domain) {
                *points += i64::from(*domain == Some(home));
            }
        }
    }

    /// 100 for the nodes where most pods want to be beside the pod, 0 for those where fewest do.
    pub(super) fn normalized_scores(&self, feasible: &[usize]) -> Vec<i64> {
        let points = |node: &usize| self.wanted.points.get(*node).copied().unwrap_or(0);
        let (least, most) = (feasible.iter().map(points).min(), feasible.iter().map(points).max());
        match (least, most) {
            (Some(least), Some(most)) if self.wanted.any && most > least => {
                feasible.iter().map(|node| 100 * (points(node) - least) / (most - least)).collect()
            }
            _ => vec![0; feasible.len()],
        }
    }
}

/// Whether a pod on a node keeps ours away from it.
fn excludes(other: &WatchedPod, node: usize, pod: &Pod, inventory: &Inventory) -> bool {
    other.anti_affinity.iter().any(|term| {
        let there = inventory.nodes.get(node).is_some_and(|node| node.labels.label(&term.topology_key).is_some());
        there && covers(term, &other.namespace, pod.namespace(), &pod.metadata.labels, inventory)
    })
}
