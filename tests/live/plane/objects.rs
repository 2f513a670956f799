//! Nodes, pods and quotas as the API server takes them.

use serde_json::{Value, json};

/// A node that is ready, with room for 110 pods beside what is given.
pub(crate) fn node(name: &str, resources: &Value) -> Value {
    let mut room = resources.clone();
    if room["pods"].is_null() {
        room["pods"] = "110".into();
    }
    json!({
        "metadata": {"name": name, "labels": {"kubernetes.io/hostname": name}},
        "status": {
            "capacity": room,
            "allocatable": room,
            "conditions": [{"type": "Ready", "status": "True"}],
        },
    })
}

/// A pod of one container that asks for this.
pub(crate) fn pod(name: &str, requests: &Value) -> Value {
    json!({
        "metadata": {"name": name},
        "spec": {"containers": [{
            "name": "main",
            "image": "example.invalid/task",
            "resources": {"requests": requests, "limits": requests},
        }]},
    })
}

/// A quota with these limits.
pub(crate) fn quota(name: &str, hard: &Value) -> Value {
    json!({"metadata": {"name": name}, "spec": {"hard": hard}})
}
