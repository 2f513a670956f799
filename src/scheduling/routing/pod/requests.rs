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
            let milli = milli_cores(kubernetes.slot_cpu_request.value, slots);
            Some(("cpu".to_owned(), format!("{milli}m")))
        }
        _ => None,
    }
}

/// Sets request and limit on Determined's container, which is the last; a user's value for the same resource is
/// overwritten, others stay.
pub(super) fn apply(manifest: &mut Value, request: Option<&(String, String)>) {
    let Some((resource, amount)) = request else { return };
    let containers = manifest.pointer_mut("/spec/containers").and_then(Value::as_array_mut);
    let Some(container) = containers.and_then(|all| all.last_mut()).and_then(Value::as_object_mut) else { return };
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

/// Thousandths of a core for so many slots, in the master's single precision.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "as the master computes it")]
fn milli_cores(of_one: f64, slots: i64) -> i64 {
    (of_one as f32 * slots.max(0) as f32 * 1000.0) as i64
}

#[cfg(test)]
mod tests {
    use super::milli_cores;

    #[test]
    fn cores_are_counted_in_single_precision() {
        // Double precision would give 2099 and 1000.
        assert_eq!((milli_cores(0.7, 3), milli_cores(1.001, 1), milli_cores(0.5, 1)), (2100, 1001, 500));
    }
}
