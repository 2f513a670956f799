//! A pod in the API's own shape, cut down to the fields that admission and scheduling look at.
//!
//! The structs deserialize from the Kubernetes API directly; unknown fields are skipped, and `null`
//! counts as absent, as it does for the API server.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de};

pub use super::pod_volume::Volume;
use super::probe::{Handler, Lifecycle};
use super::quantity::Quantity;
use super::security_context::SecurityContext;
use super::selector::{LabelSelector, NodeSelector};

/// Names and values, sorted by name.
pub type StringMap = BTreeMap<String, String>;
/// Resource names and amounts, sorted by name.
pub type ResourceMap = BTreeMap<String, Quantity>;

/// Takes `null` for the default value.
pub(crate) fn nullable<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// A pod, existing or to be placed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Pod {
    /// Who it is.
    #[serde(default, deserialize_with = "nullable")]
    pub metadata: PodMetadata,
    /// What it asks for.
    pub spec: PodSpec,
    /// What became of it.
    #[serde(default, deserialize_with = "nullable")]
    pub status: PodStatus,
}

/// The part of a pod's metadata that matters.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PodMetadata {
    /// Name within the namespace.
    #[serde(deserialize_with = "nullable")]
    pub name: String,
    /// Prefix that the API server makes a name from.
    #[serde(deserialize_with = "nullable")]
    pub generate_name: String,
    /// Namespace; empty means `default` for a pod that is to be created.
    #[serde(deserialize_with = "nullable")]
    pub namespace: String,
    /// Labels.
    #[serde(deserialize_with = "nullable")]
    pub labels: StringMap,
    /// Set once the pod is being deleted.
    pub deletion_timestamp: Option<String>,
    /// What made it.
    #[serde(deserialize_with = "nullable")]
    pub owner_references: Vec<OwnerReference>,
}

/// What made a pod.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct OwnerReference {
    /// `Job`, `DaemonSet`, `Node` of a static pod, ….
    pub kind: String,
}

/// What a pod asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PodSpec {
    /// The node that it is bound to; empty while pending.
    #[serde(default, deserialize_with = "nullable")]
    pub node_name: String,
    /// Who schedules it; empty means `default-scheduler`.
    #[serde(default, deserialize_with = "nullable")]
    pub scheduler_name: String,
    /// Priority number, filled in at admission.
    #[serde(default)]
    pub priority: Option<i32>,
    /// Priority class by name; empty when none.
    #[serde(default, deserialize_with = "nullable")]
    pub priority_class_name: String,
    /// `Never` or `PreemptLowerPriority`.
    #[serde(default)]
    pub preemption_policy: Option<String>,
    /// Seconds after which the pod is ended.
    #[serde(default)]
    pub active_deadline_seconds: Option<i64>,
    /// Labels that a node must have.
    #[serde(default, deserialize_with = "nullable")]
    pub node_selector: StringMap,
    /// Node and pod affinities.
    #[serde(default)]
    pub affinity: Option<Affinity>,
    /// Taints that are put up with.
    #[serde(default, deserialize_with = "nullable")]
    pub tolerations: Vec<Toleration>,
    /// Main containers.
    pub containers: Vec<Container>,
    /// Containers that run before, in order; with `restartPolicy: Always` they stay as sidecars.
    #[serde(default, deserialize_with = "nullable")]
    pub init_containers: Vec<Container>,
    /// Resources on top of the containers', from the runtime class.
    #[serde(default, deserialize_with = "nullable")]
    pub overhead: ResourceMap,
    /// Resources of the pod as a whole (Kubernetes 1.34 and later).
    #[serde(default)]
    pub resources: Option<ResourceRequirements>,
    /// Runtime class by name.
    #[serde(default)]
    pub runtime_class_name: Option<String>,
    /// Whether the pod uses the node's network.
    #[serde(default, deserialize_with = "nullable")]
    pub host_network: bool,
    /// Whether the pod sees the node's processes.
    #[serde(default, rename = "hostPID", deserialize_with = "nullable")]
    pub host_pid: bool,
    /// Whether the pod shares the node's IPC.
    #[serde(default, rename = "hostIPC", deserialize_with = "nullable")]
    pub host_ipc: bool,
    /// Whether the pod's users are the node's; absent means yes.
    #[serde(default)]
    pub host_users: Option<bool>,
    /// The operating system that the pod is for.
    #[serde(default)]
    pub os: Option<PodOs>,
    /// Security settings of the pod.
    #[serde(default)]
    pub security_context: Option<SecurityContext>,
    /// Spreading over domains of nodes.
    #[serde(default, deserialize_with = "nullable")]
    pub topology_spread_constraints: Vec<TopologySpreadConstraint>,
    /// Volumes.
    #[serde(default, deserialize_with = "nullable")]
    pub volumes: Vec<Volume>,
    /// Gates that keep the scheduler away.
    #[serde(default, deserialize_with = "nullable")]
    pub scheduling_gates: Vec<SchedulingGate>,
    /// Devices asked for through dynamic resource allocation.
    #[serde(default, deserialize_with = "nullable")]
    pub resource_claims: Vec<de::IgnoredAny>,
}

/// The operating system of a pod.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PodOs {
    /// `linux` or `windows`.
    pub name: String,
}

/// A gate by name.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct SchedulingGate {
    /// Its name.
    pub name: String,
}

/// One container.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Container {
    /// Name within the pod.
    pub name: String,
    /// What it asks for and may use at most.
    #[serde(default, deserialize_with = "nullable")]
    pub resources: ResourceRequirements,
    /// Declared ports.
    #[serde(default, deserialize_with = "nullable")]
    pub ports: Vec<ContainerPort>,
    /// `Always` makes an init container a sidecar.
    #[serde(default)]
    pub restart_policy: Option<String>,
    /// Security settings of the container.
    #[serde(default)]
    pub security_context: Option<SecurityContext>,
    /// Whether it still works.
    #[serde(default)]
    pub liveness_probe: Option<Handler>,
    /// Whether it can be used.
    #[serde(default)]
    pub readiness_probe: Option<Handler>,
    /// Whether it has started.
    #[serde(default)]
    pub startup_probe: Option<Handler>,
    /// What runs around it.
    #[serde(default)]
    pub lifecycle: Option<Lifecycle>,
}

impl Container {
    /// The hosts that its probes and hooks call instead of the pod itself.
    pub fn called_hosts(&self) -> impl Iterator<Item = &str> {
        let probes = [&self.liveness_probe, &self.readiness_probe, &self.startup_probe];
        let hooks = self.lifecycle.iter().flat_map(|lifecycle| [&lifecycle.post_start, &lifecycle.pre_stop]);
        probes.into_iter().chain(hooks).flatten().flat_map(Handler::hosts)
    }

    /// Whether an init container keeps running beside the main ones.
    #[must_use]
    pub fn is_sidecar(&self) -> bool {
        self.restart_policy.as_deref() == Some("Always")
    }
}

/// Requests and limits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ResourceRequirements {
    /// What is set aside.
    #[serde(default, deserialize_with = "nullable")]
    pub requests: ResourceMap,
    /// What may be used at most.
    #[serde(default, deserialize_with = "nullable")]
    pub limits: ResourceMap,
}

/// A declared port.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ContainerPort {
    /// Port inside the container.
    #[serde(deserialize_with = "nullable")]
    pub container_port: u32,
    /// Port of the node that is taken; 0 when none.
    #[serde(deserialize_with = "nullable")]
    pub host_port: u32,
    /// Address of the node; empty means every address.
    #[serde(rename = "hostIP", deserialize_with = "nullable")]
    pub host_ip: String,
    /// `TCP` (also when empty), `UDP` or `SCTP`.
    #[serde(deserialize_with = "nullable")]
    pub protocol: String,
}

/// A taint that is put up with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Toleration {
    /// Taint key; empty with `Exists` means every taint.
    #[serde(deserialize_with = "nullable")]
    pub key: String,
    /// `Equal` (also when empty), `Exists`, `Lt` or `Gt`.
    #[serde(deserialize_with = "nullable")]
    pub operator: String,
    /// Taint value.
    #[serde(deserialize_with = "nullable")]
    pub value: String,
    /// Taint effect; empty means every effect.
    #[serde(deserialize_with = "nullable")]
    pub effect: String,
}

/// Node and pod affinities.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Affinity {
    /// Which nodes.
    #[serde(default)]
    pub node_affinity: Option<NodeAffinity>,
    /// Beside which pods.
    #[serde(default, deserialize_with = "nullable")]
    pub pod_affinity: PodAffinity,
    /// Away from which pods.
    #[serde(default, deserialize_with = "nullable")]
    pub pod_anti_affinity: PodAffinity,
}

/// Which nodes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NodeAffinity {
    /// What a node must be.
    #[serde(default, rename = "requiredDuringSchedulingIgnoredDuringExecution")]
    pub required: Option<NodeSelector>,
    /// What a node had better be. Only counted: preferences never change whether a pod fits.
    #[serde(default, rename = "preferredDuringSchedulingIgnoredDuringExecution", deserialize_with = "nullable")]
    pub preferred: Vec<de::IgnoredAny>,
}

/// Beside which pods, or away from which.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PodAffinity {
    /// What must hold.
    #[serde(default, rename = "requiredDuringSchedulingIgnoredDuringExecution", deserialize_with = "nullable")]
    pub required: Vec<PodAffinityTerm>,
    /// What had better hold.
    #[serde(default, rename = "preferredDuringSchedulingIgnoredDuringExecution", deserialize_with = "nullable")]
    pub preferred: Vec<WeightedPodAffinityTerm>,
}

/// A preferred term; the weight does not matter here.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WeightedPodAffinityTerm {
    /// The term.
    pub pod_affinity_term: PodAffinityTerm,
}

/// One rule about other pods.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PodAffinityTerm {
    /// Which pods; absent means none.
    #[serde(default)]
    pub label_selector: Option<LabelSelector>,
    /// Namespaces by name.
    #[serde(default, deserialize_with = "nullable")]
    pub namespaces: Vec<String>,
    /// Namespaces by label; absent means none beyond the named ones.
    #[serde(default)]
    pub namespace_selector: Option<LabelSelector>,
    /// The node label whose values are the domains.
    pub topology_key: String,
    /// Own labels that the other pods must share.
    #[serde(default, deserialize_with = "nullable")]
    pub match_label_keys: Vec<String>,
    /// Own labels that the other pods must not share.
    #[serde(default, deserialize_with = "nullable")]
    pub mismatch_label_keys: Vec<String>,
}

/// Spreading over the domains of a node label.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TopologySpreadConstraint {
    /// By how many pods a domain may be ahead of the emptiest one.
    pub max_skew: i64,
    /// The node label whose values are the domains.
    pub topology_key: String,
    /// `DoNotSchedule` or `ScheduleAnyway`.
    pub when_unsatisfiable: String,
    /// Which pods are counted; absent means none.
    #[serde(default)]
    pub label_selector: Option<LabelSelector>,
    /// Below this number of domains the emptiest one counts as empty; absent means 1.
    #[serde(default)]
    pub min_domains: Option<i64>,
    /// `Honor` (also when absent) or `Ignore`.
    #[serde(default)]
    pub node_affinity_policy: Option<String>,
    /// `Ignore` (also when absent) or `Honor`.
    #[serde(default)]
    pub node_taints_policy: Option<String>,
    /// Own labels that the counted pods must share.
    #[serde(default, deserialize_with = "nullable")]
    pub match_label_keys: Vec<String>,
}

/// What became of a pod.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PodStatus {
    /// `Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`; empty before creation.
    #[serde(deserialize_with = "nullable")]
    pub phase: String,
    /// The node that the scheduler wants to free for it; empty when none.
    #[serde(deserialize_with = "nullable")]
    pub nominated_node_name: String,
    /// Main containers as they run.
    #[serde(deserialize_with = "nullable")]
    pub container_statuses: Vec<ContainerStatus>,
    /// Init containers as they run.
    #[serde(deserialize_with = "nullable")]
    pub init_container_statuses: Vec<ContainerStatus>,
    /// Conditions.
    #[serde(deserialize_with = "nullable")]
    pub conditions: Vec<Condition>,
    /// Resources of the whole pod in force.
    pub resources: Option<ResourceRequirements>,
    /// Resources of the whole pod granted by the kubelet.
    #[serde(deserialize_with = "nullable")]
    pub allocated_resources: ResourceMap,
}

/// A container as it runs.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContainerStatus {
    /// Name of the container.
    pub name: String,
    /// Resources in force; absent when no resize was ever possible.
    #[serde(default)]
    pub resources: Option<ResourceRequirements>,
    /// Resources granted by the kubelet.
    #[serde(default, deserialize_with = "nullable")]
    pub allocated_resources: ResourceMap,
}

/// A condition of a pod or a node.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Condition {
    /// What it is about.
    #[serde(rename = "type", deserialize_with = "nullable")]
    pub kind: String,
    /// `True`, `False` or `Unknown`.
    #[serde(deserialize_with = "nullable")]
    pub status: String,
    /// Why.
    #[serde(deserialize_with = "nullable")]
    pub reason: String,
}

impl Pod {
    /// The namespace, `default` when none is written.
    #[must_use]
    pub fn namespace(&self) -> &str {
        if self.metadata.namespace.is_empty() { "default" } else { &self.metadata.namespace }
    }

    /// The scheduler, `default-scheduler` when none is written.
    #[must_use]
    pub fn scheduler(&self) -> &str {
        if self.spec.scheduler_name.is_empty() { "default-scheduler" } else { &self.spec.scheduler_name }
    }

    /// The priority; 0 when none is written.
    #[must_use]
    pub fn priority(&self) -> i32 {
        self.spec.priority.unwrap_or(0)
    }

    /// Whether the pod has ended: it then occupies nothing.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        matches!(self.status.phase.as_str(), "Succeeded" | "Failed")
    }

    /// Whether the pod is being deleted. It occupies its node until it has ended (§2.1).
    #[must_use]
    pub fn is_terminating(&self) -> bool {
        self.metadata.deletion_timestamp.is_some()
    }

    /// What the API server or the scheduler last said about scheduling it.
    #[must_use]
    pub fn scheduling_condition(&self) -> Option<&Condition> {
        self.status.conditions.iter().find(|condition| condition.kind == "PodScheduled")
    }

    /// The required rules about pods to be beside of.
    #[must_use]
    pub fn affinity_terms(&self) -> &[PodAffinityTerm] {
        self.spec.affinity.as_ref().map_or(&[], |a| &a.pod_affinity.required)
    }

    /// The required rules about pods to be away from.
    #[must_use]
    pub fn anti_affinity_terms(&self) -> &[PodAffinityTerm] {
        self.spec.affinity.as_ref().map_or(&[], |a| &a.pod_anti_affinity.required)
    }

    /// Init containers, then main containers: the order in which the API server visits them.
    pub fn all_containers(&self) -> impl Iterator<Item = &Container> {
        self.spec.init_containers.iter().chain(&self.spec.containers)
    }
}
