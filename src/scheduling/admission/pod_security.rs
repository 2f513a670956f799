//! Pod security levels of a namespace, as the plugin PodSecurity checks them.
//!
//! Not looked at: the annotations that AppArmor and seccomp had before they became fields, and what the API server's own
//! configuration exempts.

use std::collections::BTreeSet;

use super::security_violation::{Level, SecurityViolation, Setters};
use crate::model::inventory::Inventory;
use crate::model::pod::{Container, Pod, PodSpec};
use crate::model::security_context::{ProfileType, SeLinuxOptions, SecurityContext};
use crate::scheduling::reason::Rejection;

/// Checks a pod against the level of its namespace.
pub(super) fn check(pod: &Pod, inventory: &Inventory) -> Result<(), Rejection> {
    let Some(namespace) = inventory.namespaces.get(pod.namespace()) else {
        return Ok(());
    };
    let label = |key: &str| namespace.metadata.labels.get(key).map(String::as_str);
    let level = match label("pod-security.kubernetes.io/enforce") {
        Some("baseline") => Level::Baseline,
        None | Some("privileged") => return Ok(()),
        // A level that the API server cannot read is enforced as the strictest one.
        Some(_) => Level::Restricted,
    };
    let version = label("pod-security.kubernetes.io/enforce-version").unwrap_or("latest");
    // An API server knows no checks that are younger than itself.
    let newest = inventory.version.minor();
    let minor = version.strip_prefix("v1.").and_then(|minor| minor.parse().ok()).map_or(newest, |m: u32| m.min(newest));
    let violations = violations(&pod.spec, level, minor);
    if violations.is_empty() {
        return Ok(());
    }
    Err(Rejection::PodSecurity { level, version: version.to_owned(), violations })
}

/// Every check in the API server's order: baseline by name, then restricted by name. A restricted check
/// replaces the baseline check on the same thing.
fn violations(spec: &PodSpec, level: Level, minor: u32) -> Vec<SecurityViolation> {
    let pod = Checked { spec, minor };
    let restricted = level == Level::Restricted;
    let mut found = vec![pod.app_armor()];
    if !(restricted && minor >= 22) {
        found.push(pod.added_capabilities());
    }
    found.push(pod.host_namespaces());
    if !restricted {
        found.push(pod.host_path());
    }
    found.extend([pod.host_ports(), pod.called_hosts(), pod.privileged()]);
    let own_proc_mount = restricted && minor >= 35;
    if !own_proc_mount {
        found.push(pod.proc_mount(level));
    }
    found.push(pod.se_linux());
    // Before 1.19 the filter was an annotation.
    if !restricted && minor >= 19 {
        found.push(pod.seccomp_forbidden());
    }
    found.extend([pod.sysctls(), pod.windows_host_process()]);
    if restricted {
        found.extend([pod.privilege_escalation(), pod.unrestricted_capabilities()]);
        if own_proc_mount {
            found.push(pod.proc_mount(level));
        }
        found.push(pod.volume_types());
        found.extend([pod.run_as_non_root(), pod.run_as_user_zero()]);
        if minor >= 19 {
            found.push(pod.seccomp_forbidden().or_else(|| pod.seccomp_missing()));
        }
    }
    found.into_iter().flatten().collect()
}

struct Checked<'a> {
    spec: &'a PodSpec,
    minor: u32,
}

impl<'a> Checked<'a> {
    fn containers(&self) -> impl Iterator<Item = &'a Container> {
        self.spec.init_containers.iter().chain(&self.spec.containers)
    }

    fn own(&self) -> Option<&'a SecurityContext> {
        self.spec.security_context.as_ref()
    }

    fn is_for_windows(&self) -> bool {
        self.minor >= 25 && self.spec.os.as_ref().is_some_and(|os| os.name == "windows")
    }

    /// Pods in a user namespace of their own may be root in it.
    fn has_own_users(&self) -> bool {
        self.minor >= 35 && self.spec.host_users == Some(false)
    }

    fn containers_where(&self, bad: impl Fn(&SecurityContext) -> bool) -> Vec<String> {
        let bad = |container: &&Container| container.security_context.as_ref().is_some_and(&bad);
        self.containers().filter(bad).map(|container| container.name.clone()).collect()
    }

    fn setters(&self, bad: impl Fn(&SecurityContext) -> bool) -> Setters {
        Setters { pod: self.own().is_some_and(&bad), containers: self.containers_where(&bad) }
    }

    /// The values of a field in the pod and its containers.
    fn values<T: 'a>(&self, field: impl Fn(&'a SecurityContext) -> Option<T>) -> Vec<T> {
        let contexts = self.containers().filter_map(|container| container.security_context.as_ref());
        self.own().into_iter().chain(contexts).filter_map(field).collect()
    }

    fn app_armor(&self) -> Option<SecurityViolation> {
        let bad = |context: &SecurityContext| context.app_armor_profile.as_ref().is_some_and(is_unconfined);
        let setters = self.setters(bad);
        let profiles = self.values(|context| context.app_armor_profile.as_ref());
        let profiles = profiles.into_iter().filter(|p| is_unconfined(p)).map(|p| p.kind.clone()).collect();
        (!setters.is_empty()).then_some(SecurityViolation::AppArmor { setters, profiles })
    }

    fn added_capabilities(&self) -> Option<SecurityViolation> {
        const ALLOWED: [&str; 13] = [
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT",
        ];
        let (containers, capabilities) = self.adding(&ALLOWED);
        (!containers.is_empty()).then_some(SecurityViolation::AddedCapabilities { containers, capabilities })
    }

    fn adding(&self, allowed: &[&str]) -> (Vec<String>, BTreeSet<String>) {
        let forbidden = |name: &&String| !allowed.contains(&name.as_str());
        let added = |context: &'a SecurityContext| context.capabilities.iter().flat_map(|c| &c.add);
        let mut capabilities = BTreeSet::new();
        let mut containers = Vec::new();
        for container in self.containers() {
            let bad: Vec<&String> = container.security_context.iter().flat_map(added).filter(forbidden).collect();
            if !bad.is_empty() {
                containers.push(container.name.clone());
                capabilities.extend(bad.into_iter().cloned());
            }
        }
        (containers, capabilities)
    }

    fn host_namespaces(&self) -> Option<SecurityViolation> {
        let fields =
            [(self.spec.host_network, "hostNetwork"), (self.spec.host_pid, "hostPID"), (self.spec.host_ipc, "hostIPC")];
        let set: Vec<&'static str> = fields.into_iter().filter(|(set, _)| *set).map(|(_, field)| field).collect();
        (!set.is_empty()).then_some(SecurityViolation::HostNamespaces(set))
    }

    fn host_path(&self) -> Option<SecurityViolation> {
        let volumes = self.spec.volumes.iter().filter(|volume| volume.source == "hostPath");
        let volumes: Vec<String> = volumes.map(|volume| volume.name.clone()).collect();
        (!volumes.is_empty()).then_some(SecurityViolation::HostPath(volumes))
    }

    fn host_ports(&self) -> Option<SecurityViolation> {
        let ports = |container: &'a Container| container.ports.iter().filter(|port| port.host_port != 0);
        let containers: Vec<String> =
            self.containers().filter(|c| ports(c).next().is_some()).map(|c| c.name.clone()).collect();
        let ports = self.containers().flat_map(ports).map(|port| port.host_port.to_string()).collect();
        (!containers.is_empty()).then_some(SecurityViolation::HostPorts { containers, ports })
    }

    fn called_hosts(&self) -> Option<SecurityViolation> {
        if self.minor < 34 {
            return None;
        }
        let calling = self.containers().filter(|container| container.called_hosts().next().is_some());
        let containers: BTreeSet<String> = calling.map(|container| container.name.clone()).collect();
        let hosts = self.containers().flat_map(Container::called_hosts).map(str::to_owned).collect();
        (!containers.is_empty())
            .then(|| SecurityViolation::CalledHosts { containers: containers.into_iter().collect(), hosts })
    }

    fn privileged(&self) -> Option<SecurityViolation> {
        let containers = self.containers_where(|context| context.privileged == Some(true));
        (!containers.is_empty()).then_some(SecurityViolation::Privileged(containers))
    }

    fn proc_mount(&self, level: Level) -> Option<SecurityViolation> {
        if level == Level::Baseline && self.has_own_users() {
            return None;
        }
        let bad = |context: &SecurityContext| context.proc_mount.as_deref().is_some_and(|kind| kind != "Default");
        let containers = self.containers_where(bad);
        let kinds = self.values(|context| context.proc_mount.clone().filter(|kind| kind != "Default"));
        let kinds = kinds.into_iter().collect();
        (!containers.is_empty()).then_some(SecurityViolation::ProcMount { containers, kinds })
    }

    fn se_linux(&self) -> Option<SecurityViolation> {
        let minor = self.minor;
        let bad_type = move |options: &SeLinuxOptions| match options.kind.as_str() {
            "" | "container_t" | "container_init_t" | "container_kvm_t" => false,
            "container_engine_t" => minor < 31,
            _ => true,
        };
        let bad = |o: &SeLinuxOptions| bad_type(o) || !o.user.is_empty() || !o.role.is_empty();
        let setters = self.setters(|context| context.se_linux_options.as_ref().is_some_and(bad));
        let all = self.values(|context| context.se_linux_options.as_ref());
        let types = all.iter().filter(|options| bad_type(options)).map(|options| options.kind.clone()).collect();
        let user = all.iter().any(|options| !options.user.is_empty());
        let role = all.iter().any(|options| !options.role.is_empty());
        (!setters.is_empty()).then_some(SecurityViolation::SeLinux { setters, types, user, role })
    }

    fn seccomp_forbidden(&self) -> Option<SecurityViolation> {
        if self.is_for_windows() {
            return None;
        }
        let bad = |context: &SecurityContext| context.seccomp_profile.as_ref().is_some_and(is_unconfined);
        let setters = self.setters(bad);
        let profiles = self.values(|context| context.seccomp_profile.as_ref());
        let profiles = profiles.into_iter().filter(|p| is_unconfined(p)).map(|p| p.kind.clone()).collect();
        (!setters.is_empty()).then_some(SecurityViolation::SeccompForbidden { setters, profiles })
    }

    fn seccomp_missing(&self) -> Option<SecurityViolation> {
        let set = |context: &SecurityContext| context.seccomp_profile.is_some();
        if self.is_for_windows() || self.own().is_some_and(set) {
            return None;
        }
        let missing = self.containers_without(set);
        (!missing.is_empty()).then_some(SecurityViolation::SeccompMissing(missing))
    }

    fn containers_without(&self, good: impl Fn(&SecurityContext) -> bool) -> Vec<String> {
        let without = |container: &&Container| !container.security_context.as_ref().is_some_and(&good);
        self.containers().filter(without).map(|container| container.name.clone()).collect()
    }

    fn sysctls(&self) -> Option<SecurityViolation> {
        let names = self.own().into_iter().flat_map(|context| &context.sysctls).map(|sysctl| &sysctl.name);
        let bad: Vec<String> = names.filter(|name| !is_safe_sysctl(name, self.minor)).cloned().collect();
        (!bad.is_empty()).then_some(SecurityViolation::Sysctls(bad))
    }

    fn windows_host_process(&self) -> Option<SecurityViolation> {
        let setters = self.setters(|context| {
            context.windows_options.as_ref().is_some_and(|options| options.host_process == Some(true))
        });
        (!setters.is_empty()).then_some(SecurityViolation::WindowsHostProcess(setters))
    }

    fn privilege_escalation(&self) -> Option<SecurityViolation> {
        if self.is_for_windows() {
            return None;
        }
        let containers = self.containers_without(|context| context.allow_privilege_escalation == Some(false));
        (!containers.is_empty()).then_some(SecurityViolation::PrivilegeEscalation(containers))
    }

    fn unrestricted_capabilities(&self) -> Option<SecurityViolation> {
        if self.minor < 22 || self.is_for_windows() {
            return None;
        }
        let drops_all = |context: &SecurityContext| {
            context.capabilities.as_ref().is_some_and(|capabilities| capabilities.drop.iter().any(|c| c == "ALL"))
        };
        let not_dropping = self.containers_without(drops_all);
        let (adding, capabilities) = self.adding(&["NET_BIND_SERVICE"]);
        let fine = not_dropping.is_empty() && adding.is_empty();
        (!fine).then_some(SecurityViolation::UnrestrictedCapabilities { not_dropping, adding, capabilities })
    }

    fn volume_types(&self) -> Option<SecurityViolation> {
        const ALLOWED: [&str; 9] = [
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "image",
            "persistentVolumeClaim",
            "projected",
            "secret",
        ];
        // A volume without any source becomes an emptyDir.
        let bad = |source: &str| !source.is_empty() && !ALLOWED.contains(&source);
        let volumes: Vec<_> = self.spec.volumes.iter().filter(|volume| bad(&volume.source)).collect();
        let kinds = volumes.iter().map(|volume| volume.source.clone()).collect();
        let volumes: Vec<String> = volumes.iter().map(|volume| volume.name.clone()).collect();
        (!volumes.is_empty()).then_some(SecurityViolation::VolumeTypes { volumes, kinds })
    }

    fn run_as_non_root(&self) -> Option<SecurityViolation> {
        if self.has_own_users() {
            return None;
        }
        let explicit = self.setters(|context| context.run_as_non_root == Some(false));
        if !explicit.is_empty() {
            return Some(SecurityViolation::RunAsNonRootFalse(explicit));
        }
        if self.own().is_some_and(|context| context.run_as_non_root == Some(true)) {
            return None;
        }
        let missing = self.containers_without(|context| context.run_as_non_root.is_some());
        (!missing.is_empty()).then_some(SecurityViolation::RunAsNonRootMissing(missing))
    }

    fn run_as_user_zero(&self) -> Option<SecurityViolation> {
        if self.minor < 23 || self.has_own_users() {
            return None;
        }
        let setters = self.setters(|context| context.run_as_user == Some(0));
        (!setters.is_empty()).then_some(SecurityViolation::RunAsUserZero(setters))
    }
}

fn is_unconfined(profile: &ProfileType) -> bool {
    !matches!(profile.kind.as_str(), "RuntimeDefault" | "Localhost")
}

fn is_safe_sysctl(name: &str, minor: u32) -> bool {
    match name {
        "kernel.shm_rmid_forced"
        | "net.ipv4.ip_local_port_range"
        | "net.ipv4.tcp_syncookies"
        | "net.ipv4.ping_group_range"
        | "net.ipv4.ip_unprivileged_port_start" => true,
        "net.ipv4.ip_local_reserved_ports" => minor >= 27,
        "net.ipv4.tcp_keepalive_time"
        | "net.ipv4.tcp_fin_timeout"
        | "net.ipv4.tcp_keepalive_intvl"
        | "net.ipv4.tcp_keepalive_probes" => minor >= 29,
        "net.ipv4.tcp_rmem" | "net.ipv4.tcp_wmem" => minor >= 32,
        "net.ipv4.tcp_slow_start_after_idle" | "net.ipv4.tcp_notsent_lowat" => minor >= 37,
        _ => false,
    }
}
