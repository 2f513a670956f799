//! What an answer takes for granted or does not look at, computed from what the inventory really holds,
//! and in which direction it could turn the answer (§2.7).

use super::cluster::Cluster;
use crate::model::inventory::{Inventory, Kind};
use crate::model::pod::Pod;
use crate::model::selector::LabelSet as _;

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
            | Self::KubeletAdmission => Direction::YesToNo,
            Self::DeviceClasses | Self::Autoscaler | Self::DeviceTolerations => Direction::NoToYes,
            Self::Preferences => Direction::ChoiceOnly,
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
    if asks && inventory.read.contains_key(&Kind::DeviceClass) {
        found.push(Caveat::DeviceClasses);
    }
    found.sort();
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
    let count = |kind: Kind| inventory.read.get(&kind).copied();
    if count(Kind::Namespace).is_none() {
        found.push(Caveat::NamespacesNotRead);
    }
    let refused = |kinds: &[Kind]| kinds.iter().any(|kind| inventory.refused.contains(kind));
    let (webhooks, policies) = (count(Kind::AdmissionWebhook), count(Kind::AdmissionPolicy));
    match webhooks.unwrap_or(0) + policies.unwrap_or(0) {
        0 if webhooks.or(policies).is_none() || refused(&[Kind::AdmissionWebhook, Kind::AdmissionPolicy]) => {
            found.push(Caveat::AdmissionExtensionsNotRead);
        }
        0 => {}
        count => found.push(Caveat::AdmissionExtensions { count }),
    }
    if inventory.partly.contains(&Kind::Pod) || refused(&[Kind::Pod]) {
        found.push(Caveat::PodsNotAllRead);
    }
    found.extend(inventory.pods_of.map(|nodes| Caveat::PodsElsewhere { nodes }));
    if refused(&[Kind::LimitRange, Kind::ResourceQuota]) {
        found.push(Caveat::LimitsNotRead);
    }
    let says_so = |key: &str| key.starts_with("node.kubernetes.io/");
    let silent = |node: &&crate::model::inventory::InventoryNode| {
        !node.ready && !node.taints.iter().any(|taint| says_so(&taint.key))
    };
    let nodes = inventory.nodes.iter().filter(silent).count() as u64;
    if nodes > 0 {
        found.push(Caveat::NotReadyUntainted { nodes });
    }
    let made = ["karpenter.sh/nodepool", "cloud.google.com/gke-nodepool", "eks.amazonaws.com/nodegroup"];
    if inventory.nodes.iter().any(|node| made.iter().any(|key| node.labels.label(key).is_some())) {
        found.push(Caveat::Autoscaler);
    }
    found
}
