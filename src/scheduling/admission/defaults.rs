//! What the API server fills in from the pod alone.

use crate::model::kubernetes_version::KubernetesVersion;
use crate::model::pod::{Pod, PodSpec, ResourceRequirements, StringMap, Toleration};
use crate::model::requests::{
    container_limits, container_requests, is_pod_level_resource, may_be_overcommitted, round_to_milli,
};
use crate::model::selector::{LabelSelector, Operator, Requirement};

/// Requests from limits, host ports from container ports, own labels into selectors.
pub(super) fn fill_in(pod: &mut Pod, version: KubernetesVersion) {
    let spec = &mut pod.spec;
    let host_network = spec.host_network;
    for container in spec.init_containers.iter_mut().chain(&mut spec.containers) {
        container.fill_in(host_network);
    }
    round_to_milli(&mut spec.overhead);
    if let Some(own) = spec.resources.as_mut() {
        round_to_milli(&mut own.limits);
        round_to_milli(&mut own.requests);
    }
    if !version.keeps_pod_level_resources() {
        spec.resources = None;
    } else if !version.fills_in_whole_pods_late() {
        fill_in_pod_level(spec);
    }
    merge_label_keys(pod);
}

/// What is filled in once every plugin has had its say.
pub(super) fn fill_in_late(pod: &mut Pod, version: KubernetesVersion) {
    if version.fills_in_whole_pods_late() {
        fill_in_pod_level_with_limits(&mut pod.spec);
    }
}

/// Pod-level limits bring requests with them: first from the containers, then from the limits.
fn fill_in_pod_level(spec: &mut PodSpec) {
    let Some(mut own) = spec.resources.take() else {
        return;
    };
    if !own.limits.is_empty() || !own.requests.is_empty() {
        fill_in_huge_pages(&mut own, spec);
    }
    if !own.limits.is_empty() {
        fill_in_requests(&mut own, spec);
    }
    spec.resources = Some(own);
}

fn fill_in_huge_pages(own: &mut ResourceRequirements, spec: &PodSpec) {
    for (name, amount) in container_limits(spec) {
        if name.starts_with("hugepages-") && !own.requests.contains_key(name) {
            own.limits.entry(name.to_owned()).or_insert(amount);
        }
    }
}

fn fill_in_requests(own: &mut ResourceRequirements, spec: &PodSpec) {
    for (name, amount) in container_requests(spec) {
        if is_pod_level_resource(name) && may_be_overcommitted(name) {
            own.requests.entry(name.to_owned()).or_insert(amount);
        }
    }
    for (name, amount) in own.limits.iter().filter(|(name, _)| is_pod_level_resource(name)) {
        own.requests.entry(name.clone()).or_insert(*amount);
    }
}

/// The newer rule: requests of the pod alone are enough to bring the others with them, and a resource that every
/// container limits gets a limit of the pod, which is no lower than the request.
fn fill_in_pod_level_with_limits(spec: &mut PodSpec) {
    let Some(mut own) = spec.resources.take() else {
        return;
    };
    if !own.limits.is_empty() || !own.requests.is_empty() {
        fill_in_huge_pages(&mut own, spec);
        fill_in_requests(&mut own, spec);
        let everywhere = |name: &str| {
            let mut containers = spec.init_containers.iter().chain(&spec.containers);
            containers.all(|container| container.resources.limits.contains_key(name))
        };
        let limits = container_limits(spec);
        for (name, request) in own.requests.iter().filter(|(name, _)| is_pod_level_resource(name)) {
            if let Some(limit) = limits.get(name.as_str()).filter(|_| everywhere(name)) {
                own.limits.entry(name.clone()).or_insert(*limit.max(request));
            }
        }
    }
    spec.resources = Some(own);
}

/// Turns `matchLabelKeys` and `mismatchLabelKeys` into requirements on the pod's own label values. A
/// key that the pod lacks is ignored; a missing selector matches nothing and stays so.
fn merge_label_keys(pod: &mut Pod) {
    let labels = pod.metadata.labels.clone();
    for constraint in &mut pod.spec.topology_spread_constraints {
        let keys = std::mem::take(&mut constraint.match_label_keys);
        require(&mut constraint.label_selector, &keys, Operator::In, &labels);
    }
    let Some(affinity) = pod.spec.affinity.as_mut() else {
        return;
    };
    let terms = affinity.pod_affinity.required.iter_mut().chain(&mut affinity.pod_anti_affinity.required);
    for term in terms {
        let keys = std::mem::take(&mut term.match_label_keys);
        require(&mut term.label_selector, &keys, Operator::In, &labels);
        let keys = std::mem::take(&mut term.mismatch_label_keys);
        require(&mut term.label_selector, &keys, Operator::NotIn, &labels);
    }
}

fn require(selector: &mut Option<LabelSelector>, keys: &[String], operator: Operator, labels: &StringMap) {
    let Some(selector) = selector else { return };
    for key in keys {
        if let Some(value) = labels.get(key) {
            let requirement = Requirement { key: key.clone(), operator, values: vec![value.clone()] };
            selector.match_expressions.push(requirement);
        }
    }
}

/// Adds the tolerations of the plugin DefaultTolerationSeconds.
pub(super) fn tolerate_short_outages(pod: &mut Pod) {
    for key in ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"] {
        let covered = pod.spec.tolerations.iter().any(|toleration| {
            (toleration.key == key || toleration.key.is_empty())
                && (toleration.effect == "NoExecute" || toleration.effect.is_empty())
        });
        if !covered {
            pod.spec.tolerations.push(Toleration {
                key: key.to_owned(),
                operator: "Exists".to_owned(),
                effect: "NoExecute".to_owned(),
                ..Toleration::default()
            });
        }
    }
}
