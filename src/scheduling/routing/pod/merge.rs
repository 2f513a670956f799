//! Kubernetes' strategic merge patch, as far as pod specs need it: mappings are merged, lists replaced,
//! but lists of named things are merged by name.

use serde_json::Value;

/// The key by which items of a list are told apart, for the lists of a Pod that are merged.
fn merge_key(list: &str) -> Option<&'static str> {
    Some(match list {
        "containers"
        | "initContainers"
        | "ephemeralContainers"
        | "volumes"
        | "env"
        | "imagePullSecrets"
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

/// The paths of members of one value that another has not, outermost first: what is lost where the other replaces it.
/// Lists are one member each, as their items have no names.
pub(super) fn missing(of: &Value, from: &Value) -> Vec<String> {
    let mut paths = Vec::new();
    collect_missing(of, from, "", &mut paths);
    paths
}

fn collect_missing(of: &Value, from: &Value, path: &str, paths: &mut Vec<String>) {
    match (of, from) {
        (Value::Object(of), Value::Object(from)) => {
            for (key, value) in of {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                match from.get(key) {
                    None if is_empty(value) => {}
                    None => paths.push(path),
                    Some(there) => collect_missing(value, there, &path, paths),
                }
            }
        }
        (Value::Array(of), Value::Array(from)) if of.iter().all(|item| from.contains(item)) => {}
        (Value::Array(_), _) => paths.push(path.to_owned()),
        // Another value of the same key is what somebody wants to have.
        _ => {}
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.values().all(is_empty),
        _ => false,
    }
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

    #[test]
    fn what_the_other_has_not_is_missing() {
        let root = json!({"kind": "Pod", "spec": {"nodeSelector": {"gpu": "a100"}, "tolerations": [{"key": "gpu"}]}});
        let paths = |by: Value| missing(&root, &by);
        assert_eq!(paths(json!({"kind": "Pod"})), ["spec"]);
        assert_eq!(
            paths(json!({"kind": "Pod", "spec": {"tolerations": [{"key": "x"}]}})),
            ["spec.nodeSelector", "spec.tolerations"]
        );
        let more = json!({"kind": "Pod", "spec": {"nodeSelector": {"gpu": "h100"}, "tolerations": [{"key": "x"}, {"key": "gpu"}]}});
        assert!(paths(more).is_empty());
    }
}
