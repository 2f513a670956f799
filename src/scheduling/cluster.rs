//! A cluster that pods are submitted to, one shape after another.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::sync::Arc;

use super::admission::quota::{Charge, Ledger};
use super::admission::{PodOrigin, admit};
use super::outcome::{Chance, Copies, Outcome, Refusal, Rejected};
use super::placement::{Bindings, Coupling, Occupants, Search, Surroundings, suitable};
use super::reason::NodeReason;
use crate::model::inventory::{Inventory, NodeIndex, NodeUse, PodLoad, ResourceNames, WatchedPod};
use crate::model::pod::Pod;
use crate::model::requests::Measure;

/// Whether anybody wants to know why a pod was not placed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Explain {
    /// Yes.
    Refusal,
    /// It is only there to take its place.
    Nothing,
}

/// An inventory and what has been submitted on top of it. Cloning one is how to ask "what if".
#[derive(Clone, Debug)]
pub struct Cluster<'a> {
    inventory: &'a Inventory,
    occupants: Occupants,
    resources: ResourceNames,
    /// Shared between clones as long as nobody changes them.
    uses: Vec<Arc<NodeUse>>,
    placed: Vec<Arc<WatchedPod>>,
    claims_in_use: BTreeSet<(String, String)>,
    bindings: Bindings,
    ledger: Ledger,
    /// How many of the inventory's untried pods have had their turn.
    tried: usize,
}

impl<'a> Cluster<'a> {
    /// The cluster as it was read.
    #[must_use]
    pub fn new(inventory: &'a Inventory) -> Self {
        Self {
            inventory,
            occupants: Occupants::All,
            resources: inventory.resources.clone(),
            uses: inventory.nodes.iter().map(|node| Arc::new(node.now.clone())).collect(),
            placed: Vec::new(),
            claims_in_use: inventory.claims_in_use.clone(),
            bindings: Bindings::new(),
            ledger: Ledger::new(inventory),
            tried: 0,
        }
    }

    /// The cluster without its removable pods, on nodes and pending: what is left are the pods of DaemonSets and of the
    /// nodes themselves. Tells "busy" from "never" (§2.8).
    #[must_use]
    pub fn emptied(inventory: &'a Inventory) -> Self {
        let mut cluster = Self::unloaded(inventory);
        cluster.occupants = Occupants::Fixed;
        cluster.claims_in_use = BTreeSet::new();
        cluster
    }

    /// The cluster as if its removable pods took no room, but were there for others to be beside of.
    #[must_use]
    pub fn unloaded(inventory: &'a Inventory) -> Self {
        let mut cluster = Self::new(inventory);
        cluster.uses = inventory.nodes.iter().map(|node| Arc::new(node.fixed.clone())).collect();
        cluster.tried = inventory.untried.len();
        cluster
    }

    /// What the cluster was made from.
    #[must_use]
    pub fn inventory(&self) -> &'a Inventory {
        self.inventory
    }

    /// What is taken of each node, in the order of the inventory's nodes.
    #[must_use]
    pub fn uses(&self) -> &[Arc<NodeUse>] {
        &self.uses
    }

    /// The nodes that a pod itself allows: not cordoned, taints tolerated, labels as wanted.
    #[must_use]
    pub fn suitable(&self, pod: &Pod) -> Vec<NodeIndex> {
        suitable(pod, self.inventory)
    }

    /// The quotas' books as they are now.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The resources of the inventory and of the pods submitted so far.
    #[must_use]
    pub fn resources(&self) -> &ResourceNames {
        &self.resources
    }

    /// Submits copies of a pod, named `<name>-0`, `<name>-1`, …, one after another. What is placed stays.
    pub fn submit(&mut self, pod: &Pod, copies: Copies) -> Outcome {
        let mut outcome = Outcome::nothing(copies);
        if copies.bound() == 0 {
            return outcome;
        }
        let mut first = pod.clone();
        first.metadata.name = format!("{}-0", base_name(pod));
        let admitted = match admit(&first, PodOrigin::of(pod, self.inventory), self.inventory) {
            Ok(admitted) => admitted,
            Err(rejection) => {
                outcome.chance.extend(Chance::in_refusal(&rejection));
                outcome.rejected = Some(Rejected { copy: 0, rejection });
                return outcome;
            }
        };
        if !admitted.drawn_defaults.is_empty() {
            outcome.chance.push(Chance::Defaults(admitted.drawn_defaults));
        }
        match self.ledger.assess(&admitted.pod, self.inventory) {
            Ok(charge) => self.submit_admitted(admitted.pod, &charge, &mut outcome),
            Err(refusal) => outcome.refuse_by_quota(0, refusal),
        }
        outcome
    }

    fn submit_admitted(&mut self, pod: Pod, charge: &Charge, outcome: &mut Outcome) {
        let budget = self.budget(charge, outcome.asked, outcome);
        if budget > 0 {
            self.try_pods_ahead(&pod);
            self.place(&pod, budget, outcome, Explain::Refusal);
            outcome.admitted = Some(pod);
        }
        // Every created copy costs, placed or not. As many as fit means: until one does not.
        let surplus = u64::from(outcome.refusal.is_some());
        outcome.created = match outcome.asked {
            Copies::Exactly(_) => budget,
            Copies::AsManyAsFit => budget.min(outcome.placed + surplus),
        };
        if outcome.created < budget {
            outcome.rejected = None;
        }
        for _ in 0..outcome.created {
            if self.ledger.charge(charge, self.inventory).is_err() {
                break;
            }
        }
    }

    /// Gives the pending pods that the scheduler has not tried yet, and that are not behind in its queue,
    /// their turn.
    fn try_pods_ahead(&mut self, pod: &Pod) {
        let inventory = self.inventory;
        while let Some(ahead) = inventory.untried.get(self.tried).filter(|ahead| ahead.priority() >= pod.priority()) {
            self.tried += 1;
            if ahead.scheduler() == pod.scheduler() {
                self.place(ahead, 1, &mut Outcome::nothing(Copies::Exactly(1)), Explain::Nothing);
            }
        }
    }

    /// How many copies the quotas let in.
    fn budget(&self, charge: &Charge, asked: Copies, outcome: &mut Outcome) -> u64 {
        let mut ledger = self.ledger.clone();
        let bound = asked.bound();
        for copy in 0..bound {
            if let Err(refusal) = ledger.charge(charge, self.inventory) {
                outcome.refuse_by_quota(copy, refusal);
                return copy;
            }
        }
        bound
    }

    fn place(&mut self, pod: &Pod, copies: u64, outcome: &mut Outcome, explain: Explain) {
        let version = self.inventory.version;
        let load = PodLoad::of(pod, Measure::Spec, version, &mut self.resources);
        let Self { inventory, occupants, uses, placed, claims_in_use, bindings, .. } = self;
        let around = Surroundings { inventory, occupants: *occupants, placed, claims_in_use, bindings };
        let mut search = match Search::new(around, pod, &load) {
            Ok(search) => search,
            Err(reason) => {
                outcome.refusal = Some(Refusal::Pod(reason));
                return;
            }
        };
        outcome.coupling = search.coupling();
        if explain == Explain::Refusal {
            (outcome.suitable, outcome.shares) = search.shares(uses);
        }
        let rooms: Vec<u64> = uses.iter().enumerate().map(|(node, used)| search.room(node, used)).collect();
        let counts = match outcome.coupling {
            Coupling::None => fill(&search, uses, &load, copies, &rooms),
            Coupling::Nodes => one_by_one(&mut search, uses, &load, copies),
        };
        outcome.record(&counts, &rooms);
        if outcome.placed < copies && explain == Explain::Refusal {
            outcome.refusal = Some(Refusal::Nodes(search.exclusions(uses)));
        }
        let tied = search.into_tied();
        self.keep(pod, &outcome.example, tied);
    }

    /// Lets later pods see what has been placed.
    fn keep(&mut self, pod: &Pod, example: &[(NodeIndex, u64)], tied: Bindings) {
        self.bindings.extend(tied);
        if !example.is_empty() {
            let claims = pod.spec.volumes.iter().filter_map(|volume| volume.claim_name.clone());
            self.claims_in_use.extend(claims.map(|claim| (pod.namespace().to_owned(), claim)));
        }
        for (node, copies) in example {
            self.placed.push(Arc::new(WatchedPod {
                node: *node,
                count: i64::try_from(*copies).unwrap_or(i64::MAX),
                namespace: pod.namespace().into(),
                labels: pod.metadata.labels.clone(),
                terminating: false,
                fixed: true,
                affinity: pod.affinity_terms().to_vec(),
                anti_affinity: pod.anti_affinity_terms().to_vec(),
            }));
        }
    }
}

/// Places copies that are not coupled: on the best node each time, until every node is full.
fn fill(search: &Search<'_>, uses: &mut [Arc<NodeUse>], load: &PodLoad, copies: u64, rooms: &[u64]) -> Vec<u64> {
    let total = rooms.iter().fold(0_u64, |sum, room| sum.saturating_add(*room));
    let mut counts = vec![0; rooms.len()];
    if total <= copies {
        for ((used, count), room) in uses.iter_mut().zip(&mut counts).zip(rooms) {
            *count = *room;
            if *room > 0 {
                Arc::make_mut(used).add_copies(load, i64::try_from(*room).unwrap_or(i64::MAX));
            }
        }
        return counts;
    }
    let open = rooms.iter().enumerate().filter(|(_, room)| **room > 0).map(|(node, _)| node);
    let scored = open.filter_map(|node| uses.get(node).map(|used| (search.score(node, used), Reverse(node))));
    let mut queue: BinaryHeap<(i64, Reverse<NodeIndex>)> = scored.collect();
    for _ in 0..copies {
        let Some((_, Reverse(node))) = queue.pop() else {
            break;
        };
        let (Some(used), Some(count)) = (uses.get_mut(node), counts.get_mut(node)) else {
            break;
        };
        Arc::make_mut(used).add(load);
        *count += 1;
        if rooms.get(node).is_some_and(|room| *count < *room) {
            queue.push((search.score(node, used), Reverse(node)));
        }
    }
    counts
}

/// Places coupled copies as the scheduler does: one after another, each on the best node at that moment.
fn one_by_one(search: &mut Search<'_>, uses: &mut [Arc<NodeUse>], load: &PodLoad, copies: u64) -> Vec<u64> {
    let mut counts = vec![0; uses.len()];
    let mut own: Vec<i64> = uses.iter().enumerate().map(|(node, used)| search.own_score(node, used)).collect();
    let mut candidates: Vec<NodeIndex> = (0..uses.len()).collect();
    for _ in 0..copies {
        let mut feasible = Vec::with_capacity(candidates.len());
        candidates.retain(|node| {
            let reasons = uses.get(*node).map_or_else(Vec::new, |used| search.refusal(*node, used));
            if reasons.is_empty() {
                feasible.push(*node);
            }
            reasons.iter().all(NodeReason::may_pass)
        });
        let Some(node) = search.best(&feasible, &own) else {
            break;
        };
        let (Some(used), Some(count)) = (uses.get_mut(node), counts.get_mut(node)) else {
            break;
        };
        Arc::make_mut(used).add(load);
        *count += 1;
        if let Some(score) = own.get_mut(node) {
            *score = search.own_score(node, used);
        }
        search.place(node);
    }
    counts
}

/// The name that copies are called after.
fn base_name(pod: &Pod) -> &str {
    if pod.metadata.name.is_empty() { pod.metadata.generate_name.trim_end_matches('-') } else { &pod.metadata.name }
}
