//! The plugin Priority: from class names to numbers.

use super::PodOrigin;
use crate::model::inventory::{Inventory, Kind};
use crate::model::pod::Pod;
use crate::model::policy::PriorityClass;
use crate::scheduling::reason::Rejection;

/// Classes that every API server has.
fn built_in(name: &str) -> Option<i32> {
    match name {
        "system-cluster-critical" => Some(2_000_000_000),
        "system-node-critical" => Some(2_000_001_000),
        _ => None,
    }
}

/// Fills in class, number and preemption policy.
pub(super) fn fill_in(pod: &mut Pod, origin: PodOrigin, inventory: &Inventory) -> Result<(), Rejection> {
    let spec = &mut pod.spec;
    let name = spec.priority_class_name.as_str();
    let class = if name.is_empty() { default_class(inventory) } else { inventory.priority_classes.get(name) };
    let value = match class {
        Some(class) => class.value,
        None if name.is_empty() => 0,
        None => match built_in(name) {
            Some(value) => value,
            None if inventory.is_unread(Kind::PriorityClass) => spec.priority.unwrap_or(0),
            None => {
                return Err(Rejection::PriorityClassMissing { class: name.to_owned() });
            }
        },
    };
    let keeps_its_own = origin == PodOrigin::Stored && name.is_empty();
    if let Some(given) = spec.priority.filter(|_| keeps_its_own) {
        spec.priority = Some(given);
        return Ok(());
    }
    if let Some(given) = spec.priority.filter(|given| *given != value && origin == PodOrigin::New) {
        return Err(Rejection::PriorityGiven { given, computed: value });
    }
    let policy = class.and_then(|class| class.preemption_policy.as_deref()).unwrap_or("PreemptLowerPriority");
    if let Some(given) = spec.preemption_policy.clone().filter(|given| given != policy && origin == PodOrigin::New) {
        return Err(Rejection::PreemptionPolicyGiven { given, computed: policy.to_owned() });
    }
    spec.priority = Some(value);
    if let Some(class) = class {
        spec.priority_class_name.clone_from(&class.metadata.name);
    }
    spec.preemption_policy = Some(policy.to_owned());
    Ok(())
}

/// The class for pods without one; should there be several, the one with the lowest number.
fn default_class(inventory: &Inventory) -> Option<&PriorityClass> {
    inventory.priority_classes.values().filter(|class| class.global_default).min_by_key(|class| class.value)
}
