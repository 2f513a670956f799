//! The plugin RuntimeClass: overhead, node selector and tolerations.

use crate::model::inventory::Inventory;
use crate::model::pod::Pod;
use crate::scheduling::reason::Rejection;

/// Fills in what the pod's runtime class says.
pub(super) fn fill_in(pod: &mut Pod, inventory: &Inventory) -> Result<(), Rejection> {
    let spec = &mut pod.spec;
    // Without a class an overhead is refused by the API server. A pod that was stored has kept it.
    let Some(name) = spec.runtime_class_name.clone() else { return Ok(()) };
    let Some(class) = inventory.runtime_classes.get(&name) else {
        return Err(Rejection::RuntimeClassMissing { class: name });
    };
    match &class.overhead {
        Some(overhead) if spec.overhead.is_empty() => spec.overhead.clone_from(&overhead.pod_fixed),
        Some(overhead) if spec.overhead != overhead.pod_fixed => return Err(Rejection::OverheadMismatch),
        None if !spec.overhead.is_empty() => return Err(Rejection::OverheadWithoutClass),
        _ => {}
    }
    let Some(scheduling) = &class.scheduling else { return Ok(()) };
    for (key, value) in &scheduling.node_selector {
        let there = spec.node_selector.entry(key.clone()).or_insert_with(|| value.clone());
        if there != value {
            let (class, pod) = (value.clone(), there.clone());
            return Err(Rejection::RuntimeSelectorConflict { key: key.clone(), class, pod });
        }
    }
    for toleration in &scheduling.tolerations {
        if !spec.tolerations.contains(toleration) {
            spec.tolerations.push(toleration.clone());
        }
    }
    Ok(())
}
