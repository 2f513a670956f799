//! What Determined sets in every pod itself (facts §5.6).

use serde_json::{Map, Value, json};

use super::{Namespace, task_defaults};
use crate::model::MultiRm;
use crate::model::config::{Manager, Pool};
use crate::model::selector::is_label_value;
use crate::model::workload::{Task, Workload};
use crate::scheduling::routing::Split;

/// What the parts depend on.
pub(super) struct Overlay<'a> {
    pub(super) pool: &'a Pool,
    pub(super) workload: &'a Workload,
    pub(super) split: Split,
    pub(super) namespace: &'a Namespace,
    pub(super) cluster_id: Option<&'a str>,
}

/// Name, namespace, labels, its own container, networking, volumes, the scheduler, the node affinity that keeps blocked
/// nodes out.
pub(super) fn overlay(manifest: &mut Value, config: &MultiRm, manager: &Manager, with: &Overlay<'_>) {
    let root = object(manifest);
    root.insert("apiVersion".to_owned(), json!("v1"));
    root.insert("kind".to_owned(), json!("Pod"));
    let metadata = object(root.entry("metadata").or_insert_with(|| json!({})));
    metadata.insert("name".to_owned(), json!(format!("det-{}", with.workload.task.as_str())));
    metadata.insert("namespace".to_owned(), json!(with.namespace.name()));
    let labels = object(metadata.entry("labels").or_insert_with(|| json!({})));
    labels.insert("determined".to_owned(), json!("detctl"));
    labels.insert("determined.ai/task_type".to_owned(), json!(task_type(with.workload.task)));
    let names = [("resource_pool", Some(&with.pool.name.value)), ("workspace", with.workload.workspace.name.as_ref())];
    for (label, name) in names {
        // What the master makes of a name that is no label value is its own affair.
        if let Some(name) = name.filter(|name| is_label_value(name)) {
            labels.insert(format!("determined.ai/{label}"), json!(name));
        }
    }
    let coscheduled =
        manager.kubernetes().is_some_and(|kubernetes| kubernetes.default_scheduler.value == "coscheduler");
    if coscheduled {
        labels.insert("pod-group.scheduling.sigs.k8s.io/name".to_owned(), json!("detctl"));
        let together = pods_to_wait_for(manager, with.split).to_string();
        labels.insert("pod-group.scheduling.sigs.k8s.io/min-available".to_owned(), json!(together));
    }
    let spec = object(root.entry("spec").or_insert_with(|| json!({})));
    own_container(spec, &with.workload.ports);
    spec.insert("restartPolicy".to_owned(), json!("Never"));
    let network = &task_defaults(config, with.pool).network_mode.value;
    spec.insert("hostNetwork".to_owned(), json!(network == "host"));
    if coscheduled {
        spec.insert("schedulerName".to_owned(), json!("coscheduler"));
    }
    host_paths(spec, config, with);
    if let Some(id) = with.cluster_id {
        keep_out_blocked_nodes(spec, id);
    }
}

/// The master's word for a kind of task.
fn task_type(task: Task) -> &'static str {
    match task {
        Task::Experiment => "TRIAL",
        Task::Command => "COMMAND",
        Task::Notebook => "NOTEBOOK",
        Task::Shell => "SHELL",
        Task::Tensorboard => "TENSORBOARD",
        Task::CheckpointGc => "CHECKPOINT_GC",
    }
}

/// How many pods a coscheduler is told to place together: all of them, but only for slots of type cuda (§5.6).
fn pods_to_wait_for(manager: &Manager, split: Split) -> i64 {
    let cuda = manager.kubernetes().is_some_and(|kubernetes| kubernetes.slot_type.value == "cuda");
    if cuda && split.slots_per_pod > 0 { split.pods } else { 0 }
}

/// Bind mounts, and a shared file system for checkpoints, are folders of the node (§2.6): they decide where pod security
/// is enforced.
fn host_paths(spec: &mut Map<String, Value>, config: &MultiRm, with: &Overlay<'_>) {
    let blocks = [Some(&config.task_defaults), with.pool.task_defaults.as_deref()];
    let mounts = blocks.into_iter().flatten().filter_map(|defaults| defaults.written.as_ref()?.list("bind_mounts"));
    let mounts = mounts.flatten().filter_map(|mount| mount.as_record()?.text("host_path"));
    let uses_checkpoints = matches!(with.workload.task, Task::Experiment | Task::Tensorboard | Task::CheckpointGc);
    let shared = config.root.record("checkpoint_storage").filter(|_| uses_checkpoints);
    let shared = shared.and_then(|storage| storage.variant.as_ref()).filter(|(variant, _)| variant.tag == "shared_fs");
    let shared = shared.and_then(|(_, fields)| fields.text("host_path"));
    let paths: Vec<&str> = mounts.chain(shared).chain(with.workload.host_paths.iter().map(String::as_str)).collect();
    if paths.is_empty() {
        return;
    }
    let Some(volumes) = spec.entry("volumes").or_insert_with(|| json!([])).as_array_mut() else { return };
    for (at, path) in paths.into_iter().enumerate() {
        volumes.push(json!({ "name": format!("det-host-volume-{at}"), "hostPath": { "path": path } }));
    }
}

/// An empty mapping where there is none.
pub(super) fn object(value: &mut Value) -> &mut Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => {
            *other = json!({});
            object(other)
        }
    }
}

const OWN: &str = "determined-container";

/// Determined's container comes last, as does its init container; of a user's container of that name only some fields
/// are kept.
fn own_container(spec: &mut Map<String, Value>, ports: &[u16]) {
    const KEPT: [&str; 4] = ["env", "envFrom", "volumeMounts", "volumeDevices"];
    let containers = spec.remove("containers").and_then(|value| value.as_array().cloned()).unwrap_or_default();
    let mut own = json!({ "name": OWN, "image": "determined" });
    let mut others = Vec::new();
    for container in containers {
        if container.get("name").and_then(Value::as_str) != Some(OWN) {
            others.push(container);
            continue;
        }
        let own = object(&mut own);
        for key in KEPT {
            if let Some(kept) = container.get(key) {
                own.insert(key.to_owned(), kept.clone());
            }
        }
        keep_resources(own, &container);
        keep_security(own, &container);
    }
    if !ports.is_empty() {
        object(&mut own)
            .insert("ports".to_owned(), ports.iter().map(|port| json!({ "containerPort": port })).collect());
    }
    others.push(own);
    spec.insert("containers".to_owned(), Value::Array(others));
    let inits = spec.entry("initContainers").or_insert_with(|| json!([]));
    if let Some(inits) = inits.as_array_mut() {
        inits.push(json!({ "name": "determined-init-container", "image": "determined" }));
    }
}

/// Requests and limits, but no claims.
fn keep_resources(own: &mut Map<String, Value>, container: &Value) {
    for key in ["requests", "limits"] {
        if let Some(amounts) = container.pointer(&format!("/resources/{key}")).filter(|amounts| amounts.is_object()) {
            let resources = own.entry("resources").or_insert_with(|| json!({}));
            object(resources).insert(key.to_owned(), amounts.clone());
        }
    }
}

/// The security context without the user and the group, which are those of the person who asks (§5.4).
fn keep_security(own: &mut Map<String, Value>, container: &Value) {
    let Some(context) = container.get("securityContext").and_then(Value::as_object) else { return };
    let mut context = context.clone();
    context.remove("runAsUser");
    context.remove("runAsGroup");
    own.insert("securityContext".to_owned(), Value::Object(context));
}

/// Only the first of several OR-ed terms gets the expression, as in the master (§5.6).
fn keep_out_blocked_nodes(spec: &mut Map<String, Value>, cluster_id: &str) {
    let expression = json!({ "key": format!("determined.ai/cluster-id-{cluster_id}"), "operator": "DoesNotExist" });
    let affinity = object(spec.entry("affinity").or_insert_with(|| json!({})));
    let node = object(affinity.entry("nodeAffinity").or_insert_with(|| json!({})));
    let required = node.entry("requiredDuringSchedulingIgnoredDuringExecution").or_insert_with(|| json!({}));
    let terms = object(required).entry("nodeSelectorTerms").or_insert_with(|| json!([]));
    let Some(terms) = terms.as_array_mut() else { return };
    if terms.is_empty() {
        terms.push(json!({}));
    }
    if let Some(first) = terms.first_mut() {
        let expressions = object(first).entry("matchExpressions").or_insert_with(|| json!([]));
        if let Some(expressions) = expressions.as_array_mut() {
            expressions.push(expression);
        }
    }
}
