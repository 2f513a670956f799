//! Folds objects, in any order, into an inventory.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use super::{
    Absent, AmountTable, BuildError, Interest, Inventory, InventoryNode, Kind, NodeUse, NominatedPod, PodLoad, Record,
    WatchedPod,
};
use crate::model::kubernetes_version::KubernetesVersion;
use crate::model::node::Node;
use crate::model::pod::{Pod, StringMap};
use crate::model::policy::{LimitRange, Namespace, PriorityClass, ResourceQuota, RuntimeClass};
use crate::model::requests::{Measure, is_extended, is_scheduled, scheduler_units};
use crate::model::selector::SharedLabels;
use crate::model::storage::{StorageClass, Volume, VolumeClaim};

/// A node that was read or that some pod names.
#[derive(Clone, Default)]
struct Slot {
    known: bool,
    node: InventoryNode,
}

/// Whose rules count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rules {
    /// Those that were asked for.
    #[default]
    AsAsked,
    /// Those that a saved snapshot was read by, if it says so.
    OfTheRecord,
}

/// Takes objects in any order and makes an [`Inventory`] of them.
#[derive(Clone)]
pub struct InventoryBuilder {
    interest: Interest,
    rules: Rules,
    inventory: Inventory,
    slots: Vec<Slot>,
    slot_of: HashMap<Arc<str>, usize>,
    texts: HashSet<Arc<str>>,
    identities: HashSet<(u64, u64)>,
    limit_ranges: BTreeMap<(String, String), LimitRange>,
    quotas: BTreeMap<(String, String), ResourceQuota>,
}

impl InventoryBuilder {
    /// Starts with nothing. `interest` says which existing pods have to be kept.
    #[must_use]
    pub fn new(version: KubernetesVersion, interest: Interest) -> Self {
        Self {
            interest,
            rules: Rules::AsAsked,
            inventory: Inventory { version, ..Inventory::default() },
            slots: Vec::new(),
            slot_of: HashMap::new(),
            texts: HashSet::new(),
            identities: HashSet::new(),
            limit_ranges: BTreeMap::new(),
            quotas: BTreeMap::new(),
        }
    }

    /// Says what it means when nothing of a kind comes.
    #[must_use]
    pub fn with_absent(mut self, absent: Absent) -> Self {
        self.inventory.absent = absent;
        self
    }

    /// Takes in what a snapshot says of its reading. The release whose rules were used is used again, if it comes before
    /// what it bears on, as it does in every snapshot that was saved.
    pub fn add_record(&mut self, record: Record) {
        let of_name = |name: &String| Kind::ALL.into_iter().find(|kind| kind.to_string() == *name);
        for kind in record.read.iter().filter_map(of_name) {
            self.was_read(kind);
        }
        for kind in record.partly.iter().filter_map(of_name) {
            self.was_read_partly(kind);
        }
        if let (Rules::OfTheRecord, Some(minor)) = (self.rules, record.rules) {
            self.inventory.version = KubernetesVersion::nearest(minor);
        }
        self.inventory.absent = Absent::Unread;
        self.inventory.record.get_or_insert_default().add(record);
    }

    /// Says whose rules count when a snapshot says which were used.
    #[must_use]
    pub fn by(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// The kinds that were read so far, and those of them that were read in part only.
    #[must_use]
    pub fn extent(&self) -> (Vec<Kind>, Vec<Kind>) {
        (self.inventory.read.keys().copied().collect(), self.inventory.partly.iter().copied().collect())
    }

    /// Counts an object of a kind that is only counted.
    pub fn count(&mut self, kind: Kind) {
        *self.inventory.read.entry(kind).or_insert(0) += 1;
    }

    /// How many objects of a kind have come.
    #[must_use]
    pub fn objects(&self, kind: Kind) -> u64 {
        self.inventory.read.get(&kind).copied().unwrap_or(0)
    }

    /// Notes that a kind was read, although there may be nothing of it.
    pub fn was_read(&mut self, kind: Kind) {
        self.inventory.read.entry(kind).or_insert(0);
    }

    /// Notes that some objects of a kind could not be read.
    pub fn was_read_partly(&mut self, kind: Kind) {
        self.was_read(kind);
        self.inventory.partly.insert(kind);
    }

    /// Notes that pods are read of so many nodes only.
    pub fn has_pods_of(&mut self, nodes: usize) {
        self.inventory.pods_of = Some(nodes);
    }

    /// Notes that a kind need not be read.
    pub fn is_needless(&mut self, kind: Kind) {
        self.inventory.needless.insert(kind);
    }

    /// The names of the namespaces so far.
    pub fn namespaces(&self) -> impl Iterator<Item = &str> {
        self.inventory.namespaces.keys().map(String::as_str)
    }

    /// Takes a node in.
    ///
    /// # Errors
    /// [`BuildError`], as for every object.
    pub fn add_node(&mut self, node: Node) -> Result<(), BuildError> {
        self.enter(Kind::Node, "", &node.metadata.name)?;
        let labels = self.share_labels(node.metadata.labels);
        let at = self.slot(&node.metadata.name);
        let names = &mut self.inventory.resources;
        let mut allocatable = AmountTable::default();
        for (name, amount) in node.status.allocatable.iter().filter(|(name, _)| is_scheduled(name)) {
            allocatable.add(names.intern(name), scheduler_units(name, *amount));
        }
        let ready = node.status.conditions.iter().find(|condition| condition.kind == "Ready");
        if let Some(slot) = self.slots.get_mut(at) {
            slot.known = true;
            slot.node.labels = labels;
            slot.node.taints = node.spec.taints;
            slot.node.unschedulable = node.spec.unschedulable;
            slot.node.ready = ready.is_none_or(|condition| condition.status == "True");
            slot.node.allocatable = allocatable;
            slot.node.allowed_pods = node.status.allocatable.get("pods").map_or(0, |amount| amount.units());
        }
        Ok(())
    }

    /// Takes a pod in: folds it into its node, and keeps it only if some rule may look at it.
    ///
    /// # Errors
    /// [`BuildError`], as for every object.
    pub fn add_pod(&mut self, mut pod: Pod) -> Result<(), BuildError> {
        self.enter(Kind::Pod, pod.namespace(), &pod.metadata.name)?;
        if pod.has_ended() {
            return Ok(());
        }
        // A pod that an API server has stored is complete; one that was written by hand need not be.
        let host_network = pod.spec.host_network;
        for container in pod.spec.init_containers.iter_mut().chain(&mut pod.spec.containers) {
            container.fill_in(host_network);
        }
        let version = self.inventory.version;
        let load = PodLoad::of(&pod, Measure::Status, version, &mut self.inventory.resources);
        if pod.spec.node_name.is_empty() {
            self.add_pending(pod, load);
        } else {
            self.add_bound(pod, &load);
        }
        Ok(())
    }

    fn add_pending(&mut self, pod: Pod, load: PodLoad) {
        if pod.spec.scheduling_gates.is_empty() && !pod.is_terminating() {
            let tally = self.inventory.pending.entry(pod.priority()).or_default();
            tally.pods += 1;
            tally.requests.add_all(&load.requests);
        }
        if pod.status.nominated_node_name.is_empty() {
            let gated = !pod.spec.scheduling_gates.is_empty();
            if pod.scheduling_condition().is_none() && !gated && !pod.is_terminating() {
                self.inventory.untried.push(pod);
            }
            return;
        }
        // A gated pod is nominated only by an update that the scheduler sees; one that it finds in its
        // first list is not. Pods that an API server has stored carry the condition from the start.
        if !pod.spec.scheduling_gates.is_empty() && pod.scheduling_condition().is_none() {
            return;
        }
        let node = self.slot(&pod.status.nominated_node_name);
        let nominated = NominatedPod {
            name: pod.metadata.name.clone(),
            scheduler: pod.scheduler().to_owned(),
            priority: pod.priority(),
            load,
            pod: self.watch(pod, node),
        };
        self.inventory.nominated.push(nominated);
    }

    fn add_bound(&mut self, pod: Pod, load: &PodLoad) {
        let node = self.slot(&pod.spec.node_name);
        let fixed = is_fixed(&pod);
        if let Some(slot) = self.slots.get_mut(node) {
            slot.node.now.add(load);
            if fixed {
                slot.node.fixed.add(load);
            }
            if pod.is_terminating() {
                slot.node.terminating.add_all(&load.requests);
            }
        }
        let namespace = self.share(pod.namespace());
        if pod.metadata.labels.contains_key("determined-system")
            && let Some(slot) = self.slots.get_mut(node)
        {
            slot.node.system.push((Arc::clone(&namespace), main_milli_cores(&pod)));
        }
        self.note_holder(node, &namespace, load);
        self.inventory.holders.entry(namespace).or_default().add_all(&load.requests);
        for claim in pod.spec.volumes.iter().filter_map(|volume| volume.claim_name.as_deref()) {
            let key = (pod.namespace().to_owned(), claim.to_owned());
            if self.interest.claims.contains(&key) {
                self.inventory.claims_in_use.insert(key);
            }
        }
        let has_terms = !pod.anti_affinity_terms().is_empty() || !pod.affinity_terms().is_empty();
        if has_terms || self.interest.covers(&pod.metadata.labels) {
            let watched = self.watch(pod, node);
            self.inventory.watched.push(watched);
        }
    }

    /// Notes who holds devices of a node; of what every pod holds there would be too much to note.
    fn note_holder(&mut self, node: usize, namespace: &Arc<str>, load: &PodLoad) {
        let names = &self.inventory.resources;
        let devices = load.requests.iter().filter(|(id, _)| is_extended(names.name(*id)));
        let Some(slot) = self.slots.get_mut(node) else { return };
        for (id, amount) in devices {
            let held = slot.node.holders.iter_mut().find(|(who, what, _)| who == namespace && what == id);
            match held {
                Some((_, _, held)) => *held = held.saturating_add(*amount),
                None => slot.node.holders.push((Arc::clone(namespace), *id, *amount)),
            }
        }
    }

    fn watch(&mut self, pod: Pod, node: usize) -> WatchedPod {
        WatchedPod {
            node,
            count: 1,
            namespace: self.share(pod.namespace()),
            terminating: pod.is_terminating(),
            fixed: is_fixed(&pod),
            affinity: pod.affinity_terms().to_vec(),
            anti_affinity: pod.anti_affinity_terms().to_vec(),
            labels: pod.metadata.labels,
        }
    }

    /// Takes a namespace in.
    ///
    /// # Errors
    /// [`BuildError`], as for every object.
    pub fn add_namespace(&mut self, namespace: Namespace) -> Result<(), BuildError> {
        self.enter(Kind::Namespace, "", &namespace.metadata.name)?;
        self.inventory.namespaces.insert(namespace.metadata.name.clone(), namespace);
        Ok(())
    }

    /// Takes a LimitRange in, as the API server would store it.
    ///
    /// # Errors
    /// [`BuildError`], as for every object.
    pub fn add_limit_range(&mut self, mut range: LimitRange) -> Result<(), BuildError> {
        self.enter(Kind::LimitRange, &range.metadata.namespace, &range.metadata.name)?;
        for item in &mut range.spec.limits {
            item.fill_in_defaults();
        }
        self.limit_ranges.insert((range.metadata.namespace.clone(), range.metadata.name.clone()), range);
        Ok(())
    }

    /// Takes a quota in.
    ///
    /// # Errors
    /// [`BuildError`], as for every object.
    pub fn add_quota(&mut self, quota: ResourceQuota) -> Result<(), BuildError> {
        self.enter(Kind::ResourceQuota, &quota.metadata.namespace, &quota.metadata.name)?;
        self.quotas.insert((quota.metadata.namespace.clone(), quota.metadata.name.clone()), quota);
        Ok(())
    }

    /// Takes in a class that will be made with the pods that are to be placed, if it is not there already. It was not
    /// read, and does not count as such.
    pub fn will_have_priority_class(&mut self, class: PriorityClass) {
        self.inventory.priority_classes.entry(class.metadata.name.clone()).or_insert(class);
    }

    /// Takes a priority class in.
    ///
    /// # Errors
    /// [`BuildError`], as for every object.
    pub fn add_priority_class(&mut self, class: PriorityClass) -> Result<(), BuildError> {
        self.enter(Kind::PriorityClass, "", &class.metadata.name)?;
        self.inventory.priority_classes.insert(class.metadata.name.clone(), class);
        Ok(())
    }

    /// Takes a runtime class in.
    ///
    /// # Errors
    /// [`BuildError`], as for every object.
    pub fn add_runtime_class(&mut self, class: RuntimeClass) -> Result<(), BuildError> {
        self.enter(Kind::RuntimeClass, "", &class.metadata.name)?;
        self.inventory.runtime_classes.insert(class.metadata.name.clone(), class);
        Ok(())
    }

    /// Takes a claim in.
    ///
    /// # Errors
    /// [`BuildError`], as for every object.
    pub fn add_claim(&mut self, claim: VolumeClaim) -> Result<(), BuildError> {
        self.enter(Kind::VolumeClaim, &claim.metadata.namespace, &claim.metadata.name)?;
        let key = (claim.metadata.namespace.clone(), claim.metadata.name.clone());
        self.inventory.claims.insert(key, claim);
        Ok(())
    }

    /// Takes a volume in.
    ///
    /// # Errors
    /// [`BuildError`], as for every object.
    pub fn add_volume(&mut self, volume: Volume) -> Result<(), BuildError> {
        self.enter(Kind::Volume, "", &volume.metadata.name)?;
        self.inventory.volumes.insert(volume.metadata.name.clone(), volume);
        Ok(())
    }

    /// Takes a storage class in.
    ///
    /// # Errors
    /// [`BuildError`], as for every object.
    pub fn add_storage_class(&mut self, class: StorageClass) -> Result<(), BuildError> {
        self.enter(Kind::StorageClass, "", &class.metadata.name)?;
        self.inventory.storage_classes.insert(class.metadata.name.clone(), class);
        Ok(())
    }

    /// The inventory. Pods on nodes that were never read are left out.
    #[must_use]
    pub fn finish(self) -> Inventory {
        let mut order: Vec<usize> = (0..self.slots.len()).collect();
        let known = |at: &usize| self.slots.get(*at).is_some_and(|slot| slot.known);
        order.retain(known);
        order.sort_by(|a, b| self.slots.get(*a).map(|s| &s.node.name).cmp(&self.slots.get(*b).map(|s| &s.node.name)));
        let mut place = vec![None; self.slots.len()];
        for (to, from) in order.iter().enumerate() {
            if let Some(place) = place.get_mut(*from) {
                *place = Some(to);
            }
        }
        let moved = |from: usize| place.get(from).copied().flatten();
        let mut nodes: Vec<InventoryNode> =
            self.slots.into_iter().filter(|slot| slot.known).map(|slot| slot.node).collect();
        nodes.sort_by(|a, b| a.name.cmp(&b.name));
        let mut inventory = self.inventory;
        inventory.nodes = nodes;
        inventory.watched.retain_mut(|pod| {
            moved(pod.node).is_some_and(|to| {
                pod.node = to;
                true
            })
        });
        inventory.watched.sort_by(|a, b| (a.node, &a.namespace, &a.labels).cmp(&(b.node, &b.namespace, &b.labels)));
        inventory.nominated.retain_mut(|n| {
            moved(n.pod.node).is_some_and(|to| {
                n.pod.node = to;
                true
            })
        });
        inventory
            .nominated
            .sort_by(|a, b| (a.pod.node, &a.pod.namespace, &a.name).cmp(&(b.pod.node, &b.pod.namespace, &b.name)));
        let order = |pod: &Pod| (Reverse(pod.priority()), pod.namespace().to_owned(), pod.metadata.name.clone());
        inventory.untried.sort_by_key(order);
        inventory.limit_ranges = self.limit_ranges.into_values().collect();
        inventory.quotas = self.quotas.into_values().collect();
        inventory
    }

    /// Counts an object and refuses it if it is there already.
    fn enter(&mut self, kind: Kind, namespace: &str, name: &str) -> Result<(), BuildError> {
        if name.is_empty() {
            return Err(BuildError::Nameless { kind });
        }
        if !self.identities.insert(identity(kind, namespace, name)) {
            return Err(BuildError::Duplicate { kind, namespace: namespace.to_owned(), name: name.to_owned() });
        }
        self.count(kind);
        Ok(())
    }

    fn slot(&mut self, name: &str) -> usize {
        if let Some(at) = self.slot_of.get(name) {
            return *at;
        }
        let name: Arc<str> = name.into();
        let at = self.slots.len();
        let node = InventoryNode { name: Arc::clone(&name), now: NodeUse::default(), ..InventoryNode::default() };
        self.slots.push(Slot { known: false, node });
        self.slot_of.insert(name, at);
        at
    }

    fn share(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        let text: Arc<str> = text.into();
        self.texts.insert(Arc::clone(&text));
        text
    }

    fn share_labels(&mut self, labels: StringMap) -> SharedLabels {
        let pairs = labels.into_iter().map(|(key, value)| (self.share(&key), self.share(&value))).collect();
        SharedLabels::new(pairs)
    }
}

/// Whether a pod stays as long as its node.
fn is_fixed(pod: &Pod) -> bool {
    pod.metadata.owner_references.iter().any(|owner| matches!(owner.kind.as_str(), "DaemonSet" | "Node"))
}

/// What the main containers ask for together.
fn main_milli_cores(pod: &Pod) -> i64 {
    let asked = pod.spec.containers.iter().filter_map(|container| container.resources.requests.get("cpu"));
    asked.map(|amount| amount.milli()).fold(0, i64::saturating_add)
}

/// Two independent hashes of an object's identity: 150,000 names would be most of the memory, and two
/// different ones share 128 bits less often than memory fails.
fn identity(kind: Kind, namespace: &str, name: &str) -> (u64, u64) {
    let hash = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        salt.hash(&mut hasher);
        kind.hash(&mut hasher);
        namespace.hash(&mut hasher);
        name.hash(&mut hasher);
        hasher.finish()
    };
    (hash(1), hash(2))
}
