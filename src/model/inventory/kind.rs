//! Which objects of a cluster there are to know.

use std::fmt;

/// The kinds of objects that an inventory takes in or counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Namespaces.
    Namespace,
    /// Nodes.
    Node,
    /// Pods.
    Pod,
    /// LimitRanges.
    LimitRange,
    /// ResourceQuotas.
    ResourceQuota,
    /// PriorityClasses.
    PriorityClass,
    /// RuntimeClasses.
    RuntimeClass,
    /// PersistentVolumeClaims.
    VolumeClaim,
    /// PersistentVolumes.
    Volume,
    /// StorageClasses.
    StorageClass,
    /// Device classes of dynamic resource allocation: counted only.
    DeviceClass,
    /// Nodes as CSI drivers see them: counted only.
    CsiNode,
    /// Storage capacities: counted only.
    StorageCapacity,
    /// Webhooks that may change or refuse pods: counted only.
    AdmissionWebhook,
    /// Policies that may change or refuse pods: counted only.
    AdmissionPolicy,
    /// What detctl wrote of the reading itself.
    Record,
}

impl Kind {
    /// All of them that are objects of a cluster.
    pub const ALL: [Self; 15] = [
        Self::Namespace,
        Self::Node,
        Self::Pod,
        Self::LimitRange,
        Self::ResourceQuota,
        Self::PriorityClass,
        Self::RuntimeClass,
        Self::VolumeClaim,
        Self::Volume,
        Self::StorageClass,
        Self::DeviceClass,
        Self::CsiNode,
        Self::StorageCapacity,
        Self::AdmissionWebhook,
        Self::AdmissionPolicy,
    ];
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Namespace => "Namespace",
            Self::Node => "Node",
            Self::Pod => "Pod",
            Self::LimitRange => "LimitRange",
            Self::ResourceQuota => "ResourceQuota",
            Self::PriorityClass => "PriorityClass",
            Self::RuntimeClass => "RuntimeClass",
            Self::VolumeClaim => "PersistentVolumeClaim",
            Self::Volume => "PersistentVolume",
            Self::StorageClass => "StorageClass",
            Self::DeviceClass => "DeviceClass",
            Self::CsiNode => "CSINode",
            Self::StorageCapacity => "CSIStorageCapacity",
            Self::AdmissionWebhook => "admission webhook configuration",
            Self::AdmissionPolicy => "admission policy",
            Self::Record => "record of a reading",
        })
    }
}
