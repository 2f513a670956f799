//! What the API server fills in and checks before a pod exists (scheduling facts §2.5), in its order.

mod defaults;
pub mod limit_range;
mod pod_security;
mod priority_class;
pub mod quota;
pub mod review;
mod runtime_class;
pub mod security_violation;
pub mod validation;

use super::reason::Rejection;
use crate::model::inventory::{Inventory, Kind};
use crate::model::pod::Pod;

/// How a pod file is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PodOrigin {
    /// As written by a person or a program: the API server will fill in what is missing.
    New,
    /// As an API server has it stored, or without anything known about the API server: tolerations and
    /// priority stay as they are, and the pod counts as valid.
    Stored,
}

impl PodOrigin {
    /// A pod with a phase has been through an API server. Without any namespace in the inventory
    /// nothing is known about the API server, and the pod is taken as it is.
    #[must_use]
    pub fn of(pod: &Pod, inventory: &Inventory) -> Self {
        let stored = !pod.status.phase.is_empty() || !inventory.read.contains_key(&Kind::Namespace);
        if stored { Self::Stored } else { Self::New }
    }
}

/// A pod as the API server would store it, but for the quotas.
#[derive(Clone, Debug)]
pub struct Admitted {
    /// The pod with everything filled in.
    pub pod: Pod,
    /// Resources for which several LimitRanges have different defaults: the API server draws one.
    pub drawn_defaults: Vec<String>,
}

/// Sends a pod through admission, quotas excepted.
///
/// # Errors
/// The first [`Rejection`] in the API server's order.
pub fn admit(pod: &Pod, origin: PodOrigin, inventory: &Inventory) -> Result<Admitted, Rejection> {
    check_namespace(pod.namespace(), inventory)?;
    let mut pod = pod.clone();
    pod.spec.node_name.clear();
    pod.status = crate::model::pod::PodStatus::default();
    pod.metadata.deletion_timestamp = None;
    defaults::fill_in(&mut pod, inventory.version);
    let drawn_defaults = limit_range::fill_in(&mut pod, &inventory.limit_ranges);
    priority_class::fill_in(&mut pod, origin, inventory)?;
    if origin == PodOrigin::New {
        defaults::tolerate_short_outages(&mut pod);
    }
    runtime_class::fill_in(&mut pod, inventory)?;
    defaults::fill_in_late(&mut pod, inventory.version);
    if origin == PodOrigin::New {
        validation::check(&pod.spec, inventory.version)?;
    }
    limit_range::check(&pod, &inventory.limit_ranges, inventory.version)?;
    pod_security::check(&pod, inventory)?;
    if origin == PodOrigin::New {
        runtime_class::check(&pod, inventory)?;
    }
    Ok(Admitted { pod, drawn_defaults })
}

fn check_namespace(name: &str, inventory: &Inventory) -> Result<(), Rejection> {
    match inventory.namespaces.get(name) {
        None if !inventory.is_whole(Kind::Namespace) => Ok(()),
        None => Err(Rejection::NamespaceMissing { namespace: name.to_owned() }),
        Some(namespace) if namespace.metadata.deletion_timestamp.is_some() => {
            Err(Rejection::NamespaceTerminating { namespace: name.to_owned() })
        }
        Some(_) => Ok(()),
    }
}
