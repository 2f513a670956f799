//! The pod that an allocation gets: which pod spec, how it is merged, what Determined lays over it
//! (facts §5.4–§5.6, §4.3).

mod merge;
mod overlay;
mod requests;

use serde_json::{Value, json};

use super::Split;
use crate::decode::{Decoded, Record};
use crate::model::MultiRm;
use crate::model::config::{Manager, PodSpec, Policy, Pool, TaskDefaults};
use crate::model::pod::Pod;
use crate::model::workload::{Task, Workload};
use overlay::{Overlay, object, overlay};

/// Where a namespace comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Namespace {
    /// The workspace is bound to it.
    Bound(String),
    /// The pool's `kubernetes_namespace`, in releases that have it.
    OfPool(String),
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
            Self::Bound(name) | Self::OfPool(name) | Self::OfManager(name) => name,
            Self::Default => "default",
        }
    }

    /// The namespace of a request in a pool of a resource manager (§4.3).
    #[must_use]
    pub fn of(manager: &Manager, pool: &Pool, workload: &Workload) -> Self {
        let own = manager.kubernetes().map_or("", |kubernetes| &kubernetes.default_namespace.value);
        let of_pool = pool.namespace().value;
        match &workload.workspace.namespace {
            Some(bound) => Self::Bound(bound.clone()),
            None if !of_pool.is_empty() => Self::OfPool(of_pool),
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

impl PodPlan {
    /// Whether the master makes a priority class for it: it does unless the pod spec names one.
    #[must_use]
    pub fn makes_class(&self) -> bool {
        self.pod.spec.priority_class_name == priority_class(self.priority)
    }
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
    let namespace = Namespace::of(manager, pool, workload);
    let priority = workload.priority.unwrap_or_else(|| default_priority(pool));
    let request = requests::per_pod(manager, split.slots_per_pod);
    overlay(&mut manifest, config, manager, &Overlay { pool, workload, split, namespace: &namespace, cluster_id });
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

/// The priority of requests in a pool that ask for none: that of its priority scheduler, else 50 (§5.6, T-49).
#[must_use]
pub fn default_priority(pool: &Pool) -> i64 {
    let of_pool = pool.scheduler.as_ref().and_then(|scheduler| match &scheduler.policy {
        Policy::Priority { default_priority, .. } => Some(default_priority.value),
        _ => None,
    });
    of_pool.unwrap_or(KUBERNETES_PRIORITY)
}

/// The priority on Kubernetes where nothing says another (§5.6).
pub const KUBERNETES_PRIORITY: i64 = 50;

/// The task container defaults that count in a pool: its own block, whole, else the root's. Only pod specs, lists and
/// names are merged with the root's; every other setting of a pool's block wins, written or filled in (T-16).
#[must_use]
pub fn task_defaults<'c>(config: &'c MultiRm, pool: &'c Pool) -> &'c TaskDefaults {
    pool.task_defaults.as_deref().unwrap_or(&config.task_defaults)
}

/// The pod spec of a kind that counts in a pool, and whether it is the pool's own: that replaces the root's of the same
/// kind wholesale (T-17).
#[must_use]
pub fn pod_spec<'c>(config: &'c MultiRm, pool: &'c Pool, kind: SpecKind) -> Option<(&'c PodSpec, SpecLevel)> {
    let own = pool.task_defaults.as_deref().and_then(|defaults| kind.of(defaults));
    let own = own.map(|spec| (spec, SpecLevel::Pool));
    own.or_else(|| kind.of(&config.task_defaults).map(|spec| (spec, SpecLevel::Root)))
}

/// What of a pod spec is gone where another one takes its place: the paths of its members that the other has not.
#[must_use]
pub fn lost(replaced: &PodSpec, by: &PodSpec) -> Vec<String> {
    merge::missing(&to_json(&replaced.pod), &to_json(&by.pod))
}

/// A pod spec as a pod; nothing where it is none.
#[must_use]
pub fn as_pod(spec: &PodSpec) -> Option<Pod> {
    let mut manifest = to_json(&spec.pod);
    object(object(&mut manifest).entry("spec").or_insert_with(|| json!({})))
        .entry("containers")
        .or_insert_with(|| json!([]));
    serde_json::from_value(manifest).ok()
}

/// The pod spec before Determined's own parts. By number of slots, not by their type (§5.4).
fn template(config: &MultiRm, pool: &Pool, workload: &Workload, split: Split) -> (Value, Vec<&'static str>) {
    let collects = workload.task == Task::CheckpointGc;
    let mut sources = Vec::new();
    let mut manifest = json!({});
    let mut lay = |kind: SpecKind| {
        let Some((spec, level)) = pod_spec(config, pool, kind) else { return false };
        manifest = merge::strategic(std::mem::take(&mut manifest), to_json(&spec.pod));
        sources.push(kind.name(level));
        true
    };
    lay(if split.slots_per_pod > 0 || collects { SpecKind::Gpu } else { SpecKind::Cpu });
    // Garbage collection has a pod spec of its own, and the experiment's only where there is none.
    let has_its_own = collects && lay(SpecKind::CheckpointGc);
    if let Some(spec) = workload.pod_spec.as_ref().filter(|_| !has_its_own) {
        manifest = merge::strategic(manifest, spec.clone());
        sources.push("task pod_spec");
    }
    (manifest, sources)
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
        Decoded::Text(text) => json!(text.as_str()),
        Decoded::List(items) => items.iter().map(|item| value(&item.value)).collect(),
        Decoded::Map(entries) => entries.iter().map(|(key, entry)| (key.clone(), value(&entry.value))).collect(),
        Decoded::Record(record) => to_json(record),
    }
}

/// The pod specs of task container defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpecKind {
    /// Of tasks without slots.
    Cpu,
    /// Of tasks with slots, of whatever type.
    Gpu,
    /// Of checkpoint garbage collection.
    CheckpointGc,
}

/// Where a pod spec stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpecLevel {
    /// At the root.
    Root,
    /// In a pool.
    Pool,
}

impl SpecKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Cpu, Self::Gpu, Self::CheckpointGc];

    /// The one of a block.
    #[must_use]
    pub fn of(self, defaults: &TaskDefaults) -> Option<&PodSpec> {
        match self {
            Self::Cpu => defaults.cpu_pod_spec.as_ref(),
            Self::Gpu => defaults.gpu_pod_spec.as_ref(),
            Self::CheckpointGc => defaults.checkpoint_gc_pod_spec.as_ref(),
        }
    }

    /// Its key.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Cpu => "cpu_pod_spec",
            Self::Gpu => "gpu_pod_spec",
            Self::CheckpointGc => "checkpoint_gc_pod_spec",
        }
    }

    fn name(self, level: SpecLevel) -> &'static str {
        match (self, level) {
            (Self::Cpu, SpecLevel::Root) => "root cpu_pod_spec",
            (Self::Cpu, SpecLevel::Pool) => "pool cpu_pod_spec",
            (Self::Gpu, SpecLevel::Root) => "root gpu_pod_spec",
            (Self::Gpu, SpecLevel::Pool) => "pool gpu_pod_spec",
            (Self::CheckpointGc, SpecLevel::Root) => "root checkpoint_gc_pod_spec",
            (Self::CheckpointGc, SpecLevel::Pool) => "pool checkpoint_gc_pod_spec",
        }
    }
}
