//! What is read of a cluster, and where the API has it.

use crate::model::inventory::Kind;

/// Objects of one kind, as the API lists them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Resource {
    /// What they are.
    pub(super) kind: Kind,
    /// The kind of their list.
    pub(super) list: &'static str,
    /// The group, empty for the oldest one.
    pub(super) group: &'static str,
    /// The version.
    pub(super) version: &'static str,
    /// Their name in paths.
    pub(super) plural: &'static str,
}

const fn core(kind: Kind, list: &'static str, plural: &'static str) -> Resource {
    Resource { kind, list, group: "", version: "v1", plural }
}

const fn grouped(kind: Kind, list: &'static str, group: &'static str, plural: &'static str) -> Resource {
    Resource { kind, list, group, version: "v1", plural }
}

pub(super) static NODES: Resource = core(Kind::Node, "NodeList", "nodes");
pub(super) static PODS: Resource = core(Kind::Pod, "PodList", "pods");
pub(super) static NAMESPACES: Resource = core(Kind::Namespace, "NamespaceList", "namespaces");
pub(super) static LIMIT_RANGES: Resource = core(Kind::LimitRange, "LimitRangeList", "limitranges");
pub(super) static QUOTAS: Resource = core(Kind::ResourceQuota, "ResourceQuotaList", "resourcequotas");
pub(super) static CLAIMS: Resource = core(Kind::VolumeClaim, "PersistentVolumeClaimList", "persistentvolumeclaims");
pub(super) static VOLUMES: Resource = core(Kind::Volume, "PersistentVolumeList", "persistentvolumes");
pub(super) static STORAGE_CLASSES: Resource =
    grouped(Kind::StorageClass, "StorageClassList", "storage.k8s.io", "storageclasses");
pub(super) static PRIORITY_CLASSES: Resource =
    grouped(Kind::PriorityClass, "PriorityClassList", "scheduling.k8s.io", "priorityclasses");
pub(super) static RUNTIME_CLASSES: Resource =
    grouped(Kind::RuntimeClass, "RuntimeClassList", "node.k8s.io", "runtimeclasses");
pub(super) static DEVICE_CLASSES: Resource =
    grouped(Kind::DeviceClass, "DeviceClassList", "resource.k8s.io", "deviceclasses");
/// What may change or refuse pods without being a part of the API server.
pub(super) static ADMISSION_EXTENSIONS: [Resource; 3] = [
    grouped(
        Kind::AdmissionWebhook,
        "MutatingWebhookConfigurationList",
        "admissionregistration.k8s.io",
        "mutatingwebhookconfigurations",
    ),
    grouped(
        Kind::AdmissionWebhook,
        "ValidatingWebhookConfigurationList",
        "admissionregistration.k8s.io",
        "validatingwebhookconfigurations",
    ),
    grouped(
        Kind::AdmissionPolicy,
        "ValidatingAdmissionPolicyList",
        "admissionregistration.k8s.io",
        "validatingadmissionpolicies",
    ),
];

impl Resource {
    /// The path of their list, in one namespace or in all.
    pub(super) fn path(&self, namespace: Option<&str>) -> String {
        let Self { group, version, plural, .. } = self;
        let root = if group.is_empty() { format!("/api/{version}") } else { format!("/apis/{group}/{version}") };
        match namespace {
            Some(namespace) => format!("{root}/namespaces/{namespace}/{plural}"),
            None => format!("{root}/{plural}"),
        }
    }
}
