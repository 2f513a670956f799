//! The Kubernetes releases whose behaviour is known, and what sets them apart.

use std::fmt;

/// A minor release of Kubernetes, oldest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum KubernetesVersion {
    /// 1.33
    V1_33,
    /// 1.34
    V1_34,
    /// 1.35
    V1_35,
    /// 1.36
    V1_36,
    /// 1.37
    #[default]
    V1_37,
}

impl KubernetesVersion {
    /// Every known release, oldest first.
    pub const ALL: [Self; 5] = [Self::V1_33, Self::V1_34, Self::V1_35, Self::V1_36, Self::V1_37];

    /// The minor number: 33 for 1.33.
    #[must_use]
    pub fn minor(self) -> u32 {
        match self {
            Self::V1_33 => 33,
            Self::V1_34 => 34,
            Self::V1_35 => 35,
            Self::V1_36 => 36,
            Self::V1_37 => 37,
        }
    }

    /// The known release nearest to 1.`minor`.
    #[must_use]
    pub fn nearest(minor: u32) -> Self {
        let at = minor.saturating_sub(33).min(4);
        Self::ALL.into_iter().find(|version| version.minor() - 33 == at).unwrap_or_default()
    }

    /// The minor number in what a server says it is, such as 36 in `v1.36.2-eks-1`.
    #[must_use]
    pub fn minor_of(said: &str) -> Option<u32> {
        said.strip_prefix("v1.")?.split('.').next()?.parse().ok()
    }

    /// Whether the API keeps `spec.resources` of a pod; 1.33 drops it without a word (§2.2).
    #[must_use]
    pub fn keeps_pod_level_resources(self) -> bool {
        self >= Self::V1_34
    }

    /// Whether a resize of the whole pod counts by its status (§2.2).
    #[must_use]
    pub fn resizes_whole_pods(self) -> bool {
        self >= Self::V1_36
    }

    /// Whether a pod that is being resized counts by its highest sum; before, by the highest values of each container.
    #[must_use]
    pub fn compares_sums_of_resizes(self) -> bool {
        self >= Self::V1_37
    }

    /// Whether the values of a pod as a whole are filled in after admission, and its limits too; before, the API server
    /// did so as it read the pod.
    #[must_use]
    pub fn fills_in_whole_pods_late(self) -> bool {
        self >= Self::V1_37
    }

    /// Whether a device class can stand in for an extended resource that a node does not have.
    #[must_use]
    pub fn device_classes_stand_in(self) -> bool {
        self >= Self::V1_36
    }

    /// Whether the scheduler names the taint that is not tolerated. It did up to 1.34.1 (§1).
    #[must_use]
    pub fn names_untolerated_taints(self) -> bool {
        self <= Self::V1_34
    }
}

impl fmt::Display for KubernetesVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.minor())
    }
}
