//! What a pod can do against the pod security level of its namespace.

use std::collections::BTreeSet;

/// A level that is enforced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Known ways to take over the node are closed.
    Baseline,
    /// Current hardening practice is required.
    Restricted,
}

/// Who sets something wrong: the pod, some of its containers, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setters {
    /// Whether the pod's own security context does.
    pub pod: bool,
    /// Names of containers, init containers first.
    pub containers: Vec<String>,
}

impl Setters {
    pub(super) fn is_empty(&self) -> bool {
        !self.pod && self.containers.is_empty()
    }
}

/// One check that a pod does not pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecurityViolation {
    /// Forbidden AppArmor profiles.
    AppArmor {
        /// Who sets them.
        setters: Setters,
        /// The profiles.
        profiles: BTreeSet<String>,
    },
    /// Capabilities beyond the default ones.
    AddedCapabilities {
        /// Which containers.
        containers: Vec<String>,
        /// Which capabilities.
        capabilities: BTreeSet<String>,
    },
    /// Namespaces of the node, as the fields are called.
    HostNamespaces(Vec<&'static str>),
    /// Volumes that are folders of the node.
    HostPath(Vec<String>),
    /// Ports of the node.
    HostPorts {
        /// Which containers.
        containers: Vec<String>,
        /// Which ports.
        ports: BTreeSet<String>,
    },
    /// Probes or hooks that call another host than the pod.
    CalledHosts {
        /// Which containers.
        containers: Vec<String>,
        /// Which hosts.
        hosts: BTreeSet<String>,
    },
    /// Full power over the node.
    Privileged(Vec<String>),
    /// Unmasked `/proc`.
    ProcMount {
        /// Which containers.
        containers: Vec<String>,
        /// How it is mounted.
        kinds: BTreeSet<String>,
    },
    /// SELinux labels.
    SeLinux {
        /// Who sets them.
        setters: Setters,
        /// Forbidden types.
        types: BTreeSet<String>,
        /// Whether a user is set.
        user: bool,
        /// Whether a role is set.
        role: bool,
    },
    /// Forbidden system call filters.
    SeccompForbidden {
        /// Who sets them.
        setters: Setters,
        /// The profiles.
        profiles: BTreeSet<String>,
    },
    /// No system call filter.
    SeccompMissing(Vec<String>),
    /// Kernel settings that reach beyond the pod.
    Sysctls(Vec<String>),
    /// Containers that run on a Windows host.
    WindowsHostProcess(Setters),
    /// Privilege escalation is not switched off.
    PrivilegeEscalation(Vec<String>),
    /// Capabilities are not dropped, or given.
    UnrestrictedCapabilities {
        /// Which containers do not drop all.
        not_dropping: Vec<String>,
        /// Which containers add some.
        adding: Vec<String>,
        /// Which ones.
        capabilities: BTreeSet<String>,
    },
    /// Volumes of kinds that are not allowed.
    VolumeTypes {
        /// Which volumes.
        volumes: Vec<String>,
        /// Which kinds.
        kinds: BTreeSet<String>,
    },
    /// User 0 is allowed outright.
    RunAsNonRootFalse(Setters),
    /// User 0 is not ruled out.
    RunAsNonRootMissing(Vec<String>),
    /// User 0 is asked for.
    RunAsUserZero(Setters),
}
