//! The effective configuration in the shape of the recorded verdicts.

use std::borrow::Cow;

use crate::decode::schema::{Special, Trait, Type};
use crate::decode::{Decoded, Record, duration};
use crate::model::confidential;
use crate::model::config::{Kubernetes, Manager, ManagerKind, MultiRm, PodSpec, Policy, Pool, Scheduler, TaskDefaults};
use crate::model::told::HIDDEN;
use crate::model::verdict::{Json, Resolved};
use crate::source::Span;

/// Names of the effective configuration that `master.yaml` divides, with what they are there.
pub const DIVIDED: &[(&str, &str)] = &[
    ("slot_resource_requests_cpu", "slot_resource_requests.cpu"),
    ("kubernetes_max_slots_per_pod", "kubernetes.max_slots_per_pod"),
    ("provider_set", "provider"),
];

/// The longest value that is never a secret, in bytes.
const SHORT: usize = 4;

/// The resolved form.
#[must_use]
pub fn resolved(config: &MultiRm) -> Resolved {
    Resolved(object(vec![
        ("default_rm_index", Json::Int(0)),
        ("cluster_name", text(&config.deployment_name.value)),
        ("port", Json::Int(config.port.value)),
        ("task_container_defaults", task_defaults(&config.task_defaults)),
        ("resource_managers", Json::Array(config.managers.iter().map(manager).collect())),
    ]))
}

fn object(members: Vec<(&'static str, Json)>) -> Json {
    Json::Object(members.into_iter().map(|(key, value)| (Cow::Borrowed(key), value)).collect())
}

fn text(text: &str) -> Json {
    Json::String(text.to_owned())
}

fn optional_text(text: Option<&String>) -> Json {
    text.map_or(Json::Null, |text| Json::String(text.clone()))
}

fn optional_int(number: Option<i64>) -> Json {
    number.map_or(Json::Null, Json::Int)
}

/// A number as Go prints a float: whole ones without a point.
fn number(value: f64) -> Json {
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
    let whole = value as i64;
    #[expect(clippy::cast_precision_loss, reason = "the comparison is what tells")]
    let exact = whole as f64 == value && value.abs() < 1e15;
    if exact { Json::Int(whole) } else { Json::Float(value) }
}

fn manager(manager: &Manager) -> Json {
    let metadata = manager.metadata.as_ref().map_or(Json::Null, |pairs| {
        Json::Object(pairs.iter().map(|(key, value)| (Cow::Owned(key.clone()), text(value))).collect())
    });
    let index = i64::try_from(manager.index).unwrap_or(i64::MAX);
    let mut members = vec![
        ("index", Json::Int(index)),
        ("type", text(manager.kind.as_str())),
        ("name", text(&manager.name.value)),
        ("cluster_name", text(&manager.cluster_name.value)),
        ("default_aux_resource_pool", optional_text(manager.default_aux_pool.value.as_ref())),
        ("default_compute_resource_pool", optional_text(manager.default_compute_pool.value.as_ref())),
    ];
    match &manager.kind {
        ManagerKind::Kubernetes(kubernetes) => {
            members.push(("no_default_resource_pools", Json::Bool(manager.no_default_pools.value)));
            members.push(("metadata", metadata));
            add_kubernetes(kubernetes, &mut members);
        }
        ManagerKind::Agent(agent) => {
            members.push(("no_default_resource_pools", Json::Bool(manager.no_default_pools.value)));
            members.push(("metadata", metadata));
            members.push(("scheduler", scheduler(&agent.scheduler)));
        }
        ManagerKind::Slurm(_) | ManagerKind::Pbs(_) | ManagerKind::Missing | ManagerKind::Broken => {
            members.push(("metadata", metadata));
        }
    }
    members.push(("resource_pools", Json::Array(manager.pools.iter().map(pool).collect())));
    object(members)
}

fn add_kubernetes(kubernetes: &Kubernetes, members: &mut Vec<(&'static str, Json)>) {
    members.extend([
        ("default_namespace", text(&kubernetes.default_namespace.value)),
        ("kubeconfig_path", text(&kubernetes.kubeconfig_path.value)),
        ("master_service_name", text(&kubernetes.master_service_name.value)),
        ("determined_master_scheme", text(&kubernetes.master_scheme.value)),
        ("determined_master_host", text(&kubernetes.master_host.value)),
        ("determined_master_port", Json::Int(kubernetes.master_port.value)),
        ("max_slots_per_pod", optional_int(kubernetes.max_slots_per_pod.value)),
        ("slot_type", text(&kubernetes.slot_type.value)),
        ("slot_resource_requests_cpu", narrow(kubernetes.slot_cpu_request.value)),
        ("default_scheduler", text(&kubernetes.default_scheduler.value)),
        ("leave_kubernetes_resources", Json::Bool(kubernetes.leave_kubernetes_resources.value)),
    ]);
    if let Some(gateway) = &kubernetes.gateway {
        let block = object(vec![
            ("gateway_name", text(&gateway.name.value)),
            ("gateway_namespace", text(&gateway.namespace.value)),
            ("gateway_ip", text(&gateway.address.value)),
            ("gateway_port_range_start", Json::Int(gateway.port_start.value)),
            ("gateway_port_range_end", Json::Int(gateway.port_end.value)),
        ]);
        members.push(("internal_task_gateway", block));
    }
}

/// A float32 prints with as few digits as tell it from its neighbours.
fn narrow(value: f64) -> Json {
    #[expect(clippy::cast_possible_truncation, reason = "it was decoded from 32 bits")]
    let shortest = (value as f32).to_string().parse().unwrap_or(value);
    number(shortest)
}

fn scheduler(scheduler: &Scheduler) -> Json {
    let mut members = vec![
        ("allow_heterogeneous_fits", Json::Bool(scheduler.allow_heterogeneous_fits)),
        ("fitting_policy", text(&scheduler.fitting_policy.value)),
    ];
    match &scheduler.policy {
        Policy::FairShare => members.push(("type", text("fair_share"))),
        Policy::RoundRobin => members.push(("type", text("round_robin"))),
        Policy::Priority { preemption, default_priority } => {
            members.insert(1, ("default_priority", Json::Int(default_priority.value)));
            members.push(("preemption", Json::Bool(*preemption)));
            members.push(("type", text("priority")));
        }
        Policy::None | Policy::Broken => {}
    }
    object(members)
}

fn pool(pool: &Pool) -> Json {
    object(vec![
        ("pool_name", text(&pool.name.value)),
        ("description", text(&pool.description().value)),
        ("max_aux_containers_per_agent", Json::Int(pool.max_aux_containers().value)),
        ("scheduler", pool.scheduler.as_deref().map_or(Json::Null, scheduler)),
        ("agent_reconnect_wait", text(&duration::show(pool.agent_reconnect_wait().value))),
        ("provider_set", Json::Bool(pool.provider.is_some())),
        ("task_container_defaults", pool.task_defaults.as_deref().map_or(Json::Null, task_defaults)),
    ])
}

fn task_defaults(defaults: &TaskDefaults) -> Json {
    object(vec![
        ("kubernetes_max_slots_per_pod", optional_int(defaults.max_slots_per_pod.value)),
        ("network_mode", text(&defaults.network_mode.value)),
        ("shm_size_bytes", Json::Int(defaults.shm_size_bytes.value)),
        ("preemption_timeout", Json::Int(defaults.preemption_timeout.value)),
        ("cpu_pod_spec", pod_spec(defaults.cpu_pod_spec.as_ref())),
        ("gpu_pod_spec", pod_spec(defaults.gpu_pod_spec.as_ref())),
        ("checkpoint_gc_pod_spec", pod_spec(defaults.checkpoint_gc_pod_spec.as_ref())),
    ])
}

fn pod_spec(spec: Option<&PodSpec>) -> Json {
    spec.map_or(Json::Null, |spec| record(&spec.pod))
}

/// A struct as Go prints it: fields in its own order, empty ones left out where the tag says so.
fn record(of: &Record) -> Json {
    let hides = hides_value(of);
    let mut members = Vec::new();
    for field in of.of.fields {
        let value = of.entry(field.key).map_or(&Decoded::Null, |entry| &entry.value);
        let omits = matches!(field.trait_, Trait::OmitEmpty | Trait::Secret);
        if omits && is_empty(value, field.ty) {
            continue;
        }
        let shown = match (value, field.trait_) {
            (Decoded::Null, _) => match zero(field.ty, of.span) {
                Json::Null if omits => continue,
                Json::Object(members) if omits && members.is_empty() => continue,
                shown => shown,
            },
            (_, Trait::Secret) if hides => text(HIDDEN),
            (value, _) => json(value),
        };
        members.push((Cow::Borrowed(field.key), shown));
    }
    Json::Object(members)
}

/// Values of environment variables are shown, for the records show them, where they are too short to keep anything
/// secret and the name does not say that they do.
fn hides_value(of: &Record) -> bool {
    let value = of.text("value").unwrap_or("");
    let is_number = value.bytes().all(|byte| byte.is_ascii_digit());
    confidential::tells_variable(of.text("name").unwrap_or("")) || !is_number && value.len() > SHORT
}

fn is_empty(value: &Decoded, ty: &Type) -> bool {
    match value {
        // Go never takes a struct for empty.
        Decoded::Null => !matches!(ty, Type::Struct(_) | Type::Special(_)),
        Decoded::Broken => true,
        Decoded::Bool(truth) => !truth && !matches!(ty, Type::Pointer(_)),
        Decoded::Int(number) => *number == 0 && !matches!(ty, Type::Pointer(_) | Type::Special(_)),
        Decoded::Float(_) | Decoded::Record(_) => false,
        Decoded::Text(text) => text.is_empty() && !matches!(ty, Type::Pointer(_) | Type::Special(_)),
        Decoded::List(items) => items.is_empty(),
        Decoded::Map(entries) => entries.is_empty(),
    }
}

/// What Go prints for a field that was never set.
fn zero(ty: &Type, near: Span) -> Json {
    match ty {
        Type::Bool => Json::Bool(false),
        Type::Int { .. } | Type::Float { .. } => Json::Int(0),
        Type::Text { .. } => text(""),
        Type::Struct(of) => record(&Record::new(of, near)),
        Type::Special(Special::IntOrString) => Json::Int(0),
        Type::Special(Special::Quantity) => text("0"),
        _ => Json::Null,
    }
}

fn json(value: &Decoded) -> Json {
    match value {
        Decoded::Null | Decoded::Broken => Json::Null,
        Decoded::Bool(truth) => Json::Bool(*truth),
        Decoded::Int(number) => Json::Int(*number),
        Decoded::Float(value) => number(*value),
        Decoded::Text(text) => Json::String(text.to_string()),
        Decoded::List(items) => Json::Array(items.iter().map(|item| json(&item.value)).collect()),
        Decoded::Map(entries) => {
            Json::Object(entries.iter().map(|(key, entry)| (Cow::Owned(key.clone()), json(&entry.value))).collect())
        }
        Decoded::Record(of) => record(of),
    }
}
