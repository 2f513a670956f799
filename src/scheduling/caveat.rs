//! What an answer takes for granted or does not look at, computed from what the inventory really holds,
//! and in which direction it could turn the answer (§2.7).

use super::cluster::Cluster;
use super::routing::{Place, Route, Why};
use crate::model::inventory::{Inventory, InventoryNode, Kind};
use crate::model::pod::Pod;
use crate::model::selector::LabelSet as _;
use crate::model::workload::{Task, Workload};

/// Something an answer takes for granted or does not look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caveat {
    /// The scheduler runs its default profile.
    DefaultProfile,
    /// The pod names another scheduler, which is taken to filter like kube-scheduler.
    OtherScheduler {
        /// Its name.
        name: String,
    },
    /// The pod names a node and would go there without the scheduler; the name is ignored.
    NodeNameIgnored,
    /// No namespaces were read: tolerations and priority are taken as written, and pod security is not
    /// checked.
    NamespacesNotRead,
    /// Not all pods could be read: what is taken of the nodes is at least this much.
    PodsNotAllRead,
    /// Only pods of nodes that come into question were read: those elsewhere may keep ours away.
    PodsElsewhere {
        /// How many nodes those are.
        nodes: usize,
    },
    /// No pods were read, as not even the empty cluster takes one.
    PodsPassedOver,
    /// Quotas or LimitRanges could not be read.
    LimitsNotRead,
    /// Webhooks or policies may change or refuse pods.
    AdmissionExtensions {
        /// How many configurations.
        count: u64,
    },
    /// Webhooks and policies were not read.
    AdmissionExtensionsNotRead,
    /// Nodes that are not ready but carry no taint that says so.
    NotReadyUntainted {
        /// How many.
        nodes: u64,
    },
    /// Pending pods of equal or higher priority would go first.
    PendingAhead {
        /// How many.
        pods: u64,
    },
    /// The pod asks for devices by claim.
    ResourceClaims,
    /// Device classes can stand in for extended resources.
    DeviceClasses,
    /// Volumes that are to be made are taken to be made.
    Provisioning,
    /// Attach limits and storage capacities are not looked at.
    AttachLimits,
    /// Disks named directly in the pod are not looked at.
    InlineDisks,
    /// Nodes look as if an autoscaler made them: more may come.
    Autoscaler,
    /// Some API servers tolerate taints of requested devices by themselves.
    DeviceTolerations,
    /// Nodes that some Determined cluster has disabled, without an id that tells which.
    DisabledNodes {
        /// How many.
        nodes: u64,
    },
    /// Annotations of the namespace that plugins look at which are not on by default.
    NamespaceAnnotations {
        /// The annotations.
        keys: Vec<String>,
    },
    /// A queue decides when the pod may be scheduled.
    Queued {
        /// Its name.
        queue: String,
    },
    /// Tolerations that compare numbers, which is off by default.
    ComparingTolerations,
    /// Which pools are bound to which workspaces is in the master's database.
    PoolBindings,
    /// Which namespace the workspace is bound to is in the master's database.
    NamespaceBinding,
    /// Preferences are not counted: they choose among nodes that all fit.
    Preferences,
    /// A kubelet can still refuse the pod.
    KubeletAdmission,
}

/// Which answers a caveat can turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Placed here, not so in truth.
    YesToNo,
    /// Not placed here, placed in truth.
    NoToYes,
    /// Both.
    Both,
    /// Only which node is chosen.
    ChoiceOnly,
    /// Only the reasons for a no.
    ReasonsOnly,
}

/// Whether a caveat is something taken for granted or something not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Taken for granted.
    Assumption,
    /// Not looked at.
    NotModelled,
}

impl Caveat {
    /// Which answers it can turn.
    #[must_use]
    pub fn direction(&self) -> Direction {
        match self {
            Self::PodsNotAllRead
            | Self::PodsElsewhere { .. }
            | Self::NotReadyUntainted { .. }
            | Self::PendingAhead { .. }
            | Self::ResourceClaims
            | Self::Provisioning
            | Self::AttachLimits
            | Self::InlineDisks
            | Self::DisabledNodes { .. }
            | Self::Queued { .. }
            | Self::PoolBindings
            | Self::KubeletAdmission => Direction::YesToNo,
            Self::DeviceClasses | Self::Autoscaler | Self::DeviceTolerations | Self::ComparingTolerations => {
                Direction::NoToYes
            }
            Self::Preferences => Direction::ChoiceOnly,
            Self::PodsPassedOver => Direction::ReasonsOnly,
            _ => Direction::Both,
        }
    }

    /// Whether it is taken for granted or not looked at.
    #[must_use]
    pub fn sort(&self) -> Sort {
        match self {
            Self::DefaultProfile
            | Self::OtherScheduler { .. }
            | Self::NodeNameIgnored
            | Self::NamespacesNotRead
            | Self::NotReadyUntainted { .. }
            | Self::PendingAhead { .. }
            | Self::DisabledNodes { .. }
            | Self::PoolBindings
            | Self::NamespaceBinding
            | Self::Provisioning
            | Self::DeviceTolerations => Sort::Assumption,
            _ => Sort::NotModelled,
        }
    }
}

/// The caveats of an answer about a pod, as written, on a cluster; sorted. `priority` is the one that it
/// was let in with.
#[must_use]
pub fn caveats(pod: &Pod, priority: i32, cluster: &Cluster<'_>) -> Vec<Caveat> {
    let inventory = cluster.inventory();
    let mut found = vec![Caveat::DefaultProfile, Caveat::KubeletAdmission];
    found.extend(of_pod(pod));
    found.extend(of_cluster(inventory));
    found.extend(of_both(pod, inventory));
    let ahead: u64 = inventory.pending.range(priority..).map(|(_, tally)| tally.pods).sum();
    if ahead > 0 {
        found.push(Caveat::PendingAhead { pods: ahead });
    }
    let devices = |name: &str| crate::model::requests::is_extended(name);
    let asks = pod.all_containers().any(|container| container.resources.requests.keys().any(|name| devices(name)));
    let tainted = || inventory.nodes.iter().flat_map(|node| &node.taints).any(|taint| devices(&taint.key));
    if asks && tainted() {
        found.push(Caveat::DeviceTolerations);
    }
    let stand_in = inventory.version.device_classes_stand_in();
    if asks && stand_in && inventory.read.get(&Kind::DeviceClass).is_some_and(|count| *count > 0) {
        found.push(Caveat::DeviceClasses);
    }
    found.sort();
    found
}

/// The caveats of answers that do not tell for each kind whether it was read.
#[must_use]
pub fn of_unread(inventory: &Inventory) -> Vec<Caveat> {
    let mut found = Vec::new();
    if inventory.is_unread(Kind::Pod) {
        found.push(Caveat::PodsNotAllRead);
    }
    if inventory.is_unread(Kind::LimitRange) || inventory.is_unread(Kind::ResourceQuota) {
        found.push(Caveat::LimitsNotRead);
    }
    found
}

/// The caveats of a way: what only the master's database tells (§4.2, §4.3).
#[must_use]
pub fn of_route(workload: &Workload, route: &Route) -> Vec<Caveat> {
    let mut found = Vec::new();
    if matches!(route.place, Place::Pool(_)) && workload.task != Task::CheckpointGc {
        if matches!(route.why, Why::Named | Why::WorkspaceDefault) {
            found.push(Caveat::PoolBindings);
        }
        if workload.workspace.namespace.is_none() {
            found.push(Caveat::NamespaceBinding);
        }
    }
    found
}

fn of_both(pod: &Pod, inventory: &Inventory) -> Vec<Caveat> {
    const BLOCKED: &str = "determined.ai/cluster-id-";
    const ANNOTATIONS: [&str; 3] = [
        "scheduler.alpha.kubernetes.io/defaultTolerations",
        "scheduler.alpha.kubernetes.io/node-selector",
        "scheduler.alpha.kubernetes.io/tolerationsWhitelist",
    ];
    let mut found = Vec::new();
    let selector = pod.spec.affinity.as_ref().and_then(|affinity| affinity.node_affinity.as_ref()?.required.as_ref());
    let mut expressions =
        selector.iter().flat_map(|it| &it.node_selector_terms).flat_map(|term| &term.match_expressions);
    let knows_its_cluster = expressions.any(|expression| expression.key.starts_with(BLOCKED));
    if pod.metadata.labels.contains_key("determined") && !knows_its_cluster {
        let disabled = |node: &&InventoryNode| node.labels.iter().any(|(key, _)| key.starts_with(BLOCKED));
        let nodes = inventory.nodes.iter().filter(disabled).count() as u64;
        if nodes > 0 {
            found.push(Caveat::DisabledNodes { nodes });
        }
    }
    let namespace = inventory.namespaces.get(pod.namespace());
    let is_there = |key: &&str| namespace.is_some_and(|it| it.metadata.annotations.contains_key(*key));
    let keys: Vec<String> = ANNOTATIONS.into_iter().filter(is_there).map(str::to_owned).collect();
    if !keys.is_empty() {
        found.push(Caveat::NamespaceAnnotations { keys });
    }
    found
}

fn of_pod(pod: &Pod) -> Vec<Caveat> {
    let spec = &pod.spec;
    let mut found = Vec::new();
    if pod.scheduler() != "default-scheduler" {
        found.push(Caveat::OtherScheduler { name: pod.scheduler().to_owned() });
    }
    if !spec.node_name.is_empty() {
        found.push(Caveat::NodeNameIgnored);
    }
    if let Some(queue) = pod.metadata.labels.get("kueue.x-k8s.io/queue-name") {
        found.push(Caveat::Queued { queue: queue.clone() });
    }
    if spec.tolerations.iter().any(|toleration| matches!(toleration.operator.as_str(), "Lt" | "Gt")) {
        found.push(Caveat::ComparingTolerations);
    }
    if !spec.resource_claims.is_empty() {
        found.push(Caveat::ResourceClaims);
    }
    let sources = || spec.volumes.iter().map(|volume| volume.source.as_str());
    if sources().any(|source| matches!(source, "persistentVolumeClaim" | "ephemeral")) {
        found.extend([Caveat::Provisioning, Caveat::AttachLimits]);
    }
    if sources().any(|source| matches!(source, "gcePersistentDisk" | "awsElasticBlockStore" | "rbd" | "iscsi")) {
        found.push(Caveat::InlineDisks);
    }
    let soft_spread = spec.topology_spread_constraints.iter().any(|c| c.when_unsatisfiable != "DoNotSchedule");
    let soft_affinity = spec.affinity.as_ref().is_some_and(|affinity| {
        let nodes = affinity.node_affinity.as_ref().is_some_and(|nodes| !nodes.preferred.is_empty());
        nodes || !affinity.pod_affinity.preferred.is_empty() || !affinity.pod_anti_affinity.preferred.is_empty()
    });
    if soft_spread || soft_affinity {
        found.push(Caveat::Preferences);
    }
    found
}

fn of_cluster(inventory: &Inventory) -> Vec<Caveat> {
    let mut found = Vec::new();
    if !inventory.is_whole(Kind::Namespace) {
        found.push(Caveat::NamespacesNotRead);
    }
    let extensions = [Kind::AdmissionWebhook, Kind::AdmissionPolicy];
    match extensions.iter().filter_map(|kind| inventory.read.get(kind)).sum() {
        0 if extensions.iter().any(|kind| !inventory.is_whole(*kind)) => found.push(Caveat::AdmissionExtensionsNotRead),
        0 => {}
        count => found.push(Caveat::AdmissionExtensions { count }),
    }
    found.extend(inventory.pods_of.map(|nodes| Caveat::PodsElsewhere { nodes }));
    if inventory.needless.contains(&Kind::Pod) {
        found.push(Caveat::PodsPassedOver);
    }
    let says_so = |key: &str| key.starts_with("node.kubernetes.io/");
    let silent = |node: &&InventoryNode| !node.ready && !node.taints.iter().any(|taint| says_so(&taint.key));
    let nodes = inventory.nodes.iter().filter(silent).count() as u64;
    if nodes > 0 {
        found.push(Caveat::NotReadyUntainted { nodes });
    }
    let made = ["karpenter.sh/nodepool", "cloud.google.com/gke-nodepool", "eks.amazonaws.com/nodegroup"];
    let goes = ["ToBeDeletedByClusterAutoscaler", "DeletionCandidateOfClusterAutoscaler", "karpenter.sh/disrupted"];
    let is_scaled = |node: &InventoryNode| {
        made.iter().any(|key| node.labels.label(key).is_some())
            || node.taints.iter().any(|taint| goes.contains(&taint.key.as_str()))
    };
    if inventory.nodes.iter().any(is_scaled) {
        found.push(Caveat::Autoscaler);
    }
    found
}
