//! Kubernetes' strategic merge patch, as far as pod specs need it: mappings are merged, lists replaced,
//! but lists of named things are merged by name.

use serde_json::Value;

/// The key by which items of a list are told apart, for the lists of a Pod that are merged.
fn merge_key(list: &str) -> Option<&'static str> {
    Some(match list {
        "containers" | "initContainers" | "ephemeralContainers" | "volumes" | "env" | "imagePullSecrets"
        | "resourceClaims" => "name",
        "ports" => "containerPort",
        "volumeMounts" => "mountPath",
        "volumeDevices" => "devicePath",
        "hostAliases" => "ip",
        "topologySpreadConstraints" => "topologyKey",
        "ownerReferences" => "uid",
        _ => return None,
    })
}

/// `patch` laid over `base`; a null removes.
pub(super) fn strategic(base: Value, patch: Value) -> Value {
    match (base, patch) {
        (Value::Object(mut base), Value::Object(patch)) => {
            for (key, value) in patch {
                if value.is_null() {
                    base.remove(&key);
                    continue;
                }
                let old = base.remove(&key).unwrap_or(Value::Null);
                let merged = match (old, value, merge_key(&key)) {
                    (Value::Array(old), Value::Array(new), Some(by)) => lists(old, new, by),
                    (old, new, _) => strategic(old, new),
                };
                base.insert(key, merged);
            }
            Value::Object(base)
        }
        (_, patch) => patch,
    }
}

/// Items of the patch that have a counterpart are merged into it; the new ones come first, in their order.
fn lists(mut old: Vec<Value>, new: Vec<Value>, by: &str) -> Value {
    let mut added = Vec::new();
    for item in new {
        let twin = item.get(by).and_then(|key| old.iter_mut().find(|candidate| candidate.get(by) == Some(key)));
        match twin {
            Some(twin) => *twin = strategic(std::mem::take(twin), item),
            None => added.push(item),
        }
    }
    added.append(&mut old);
    Value::Array(added)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_task_wins_and_lists_of_names_are_merged() {
        let base = json!({"spec": {
            "nodeSelector": {"a": "1", "b": "2"},
            "tolerations": [{"key": "gpu"}],
            "containers": [{"name": "c", "env": [{"name": "X", "value": "1"}]}]
        }});
        let patch = json!({"spec": {
            "nodeSelector": {"b": "3", "a": null},
            "tolerations": [{"key": "spot"}],
            "containers": [{"name": "c", "env": [{"name": "Y", "value": "2"}]}, {"name": "d"}]
        }});
        let merged = strategic(base, patch);
        assert_eq!(
            merged,
            json!({"spec": {
                "nodeSelector": {"b": "3"},
                "tolerations": [{"key": "spot"}],
                "containers": [
                    {"name": "d"},
                    {"name": "c", "env": [{"name": "Y", "value": "2"}, {"name": "X", "value": "1"}]}
                ]
            }})
        );
    }
}
