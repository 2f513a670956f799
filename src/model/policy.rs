//! The objects that decide whether a pod is let in, and what is filled in on the way (§2.5).

use serde::Deserialize;

use super::pod::{ResourceMap, StringMap, Toleration, nullable};

/// Name, namespace, labels and annotations of an object.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ObjectMeta {
    /// Name.
    #[serde(deserialize_with = "nullable")]
    pub name: String,
    /// Namespace; empty for objects of the whole cluster.
    #[serde(deserialize_with = "nullable")]
    pub namespace: String,
    /// What tells it from others of its name, before and after it.
    #[serde(deserialize_with = "nullable")]
    pub uid: String,
    /// Labels.
    #[serde(deserialize_with = "nullable")]
    pub labels: StringMap,
    /// Annotations.
    #[serde(deserialize_with = "nullable")]
    pub annotations: StringMap,
    /// Set once the object is being deleted.
    pub deletion_timestamp: Option<String>,
}

/// A namespace.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Namespace {
    /// Who it is; its labels select it and set its pod security level.
    #[serde(default, deserialize_with = "nullable")]
    pub metadata: ObjectMeta,
}

/// Defaults and bounds for the resources of a namespace's pods.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct LimitRange {
    /// Who it is.
    #[serde(default, deserialize_with = "nullable")]
    pub metadata: ObjectMeta,
    /// What it says.
    pub spec: LimitRangeSpec,
}

/// What a LimitRange says.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct LimitRangeSpec {
    /// One entry per kind of thing that is bounded.
    #[serde(default, deserialize_with = "nullable")]
    pub limits: Vec<LimitRangeItem>,
}

/// Bounds for one kind of thing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LimitRangeItem {
    /// `Container`, `Pod` or `PersistentVolumeClaim`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Limits for containers without.
    #[serde(default, deserialize_with = "nullable")]
    pub default: ResourceMap,
    /// Requests for containers without.
    #[serde(default, deserialize_with = "nullable")]
    pub default_request: ResourceMap,
    /// Least that must be asked for.
    #[serde(default, deserialize_with = "nullable")]
    pub min: ResourceMap,
    /// Most that may be used.
    #[serde(default, deserialize_with = "nullable")]
    pub max: ResourceMap,
    /// How many times the request a limit may be.
    #[serde(default, deserialize_with = "nullable")]
    pub max_limit_request_ratio: ResourceMap,
}

impl LimitRangeItem {
    /// Fills in what the API server stores: a maximum becomes the default limit, a default limit the
    /// default request, and a minimum the default request where there is none yet.
    pub fn fill_in_defaults(&mut self) {
        if self.kind != "Container" {
            return;
        }
        for (name, amount) in &self.max {
            self.default.entry(name.clone()).or_insert(*amount);
        }
        for (name, amount) in self.default.iter().chain(&self.min) {
            self.default_request.entry(name.clone()).or_insert(*amount);
        }
    }
}

/// A budget of a namespace.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ResourceQuota {
    /// Who it is.
    #[serde(default, deserialize_with = "nullable")]
    pub metadata: ObjectMeta,
    /// Which pods it counts.
    #[serde(default, deserialize_with = "nullable")]
    pub spec: ResourceQuotaSpec,
    /// What may be used and what is: this is what admission compares.
    #[serde(default, deserialize_with = "nullable")]
    pub status: ResourceQuotaStatus,
}

/// Which pods a quota counts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ResourceQuotaSpec {
    /// What may be used, as written.
    #[serde(deserialize_with = "nullable")]
    pub hard: ResourceMap,
    /// Scopes that must all hold.
    #[serde(deserialize_with = "nullable")]
    pub scopes: Vec<String>,
    /// Scopes with operators.
    pub scope_selector: Option<ScopeSelector>,
}

/// Scopes with operators that must all hold.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ScopeSelector {
    /// The scopes.
    #[serde(deserialize_with = "nullable")]
    pub match_expressions: Vec<ScopeRequirement>,
}

/// One scope with an operator.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ScopeRequirement {
    /// `PriorityClass`, `BestEffort`, ….
    pub scope_name: String,
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    pub operator: String,
    /// Class names.
    #[serde(deserialize_with = "nullable")]
    pub values: Vec<String>,
}

/// Budget and use as the quota controller last wrote them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ResourceQuotaStatus {
    /// What may be used.
    #[serde(deserialize_with = "nullable")]
    pub hard: ResourceMap,
    /// What is used.
    #[serde(deserialize_with = "nullable")]
    pub used: ResourceMap,
}

/// A priority by name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PriorityClass {
    /// Who it is.
    #[serde(default, deserialize_with = "nullable")]
    pub metadata: ObjectMeta,
    /// The number.
    #[serde(default)]
    pub value: i32,
    /// Whether pods without a class get this one.
    #[serde(default, deserialize_with = "nullable")]
    pub global_default: bool,
    /// `Never` or `PreemptLowerPriority`.
    #[serde(default)]
    pub preemption_policy: Option<String>,
}

/// A container runtime by name.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct RuntimeClass {
    /// Who it is.
    #[serde(default, deserialize_with = "nullable")]
    pub metadata: ObjectMeta,
    /// What it adds to the resources of a pod.
    #[serde(default)]
    pub overhead: Option<Overhead>,
    /// What it adds to where a pod may run.
    #[serde(default)]
    pub scheduling: Option<RuntimeScheduling>,
}

/// What a runtime adds to the resources of a pod.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Overhead {
    /// Amounts per pod.
    #[serde(deserialize_with = "nullable")]
    pub pod_fixed: ResourceMap,
}

/// What a runtime adds to where a pod may run.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RuntimeScheduling {
    /// Labels that a node must have.
    #[serde(deserialize_with = "nullable")]
    pub node_selector: StringMap,
    /// Taints that are put up with.
    #[serde(deserialize_with = "nullable")]
    pub tolerations: Vec<Toleration>,
}
