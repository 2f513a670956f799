//! Security settings of pods and containers, as far as pod security levels look at them.

use serde::Deserialize;

use super::pod::nullable;

/// Security settings of a pod or of a container; each level has some of the fields.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SecurityContext {
    /// Full power over the node.
    pub privileged: Option<bool>,
    /// Whether a process may gain more privileges than its parent.
    pub allow_privilege_escalation: Option<bool>,
    /// Capabilities given and taken away.
    pub capabilities: Option<Capabilities>,
    /// Whether user 0 is refused.
    pub run_as_non_root: Option<bool>,
    /// The user id.
    pub run_as_user: Option<i64>,
    /// System call filter.
    pub seccomp_profile: Option<ProfileType>,
    /// AppArmor profile.
    pub app_armor_profile: Option<ProfileType>,
    /// `Default` or `Unmasked`.
    pub proc_mount: Option<String>,
    /// SELinux labels.
    pub se_linux_options: Option<SeLinuxOptions>,
    /// Kernel settings of the pod.
    #[serde(deserialize_with = "nullable")]
    pub sysctls: Vec<Sysctl>,
    /// Windows settings.
    pub windows_options: Option<WindowsOptions>,
}

/// Capabilities given and taken away.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Capabilities {
    /// Given.
    #[serde(deserialize_with = "nullable")]
    pub add: Vec<String>,
    /// Taken away.
    #[serde(deserialize_with = "nullable")]
    pub drop: Vec<String>,
}

/// A seccomp or AppArmor profile by kind.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ProfileType {
    /// `RuntimeDefault`, `Localhost` or `Unconfined`.
    #[serde(rename = "type")]
    pub kind: String,
}

/// SELinux labels.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SeLinuxOptions {
    /// Type label.
    #[serde(rename = "type", deserialize_with = "nullable")]
    pub kind: String,
    /// User label.
    #[serde(deserialize_with = "nullable")]
    pub user: String,
    /// Role label.
    #[serde(deserialize_with = "nullable")]
    pub role: String,
}

/// A kernel setting.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Sysctl {
    /// Its name.
    pub name: String,
}

/// Windows settings.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WindowsOptions {
    /// Whether the container runs on the host.
    pub host_process: Option<bool>,
}
