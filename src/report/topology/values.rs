//! The effective values of resource managers and pools, each with where it comes from.

use super::Scene;
use super::picture::{Fact, Origin, sees_settings};
use crate::compare::settings::place;
use crate::model::config::{Gateway, Kubernetes, Manager, Policy, Pool, TaskDefaults};
use crate::model::setting::Setting;
use crate::model::told;
use crate::release::keys;

/// What is known of a resource manager; nothing for those who see only cards.
pub(super) fn of_manager(scene: &Scene<'_>, manager: &Manager) -> Vec<Fact> {
    if !sees_settings(scene.viewer) {
        return Vec::new();
    }
    let mut facts = vec![text(scene, "cluster_name", &manager.cluster_name)];
    if let Some(kubernetes) = manager.kubernetes() {
        facts.extend(of_kubernetes(scene, kubernetes));
    }
    facts.push(optional(scene, "default_aux_resource_pool", &manager.default_aux_pool));
    facts.push(optional(scene, "default_compute_resource_pool", &manager.default_compute_pool));
    if let Some(entries) = &manager.metadata {
        let entries = || entries.iter().map(|(key, value)| (key, told::text(key, value)));
        let shown: Vec<String> = entries().map(|(key, value)| format!("{key}: {value}")).collect();
        let value: serde_json::Map<String, serde_json::Value> =
            entries().map(|(key, value)| (key.clone(), value.into())).collect();
        let written = place(&scene.config.root, &format!("{}.metadata", manager.block()));
        let spot = super::picture::Spot::of(scene, written);
        facts.push(Fact::new("metadata", value, shown.join(", "), Origin::Written(spot)));
    }
    facts
}

fn of_kubernetes(scene: &Scene<'_>, kubernetes: &Kubernetes) -> Vec<Fact> {
    let origin = |setting: &Setting<String>| Origin::of(scene, setting);
    let mut facts = vec![credentials(scene, kubernetes), master_address(scene, kubernetes)];
    let namespace = kubernetes.namespace();
    facts.push(Fact::new("default_namespace", namespace, namespace, origin(&kubernetes.default_namespace)));
    facts.push(number(scene, "max_slots_per_pod", &kubernetes.max_slots_per_pod));
    facts.push(text(scene, "slot_type", &kubernetes.slot_type));
    if kubernetes.slot_type.value == "cpu" {
        let value = kubernetes.slot_cpu_request.value;
        let from = Origin::of(scene, &kubernetes.slot_cpu_request);
        facts.push(Fact::new("slot_resource_requests.cpu", value, value.to_string(), from));
    }
    if !kubernetes.default_scheduler.value.is_empty() {
        facts.push(text(scene, "default_scheduler", &kubernetes.default_scheduler));
    }
    if let Some(gateway) = &kubernetes.gateway {
        facts.push(gateway_fact(scene, gateway));
    }
    facts
}

/// Which kubeconfig the master uses (facts §3.5).
fn credentials(scene: &Scene<'_>, kubernetes: &Kubernetes) -> Fact {
    let path = &kubernetes.kubeconfig_path;
    let shown = match path.value.as_str() {
        "" => "in-cluster service account",
        path => path,
    };
    Fact::new("kubeconfig_path", path.value.as_str(), shown, Origin::of(scene, path))
}

/// Where tasks will look for the master (facts §2.1, §3.4): host and port count only together, else a Service of
/// the cluster is asked.
fn master_address(scene: &Scene<'_>, kubernetes: &Kubernetes) -> Fact {
    let (host, port) = (&kubernetes.master_host, &kubernetes.master_port);
    if !host.value.is_empty() && port.value != 0 {
        let scheme = scheme(scene, kubernetes);
        // The master puts them together as they are (T-12).
        let address = format!("{scheme}://{}:{}", host.value, port.value);
        return Fact::new("master_address", address.as_str(), &address, Origin::of(scene, host));
    }
    let service = &kubernetes.master_service_name;
    let shown = match service.value.as_str() {
        "" => "none: no host with a port, and no master_service_name to look up".to_owned(),
        name => format!("looked up in this cluster: Service {name}"),
    };
    Fact::new("master_address", serde_json::Value::Null, shown, Origin::of(scene, service))
}

/// The written scheme, else what the master itself serves (facts §2.1).
fn scheme<'a>(scene: &Scene<'a>, kubernetes: &'a Kubernetes) -> &'a str {
    let written = kubernetes.master_scheme.value.as_str();
    if !written.is_empty() && keys::MASTER_SCHEME.contains(scene.release) {
        return written;
    }
    if scene.config.tls().is_some() { "https" } else { "http" }
}

fn gateway_fact(scene: &Scene<'_>, gateway: &Gateway) -> Fact {
    let value = serde_json::json!({
        "gateway_name": gateway.name.value,
        "gateway_namespace": gateway.namespace.value,
        "gateway_ip": gateway.address.value,
        "gateway_port_range_start": gateway.port_start.value,
        "gateway_port_range_end": gateway.port_end.value,
    });
    let shown = format!(
        "{}/{} at {}, ports {} to {}",
        gateway.namespace.value,
        gateway.name.value,
        gateway.address.value,
        gateway.port_start.value,
        gateway.port_end.value
    );
    let spot = super::picture::Spot::of(scene, gateway.span);
    Fact::new("internal_task_gateway", value, shown, Origin::Written(spot))
}

/// What is known of a pool.
pub(super) fn of_pool(scene: &Scene<'_>, manager: &Manager, pool: &Pool) -> Vec<Fact> {
    let own = pool.task_defaults.as_ref().map(|defaults| &defaults.max_slots_per_pod);
    let own = own.filter(|own| own.value.is_some());
    let limit = own.or_else(|| manager.kubernetes().map(|kubernetes| &kubernetes.max_slots_per_pod));
    let mut facts: Vec<Fact> = limit.map(|limit| number(scene, "max_slots_per_pod", limit)).into_iter().collect();
    if let Some(kubernetes) = manager.kubernetes() {
        facts.push(text(scene, "slot_type", &kubernetes.slot_type));
    }
    if !sees_settings(scene.viewer) {
        return facts;
    }
    facts.push(text(scene, "description", &pool.description()));
    if let Some(Policy::Priority { default_priority, .. }) = pool.scheduler.as_ref().map(|scheduler| &scheduler.policy)
    {
        let value = default_priority.value;
        let origin = Origin::of(scene, default_priority);
        facts.push(Fact::new("scheduler.default_priority", value, value.to_string(), origin));
    }
    facts.extend(pool.task_defaults.iter().flat_map(|defaults| pod_specs(scene, defaults)));
    facts
}

fn pod_specs(scene: &Scene<'_>, defaults: &TaskDefaults) -> Vec<Fact> {
    let specs = [
        ("cpu_pod_spec", &defaults.cpu_pod_spec),
        ("gpu_pod_spec", &defaults.gpu_pod_spec),
        ("checkpoint_gc_pod_spec", &defaults.checkpoint_gc_pod_spec),
    ];
    let written = specs.into_iter().filter_map(|(key, spec)| Some((key, spec.as_ref()?)));
    let fact = |(key, spec): (&'static str, &crate::model::config::PodSpec)| {
        let spot = super::picture::Spot::of(scene, spec.key.unwrap_or(defaults.span));
        Fact::new(key, true, "own pod spec", Origin::Written(spot))
    };
    written.map(fact).collect()
}

fn text(scene: &Scene<'_>, key: &'static str, setting: &Setting<String>) -> Fact {
    let value = told::text(key, &setting.value);
    Fact::new(key, value, if value.is_empty() { "none" } else { value }, Origin::of(scene, setting))
}

fn optional(scene: &Scene<'_>, key: &'static str, setting: &Setting<Option<String>>) -> Fact {
    let value = setting.value.as_deref().filter(|name| !name.is_empty());
    Fact::new(key, value, value.unwrap_or("none"), Origin::of(scene, setting))
}

fn number(scene: &Scene<'_>, key: &'static str, setting: &Setting<Option<i64>>) -> Fact {
    let shown = setting.value.map_or_else(|| "none".to_owned(), |value| value.to_string());
    Fact::new(key, setting.value, shown, Origin::of(scene, setting))
}
