//! The pod that an allocation gets: which pod spec, how it is merged, what Determined lays over it
//! (facts §5.4–§5.6, §4.3).

mod merge;
mod requests;

use serde_json::{Map, Value, json};

use super::Split;
use crate::decode::{Decoded, Record};
use crate::model::MultiRm;
use crate::model::config::{Manager, Policy, Pool, TaskDefaults};
use crate::model::pod::Pod;
use crate::model::workload::{Task, Workload};

/// Where a namespace comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Namespace {
    /// The workspace is bound to it.
    Bound(String),
    /// The resource manager's `default_namespace`.
    OfManager(String),
    /// Nothing says: `default`.
    Default,
}

impl Namespace {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Bound(name) | Self::OfManager(name) => name,
            Self::Default => "default",
        }
    }

    /// The namespace of a request in a resource manager (§4.3).
    #[must_use]
    pub fn of(manager: &Manager, workload: &Workload) -> Self {
        let own = manager.kubernetes().map_or("", |kubernetes| &kubernetes.default_namespace.value);
        match &workload.workspace.namespace {
            Some(bound) => Self::Bound(bound.clone()),
            None if own.is_empty() => Self::Default,
            None => Self::OfManager(own.to_owned()),
        }
    }
}

/// The pods of an allocation.
#[derive(Clone, Debug)]
pub struct PodPlan {
    /// How many there are.
    pub split: Split,
    /// One of them.
    pub pod: Pod,
    /// The same as it would be sent.
    pub manifest: Value,
    /// Where it goes.
    pub namespace: Namespace,
    /// Its priority, the value of the class that the master makes for it.
    pub priority: i64,
    /// The resource that a slot is, and how much of it a pod asks for, as written in the pod.
    pub request: Option<(String, String)>,
    /// Which pod specs it is merged from, outermost last: `root gpu_pod_spec`, `pool gpu_pod_spec`, `task pod_spec`.
    pub sources: Vec<&'static str>,
}

/// Why no pod can be made from the specs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// What does not fit, in the words of the reader.
    pub message: String,
}

/// The pods of an allocation in a pool.
///
/// # Errors
/// A pod spec of the workload that is none.
pub fn plan(
    config: &MultiRm,
    manager: &Manager,
    pool: &Pool,
    workload: &Workload,
    split: Split,
    cluster_id: Option<&str>,
) -> Result<PodPlan, TemplateError> {
    let (mut manifest, sources) = template(config, pool, workload, split);
    let namespace = Namespace::of(manager, workload);
    let priority = priority(pool, workload);
    let request = requests::per_pod(manager, split.slots_per_pod);
    let defaults = pool.task_defaults.as_deref().unwrap_or(&config.task_defaults);
    overlay(&mut manifest, manager, defaults, &Overlay { workload, split, namespace: &namespace, cluster_id });
    requests::apply(&mut manifest, request.as_ref());
    let has_class = manifest.pointer("/spec/priorityClassName").is_some();
    if !has_class && let Some(spec) = manifest.pointer_mut("/spec").and_then(Value::as_object_mut) {
        spec.insert("priorityClassName".to_owned(), json!(priority_class(priority)));
        spec.insert("preemptionPolicy".to_owned(), json!("Never"));
    }
    let pod = serde_json::from_value(manifest.clone()).map_err(|error| TemplateError { message: error.to_string() })?;
    Ok(PodPlan { split, pod, manifest, namespace, priority, request, sources })
}

/// The name of the class that stands for the one that the master makes for each allocation, with the
/// allocation's priority and without preemption (§5.6). An inventory needs a class of this name.
#[must_use]
pub fn priority_class(priority: i64) -> String {
    format!("detctl-priority-{priority}")
}

/// The workload's, else that of the pool's priority scheduler, else 50 (§5.6, T-49).
fn priority(pool: &Pool, workload: &Workload) -> i64 {
    let of_pool = pool.scheduler.as_ref().and_then(|scheduler| match &scheduler.policy {
        Policy::Priority { default_priority, .. } => Some(default_priority.value),
        _ => None,
    });
    workload.priority.or(of_pool).unwrap_or(50)
}

/// The pod spec before Determined's own parts. By number of slots, not by their type (§5.4).
fn template(config: &MultiRm, pool: &Pool, workload: &Workload, split: Split) -> (Value, Vec<&'static str>) {
    let (root, own) = (&config.task_defaults, pool.task_defaults.as_deref());
    let gpu = split.slots_per_pod > 0 || workload.task == Task::CheckpointGc;
    let mut sources = Vec::new();
    let mut manifest = json!({});
    // A pool's spec replaces the root's of the same kind wholesale (T-17).
    let mut lay = |of: fn(&TaskDefaults) -> Option<&Record>, names: [&'static str; 2]| {
        let from_pool = own.and_then(of).map(|spec| (spec, names[1]));
        if let Some((spec, name)) = from_pool.or_else(|| of(root).map(|spec| (spec, names[0]))) {
            manifest = merge::strategic(std::mem::take(&mut manifest), to_json(spec));
            sources.push(name);
        }
    };
    if gpu {
        lay(|defaults| spec_of(defaults.gpu_pod_spec.as_ref()), ["root gpu_pod_spec", "pool gpu_pod_spec"]);
    } else {
        lay(|defaults| spec_of(defaults.cpu_pod_spec.as_ref()), ["root cpu_pod_spec", "pool cpu_pod_spec"]);
    }
    if workload.task == Task::CheckpointGc {
        let names = ["root checkpoint_gc_pod_spec", "pool checkpoint_gc_pod_spec"];
        lay(|defaults| spec_of(defaults.checkpoint_gc_pod_spec.as_ref()), names);
    }
    if let Some(spec) = &workload.pod_spec {
        manifest = merge::strategic(manifest, spec.clone());
        sources.push("task pod_spec");
    }
    (manifest, sources)
}

fn spec_of(spec: Option<&crate::model::config::PodSpec>) -> Option<&Record> {
    spec.map(|spec| &*spec.pod)
}

/// A decoded struct as JSON, absent fields left out.
fn to_json(record: &Record) -> Value {
    let members = record.fields().iter().filter(|(_, entry)| !matches!(entry.value, Decoded::Null));
    Value::Object(members.map(|(key, entry)| ((*key).to_owned(), value(&entry.value))).collect())
}

fn value(decoded: &Decoded) -> Value {
    match decoded {
        Decoded::Null | Decoded::Broken => Value::Null,
        Decoded::Bool(truth) => json!(truth),
        Decoded::Int(number) => json!(number),
        Decoded::Float(number) => json!(number),
        Decoded::Text(text) => json!(text),
        Decoded::List(items) => items.iter().map(|item| value(&item.value)).collect(),
        Decoded::Map(entries) => entries.iter().map(|(key, entry)| (key.clone(), value(&entry.value))).collect(),
        Decoded::Record(record) => to_json(record),
    }
}

struct Overlay<'a> {
    workload: &'a Workload,
    split: Split,
    namespace: &'a Namespace,
    cluster_id: Option<&'a str>,
}

/// What Determined sets itself: name, namespace, labels, its own container, networking, the node
/// affinity that keeps blocked nodes out (§5.6).
fn overlay(manifest: &mut Value, manager: &Manager, defaults: &TaskDefaults, with: &Overlay<'_>) {
    let root = object(manifest);
    root.insert("apiVersion".to_owned(), json!("v1"));
    root.insert("kind".to_owned(), json!("Pod"));
    let metadata = object(root.entry("metadata").or_insert_with(|| json!({})));
    metadata.insert("name".to_owned(), json!(format!("det-{}", with.workload.task.as_str())));
    metadata.insert("namespace".to_owned(), json!(with.namespace.name()));
    let labels = object(metadata.entry("labels").or_insert_with(|| json!({})));
    labels.insert("determined".to_owned(), json!("detctl"));
    labels.insert("determined.ai/task_type".to_owned(), json!(with.workload.task.as_str()));
    let spec = object(root.entry("spec").or_insert_with(|| json!({})));
    own_container(spec);
    spec.insert("restartPolicy".to_owned(), json!("Never"));
    spec.insert("hostNetwork".to_owned(), json!(defaults.network_mode.value == "host"));
    if manager.kubernetes().is_some_and(|kubernetes| kubernetes.default_scheduler.value == "coscheduler") {
        spec.insert("schedulerName".to_owned(), json!("coscheduler"));
        let labels = object(
            object(root.entry("metadata").or_insert_with(|| json!({}))).entry("labels").or_insert_with(|| json!({})),
        );
        labels.insert("pod-group.scheduling.sigs.k8s.io/name".to_owned(), json!("detctl"));
        labels.insert("pod-group.scheduling.sigs.k8s.io/min-available".to_owned(), json!(with.split.pods.to_string()));
    }
    if let Some(id) = with.cluster_id {
        let spec = object(root.entry("spec").or_insert_with(|| json!({})));
        keep_out_blocked_nodes(spec, id);
    }
}

/// An empty mapping where there is none.
fn object(value: &mut Value) -> &mut Map<String, Value> {
    match value {
        Value::Object(map) => map,
        other => {
            *other = json!({});
            object(other)
        }
    }
}

const OWN: &str = "determined-container";

/// Determined's container comes first; of a user's container of that name only some fields are kept.
fn own_container(spec: &mut Map<String, Value>) {
    const KEPT: [&str; 5] = ["env", "envFrom", "volumeMounts", "volumeDevices", "resources"];
    let containers = spec.remove("containers").and_then(|value| value.as_array().cloned()).unwrap_or_default();
    let mut own = json!({ "name": OWN, "image": "determined" });
    let mut others = Vec::new();
    for container in containers {
        if container.get("name").and_then(Value::as_str) != Some(OWN) {
            others.push(container);
            continue;
        }
        for key in KEPT {
            if let (Some(kept), Some(own)) = (container.get(key), own.as_object_mut()) {
                own.insert(key.to_owned(), kept.clone());
            }
        }
    }
    others.insert(0, own);
    spec.insert("containers".to_owned(), Value::Array(others));
    let inits = spec.entry("initContainers").or_insert_with(|| json!([]));
    if let Some(inits) = inits.as_array_mut() {
        inits.insert(0, json!({ "name": "determined-init-container", "image": "determined" }));
    }
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
