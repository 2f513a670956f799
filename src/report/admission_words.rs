//! The API server's own words for a pod that it does not let in.

use std::collections::BTreeSet;

use crate::model::pod::ResourceMap;
use crate::scheduling::Rejection;
use crate::scheduling::admission::limit_range::{self, Side, Violation};
use crate::scheduling::admission::pod_security::{Level, SecurityViolation, Setters};
use crate::scheduling::admission::validation::{self, Holder, Problem};

/// The whole message for a pod of this name.
#[must_use]
pub fn rejection(name: &str, rejection: &Rejection) -> String {
    match rejection {
        Rejection::Invalid(problems) => {
            format!(
                "Pod {name:?} is invalid: {}",
                aggregate(problems.iter().map(problem).collect())
            )
        }
        Rejection::NamespaceMissing { namespace } => format!("namespaces {namespace:?} not found"),
        _ => format!("pods {name:?} is forbidden: {}", forbidden(rejection)),
    }
}

fn forbidden(rejection: &Rejection) -> String {
    match rejection {
        Rejection::NamespaceTerminating { namespace } => {
            format!(
                "unable to create new content in namespace {namespace} because it is being terminated"
            )
        }
        Rejection::PriorityClassMissing { class } => {
            format!("no PriorityClass with name {class} was found")
        }
        Rejection::PriorityGiven { given, computed } => format!(
            "the integer value of priority ({given}) must not be provided in pod spec; priority admission controller computed {computed} from the given PriorityClass name"
        ),
        Rejection::RuntimeClassMissing { class } => {
            format!("pod rejected: RuntimeClass {class:?} not found")
        }
        Rejection::RuntimeSelectorConflict { key, class, pod } => {
            format!(
                "conflict: runtimeClass.scheduling.nodeSelector[{key}] = {class}; pod.spec.nodeSelector[{key}] = {pod}"
            )
        }
        Rejection::OverheadMismatch => {
            "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead".to_owned()
        }
        Rejection::OverheadWithoutClass => {
            "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead"
                .to_owned()
        }
        Rejection::LimitRange(violations) => aggregate(violations.iter().map(violation).collect()),
        Rejection::PodSecurity {
            level,
            version,
            violations,
        } => {
            let level = match level {
                Level::Baseline => "baseline",
                Level::Restricted => "restricted",
            };
            let details: Vec<String> = violations.iter().map(security).collect();
            format!(
                "violates PodSecurity \"{level}:{version}\": {}",
                details.join(", ")
            )
        }
        Rejection::QuotaNeedsValues { quota, missing } => {
            let join =
                |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(",");
            let parts: Vec<String> = missing
                .iter()
                .map(|(value, who)| format!("{value} for: {}", join(who)))
                .collect();
            format!("failed quota: {quota}: must specify {}", parts.join("; "))
        }
        Rejection::QuotaNotCounted { quota, resources } => {
            format!(
                "status unknown for quota: {quota}, resources: {}",
                resources.join(",")
            )
        }
        Rejection::QuotaExceeded {
            quota,
            requested,
            used,
            limited,
        } => format!(
            "exceeded quota: {quota}, requested: {}, used: {}, limited: {}",
            amounts(requested),
            amounts(used),
            amounts(limited)
        ),
        Rejection::Invalid(_) | Rejection::NamespaceMissing { .. } => String::new(),
    }
}

fn amounts(map: &ResourceMap) -> String {
    map.iter()
        .map(|(name, amount)| format!("{name}={amount}"))
        .collect::<Vec<_>>()
        .join(",")
}

/// One message as it is, several in brackets, repeated ones once.
fn aggregate(messages: Vec<String>) -> String {
    let mut once: Vec<String> = Vec::new();
    for message in messages {
        if !once.contains(&message) {
            once.push(message);
        }
    }
    match once.as_slice() {
        [only] => only.clone(),
        _ => format!("[{}]", once.join(", ")),
    }
}

fn violation(violation: &Violation) -> String {
    let scope = match violation.scope {
        limit_range::Scope::Container => "Container",
        limit_range::Scope::Pod => "Pod",
    };
    let (resource, bound) = (&violation.resource, violation.bound);
    let side = |side: &Side| match side {
        Side::Request => "request",
        Side::Limit => "limit",
    };
    let minimum = format!("minimum {resource} usage per {scope} is {bound}");
    let maximum = format!("maximum {resource} usage per {scope} is {bound}");
    let ratio = format!("{resource} max limit to request ratio per {scope} is {bound}");
    match &violation.fault {
        limit_range::Fault::MinimumWithoutRequest => format!("{minimum}.  No request is specified"),
        limit_range::Fault::BelowMinimum(which, amount) => {
            format!("{minimum}, but {} is {amount}", side(which))
        }
        limit_range::Fault::MaximumWithoutLimit => format!("{maximum}.  No limit is specified"),
        limit_range::Fault::AboveMaximum(which, amount) => {
            format!("{maximum}, but {} is {amount}", side(which))
        }
        limit_range::Fault::RatioWithout(which) => {
            let which = side(which);
            format!("{ratio}, but no {which} is specified or {which} is 0")
        }
        limit_range::Fault::RatioTooHigh(found) => {
            format!("{ratio}, but provided ratio is {found:.6}")
        }
    }
}

fn problem(problem: &Problem) -> String {
    let base = match problem.holder {
        Holder::Container(at) => format!("spec.containers[{at}].resources"),
        Holder::InitContainer(at) => format!("spec.initContainers[{at}].resources"),
        Holder::Pod => "spec.resources".to_owned(),
    };
    let list = |side: Side| match side {
        Side::Request => "requests",
        Side::Limit => "limits",
    };
    match &problem.fault {
        validation::Fault::RequestAboveLimit {
            resource,
            request,
            limit,
        } => format!(
            "{base}.requests: Invalid value: \"{request}\": must be less than or equal to {resource} limit of {limit}"
        ),
        validation::Fault::RequestUnlikeLimit {
            resource,
            request,
            limit,
        } => {
            format!(
                "{base}.requests: Invalid value: \"{request}\": must be equal to {resource} limit of {limit}"
            )
        }
        validation::Fault::LimitMissing => {
            format!(
                "{base}.limits: Required value: Limit must be set for non overcommitable resources"
            )
        }
        validation::Fault::NotWhole {
            side,
            resource,
            amount,
        } => {
            format!(
                "{base}.{}[{resource}]: Invalid value: \"{amount}\": must be an integer",
                list(*side)
            )
        }
        validation::Fault::NotForPods { side, resource } => format!(
            "{base}.{}[{resource}]: Unsupported value: {resource:?}: supported values: \"cpu\", \"hugepages-\", \"memory\"",
            list(*side)
        ),
        validation::Fault::BelowContainers {
            resource,
            pod,
            containers,
        } => format!(
            "{base}.requests[{resource}]: Invalid value: \"{pod}\": must be greater than or equal to aggregate container requests of {containers}"
        ),
        validation::Fault::ContainerAbovePod {
            container,
            resource,
            limit,
            pod,
        } => format!(
            "{base}.containers[{container}][{resource}].limits: Invalid value: \"{limit}\": must be less than or equal to pod limits of {pod}"
        ),
    }
}

fn quoted<'a>(items: impl IntoIterator<Item = &'a String>) -> String {
    items
        .into_iter()
        .map(|item| format!("\"{item}\""))
        .collect::<Vec<_>>()
        .join(", ")
}

fn containers(names: &[String]) -> String {
    format!(
        "{} {}",
        if names.len() == 1 {
            "container"
        } else {
            "containers"
        },
        quoted(names)
    )
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

fn security(violation: &SecurityViolation) -> String {
    let (reason, detail) = match violation {
        SecurityViolation::AppArmor {
            setters: who,
            profiles,
        } => (
            plural(
                profiles.len(),
                "forbidden AppArmor profile",
                "forbidden AppArmor profiles",
            ),
            format!(
                "{} must not set AppArmor profile type to {}",
                setters(who),
                quoted(profiles)
            ),
        ),
        SecurityViolation::AddedCapabilities {
            containers: who,
            capabilities,
        } => (
            "non-default capabilities",
            format!(
                "{} must not include {} in securityContext.capabilities.add",
                containers(who),
                quoted(capabilities)
            ),
        ),
        SecurityViolation::HostNamespaces(fields) => (
            "host namespaces",
            fields
                .iter()
                .map(|field| format!("{field}=true"))
                .collect::<Vec<_>>()
                .join(", "),
        ),
        SecurityViolation::HostPath(volumes) => ("hostPath volumes", volume_names(volumes)),
        SecurityViolation::HostPorts {
            containers: who,
            ports,
        } => (
            "hostPort",
            format!(
                "{} {} {} {}",
                containers(who),
                plural(who.len(), "uses", "use"),
                plural(ports.len(), "hostPort", "hostPorts"),
                ports.iter().cloned().collect::<Vec<_>>().join(", ")
            ),
        ),
        SecurityViolation::Privileged(who) => (
            "privileged",
            format!(
                "{} must not set securityContext.privileged=true",
                containers(who)
            ),
        ),
        SecurityViolation::ProcMount {
            containers: who,
            kinds,
        } => (
            "procMount",
            format!(
                "{} must not set securityContext.procMount to {}",
                containers(who),
                quoted(kinds)
            ),
        ),
        SecurityViolation::SeLinux {
            setters: who,
            types,
            user,
            role,
        } => (
            "seLinuxOptions",
            se_linux(who, types, &[(*user, "user"), (*role, "role")]),
        ),
        _ => return more_security(violation),
    };
    format!("{reason} ({detail})")
}

fn more_security(violation: &SecurityViolation) -> String {
    let (reason, detail) = match violation {
        SecurityViolation::SeccompForbidden {
            setters: who,
            profiles,
        } => (
            "seccompProfile",
            format!(
                "{} must not set securityContext.seccompProfile.type to {}",
                setters(who),
                quoted(profiles)
            ),
        ),
        SecurityViolation::SeccompMissing(who) => (
            "seccompProfile",
            format!(
                "pod or {} must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\"",
                containers(who)
            ),
        ),
        SecurityViolation::Sysctls(names) => ("forbidden sysctls", names.join(", ")),
        SecurityViolation::WindowsHostProcess(who) => (
            "hostProcess",
            format!(
                "{} must not set securityContext.windowsOptions.hostProcess=true",
                setters(who)
            ),
        ),
        SecurityViolation::PrivilegeEscalation(who) => (
            "allowPrivilegeEscalation != false",
            format!(
                "{} must set securityContext.allowPrivilegeEscalation=false",
                containers(who)
            ),
        ),
        SecurityViolation::UnrestrictedCapabilities {
            not_dropping,
            adding,
            capabilities,
        } => (
            "unrestricted capabilities",
            capability_details(not_dropping, adding, capabilities),
        ),
        SecurityViolation::VolumeTypes { volumes, kinds } => (
            "restricted volume types",
            format!(
                "{} {} {} {}",
                volume_names(volumes),
                plural(volumes.len(), "uses", "use"),
                plural(
                    kinds.len(),
                    "restricted volume type",
                    "restricted volume types"
                ),
                quoted(kinds)
            ),
        ),
        SecurityViolation::RunAsNonRootFalse(who) => (
            "runAsNonRoot != true",
            format!(
                "{} must not set securityContext.runAsNonRoot=false",
                setters(who)
            ),
        ),
        SecurityViolation::RunAsNonRootMissing(who) => (
            "runAsNonRoot != true",
            format!(
                "pod or {} must set securityContext.runAsNonRoot=true",
                containers(who)
            ),
        ),
        SecurityViolation::RunAsUserZero(who) => (
            "runAsUser=0",
            format!("{} must not set runAsUser=0", setters(who)),
        ),
        _ => return String::new(),
    };
    format!("{reason} ({detail})")
}

fn volume_names(volumes: &[String]) -> String {
    format!(
        "{} {}",
        plural(volumes.len(), "volume", "volumes"),
        quoted(volumes)
    )
}

fn se_linux(who: &Setters, types: &BTreeSet<String>, labels: &[(bool, &str)]) -> String {
    let mut details = Vec::new();
    if !types.is_empty() {
        details.push(format!(
            "{} {}",
            plural(types.len(), "type", "types"),
            quoted(types)
        ));
    }
    details.extend(
        labels
            .iter()
            .filter(|(set, _)| *set)
            .map(|(_, label)| format!("{label} may not be set")),
    );
    format!(
        "{} set forbidden securityContext.seLinuxOptions: {}",
        setters(who),
        details.join("; ")
    )
}

fn capability_details(
    not_dropping: &[String],
    adding: &[String],
    capabilities: &BTreeSet<String>,
) -> String {
    let mut details = Vec::new();
    if !not_dropping.is_empty() {
        details.push(format!(
            "{} must set securityContext.capabilities.drop=[\"ALL\"]",
            containers(not_dropping)
        ));
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
