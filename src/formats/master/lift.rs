//! Decoded structs → the model, with the defaults that the structs' own decoders fill in (facts §2).

use std::sync::Arc;

use crate::decode::{Decoded, Entry, Record};
use crate::model::config::{
    Agent, Dispatcher, Gateway, Kubernetes, Manager, ManagerKind, MultiRm, PodSpec, Policy, Pool, Scheduler,
    TaskDefaults,
};
use crate::model::written::{boolean, float, int, optional_int, optional_text, text};
use crate::model::{Origin, Setting, Why};
use crate::release::{Behaviour, Period, Release, keys};
use crate::source::Span;

/// Name of the pool, and of the manager, that nobody named.
pub(super) const DEFAULT: &str = "default";
/// `DefaultSchedulingPriority`
const PRIORITY: i64 = 42;

/// The model of a decoded root, before [`super::resolve`].
pub(super) fn config(root: Record, release: Release) -> MultiRm {
    let near = root.span;
    let additional = root.list("additional_resource_managers").unwrap_or(&[]);
    let mut managers = Vec::with_capacity(additional.len() + 1);
    managers.push(default_manager(&root, release));
    for (at, entry) in additional.iter().enumerate() {
        managers.push(additional_manager(at + 1, entry, release));
    }
    MultiRm {
        managers,
        task_defaults: task_defaults(root.shared("task_container_defaults"), near),
        deployment_name: text(&root, "cluster_name", "", near),
        port: int(&root, "port", 0, near),
        root,
    }
}

fn default_manager(root: &Record, release: Release) -> Manager {
    let entry = root.entry("resource_manager");
    let near = entry.and_then(|entry| entry.key).unwrap_or(root.span);
    let mut manager = match entry {
        Some(Entry { value: Decoded::Record(union), .. }) => manager(0, union, near, release),
        Some(Entry { value: Decoded::Broken, .. }) => bare(0, near, ManagerKind::Broken),
        _ => implied_agent(near, release),
    };
    (manager.pools, manager.pools_origin) = pools(root, near, release);
    manager
}

fn additional_manager(index: usize, entry: &Entry, release: Release) -> Manager {
    let Some(element) = entry.as_record() else {
        let kind = if entry.is_broken() { ManagerKind::Broken } else { ManagerKind::Missing };
        return bare(index, entry.span, kind);
    };
    let block = element.entry("resource_manager");
    let near = block.and_then(|block| block.key).unwrap_or(element.span);
    let mut manager = match block {
        Some(Entry { value: Decoded::Record(union), .. }) => manager(index, union, near, release),
        Some(Entry { value: Decoded::Broken, .. }) => bare(index, near, ManagerKind::Broken),
        _ => bare(index, near, ManagerKind::Missing),
    };
    (manager.pools, manager.pools_origin) = pools(element, near, release);
    manager
}

/// No manager is written at all: the master becomes one of agents (§1.7).
fn implied_agent(near: Span, release: Release) -> Manager {
    let implied =
        |value: &str| Setting { value: value.to_owned(), origin: Origin::Implied { near, why: Why::NoManager } };
    let pool = || Setting { value: Some(DEFAULT.to_owned()), origin: Origin::Implied { near, why: Why::NoManager } };
    let scheduler = default_scheduler(near, release);
    Manager {
        cluster_name: implied(DEFAULT),
        default_aux_pool: pool(),
        default_compute_pool: pool(),
        ..bare(0, near, ManagerKind::Agent(Agent { scheduler }))
    }
}

fn default_scheduler(near: Span, release: Release) -> Scheduler {
    let policy = if release.has(Behaviour::AgentsSchedulePriority) { priority(near) } else { Policy::FairShare };
    Scheduler {
        span: near,
        policy,
        fitting_policy: Setting::default_near("best".to_owned(), near),
        allow_heterogeneous_fits: false,
    }
}

fn priority(near: Span) -> Policy {
    Policy::Priority { preemption: false, default_priority: Setting::default_near(PRIORITY, near) }
}

fn bare(index: usize, near: Span, kind: ManagerKind) -> Manager {
    Manager {
        index,
        span: near,
        kind,
        cluster_name: Setting::default_near(String::new(), near),
        name: Setting::default_near(String::new(), near),
        default_aux_pool: Setting::default_near(None, near),
        default_compute_pool: Setting::default_near(None, near),
        no_default_pools: Setting::default_near(false, near),
        metadata: None,
        pools: Vec::new(),
        pools_origin: Origin::Implied { near, why: Why::Default },
    }
}

fn manager(index: usize, union: &Record, near: Span, release: Release) -> Manager {
    let Some((variant, fields)) = &union.variant else {
        let typed = union.fields().is_empty();
        let kind = if typed { untyped_agent(near, release) } else { ManagerKind::Broken };
        let mut manager = bare(index, near, kind);
        manager.default_aux_pool.value = Some(DEFAULT.to_owned());
        manager.default_compute_pool.value = Some(DEFAULT.to_owned());
        return manager;
    };
    let kind = match variant.tag {
        "agent" => ManagerKind::Agent(Agent { scheduler: agent_scheduler(fields, near, release) }),
        "kubernetes" => ManagerKind::Kubernetes(Box::new(kubernetes(fields, near, release))),
        "slurm" => ManagerKind::Slurm(dispatcher(fields, near)),
        _ => ManagerKind::Pbs(dispatcher(fields, near)),
    };
    let no_default_pools = boolean(fields, "no_default_resource_pools", near);
    let pool = |key: &str, old: &str| default_pool(fields, &kind, &no_default_pools, (key, old), near);
    Manager {
        cluster_name: text(fields, name_key(release), "", near),
        name: text(fields, "name", "", near),
        default_aux_pool: pool("default_aux_resource_pool", "default_cpu_resource_pool"),
        default_compute_pool: pool("default_compute_resource_pool", "default_gpu_resource_pool"),
        no_default_pools,
        metadata: metadata(fields),
        ..bare(index, near, kind)
    }
}

/// `resource_manager: {}` inside the additional list: an agent without any scheduling policy (P-R3).
fn untyped_agent(near: Span, release: Release) -> ManagerKind {
    let panics = release.has(Behaviour::UntypedSchedulerIsPriority);
    let policy = if panics { Policy::None } else { Policy::FairShare };
    let scheduler = Scheduler { policy, ..default_scheduler(near, release) };
    ManagerKind::Agent(Agent { scheduler })
}

/// The key that names a resource manager.
fn name_key(release: Release) -> &'static str {
    if release.has(Behaviour::NamedByClusterName) { "cluster_name" } else { "name" }
}

fn agent_scheduler(fields: &Record, near: Span, release: Release) -> Scheduler {
    scheduler(fields, near, release).unwrap_or_else(|| default_scheduler(near, release))
}

fn default_pool(
    fields: &Record,
    kind: &ManagerKind,
    blank: &Setting<bool>,
    (key, old): (&str, &str),
    near: Span,
) -> Setting<Option<String>> {
    let written = optional_text(fields, key, near);
    match kind {
        ManagerKind::Slurm(_) | ManagerKind::Pbs(_) => return written,
        _ if blank.value => {
            let origin = Origin::Implied { near: blank.span(), why: Why::NoDefaultPools };
            return Setting { value: Some(String::new()), origin };
        }
        _ => {}
    }
    let filled = |setting: &Setting<Option<String>>| setting.value.as_ref().is_some_and(|name| !name.is_empty());
    if filled(&written) || written.is_broken() {
        return written;
    }
    if matches!(kind, ManagerKind::Agent(_)) {
        let legacy = optional_text(fields, old, near);
        if filled(&legacy) {
            return legacy;
        }
    }
    Setting { value: Some(DEFAULT.to_owned()), origin: Origin::Implied { near, why: Why::Default } }
}

fn metadata(fields: &Record) -> Option<Vec<(String, String)>> {
    match &fields.entry("metadata")?.value {
        Decoded::Map(entries) => Some(
            entries
                .iter()
                .map(|(key, entry)| match &entry.value {
                    Decoded::Text(text) => (key.clone(), text.to_string()),
                    _ => (key.clone(), String::new()),
                })
                .collect(),
        ),
        _ => None,
    }
}

fn kubernetes(fields: &Record, near: Span, release: Release) -> Kubernetes {
    let spelling = |new: &'static str, old: &'static str, period: Period| {
        if period.contains(release) { new } else { old }
    };
    let namespace = spelling("default_namespace", "namespace", keys::DEFAULT_NAMESPACE);
    let host = spelling("determined_master_host", "determined_master_ip", keys::MASTER_HOST);
    let mut slot_type = text(fields, "slot_type", "cuda", near);
    if slot_type.value == "gpu" {
        slot_type.value = "cuda".to_owned();
    }
    let requests = fields.record("slot_resource_requests");
    Kubernetes {
        default_namespace: text(fields, namespace, "", near),
        max_slots_per_pod: optional_int(fields, "max_slots_per_pod", near),
        master_service_name: text(fields, "master_service_name", "", near),
        master_scheme: text(fields, "determined_master_scheme", "", near),
        master_host: text(fields, host, "", near),
        master_port: int(fields, "determined_master_port", 0, near),
        kubeconfig_path: text(fields, "kubeconfig_path", "", near),
        slot_type,
        slot_cpu_request: match requests {
            Some(requests) => float(requests, "cpu", requests.span),
            None => Setting::default_near(0.0, near),
        },
        default_scheduler: text(fields, "default_scheduler", "", near),
        leave_kubernetes_resources: boolean(fields, "leave_kubernetes_resources", near),
        gateway: gateway(fields),
    }
}

fn gateway(fields: &Record) -> Option<Gateway> {
    let entry = fields.entry("internal_task_gateway")?;
    let block = entry.as_record()?;
    let near = entry.key.unwrap_or(block.span);
    Some(Gateway {
        span: near,
        name: text(block, "gateway_name", "", near),
        namespace: text(block, "gateway_namespace", "", near),
        address: text(block, "gateway_ip", "", near),
        port_start: int(block, "gateway_port_range_start", 32_768, near),
        port_end: int(block, "gateway_port_range_end", 65_535, near),
    })
}

fn dispatcher(fields: &Record, near: Span) -> Dispatcher {
    Dispatcher {
        container_run_type: text(fields, "container_run_type", "singularity", near),
        singularity_image_root: text(fields, "singularity_image_root", "", near),
        apptainer_image_root: text(fields, "apptainer_image_root", "", near),
        slot_type: optional_text(fields, "slot_type", near),
        job_project_source: optional_text(fields, "job_project_source", near),
    }
}

fn pools(of: &Record, near: Span, release: Release) -> (Vec<Pool>, Origin) {
    let Some(entry) = of.entry("resource_pools") else {
        return (Vec::new(), Origin::Implied { near, why: Why::Default });
    };
    let span = entry.span;
    match &entry.value {
        Decoded::List(items) => {
            // Pools are large: no room is taken for more of them.
            let mut pools = Vec::with_capacity(items.len());
            pools.extend(items.iter().filter(|item| !item.is_broken()).map(|item| pool(item, release)));
            let broken = items.iter().any(Entry::is_broken);
            let origin = match (broken, entry.key) {
                (true, key) => Origin::Broken { key, value: span },
                (false, key) => Origin::Written { key, value: span },
            };
            (pools, origin)
        }
        Decoded::Broken => (Vec::new(), Origin::Broken { key: entry.key, value: span }),
        _ => (Vec::new(), Origin::Implied { near: entry.key.unwrap_or(span), why: Why::Default }),
    }
}

fn pool(item: &Entry, release: Release) -> Pool {
    let near = item.span;
    let fields = match &item.value {
        Decoded::Record(fields) => Arc::clone(fields),
        _ => nothing(near),
    };
    Pool {
        span: near,
        name: text(&fields, "pool_name", "", near),
        scheduler: scheduler(&fields, near, release).map(Box::new),
        provider: fields.record("provider").map(|provider| provider.span),
        task_defaults: fields.shared("task_container_defaults").map(pool_defaults).map(Box::new),
        written: fields,
    }
}

fn pool_defaults(block: Arc<Record>) -> TaskDefaults {
    let near = block.span;
    task_defaults(Some(block), near)
}

static NOTHING: crate::decode::schema::Struct = crate::decode::schema::Struct { name: "", go: "", fields: &[] };

/// A struct of which nothing is written.
pub(super) fn nothing(near: Span) -> Arc<Record> {
    Arc::new(Record::new(&NOTHING, near))
}

fn scheduler(fields: &Record, near: Span, release: Release) -> Option<Scheduler> {
    let entry = fields.entry("scheduler")?;
    let common = match &entry.value {
        Decoded::Record(common) => common,
        Decoded::Broken => {
            return Some(Scheduler { policy: Policy::Broken, ..default_scheduler(near, release) });
        }
        _ => return None,
    };
    let span = entry.key.unwrap_or(common.span);
    let policy = match common.variant.as_ref().map(|(variant, own)| (variant.tag, own)) {
        Some(("fair_share", _)) => Policy::FairShare,
        Some(("round_robin", _)) => Policy::RoundRobin,
        Some((_, priority)) => Policy::Priority {
            preemption: priority.bool("preemption").unwrap_or(false),
            default_priority: int(priority, "default_priority", PRIORITY, span),
        },
        None if release.has(Behaviour::UntypedSchedulerIsPriority) => priority(span),
        None => Policy::FairShare,
    };
    let mut fitting_policy = text(common, "fitting_policy", "best", span);
    if fitting_policy.value.is_empty() {
        fitting_policy.value = "best".to_owned();
    }
    let allow_heterogeneous_fits = common.bool("allow_heterogeneous_fits").unwrap_or(false);
    Some(Scheduler { span, policy, fitting_policy, allow_heterogeneous_fits })
}

pub(super) fn task_defaults(block: Option<Arc<Record>>, near: Span) -> TaskDefaults {
    let empty = Record::new(&NOTHING, near);
    let fields = block.as_deref().unwrap_or(&empty);
    let max_slots = fields.record("kubernetes").map(|kubernetes| optional_int(kubernetes, "max_slots_per_pod", near));
    TaskDefaults {
        span: near,
        max_slots_per_pod: max_slots.unwrap_or_else(|| Setting::default_near(None, near)),
        network_mode: text(fields, "network_mode", "bridge", near),
        shm_size_bytes: int(fields, "shm_size_bytes", 4_294_967_296, near),
        preemption_timeout: int(fields, "preemption_timeout", 3_600, near),
        cpu_pod_spec: pod_spec(fields, "cpu_pod_spec"),
        gpu_pod_spec: pod_spec(fields, "gpu_pod_spec"),
        checkpoint_gc_pod_spec: pod_spec(fields, "checkpoint_gc_pod_spec"),
        written: block,
    }
}

fn pod_spec(fields: &Record, key: &str) -> Option<PodSpec> {
    let entry = fields.entry(key)?;
    fields.shared(key).map(|pod| PodSpec { key: entry.key, pod })
}
