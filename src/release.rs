//! Releases of Determined, and the one table of what changed when (facts §4.4).
//!
//! No other room compares versions: keys carry a [`Period`], behaviours are asked for with
//! [`Release::has`].

use std::fmt;
use std::str::FromStr;

/// A release of Determined, such as `0.38.1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    /// First number.
    pub major: u16,
    /// Second number.
    pub minor: u16,
    /// Third number.
    pub patch: u16,
}

/// The newest release that can be followed, which is assumed when none is named.
pub const NEWEST: Release = Release::new(0, 38, 1);

/// The oldest release that can be followed: the first with several resource managers as they are today (facts §4.4).
pub const OLDEST: Release = Release::new(0, 29, 1);

impl Default for Release {
    fn default() -> Self {
        NEWEST
    }
}

impl Release {
    /// The release of these numbers.
    #[must_use]
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self { major, minor, patch }
    }

    /// Whether a behaviour is there.
    #[must_use]
    pub fn has(self, behaviour: Behaviour) -> bool {
        behaviour.period().contains(self)
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl FromStr for Release {
    // Of no other release is it known what it does; a guess would pass for a verdict.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no release such as {NEWEST}");
        let mut numbers = text.strip_prefix('v').unwrap_or(text).split('.').map(str::parse::<u16>);
        let mut next = || numbers.next().and_then(Result::ok).ok_or_else(wrong);
        let release = Self { major: next()?, minor: next()?, patch: next()? };
        if numbers.next().is_some() {
            return Err(wrong());
        }
        if !(OLDEST..=NEWEST).contains(&release) {
            return Err(format!("detctl knows what masters of {OLDEST} to {NEWEST} do, not of {release}"));
        }
        Ok(release)
    }
}

/// From one release on, up to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    since: Option<Release>,
    until: Option<Release>,
}

impl Period {
    const fn since(major: u16, minor: u16, patch: u16) -> Self {
        Self { since: Some(Release::new(major, minor, patch)), until: None }
    }

    const fn until(major: u16, minor: u16, patch: u16) -> Self {
        Self { since: None, until: Some(Release::new(major, minor, patch)) }
    }

    /// Whether a release lies in it.
    #[must_use]
    pub fn contains(self, release: Release) -> bool {
        self.since.is_none_or(|since| since <= release) && self.until.is_none_or(|until| release < until)
    }

    /// The release that no longer has it.
    #[must_use]
    pub fn ended(self) -> Option<Release> {
        self.until
    }

    /// The first release that has it.
    #[must_use]
    pub fn began(self) -> Option<Release> {
        self.since
    }
}

/// When keys came and went.
pub mod keys {
    use super::Period;

    /// `cluster_name` of a resource manager.
    pub const CLUSTER_NAME: Period = Period::since(0, 35, 0);
    /// `default_namespace`
    pub const DEFAULT_NAMESPACE: Period = Period::since(0, 35, 0);
    /// `namespace` of a resource manager.
    pub const NAMESPACE: Period = Period::until(0, 35, 0);
    /// `kubernetes_namespace` of a pool.
    pub const POOL_NAMESPACE: Period = Period::until(0, 35, 0);
    /// `determined_master_scheme`
    pub const MASTER_SCHEME: Period = Period::since(0, 35, 0);
    /// `determined_master_host`
    pub const MASTER_HOST: Period = Period::since(0, 38, 0);
    /// `determined_master_ip` as a key of its own.
    pub const MASTER_IP: Period = Period::until(0, 38, 0);
    /// `internal_task_gateway`
    pub const GATEWAY: Period = Period::since(0, 34, 0);
    /// `checkpoint_gc_pod_spec`
    pub const CHECKPOINT_GC_POD_SPEC: Period = Period::since(0, 34, 0);
    /// `task_container_defaults.preemption_timeout`
    pub const PREEMPTION_TIMEOUT: Period = Period::since(0, 37, 0);
    /// `__internal.preemption_timeout` as a key of its own.
    pub const INTERNAL_PREEMPTION_TIMEOUT: Period = Period::until(0, 37, 0);
    /// `ui_customization`
    pub const UI_CUSTOMIZATION: Period = Period::since(0, 36, 0);
    /// `ui_customization.logo_path`, the first name of `logo_paths`.
    pub const LOGO_PATH: Period = Period::until(0, 37, 0);
    /// `ui_customization.logo_paths`
    pub const LOGO_PATHS: Period = Period::since(0, 37, 0);
    /// `db.views_and_triggers`
    pub const VIEWS_AND_TRIGGERS: Period = Period::since(0, 33, 0);
    /// `always_redirect` of `saml`, `oidc` and `det_cloud`.
    pub const ALWAYS_REDIRECT: Period = Period::since(0, 35, 0);
    /// `oidc.exclude_groups_scope`
    pub const EXCLUDE_GROUPS_SCOPE: Period = Period::since(0, 36, 0);
    /// The names of the attributes with a user's agent ids, in `saml` and `oidc`.
    pub const AGENT_ATTRIBUTES: Period = Period::since(0, 37, 0);
    /// `scim`, `saml`, `oidc`, `det_cloud`, and the types slurm and pbs, in the public source.
    pub const ENTERPRISE: Period = Period::since(0, 32, 0);
    /// `security.token` and `security.ssh.key_type`.
    pub const TOKEN: Period = Period::since(0, 38, 0);
    /// `log_policies[].name`
    pub const LOG_POLICY_NAME: Period = Period::since(0, 38, 0);
}

/// What the loader does in some releases only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// `determined_master_ip` of the default resource manager is converted.
    ConvertsMasterIp,
    /// `__internal.preemption_timeout` is converted.
    ConvertsPreemptionTimeout,
    /// An agent resource manager without `scheduler`, and the old schema without a type: priority, not
    /// fair share.
    AgentsSchedulePriority,
    /// A `scheduler` without `type` is priority, not fair share; round robin is gone; an additional agent
    /// without any scheduler panics.
    UntypedSchedulerIsPriority,
    /// Kubernetes takes no `default_scheduler` but coscheduler.
    ChecksDefaultScheduler,
    /// `slot_type: rocm` on Kubernetes.
    RocmOnKubernetes,
    /// The required name is `cluster_name`; before, `name`.
    NamedByClusterName,
    /// `log_policies[].action` may be text, and names of policies are unique; before, it is an object of its own kind.
    LogActionAsText,
    /// The size of an SSH key counts for RSA keys only.
    ChoosesSshKey,
    /// Custom logos come all four or not at all.
    LogosComeTogether,
    /// With a feature switch, a first start needs a password (core.go: newClustersRequirePasswords).
    NeedsPassword,
    /// A request is refused whose slots are no multiple of the most that a pod may have; before, it is accepted and never
    /// scheduled.
    ChecksMultipleOfSlots,
    /// Several resource managers need a licence (C-12).
    NeedsLicence,
    /// The WebUI's cards of Kubernetes pools name the resource manager, when there are several (ResourcePoolCard.tsx:
    /// the row came with 0.29.1 and reached Kubernetes pools with 0.30.0).
    CardsNameManagers,
    /// That row is called "Cluster Name"; before, "Resource Manager Name".
    CardsSayClusterName,
}

impl Behaviour {
    fn period(self) -> Period {
        match self {
            Self::ConvertsMasterIp | Self::LogActionAsText | Self::ChoosesSshKey => Period::since(0, 38, 0),
            Self::ConvertsPreemptionTimeout | Self::LogosComeTogether => Period::since(0, 37, 0),
            Self::AgentsSchedulePriority | Self::NeedsPassword => Period::since(0, 33, 0),
            Self::UntypedSchedulerIsPriority | Self::ChecksMultipleOfSlots => Period::since(0, 34, 0),
            Self::ChecksDefaultScheduler | Self::RocmOnKubernetes => Period::since(0, 36, 0),
            Self::NamedByClusterName | Self::CardsSayClusterName => Period::since(0, 35, 0),
            Self::CardsNameManagers => Period::since(0, 30, 0),
            Self::NeedsLicence => Period { since: Some(Release::new(0, 32, 0)), until: Some(Release::new(0, 38, 0)) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_change_has_a_before_and_an_after() {
        let rows: [(Period, &str, &str); 6] = [
            (keys::CLUSTER_NAME, "0.34.0", "0.35.0"),
            (keys::MASTER_HOST, "0.37.0", "0.38.0"),
            (keys::GATEWAY, "0.33.0", "0.34.0"),
            (keys::PREEMPTION_TIMEOUT, "0.36.0", "0.37.0"),
            (keys::UI_CUSTOMIZATION, "0.35.0", "0.36.0"),
            (keys::ENTERPRISE, "0.31.0", "0.32.0"),
        ];
        for (period, before, after) in rows {
            assert!(!period.contains(before.parse().unwrap()), "{before}");
            assert!(period.contains(after.parse().unwrap()), "{after}");
        }
        for (period, last, gone) in [(keys::NAMESPACE, "0.34.1", "0.35.0"), (keys::MASTER_IP, "0.37.0", "0.38.0")] {
            assert!(period.contains(last.parse().unwrap()), "{last}");
            assert!(!period.contains(gone.parse().unwrap()), "{gone}");
        }
    }

    #[test]
    fn releases_are_three_numbers() {
        assert_eq!("v0.35.1".parse(), Ok(Release::new(0, 35, 1)));
        for wrong in ["", "0.38", "0.38.1.2", "newest", "0.38.x", "0.29.0", "0.38.2", "1.0.0"] {
            assert!(wrong.parse::<Release>().is_err(), "{wrong}");
        }
    }
}
