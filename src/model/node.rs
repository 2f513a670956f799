//! A node as the API shows it.

use serde::Deserialize;

use super::pod::{Condition, ResourceMap, StringMap, nullable};

/// A node.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Node {
    /// Who it is.
    #[serde(default, deserialize_with = "nullable")]
    pub metadata: NodeMetadata,
    /// What its administrators say.
    #[serde(default, deserialize_with = "nullable")]
    pub spec: NodeSpec,
    /// What its kubelet says.
    #[serde(default, deserialize_with = "nullable")]
    pub status: NodeStatus,
}

/// Name and labels.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NodeMetadata {
    /// Name.
    #[serde(deserialize_with = "nullable")]
    pub name: String,
    /// Labels.
    #[serde(deserialize_with = "nullable")]
    pub labels: StringMap,
}

/// What a node's administrators say.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NodeSpec {
    /// Whether it is cordoned.
    #[serde(deserialize_with = "nullable")]
    pub unschedulable: bool,
    /// Taints.
    #[serde(deserialize_with = "nullable")]
    pub taints: Vec<Taint>,
}

/// A taint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Taint {
    /// Key.
    pub key: String,
    /// Value; may be empty.
    #[serde(default, deserialize_with = "nullable")]
    pub value: String,
    /// `NoSchedule`, `NoExecute` or `PreferNoSchedule`.
    pub effect: String,
}

/// What a node's kubelet says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NodeStatus {
    /// What pods may use.
    #[serde(deserialize_with = "nullable")]
    pub allocatable: ResourceMap,
    /// Conditions; the scheduler never looks at them.
    #[serde(deserialize_with = "nullable")]
    pub conditions: Vec<Condition>,
}
