//! Why a node does not take a pod, why a whole pod cannot be placed, why it is not let in.

use std::collections::{BTreeMap, BTreeSet};

use super::admission::limit_range::Violation;
use super::admission::security_violation::{Level, SecurityViolation};
use super::admission::validation::Problem;
use crate::model::inventory::ResourceId;
use crate::model::pod::ResourceMap;

/// Why one node does not take a pod (§2.3).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeReason {
    /// The pod names other nodes.
    NotNamed,
    /// The node is cordoned.
    Unschedulable,
    /// A taint is not tolerated: the first one in the node's order.
    UntoleratedTaint {
        /// Taint key.
        key: String,
        /// Taint value.
        value: String,
    },
    /// Node selector or node affinity does not match.
    NodeAffinity,
    /// A port of the node is taken.
    HostPort,
    /// The node holds as many pods as it may.
    TooManyPods,
    /// Too little of a resource is free.
    Insufficient {
        /// Which one.
        resource: ResourceId,
        /// Whether even the empty node has too little (§2.3: not in the reason of the scheduler, but
        /// it tells "never" from "busy").
        ever: Ever,
    },
    /// A claim for a single pod is in use.
    ClaimInUse,
    /// A bound volume cannot be reached from the node.
    VolumeNodeAffinity,
    /// No volume for a waiting claim is there or can be made.
    NoVolumeToBind,
    /// A bound volume lies in another zone.
    VolumeZone,
    /// The node lacks the label that pods are spread over.
    SpreadLabelMissing,
    /// The pod would make the spread too uneven.
    Spread,
    /// No pod that it must be beside of is near.
    Affinity,
    /// A pod that it must be away from is near.
    AntiAffinity,
    /// A pod near wants to be away from it.
    ExistingAntiAffinity,
}

impl NodeReason {
    /// Whether placing more pods can make the node acceptable.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Spread | Self::Affinity | Self::NoVolumeToBind)
    }
}

/// Whether an empty node would have enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ever {
    /// It would.
    WhenFreed,
    /// It would not.
    Never,
}

/// All reasons that the scheduler gives for one node: one, or several short resources.
pub type NodeReasons = Vec<NodeReason>;

/// A claim that keeps a pod from being tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its name.
    pub name: String,
    /// What is wrong.
    pub state: ClaimState,
}

/// What is wrong with a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimState {
    /// It does not exist.
    Missing,
    /// It would be made for the pod, and is not yet.
    NotYetMade,
    /// It was there before the pod for which it would be made.
    OfAnother {
        /// Namespace of both.
        namespace: String,
        /// The pod.
        pod: String,
    },
    /// Its volume is gone.
    Lost {
        /// The volume.
        volume: String,
    },
    /// It is being deleted.
    BeingDeleted,
    /// The volume that it is tied to does not exist.
    VolumeMissing {
        /// The volume.
        volume: String,
    },
}

/// Why a pod is not tried on any node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PodReason {
    /// A gate keeps the scheduler away.
    Gated,
    /// There is no node.
    NoNodes,
    /// The node names of its affinity exclude each other.
    NodeNamesConflict,
    /// A claim cannot be used.
    Claim(Claim),
    /// A claim that does not wait for pods is not bound.
    UnboundImmediateClaim,
}

/// Why the API server does not let a pod in (§2.5).
#[derive(Clone, Debug, PartialEq)]
pub enum Rejection {
    /// The namespace does not exist.
    NamespaceMissing {
        /// Its name.
        namespace: String,
    },
    /// The namespace is being deleted.
    NamespaceTerminating {
        /// Its name.
        namespace: String,
    },
    /// The priority class does not exist.
    PriorityClassMissing {
        /// Its name.
        class: String,
    },
    /// The pod states another priority than its class.
    PriorityGiven {
        /// As stated.
        given: i32,
        /// As the class has it.
        computed: i32,
    },
    /// The pod states another preemption policy than its class.
    PreemptionPolicyGiven {
        /// As stated.
        given: String,
        /// As the class has it.
        computed: String,
    },
    /// The runtime class does not exist.
    RuntimeClassMissing {
        /// Its name.
        class: String,
    },
    /// Runtime class and pod want different values of a node label.
    RuntimeSelectorConflict {
        /// Label key.
        key: String,
        /// As the class has it.
        class: String,
        /// As the pod has it.
        pod: String,
    },
    /// The pod states another overhead than its runtime class.
    OverheadMismatch,
    /// The pod states an overhead, and no runtime class has one.
    OverheadWithoutClass,
    /// The pod is not valid.
    Invalid(Vec<Problem>),
    /// A LimitRange is violated.
    LimitRange {
        /// Every violation of it.
        violations: Vec<Violation>,
        /// How many other LimitRanges are violated as well.
        others: usize,
    },
    /// The pod security level of the namespace is violated.
    PodSecurity {
        /// The level.
        level: Level,
        /// Its version as written, `latest` when not.
        version: String,
        /// What violates it.
        violations: Vec<SecurityViolation>,
    },
    /// Containers lack requests or limits that a quota counts.
    QuotaNeedsValues {
        /// The quota.
        quota: String,
        /// Containers by missing value.
        missing: BTreeMap<String, BTreeSet<String>>,
    },
    /// The quota controller has not counted yet.
    QuotaNotCounted {
        /// The quota.
        quota: String,
        /// What it restricts.
        resources: Vec<String>,
    },
    /// The budget is used up.
    QuotaExceeded {
        /// The quota.
        quota: String,
        /// What the copy asks for, of the exceeded resources.
        requested: ResourceMap,
        /// What is used of them.
        used: ResourceMap,
        /// The budget of them.
        limited: ResourceMap,
    },
}
