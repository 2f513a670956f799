//! What a cluster offers: nodes with what is taken of them, and the objects that admission asks.
//!
//! An inventory is made by [`InventoryBuilder`] from objects in any order. Pods are folded into the
//! totals of their nodes and dropped; only pods that a rule of some other pod could look at are kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::kubernetes_version::KubernetesVersion;
use super::node::Taint;
use super::pod::{Pod, PodAffinityTerm, PodSpec, StringMap};
use super::policy::{LimitRange, Namespace, PriorityClass, ResourceQuota, RuntimeClass};
use super::quantity::Quantity;
use super::requests::{Measure, Missing, is_scheduled, pod_requests, scheduler_units};
use super::selector::SharedLabels;
use super::storage::{StorageClass, Volume, VolumeClaim};

mod amounts;
mod builder;
mod fault;
mod interest;
mod kind;
mod pods;
mod record;

pub use amounts::{AmountTable, ResourceId, ResourceNames};
pub use builder::{InventoryBuilder, Rules};
pub use fault::BuildError;
pub use interest::Interest;
pub use kind::Kind;
pub use record::{Record, Refused, Unread};

/// What it means that nothing of a kind is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Absent {
    /// The cluster has none.
    #[default]
    Empty,
    /// Nobody looked.
    Unread,
}

/// A port of a node that a pod occupies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HostPort {
    /// Address; `0.0.0.0` means every one.
    pub ip: Box<str>,
    /// `TCP`, `UDP` or `SCTP`.
    pub protocol: Box<str>,
    /// Port number.
    pub port: u32,
}

impl HostPort {
    /// Whether two pods cannot have both ports on one node (§2.3 NodePorts).
    #[must_use]
    pub fn conflicts_with(&self, other: &Self) -> bool {
        const ANY: &str = "0.0.0.0";
        self.port == other.port
            && self.protocol == other.protocol
            && (self.ip == other.ip || &*self.ip == ANY || &*other.ip == ANY)
    }

    /// The node ports of main containers and sidecars. Ordinary init containers occupy none.
    #[must_use]
    pub fn of(spec: &PodSpec) -> Vec<Self> {
        let sidecars = spec.init_containers.iter().filter(|container| container.is_sidecar());
        let ports = spec.containers.iter().chain(sidecars).flat_map(|container| &container.ports);
        ports
            .filter(|port| port.host_port > 0)
            .map(|port| Self {
                ip: if port.host_ip.is_empty() { "0.0.0.0" } else { port.host_ip.as_str() }.into(),
                protocol: if port.protocol.is_empty() { "TCP" } else { port.protocol.as_str() }.into(),
                port: port.host_port,
            })
            .collect()
    }
}

/// What of a node is taken.
#[derive(Clone, Debug, Default)]
pub struct NodeUse {
    /// Requests of its pods.
    pub requested: AmountTable,
    /// Number of its pods that have not ended.
    pub pods: i64,
    /// Ports of its pods.
    pub ports: Vec<HostPort>,
    /// Thousandths of a core, with the scheduler's guess for containers without a request.
    pub scored_cpu: i64,
    /// Bytes, with the scheduler's guess for containers without a request.
    pub scored_memory: i64,
}

impl NodeUse {
    /// Takes a pod in.
    pub fn add(&mut self, load: &PodLoad) {
        self.add_copies(load, 1);
    }

    /// Takes several equal pods in.
    pub fn add_copies(&mut self, load: &PodLoad, copies: i64) {
        if copies == 0 {
            return;
        }
        for (id, amount) in &load.requests {
            self.requested.add(*id, amount.saturating_mul(copies));
        }
        self.pods = self.pods.saturating_add(copies);
        self.ports.extend(load.ports.iter().cloned());
        self.scored_cpu = self.scored_cpu.saturating_add(load.scored_cpu.saturating_mul(copies));
        self.scored_memory = self.scored_memory.saturating_add(load.scored_memory.saturating_mul(copies));
    }
}

/// What one pod takes of a node.
#[derive(Clone, Debug, Default)]
pub struct PodLoad {
    /// Requests above zero.
    pub requests: Vec<(ResourceId, i64)>,
    /// Ports of the node.
    pub ports: Vec<HostPort>,
    /// Thousandths of a core, guessed where not requested.
    pub scored_cpu: i64,
    /// Bytes, guessed where not requested.
    pub scored_memory: i64,
}

impl PodLoad {
    /// Measures a pod; names that are new are added to the table.
    #[must_use]
    pub fn of(pod: &Pod, measure: Measure, version: KubernetesVersion, names: &mut ResourceNames) -> Self {
        let exact = pod_requests(pod, measure, Missing::Nothing, version);
        let requests = exact
            .iter()
            .filter(|(name, amount)| is_scheduled(name) && !amount.is_zero())
            .map(|(name, amount)| (names.intern(name), scheduler_units(name, *amount)))
            .collect();
        let scored = pod_requests(pod, measure, Missing::ScoringDefault, version);
        let amount = |name: &str| scored.get(name).copied().unwrap_or(Quantity::ZERO);
        Self {
            requests,
            ports: HostPort::of(&pod.spec),
            scored_cpu: amount("cpu").milli(),
            scored_memory: amount("memory").units(),
        }
    }
}

/// A node of the inventory.
#[derive(Clone, Debug, Default)]
pub struct InventoryNode {
    /// Name.
    pub name: Arc<str>,
    /// Labels.
    pub labels: SharedLabels,
    /// Taints, in order.
    pub taints: Vec<Taint>,
    /// Whether it is cordoned.
    pub unschedulable: bool,
    /// Whether its kubelet says that it is ready. The scheduler does not ask (§2.3).
    pub ready: bool,
    /// What pods may use in all.
    pub allocatable: AmountTable,
    /// How many pods it may hold.
    pub allowed_pods: i64,
    /// What is taken now.
    pub now: NodeUse,
    /// What would still be taken without removable pods: by pods of DaemonSets and of the node itself.
    pub fixed: NodeUse,
    /// The part of what is taken that belongs to pods being deleted.
    pub terminating: AmountTable,
    /// Who holds devices of the node: namespace, resource and amount, each pair once.
    pub holders: Vec<(Arc<str>, ResourceId, i64)>,
    /// Thousandths of a core that pods labelled `determined-system` ask for, by namespace: the master takes those of its
    /// own namespace off before it counts slots of type cpu (§5.7).
    pub system: Vec<(Arc<str>, i64)>,
}

/// The number of a node in [`Inventory::nodes`].
pub type NodeIndex = usize;

/// A pod on a node that rules of other pods may look at.
#[derive(Clone, Debug)]
pub struct WatchedPod {
    /// Where it is.
    pub node: NodeIndex,
    /// Its namespace.
    pub namespace: Arc<str>,
    /// Its labels.
    pub labels: StringMap,
    /// How many such pods there are.
    pub count: i64,
    /// Whether it is being deleted.
    pub terminating: bool,
    /// Whether it stays as long as its node: the pod of a DaemonSet, or of the node itself.
    pub fixed: bool,
    /// What it must be beside of.
    pub affinity: Vec<PodAffinityTerm>,
    /// What it must be away from.
    pub anti_affinity: Vec<PodAffinityTerm>,
}

/// A pending pod for which the scheduler keeps room on a node.
#[derive(Clone, Debug)]
pub struct NominatedPod {
    /// The pod as others see it, on the node that it waits for.
    pub pod: WatchedPod,
    /// Its name.
    pub name: String,
    /// Who schedules it.
    pub scheduler: String,
    /// Its priority.
    pub priority: i32,
    /// What it will take.
    pub load: PodLoad,
}

/// Pending pods of one priority.
#[derive(Clone, Debug, Default)]
pub struct PendingTally {
    /// How many.
    pub pods: u64,
    /// What they ask for together.
    pub requests: AmountTable,
}

/// What a cluster offers, at one moment.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    /// The release whose rules the amounts were counted by.
    pub version: KubernetesVersion,
    /// What it means that nothing of a kind is there.
    pub absent: Absent,
    /// The resources that occur.
    pub resources: ResourceNames,
    /// The nodes, sorted by name.
    pub nodes: Vec<InventoryNode>,
    /// The pods on nodes that rules may look at, sorted by node.
    pub watched: Vec<WatchedPod>,
    /// The pending pods for which room is kept, sorted by node and name.
    pub nominated: Vec<NominatedPod>,
    /// Claims, by namespace and name, that pods on nodes use; only claims of interest.
    pub claims_in_use: BTreeSet<(String, String)>,
    /// Pending pods that the scheduler has not tried yet, in its order: those of at least our priority
    /// go first.
    pub untried: Vec<Pod>,
    /// Pending pods by priority, tried or not; without those that a gate holds back or that are being deleted.
    pub pending: BTreeMap<i32, PendingTally>,
    /// What the pods on nodes of each namespace ask for together.
    pub holders: BTreeMap<Arc<str>, AmountTable>,
    /// Namespaces by name.
    pub namespaces: BTreeMap<String, Namespace>,
    /// LimitRanges, sorted by namespace and name.
    pub limit_ranges: Vec<LimitRange>,
    /// Quotas, sorted by namespace and name.
    pub quotas: Vec<ResourceQuota>,
    /// Priority classes by name.
    pub priority_classes: BTreeMap<String, PriorityClass>,
    /// Runtime classes by name.
    pub runtime_classes: BTreeMap<String, RuntimeClass>,
    /// Claims by namespace and name.
    pub claims: BTreeMap<(String, String), VolumeClaim>,
    /// Volumes by name.
    pub volumes: BTreeMap<String, Volume>,
    /// Storage classes by name.
    pub storage_classes: BTreeMap<String, StorageClass>,
    /// How many objects of each kind were read; nothing for kinds that were not.
    pub read: BTreeMap<Kind, u64>,
    /// Kinds of which some objects could not be read: what is there is at least this much.
    pub partly: BTreeSet<Kind>,
    /// Of how many nodes the pods were read, when it was not of all.
    pub pods_of: Option<usize>,
    /// Kinds that were not asked for, as they cannot bear on the answers that are wanted.
    pub needless: BTreeSet<Kind>,
    /// What a saved snapshot says of its reading.
    pub record: Option<Box<Record>>,
}

impl Inventory {
    /// Whether no pods were passed over because they could not bear on the answers that were wanted: other answers need
    /// them.
    #[must_use]
    pub fn has_all_pods(&self) -> bool {
        !self.needless.contains(&Kind::Pod) && self.pods_of.is_none()
    }

    /// Whether somebody looked for objects of a kind and got all of them.
    #[must_use]
    pub fn is_whole(&self, kind: Kind) -> bool {
        self.read.contains_key(&kind) && !self.partly.contains(&kind)
    }

    /// Whether nobody looked for objects of a kind that can matter, or not for all.
    #[must_use]
    pub fn is_unread(&self, kind: Kind) -> bool {
        self.absent == Absent::Unread && !self.is_whole(kind) && !self.needless.contains(&kind)
    }
}
