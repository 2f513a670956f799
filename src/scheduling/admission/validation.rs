//! The part of API validation that resources can fail, after defaults have been filled in.

use crate::model::kubernetes_version::KubernetesVersion;
use crate::model::pod::{PodSpec, ResourceRequirements};
use crate::model::quantity::Quantity;
use crate::model::requests::{container_limits, container_requests, is_pod_level_resource, may_be_overcommitted};
use crate::scheduling::reason::Rejection;

/// Whose resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The main container of this number.
    Container(usize),
    /// The init container of this number.
    InitContainer(usize),
    /// The whole pod.
    Pod,
}

/// Requests or limits.
pub use super::limit_range::Side;

/// Something that the API server refuses with 422.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where.
    pub holder: Holder,
    /// What.
    pub fault: Fault,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// The request is above the limit.
    RequestAboveLimit {
        /// Resource name.
        resource: String,
        /// As asked for.
        request: Quantity,
        /// As limited.
        limit: Quantity,
    },
    /// Request and limit of such a resource must be the same.
    RequestUnlikeLimit {
        /// Resource name.
        resource: String,
        /// As asked for.
        request: Quantity,
        /// As limited.
        limit: Quantity,
    },
    /// Such a resource needs a limit.
    LimitMissing,
    /// Huge pages come with a request or limit of cpu or memory.
    HugePagesAlone,
    /// Such a resource comes in whole pieces.
    NotWhole {
        /// Request or limit.
        side: Side,
        /// Resource name.
        resource: String,
        /// As written.
        amount: Quantity,
    },
    /// Such a resource cannot be given for the whole pod.
    NotForPods {
        /// Request or limit.
        side: Side,
        /// Resource name.
        resource: String,
    },
    /// The whole pod asks for less than its containers.
    BelowContainers {
        /// Resource name.
        resource: String,
        /// Of the pod.
        pod: Quantity,
        /// Of the containers together.
        containers: Quantity,
    },
    /// The whole pod may use fewer huge pages than its containers.
    LimitBelowContainers {
        /// Resource name.
        resource: String,
        /// Of the pod.
        pod: Quantity,
        /// Of the containers together.
        containers: Quantity,
    },
    /// A container may use more than the whole pod.
    ContainerAbovePod {
        /// Number of the main container.
        container: usize,
        /// Resource name.
        resource: String,
        /// Of the container.
        limit: Quantity,
        /// Of the pod.
        pod: Quantity,
    },
}

/// Checks the resources of a pod.
pub(super) fn check(spec: &PodSpec, version: KubernetesVersion) -> Result<(), Rejection> {
    let mut problems = Vec::new();
    for (at, container) in spec.containers.iter().enumerate() {
        check_requirements(Holder::Container(at), &container.resources, &mut problems);
    }
    for (at, container) in spec.init_containers.iter().enumerate() {
        check_requirements(Holder::InitContainer(at), &container.resources, &mut problems);
    }
    if let Some(own) = spec.resources.as_ref().filter(|_| version.keeps_pod_level_resources()) {
        check_requirements(Holder::Pod, own, &mut problems);
        check_pod_against_containers(spec, own, &mut problems);
    }
    if problems.is_empty() { Ok(()) } else { Err(Rejection::Invalid(problems)) }
}

fn check_requirements(holder: Holder, resources: &ResourceRequirements, problems: &mut Vec<Problem>) {
    let mut add = |fault| problems.push(Problem { holder, fault });
    for (side, amounts) in [(Side::Limit, &resources.limits), (Side::Request, &resources.requests)] {
        for (name, amount) in amounts {
            if holder == Holder::Pod && !is_pod_level_resource(name) {
                add(Fault::NotForPods { side, resource: name.clone() });
            }
            if !may_be_overcommitted(name) && *amount != Quantity::whole(amount.units()) {
                add(Fault::NotWhole { side, resource: name.clone(), amount: *amount });
            }
            if side == Side::Request
                && let Some(fault) = against_limit(name, *amount, resources.limits.get(name).copied())
            {
                add(fault);
            }
        }
    }
    let mut names = resources.limits.keys().chain(resources.requests.keys());
    let has_pages = names.clone().any(|name| name.starts_with("hugepages-"));
    if has_pages && !names.any(|name| matches!(name.as_str(), "cpu" | "memory")) {
        add(Fault::HugePagesAlone);
    }
}

fn against_limit(name: &str, request: Quantity, limit: Option<Quantity>) -> Option<Fault> {
    let resource = name.to_owned();
    match (limit, may_be_overcommitted(name)) {
        (Some(limit), false) if request != limit => Some(Fault::RequestUnlikeLimit { resource, request, limit }),
        (Some(limit), true) if request > limit => Some(Fault::RequestAboveLimit { resource, request, limit }),
        (None, false) => Some(Fault::LimitMissing),
        _ => None,
    }
}

fn check_pod_against_containers(spec: &PodSpec, own: &ResourceRequirements, problems: &mut Vec<Problem>) {
    let mut add = |fault| {
        problems.push(Problem { holder: Holder::Pod, fault });
    };
    for (name, containers) in container_requests(spec) {
        if let Some(pod) = own.requests.get(name).copied().filter(|pod| containers > *pod) {
            add(Fault::BelowContainers { resource: name.to_owned(), pod, containers });
        }
    }
    for (name, containers) in container_limits(spec).into_iter().filter(|(name, _)| name.starts_with("hugepages-")) {
        if let Some(pod) = own.limits.get(name).copied().filter(|pod| containers > *pod) {
            add(Fault::LimitBelowContainers { resource: name.to_owned(), pod, containers });
        }
    }
    for (at, container) in spec.containers.iter().enumerate() {
        for (name, limit) in &container.resources.limits {
            if let Some(pod) = own.limits.get(name).copied().filter(|pod| *limit > *pod) {
                let resource = name.clone();
                add(Fault::ContainerAbovePod { container: at, resource, limit: *limit, pod });
            }
        }
    }
}
