//! Claims, volumes and storage classes, as far as they bind a pod to nodes.

use serde::Deserialize;

use super::pod::{ResourceMap, ResourceRequirements, nullable};
use super::policy::ObjectMeta;
use super::quantity::Quantity;
use super::selector::{LabelSelector, NodeSelector};

/// A claim for a volume.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct VolumeClaim {
    /// Who it is.
    #[serde(default, deserialize_with = "nullable")]
    pub metadata: ObjectMeta,
    /// What it asks for.
    pub spec: VolumeClaimSpec,
    /// What became of it.
    #[serde(default, deserialize_with = "nullable")]
    pub status: Phase,
}

/// What a claim asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct VolumeClaimSpec {
    /// How it may be used.
    #[serde(deserialize_with = "nullable")]
    pub access_modes: Vec<String>,
    /// Its size.
    #[serde(deserialize_with = "nullable")]
    pub resources: ResourceRequirements,
    /// Its storage class; absent or empty means none.
    #[serde(deserialize_with = "nullable")]
    pub storage_class_name: String,
    /// The volume that it is bound or tied to; empty when none.
    #[serde(deserialize_with = "nullable")]
    pub volume_name: String,
    /// `Filesystem` (also when absent) or `Block`.
    pub volume_mode: Option<String>,
    /// Labels that the volume must have.
    pub selector: Option<LabelSelector>,
    /// The class of attributes that the volume must have; empty when none.
    #[serde(deserialize_with = "nullable")]
    pub volume_attributes_class_name: String,
}

/// A phase.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Phase {
    /// `Bound`, `Pending`, `Lost`; `Available` of a volume.
    #[serde(deserialize_with = "nullable")]
    pub phase: String,
}

impl VolumeClaim {
    /// The storage class, in either of its spellings; empty when none.
    #[must_use]
    pub fn class(&self) -> &str {
        let old = self.metadata.annotations.get("volume.beta.kubernetes.io/storage-class");
        old.map_or(&self.spec.storage_class_name, |class| class)
    }

    /// Whether binding to its volume is complete.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        let done = self.metadata.annotations.contains_key("pv.kubernetes.io/bind-completed");
        !self.spec.volume_name.is_empty() && done
    }

    /// The node for which a volume is being made, if any.
    #[must_use]
    pub fn selected_node(&self) -> Option<&str> {
        self.metadata.annotations.get("volume.kubernetes.io/selected-node").map(String::as_str)
    }

    /// The size asked for.
    #[must_use]
    pub fn size(&self) -> Quantity {
        self.spec.resources.requests.get("storage").copied().unwrap_or_default()
    }

    /// Whether at most one pod may use it.
    #[must_use]
    pub fn is_for_one_pod(&self) -> bool {
        self.spec.access_modes.iter().any(|mode| mode == "ReadWriteOncePod")
    }
}

/// A volume.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Volume {
    /// Who it is.
    #[serde(default, deserialize_with = "nullable")]
    pub metadata: ObjectMeta,
    /// What it offers.
    pub spec: VolumeSpec,
    /// What became of it.
    #[serde(default, deserialize_with = "nullable")]
    pub status: Phase,
}

/// What a volume offers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct VolumeSpec {
    /// Its size.
    #[serde(deserialize_with = "nullable")]
    pub capacity: ResourceMap,
    /// How it may be used.
    #[serde(deserialize_with = "nullable")]
    pub access_modes: Vec<String>,
    /// Its storage class; empty when none.
    #[serde(deserialize_with = "nullable")]
    pub storage_class_name: String,
    /// `Filesystem` (also when absent) or `Block`.
    pub volume_mode: Option<String>,
    /// The claim that it is promised to.
    pub claim_ref: Option<ClaimRef>,
    /// Where it can be reached.
    pub node_affinity: Option<VolumeNodeAffinity>,
    /// Its class of attributes; empty when none.
    #[serde(deserialize_with = "nullable")]
    pub volume_attributes_class_name: String,
}

/// A claim by name.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ClaimRef {
    /// Its name.
    pub name: String,
    /// Its namespace.
    pub namespace: String,
    /// Which claim of that name; empty for whichever comes.
    #[serde(deserialize_with = "nullable")]
    pub uid: String,
}

/// Where a volume can be reached.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct VolumeNodeAffinity {
    /// The nodes.
    pub required: Option<NodeSelector>,
}

impl Volume {
    /// The storage class, in either of its spellings; empty when none.
    #[must_use]
    pub fn class(&self) -> &str {
        let old = self.metadata.annotations.get("volume.beta.kubernetes.io/storage-class");
        old.map_or(&self.spec.storage_class_name, |class| class)
    }

    /// The size.
    #[must_use]
    pub fn size(&self) -> Quantity {
        self.spec.capacity.get("storage").copied().unwrap_or_default()
    }
}

/// A storage class.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StorageClass {
    /// Who it is.
    #[serde(default, deserialize_with = "nullable")]
    pub metadata: ObjectMeta,
    /// Who makes its volumes.
    #[serde(default, deserialize_with = "nullable")]
    pub provisioner: String,
    /// `Immediate` (also when absent) or `WaitForFirstConsumer`.
    #[serde(default)]
    pub volume_binding_mode: Option<String>,
    /// Where its volumes can be made; none means everywhere.
    #[serde(default, deserialize_with = "nullable")]
    pub allowed_topologies: Vec<TopologyTerm>,
}

/// Label requirements that must all hold.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TopologyTerm {
    /// The requirements.
    #[serde(deserialize_with = "nullable")]
    pub match_label_expressions: Vec<TopologyRequirement>,
}

/// A label and the values that it may have.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TopologyRequirement {
    /// Label key.
    pub key: String,
    /// Values.
    #[serde(deserialize_with = "nullable")]
    pub values: Vec<String>,
}

impl StorageClass {
    /// Whether a volume is chosen only once a pod needs it.
    #[must_use]
    pub fn waits_for_consumer(&self) -> bool {
        self.volume_binding_mode.as_deref() == Some("WaitForFirstConsumer")
    }

    /// Whether volumes can be made on demand.
    #[must_use]
    pub fn can_provision(&self) -> bool {
        !matches!(self.provisioner.as_str(), "" | "kubernetes.io/no-provisioner")
    }
}
