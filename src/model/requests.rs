//! What a pod asks for, summed over its containers (scheduling facts §2.2).
//!
//! Main containers and sidecars run together and add up. A plain init container runs beside the
//! sidecars started before it; the pod needs the highest of these peaks. Pod-level values replace the
//! sum for the resources that they name, and overhead comes on top.

use std::collections::BTreeMap;

use super::kubernetes_version::KubernetesVersion;
use super::pod::{Container, ContainerStatus, Pod, PodSpec, ResourceMap};
use super::quantity::Quantity;

/// Amounts by resource name, borrowed from a pod.
pub type Amounts<'a> = BTreeMap<&'a str, Quantity>;

/// Where the size of a container is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// What the pod asks for: right for a pod that is to be placed.
    Spec,
    /// What it asks for or already has, whichever is more: right for a pod on a node.
    Status,
}

impl Container {
    /// What an API server fills in: requests from limits, and the ports of a pod that is on the node's network.
    pub fn fill_in(&mut self, host_network: bool) {
        let resources = &mut self.resources;
        round_to_milli(&mut resources.limits);
        round_to_milli(&mut resources.requests);
        for (name, amount) in &resources.limits {
            if !resources.requests.contains_key(name) {
                resources.requests.insert(name.clone(), *amount);
            }
        }
        if host_network {
            for port in self.ports.iter_mut().filter(|port| port.host_port == 0) {
                port.host_port = port.container_port;
            }
        }
    }
}

/// Amounts as an API server keeps them: it rounds up to thousandths.
pub fn round_to_milli(amounts: &mut ResourceMap) {
    for amount in amounts.values_mut() {
        *amount = amount.rounded_to_milli();
    }
}

/// What a container without a request counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Nothing: right for the question whether a pod fits.
    Nothing,
    /// 100m of cpu and 200Mi of memory: what the scheduler's scores assume (§2.4).
    ScoringDefault,
}

impl Missing {
    fn fill_in(self, mut amounts: Amounts<'_>) -> Amounts<'_> {
        if self == Self::ScoringDefault {
            amounts.entry("cpu").or_insert(SCORED_CPU);
            amounts.entry("memory").or_insert(SCORED_MEMORY);
        }
        amounts
    }
}

/// The requests of a pod.
#[must_use]
pub fn pod_requests(pod: &Pod, measure: Measure, missing: Missing, version: KubernetesVersion) -> Amounts<'_> {
    let mut total = match measure {
        Measure::Spec => container_totals(&pod.spec, |it| missing.fill_in(borrow(&it.resources.requests))),
        Measure::Status if version.compares_sums_of_resizes() => highest_sum(pod, missing),
        Measure::Status => container_totals(&pod.spec, |it| missing.fill_in(running_requests(pod, it))),
    };
    if version.keeps_pod_level_resources() {
        replace_by_pod_level(&mut total, pod, measure, version);
    }
    add(&mut total, &borrow(&pod.spec.overhead));
    total
}

/// The limits of a pod, as ResourceQuota counts them.
#[must_use]
pub fn pod_limits(spec: &PodSpec, version: KubernetesVersion) -> Amounts<'_> {
    let mut total = container_totals(spec, |container| borrow(&container.resources.limits));
    if version.keeps_pod_level_resources() {
        total.extend(pod_level(spec.resources.as_ref().map(|r| &r.limits)));
    }
    // Overhead only raises limits that exist.
    for (name, amount) in &spec.overhead {
        if let Some(limit) = total.get_mut(name.as_str()).filter(|limit| !limit.is_zero()) {
            *limit = *limit + *amount;
        }
    }
    total
}

/// The requests of the containers alone: no pod-level values, no overhead.
#[must_use]
pub fn container_requests(spec: &PodSpec) -> Amounts<'_> {
    container_totals(spec, |container| borrow(&container.resources.requests))
}

/// The limits of the containers alone.
#[must_use]
pub fn container_limits(spec: &PodSpec) -> Amounts<'_> {
    container_totals(spec, |container| borrow(&container.resources.limits))
}

/// Requests and limits as LimitRange sees the whole pod: pod-level values count, overhead does not.
#[must_use]
pub fn limit_range_totals(spec: &PodSpec, version: KubernetesVersion) -> (Amounts<'_>, Amounts<'_>) {
    let (mut requests, mut limits) = (container_requests(spec), container_limits(spec));
    // The plugin has a list of its own, without huge pages.
    let known = |(name, _): &(&str, Quantity)| matches!(*name, "cpu" | "memory");
    if version.keeps_pod_level_resources() {
        requests.extend(pod_level(spec.resources.as_ref().map(|r| &r.requests)).filter(known));
        limits.extend(pod_level(spec.resources.as_ref().map(|r| &r.limits)).filter(known));
    }
    (requests, limits)
}

/// Whether a resource may be given for the whole pod.
#[must_use]
pub fn is_pod_level_resource(name: &str) -> bool {
    matches!(name, "cpu" | "memory") || name.starts_with("hugepages-")
}

/// Whether a resource may be asked for without an equal limit.
#[must_use]
pub fn may_be_overcommitted(name: &str) -> bool {
    is_native(name) && !name.starts_with("hugepages-")
}

/// Whether a resource belongs to Kubernetes rather than to a vendor.
#[must_use]
pub fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

/// Whether a resource is a vendor's: `nvidia.com/gpu`.
#[must_use]
pub fn is_extended(name: &str) -> bool {
    !is_native(name) && !name.starts_with("requests.")
}

/// Whether the scheduler compares a resource with what a node offers.
#[must_use]
pub fn is_scheduled(name: &str) -> bool {
    matches!(name, "cpu" | "memory" | "ephemeral-storage")
        || name.contains('/')
        || name.starts_with("hugepages-")
        || name.starts_with("attachable-volumes-")
}

/// An amount in the unit that the scheduler counts a resource in: thousandths of a core for cpu, whole
/// units for everything else, rounded up.
#[must_use]
pub fn scheduler_units(name: &str, amount: Quantity) -> i64 {
    if name == "cpu" { amount.milli() } else { amount.units() }
}

const SCORED_CPU: Quantity = Quantity::from_milli(100);
const SCORED_MEMORY: Quantity = Quantity::from_milli(200 * 1024 * 1024 * 1000);

fn borrow(map: &ResourceMap) -> Amounts<'_> {
    map.iter().map(|(name, amount)| (name.as_str(), *amount)).collect()
}

fn add<'a>(total: &mut Amounts<'a>, more: &Amounts<'a>) {
    for (name, amount) in more {
        let sum = total.entry(name).or_default();
        *sum = *sum + *amount;
    }
}

fn raise<'a>(total: &mut Amounts<'a>, floor: &Amounts<'a>) {
    for (name, amount) in floor {
        let highest = total.entry(name).or_insert(*amount);
        if *highest < *amount {
            *highest = *amount;
        }
    }
}

/// Sums main containers and sidecars, and raises the sum to the peaks of the init containers.
fn container_totals<'a>(spec: &'a PodSpec, size: impl Fn(&'a Container) -> Amounts<'a>) -> Amounts<'a> {
    let mut total = Amounts::new();
    for container in &spec.containers {
        add(&mut total, &size(container));
    }
    let mut sidecars = Amounts::new();
    let mut peaks = Amounts::new();
    for container in &spec.init_containers {
        let own = size(container);
        if container.is_sidecar() {
            add(&mut total, &own);
            add(&mut sidecars, &own);
            raise(&mut peaks, &sidecars);
        } else {
            let mut peak = own;
            add(&mut peak, &sidecars);
            raise(&mut peaks, &peak);
        }
    }
    raise(&mut total, &peaks);
    total
}

fn pod_level(map: Option<&ResourceMap>) -> impl Iterator<Item = (&str, Quantity)> {
    map.into_iter()
        .flatten()
        .filter(|(name, _)| is_pod_level_resource(name))
        .map(|(name, amount)| (name.as_str(), *amount))
}

fn replace_by_pod_level<'a>(total: &mut Amounts<'a>, pod: &'a Pod, measure: Measure, version: KubernetesVersion) {
    let Some(own) = pod.spec.resources.as_ref() else {
        return;
    };
    let resized = match (&pod.status.resources, measure) {
        (Some(actual), Measure::Status) if version.resizes_whole_pods() => {
            Some(effective(pod, &own.requests, &actual.requests, &pod.status.allocated_resources))
        }
        _ => None,
    };
    if pod_level(Some(&own.requests)).next().is_none() {
        return;
    }
    match resized {
        Some(resized) => total.extend(resized.into_iter().filter(|(name, _)| is_pod_level_resource(name))),
        None => total.extend(pod_level(Some(&own.requests))),
    }
}

/// The requests of a container on a node: with a resize under way, the highest of what is asked for,
/// in force and granted; without the first when the node has refused the resize.
fn running_requests<'a>(pod: &'a Pod, container: &'a Container) -> Amounts<'a> {
    let statuses = pod.status.container_statuses.iter().chain(&pod.status.init_container_statuses);
    let plain_init = !container.is_sidecar() && pod.spec.init_containers.iter().any(|c| std::ptr::eq(c, container));
    let status = if plain_init { None } else { find(statuses, &container.name) };
    match status {
        Some((status, actual)) => effective(pod, &container.resources.requests, actual, &status.allocated_resources),
        None => borrow(&container.resources.requests),
    }
}

/// The requests of the containers of a pod on a node, from 1.37 on: the highest of the sums of what is asked for, granted
/// and in force. Sums that the kubelet has written for the whole pod go before those of its containers.
fn highest_sum(pod: &Pod, missing: Missing) -> Amounts<'_> {
    let status = &pod.status;
    let of_pod = status.resources.as_ref().map(|resources| &resources.requests).filter(|it| !it.is_empty());
    let mut highest = match of_pod {
        Some(in_force) if !status.allocated_resources.is_empty() => {
            let mut highest = borrow(in_force);
            raise(&mut highest, &borrow(&status.allocated_resources));
            highest
        }
        _ => {
            let sum = |rule: StatusRule| container_totals(&pod.spec, |it| missing.fill_in(by_status(pod, it, rule)));
            let mut highest = sum(StatusRule::InForce);
            raise(&mut highest, &sum(StatusRule::Granted));
            highest
        }
    };
    if !is_infeasible(pod) {
        raise(&mut highest, &container_totals(&pod.spec, |it| missing.fill_in(borrow(&it.resources.requests))));
    }
    highest
}

/// Which values of a container's status count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StatusRule {
    /// Those in force, else those granted.
    InForce,
    /// Those granted.
    Granted,
}

/// What a container's status says; what it asks for where it says nothing, unless the node has refused that.
fn by_status<'a>(pod: &'a Pod, container: &'a Container, rule: StatusRule) -> Amounts<'a> {
    let mut statuses = pod.status.container_statuses.iter().chain(&pod.status.init_container_statuses);
    let status = statuses.find(|status| status.name == container.name);
    let in_force = status.and_then(|status| Some(&status.resources.as_ref()?.requests));
    let in_force = in_force.filter(|_| rule == StatusRule::InForce);
    let granted = status.map(|status| &status.allocated_resources);
    let said = [in_force, granted].into_iter().flatten().find(|amounts| !amounts.is_empty());
    match said {
        Some(said) => borrow(said),
        None if is_infeasible(pod) => Amounts::new(),
        None => borrow(&container.resources.requests),
    }
}

fn find<'a>(
    mut statuses: impl Iterator<Item = &'a ContainerStatus>,
    name: &str,
) -> Option<(&'a ContainerStatus, &'a ResourceMap)> {
    let status = statuses.find(|status| status.name == name)?;
    Some((status, &status.resources.as_ref()?.requests))
}

fn effective<'a>(pod: &Pod, asked: &'a ResourceMap, actual: &'a ResourceMap, granted: &'a ResourceMap) -> Amounts<'a> {
    let mut highest = borrow(actual);
    raise(&mut highest, &borrow(granted));
    if !is_infeasible(pod) {
        raise(&mut highest, &borrow(asked));
    }
    highest
}

/// Whether the node has refused a resize for good.
fn is_infeasible(pod: &Pod) -> bool {
    let pending = pod.status.conditions.iter().find(|condition| condition.kind == "PodResizePending");
    pending.is_some_and(|condition| condition.reason == "Infeasible")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn container(name: &str, cpu: &str, restart: Option<&str>) -> Container {
        let mut container =
            Container { name: name.into(), restart_policy: restart.map(Into::into), ..Container::default() };
        container.resources.requests.insert("cpu".into(), Quantity::parse(cpu).unwrap());
        container
    }

    fn cpu_of(init: Vec<Container>, main: Vec<Container>) -> i64 {
        let spec = PodSpec { init_containers: init, containers: main, ..PodSpec::default() };
        container_requests(&spec).get("cpu").map_or(0, |amount| amount.milli())
    }

    #[test]
    fn init_containers_peak_and_sidecars_add() {
        let sidecar = || container("s", "1", Some("Always"));
        assert_eq!(cpu_of(vec![container("i", "5", None)], vec![container("a", "2", None)]), 5000);
        assert_eq!(cpu_of(vec![sidecar()], vec![container("a", "2", None)]), 3000);
        assert_eq!(cpu_of(vec![sidecar(), container("i", "5", None)], vec![container("a", "2", None)]), 6000);
        assert_eq!(cpu_of(vec![container("i", "5", None), sidecar()], vec![container("a", "2", None)]), 5000);
    }

    #[test]
    fn kinds_of_resources() {
        assert!(is_extended("nvidia.com/gpu") && is_scheduled("nvidia.com/gpu"));
        assert!(is_native("requests.kubernetes.io/x") && is_native("cpu") && !is_scheduled("storage"));
        assert!(
            may_be_overcommitted("cpu") && !may_be_overcommitted("hugepages-2Mi") && !may_be_overcommitted("a.b/c")
        );
    }
}
