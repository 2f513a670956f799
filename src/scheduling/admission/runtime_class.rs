//! The plugin RuntimeClass: overhead, node selector and tolerations.

use crate::model::inventory::{Inventory, Kind};
use crate::model::pod::{Pod, Toleration};
use crate::scheduling::reason::Rejection;

/// Fills in what the pod's runtime class says.
pub(super) fn fill_in(pod: &mut Pod, inventory: &Inventory) -> Result<(), Rejection> {
    let spec = &mut pod.spec;
    let Some(name) = spec.runtime_class_name.clone() else {
        return Ok(());
    };
    let Some(class) = inventory.runtime_classes.get(&name) else {
        if inventory.is_unread(Kind::RuntimeClass) {
            return Ok(());
        }
        return Err(Rejection::RuntimeClassMissing { class: name });
    };
    match &class.overhead {
        Some(overhead) if spec.overhead.is_empty() => spec.overhead.clone_from(&overhead.pod_fixed),
        Some(overhead) if spec.overhead != overhead.pod_fixed => {
            return Err(Rejection::OverheadMismatch);
        }
        _ => {}
    }
    let Some(scheduling) = &class.scheduling else {
        return Ok(());
    };
    for (key, value) in &scheduling.node_selector {
        let there = spec.node_selector.entry(key.clone()).or_insert_with(|| value.clone());
        if there != value {
            let (class, pod) = (value.clone(), there.clone());
            return Err(Rejection::RuntimeSelectorConflict { key: key.clone(), class, pod });
        }
    }
    spec.tolerations = merged(&spec.tolerations, &scheduling.tolerations);
    Ok(())
}

/// Checks that an overhead comes from the pod's runtime class. A pod that was stored has kept its own.
pub(super) fn check(pod: &Pod, inventory: &Inventory) -> Result<(), Rejection> {
    let class = pod.spec.runtime_class_name.as_ref().and_then(|name| inventory.runtime_classes.get(name));
    if pod.spec.runtime_class_name.is_some() && inventory.is_unread(Kind::RuntimeClass) {
        return Ok(());
    }
    let has_one = class.is_some_and(|class| class.overhead.is_some());
    if has_one || pod.spec.overhead.is_empty() { Ok(()) } else { Err(Rejection::OverheadWithoutClass) }
}

/// Both lists in order, without tolerations that another one covers; of equal ones the first stays.
fn merged(own: &[Toleration], more: &[Toleration]) -> Vec<Toleration> {
    if more.is_empty() {
        return own.to_vec();
    }
    let all: Vec<&Toleration> = own.iter().chain(more).collect();
    let mut merged: Vec<Toleration> = Vec::new();
    for (at, toleration) in all.iter().enumerate() {
        let covered_before = merged.iter().any(|kept| covers(kept, toleration));
        let mut later = all.iter().skip(at + 1);
        if !covered_before && !later.any(|other| other != toleration && covers(other, toleration)) {
            merged.push((*toleration).clone());
        }
    }
    merged
}

/// Whether whatever one toleration puts up with, another one does too.
fn covers(wide: &Toleration, narrow: &Toleration) -> bool {
    let exists = wide.operator == "Exists";
    let same_key = wide.key == narrow.key || (wide.key.is_empty() && exists);
    let same_effect = wide.effect == narrow.effect || wide.effect.is_empty();
    let same_value = exists || (narrow.operator != "Exists" && wide.value == narrow.value);
    same_key && same_effect && same_value
}
