//! Folds objects, in any order, into an inventory.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use super::pods::Repeats;
use super::{Absent, AmountTable, BuildError, Interest, Inventory, InventoryNode, Kind, NodeUse, Record};
use crate::model::kubernetes_version::KubernetesVersion;
use crate::model::node::Node;
use crate::model::pod::{Pod, StringMap};
use crate::model::policy::{LimitRange, Namespace, PriorityClass, ResourceQuota, RuntimeClass};
use crate::model::requests::{is_scheduled, scheduler_units};
use crate::model::selector::SharedLabels;
use crate::model::storage::{StorageClass, Volume, VolumeClaim};

/// A node that was read or that some pod names.
#[derive(Clone, Default)]
pub(super) struct Slot {
    known: bool,
    pub(super) node: InventoryNode,
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
    pub(super) interest: Interest,
    rules: Rules,
    pub(super) inventory: Inventory,
    pub(super) slots: Vec<Slot>,
    slot_of: HashMap<Arc<str>, usize>,
    texts: HashSet<Arc<str>>,
    pub(super) identities: HashSet<(u64, u64)>,
    pub(super) repeats: Repeats,
    /// Of pods that wait, whether they were counted as such.
    pub(super) waiting: HashMap<(u64, u64), bool>,
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
            repeats: Repeats::Refused,
            waiting: HashMap::new(),
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
            self.is_read_partly(kind);
        }
        if let (Rules::OfTheRecord, Some(minor)) = (self.rules, record.rules) {
            self.inventory.version = KubernetesVersion::nearest(minor);
        }
        self.inventory.absent = Absent::Unread;
        self.repeats = Repeats::Expected;
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

    /// Notes that some objects of a kind could not be read, whether or not others can.
    pub fn is_read_partly(&mut self, kind: Kind) {
        self.inventory.partly.insert(kind);
    }

    /// Notes that pods come in several lists, between which some get on nodes.
    pub fn has_lists_of_pods(&mut self) {
        self.repeats = Repeats::Expected;
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

    /// The uid of a namespace, once it has come.
    #[must_use]
    pub fn uid_of_namespace(&self, name: &str) -> Option<&str> {
        self.inventory.namespaces.get(name).map(|namespace| &*namespace.metadata.uid)
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
    pub(super) fn enter(&mut self, kind: Kind, namespace: &str, name: &str) -> Result<(), BuildError> {
        if name.is_empty() {
            return Err(BuildError::Nameless { kind });
        }
        if !self.identities.insert(identity(kind, namespace, name)) {
            return Err(BuildError::Duplicate { kind, namespace: namespace.to_owned(), name: name.to_owned() });
        }
        self.count(kind);
        Ok(())
    }

    pub(super) fn slot(&mut self, name: &str) -> usize {
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

    pub(super) fn share(&mut self, text: &str) -> Arc<str> {
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

/// Two independent hashes of an object's identity: 150,000 names would be most of the memory, and two
/// different ones share 128 bits less often than memory fails.
pub(super) fn identity(kind: Kind, namespace: &str, name: &str) -> (u64, u64) {
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
