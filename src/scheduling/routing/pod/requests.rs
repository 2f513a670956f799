//! What Determined's container asks for (facts §5.5).

use serde_json::{Value, json};

use crate::model::config::Manager;

/// The resource and the amount, as written in the pod; `None` when Determined asks for nothing.
pub(super) fn per_pod(manager: &Manager, slots: i64) -> Option<(String, String)> {
    let kubernetes = manager.kubernetes()?;
    match (&*kubernetes.slot_type.value, slots) {
        ("cuda", 1..) => Some(("nvidia.com/gpu".to_owned(), slots.to_string())),
        ("rocm", 1..) => Some(("amd.com/gpu".to_owned(), slots.to_string())),
        ("cpu", _) => {
            // Thousandths of a core; float32 as in the master.
            #[expect(clippy::cast_precision_loss, reason = "slots are few")]
            let milli = kubernetes.slot_cpu_request.value * slots.max(0) as f64 * 1000.0;
            #[expect(clippy::cast_possible_truncation, reason = "cores of one pod")]
            let milli = milli as i64;
            Some(("cpu".to_owned(), format!("{milli}m")))
        }
        _ => None,
    }
}

/// Sets request and limit on Determined's container, which is the first; a user's value for the same
/// resource is overwritten, others stay.
pub(super) fn apply(manifest: &mut Value, request: Option<&(String, String)>) {
    let Some((resource, amount)) = request else { return };
    let Some(container) = manifest.pointer_mut("/spec/containers/0").and_then(Value::as_object_mut) else { return };
    let resources = container.entry("resources").or_insert_with(|| json!({}));
    for key in ["requests", "limits"] {
        if let Some(resources) = resources.as_object_mut() {
            let amounts = resources.entry(key).or_insert_with(|| json!({}));
            if let Some(amounts) = amounts.as_object_mut() {
                amounts.insert(resource.clone(), json!(amount));
            }
        }
    }
}
