//! The API server's own words for a pod that it does not let in.

use std::collections::BTreeSet;

use super::security_words;
use crate::model::pod::ResourceMap;
use crate::scheduling::Rejection;
use crate::scheduling::admission::limit_range::{self, Side, Violation};
use crate::scheduling::admission::security_violation::Level;
use crate::scheduling::admission::validation::{self, Holder, Problem};

/// The whole message for a pod of this name.
#[must_use]
pub fn rejection(name: &str, rejection: &Rejection) -> String {
    match rejection {
        Rejection::Invalid(problems) => {
            format!("Pod {name:?} is invalid: {}", aggregate(problems.iter().map(problem).collect()))
        }
        Rejection::NamespaceMissing { namespace } => format!("namespaces {namespace:?} not found"),
        _ => format!("pods {name:?} is forbidden: {}", forbidden(rejection)),
    }
}

fn forbidden(rejection: &Rejection) -> String {
    match rejection {
        Rejection::NamespaceTerminating { namespace } => {
            format!("unable to create new content in namespace {namespace} because it is being terminated")
        }
        Rejection::PriorityClassMissing { class } => {
            format!("no PriorityClass with name {class} was found")
        }
        Rejection::PriorityGiven { given, computed } => format!(
            "the integer value of priority ({given}) must not be provided in pod spec; priority admission controller computed {computed} from the given PriorityClass name"
        ),
        Rejection::PreemptionPolicyGiven { given, computed } => format!(
            "the string value of PreemptionPolicy ({given}) must not be provided in pod spec; priority admission controller computed {computed} from the given PriorityClass name"
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
            "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead".to_owned()
        }
        Rejection::LimitRange { violations, .. } => aggregate(violations.iter().map(violation).collect()),
        Rejection::PodSecurity { level, version, violations } => {
            let level = match level {
                Level::Baseline => "baseline",
                Level::Restricted => "restricted",
            };
            let details: Vec<String> = violations.iter().map(security_words::violation).collect();
            format!("violates PodSecurity \"{level}:{version}\": {}", details.join(", "))
        }
        Rejection::QuotaNeedsValues { quota, missing } => {
            let join = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(",");
            let parts: Vec<String> = missing.iter().map(|(value, who)| format!("{value} for: {}", join(who))).collect();
            format!("failed quota: {quota}: must specify {}", parts.join("; "))
        }
        Rejection::QuotaNotCounted { quota, resources } => {
            format!("status unknown for quota: {quota}, resources: {}", resources.join(","))
        }
        Rejection::QuotaExceeded { quota, requested, used, limited } => format!(
            "exceeded quota: {quota}, requested: {}, used: {}, limited: {}",
            amounts(requested),
            amounts(used),
            amounts(limited)
        ),
        Rejection::Invalid(_) | Rejection::NamespaceMissing { .. } => String::new(),
    }
}

fn amounts(map: &ResourceMap) -> String {
    map.iter().map(|(name, amount)| format!("{name}={amount}")).collect::<Vec<_>>().join(",")
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
        validation::Fault::RequestAboveLimit { resource, request, limit } => format!(
            "{base}.requests: Invalid value: \"{request}\": must be less than or equal to {resource} limit of {limit}"
        ),
        validation::Fault::RequestUnlikeLimit { resource, request, limit } => {
            format!("{base}.requests: Invalid value: \"{request}\": must be equal to {resource} limit of {limit}")
        }
        validation::Fault::LimitMissing => {
            format!("{base}.limits: Required value: Limit must be set for non overcommitable resources")
        }
        validation::Fault::HugePagesAlone => format!("{base}: Forbidden: HugePages require cpu or memory"),
        validation::Fault::LimitBelowContainers { resource, pod, containers } => format!(
            "{base}.limits[{resource}]: Invalid value: \"{pod}\": must be greater than or equal to aggregate container limits of {containers}"
        ),
        validation::Fault::NotWhole { side, resource, amount } => {
            format!("{base}.{}[{resource}]: Invalid value: \"{amount}\": must be an integer", list(*side))
        }
        validation::Fault::NotForPods { side, resource } => format!(
            "{base}.{}[{resource}]: Unsupported value: {resource:?}: supported values: \"cpu\", \"hugepages-\", \"memory\"",
            list(*side)
        ),
        validation::Fault::BelowContainers { resource, pod, containers } => format!(
            "{base}.requests[{resource}]: Invalid value: \"{pod}\": must be greater than or equal to aggregate container requests of {containers}"
        ),
        validation::Fault::ContainerAbovePod { container, resource, limit, pod } => format!(
            "{base}.containers[{container}][{resource}].limits: Invalid value: \"{limit}\": must be less than or equal to pod limits of {pod}"
        ),
    }
}
