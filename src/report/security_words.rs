//! The API server's own words for violations of pod security levels.

use std::collections::BTreeSet;

use crate::scheduling::admission::security_violation::{SecurityViolation, Setters};

fn quoted<'a>(items: impl IntoIterator<Item = &'a String>) -> String {
    items.into_iter().map(|item| format!("\"{item}\"")).collect::<Vec<_>>().join(", ")
}

fn containers(names: &[String]) -> String {
    format!("{} {}", if names.len() == 1 { "container" } else { "containers" }, quoted(names))
}

fn setters(setters: &Setters) -> String {
    let mut parts = Vec::new();
    if setters.pod {
        parts.push("pod".to_owned());
    }
    if !setters.containers.is_empty() {
        parts.push(containers(&setters.containers));
    }
    parts.join(" and ")
}

fn plural(count: usize, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

/// The API server's words for one check that a pod does not pass.
pub(super) fn violation(violation: &SecurityViolation) -> String {
    let (reason, detail) = match violation {
        SecurityViolation::AppArmor { setters: who, profiles } => (
            plural(profiles.len(), "forbidden AppArmor profile", "forbidden AppArmor profiles"),
            format!("{} must not set AppArmor profile type to {}", setters(who), quoted(profiles)),
        ),
        SecurityViolation::AddedCapabilities { containers: who, capabilities } => (
            "non-default capabilities",
            format!(
                "{} must not include {} in securityContext.capabilities.add",
                containers(who),
                quoted(capabilities)
            ),
        ),
        SecurityViolation::HostNamespaces(fields) => {
            ("host namespaces", fields.iter().map(|field| format!("{field}=true")).collect::<Vec<_>>().join(", "))
        }
        SecurityViolation::HostPath(volumes) => ("hostPath volumes", volume_names(volumes)),
        SecurityViolation::HostPorts { containers: who, ports } => (
            "hostPort",
            format!(
                "{} {} {} {}",
                containers(who),
                plural(who.len(), "uses", "use"),
                plural(ports.len(), "hostPort", "hostPorts"),
                ports.iter().cloned().collect::<Vec<_>>().join(", ")
            ),
        ),
        SecurityViolation::CalledHosts { containers: who, hosts } => (
            "probe or lifecycle host",
            format!(
                "{} {} {} {}",
                containers(who),
                plural(who.len(), "uses", "use"),
                plural(hosts.len(), "probe or lifecycle host", "probe or lifecycle hosts"),
                quoted(hosts)
            ),
        ),
        SecurityViolation::Privileged(who) => {
            ("privileged", format!("{} must not set securityContext.privileged=true", containers(who)))
        }
        SecurityViolation::ProcMount { containers: who, kinds } => {
            ("procMount", format!("{} must not set securityContext.procMount to {}", containers(who), quoted(kinds)))
        }
        SecurityViolation::SeLinux { setters: who, types, user, role } => {
            ("seLinuxOptions", se_linux(who, types, &[(*user, "user"), (*role, "role")]))
        }
        _ => return more_security(violation),
    };
    format!("{reason} ({detail})")
}

fn more_security(violation: &SecurityViolation) -> String {
    let (reason, detail) = match violation {
        SecurityViolation::SeccompForbidden { setters: who, profiles } => (
            "seccompProfile",
            format!("{} must not set securityContext.seccompProfile.type to {}", setters(who), quoted(profiles)),
        ),
        SecurityViolation::SeccompMissing(who) => (
            "seccompProfile",
            format!(
                "pod or {} must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"",
                containers(who)
            ),
        ),
        SecurityViolation::Sysctls(names) => ("forbidden sysctls", names.join(", ")),
        SecurityViolation::WindowsHostProcess(who) => {
            ("hostProcess", format!("{} must not set securityContext.windowsOptions.hostProcess=true", setters(who)))
        }
        SecurityViolation::PrivilegeEscalation(who) => (
            "allowPrivilegeEscalation != false",
            format!("{} must set securityContext.allowPrivilegeEscalation=false", containers(who)),
        ),
        SecurityViolation::UnrestrictedCapabilities { not_dropping, adding, capabilities } => {
            ("unrestricted capabilities", capability_details(not_dropping, adding, capabilities))
        }
        SecurityViolation::VolumeTypes { volumes, kinds } => (
            "restricted volume types",
            format!(
                "{} {} {} {}",
                volume_names(volumes),
                plural(volumes.len(), "uses", "use"),
                plural(kinds.len(), "restricted volume type", "restricted volume types"),
                quoted(kinds)
            ),
        ),
        SecurityViolation::RunAsNonRootFalse(who) => {
            ("runAsNonRoot != true", format!("{} must not set securityContext.runAsNonRoot=false", setters(who)))
        }
        SecurityViolation::RunAsNonRootMissing(who) => {
            ("runAsNonRoot != true", format!("pod or {} must set securityContext.runAsNonRoot=true", containers(who)))
        }
        SecurityViolation::RunAsUserZero(who) => ("runAsUser=0", format!("{} must not set runAsUser=0", setters(who))),
        _ => return String::new(),
    };
    format!("{reason} ({detail})")
}

fn volume_names(volumes: &[String]) -> String {
    format!("{} {}", plural(volumes.len(), "volume", "volumes"), quoted(volumes))
}

fn se_linux(who: &Setters, types: &BTreeSet<String>, labels: &[(bool, &str)]) -> String {
    let mut details = Vec::new();
    if !types.is_empty() {
        details.push(format!("{} {}", plural(types.len(), "type", "types"), quoted(types)));
    }
    details.extend(labels.iter().filter(|(set, _)| *set).map(|(_, label)| format!("{label} may not be set")));
    format!("{} set forbidden securityContext.seLinuxOptions: {}", setters(who), details.join("; "))
}

fn capability_details(not_dropping: &[String], adding: &[String], capabilities: &BTreeSet<String>) -> String {
    let mut details = Vec::new();
    if !not_dropping.is_empty() {
        details.push(format!("{} must set securityContext.capabilities.drop=[\"ALL\"]", containers(not_dropping)));
    }
    if !adding.is_empty() {
        let capabilities = quoted(capabilities);
        details.push(format!(
            "{} must not include {capabilities} in securityContext.capabilities.add",
            containers(adding)
        ));
    }
    details.join("; ")
}
