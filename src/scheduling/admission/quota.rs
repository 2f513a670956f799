//! ResourceQuota: budgets of a namespace, charged copy by copy.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::inventory::Inventory;
use crate::model::kubernetes_version::KubernetesVersion;
use crate::model::pod::{Container, Pod, PodAffinityTerm, ResourceMap};
use crate::model::policy::{ResourceQuota, ScopeRequirement};
use crate::model::quantity::Quantity;
use crate::model::requests::{Amounts, Measure, Missing, is_native, pod_limits, pod_requests};
use crate::scheduling::reason::Rejection;

/// Values that a quota on them makes compulsory for every container.
const COMPULSORY: [&str; 6] = ["cpu", "limits.cpu", "limits.memory", "memory", "requests.cpu", "requests.memory"];

/// What is used of each quota of an inventory, in the inventory's order.
#[derive(Clone, Debug)]
pub struct Ledger {
    used: Vec<ResourceMap>,
}

/// A refusal, and whether other quotas refuse as well: the API server names any of them.
#[derive(Clone, Debug)]
pub struct QuotaRefusal {
    /// The refusal of the first quota by name.
    pub rejection: Rejection,
    /// Whether it was drawn among several.
    pub drawn: bool,
}

/// The quotas that count a pod, and what it costs.
#[derive(Clone, Debug)]
pub struct Charge {
    quotas: Vec<usize>,
    usage: ResourceMap,
}

/// A budget of a quota and what one copy costs of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The resource, as quotas call it.
    pub resource: String,
    /// What is used.
    pub used: Quantity,
    /// What one copy costs.
    pub each: Quantity,
    /// What may be used.
    pub hard: Quantity,
}

impl Ledger {
    /// As the quota controller last counted.
    #[must_use]
    pub fn new(inventory: &Inventory) -> Self {
        Self { used: inventory.quotas.iter().map(|quota| quota.status.used.clone()).collect() }
    }

    /// Finds the quotas that count a pod and works out its cost.
    ///
    /// # Errors
    /// The pod lacks values that a quota counts, or a quota has not been counted yet.
    pub fn assess(&self, pod: &Pod, inventory: &Inventory) -> Result<Charge, QuotaRefusal> {
        let mut quotas = Vec::new();
        let mut refusals = Vec::new();
        for (at, quota) in inventory.quotas.iter().enumerate() {
            if !counts(quota, pod, inventory.version) {
                continue;
            }
            quotas.push(at);
            refusals.extend(lacking(quota, pod, inventory.version));
        }
        match refuse_first(refusals) {
            Some(refusal) => Err(refusal),
            None => Ok(Charge { quotas, usage: usage(pod, inventory.version) }),
        }
    }

    /// The quotas that count a pod, with those of their budgets that it costs something of.
    #[must_use]
    pub fn budgets(&self, pod: &Pod, inventory: &Inventory) -> Vec<(String, Vec<Budget>)> {
        let usage = usage(pod, inventory.version);
        let counting =
            inventory.quotas.iter().zip(&self.used).filter(|(quota, _)| counts(quota, pod, inventory.version));
        let budgets = counting.map(|(quota, used)| {
            let of = |(resource, each): (&String, &Quantity)| {
                let hard = quota.status.hard.get(resource).copied()?;
                let used = used.get(resource).copied().unwrap_or_default();
                Some(Budget { resource: resource.clone(), used, each: *each, hard })
            };
            (quota.metadata.name.clone(), usage.iter().filter_map(of).collect())
        });
        budgets.collect()
    }

    /// Charges one copy.
    ///
    /// # Errors
    /// The budget of a quota is used up; then nothing is charged.
    pub fn charge(&mut self, charge: &Charge, inventory: &Inventory) -> Result<(), QuotaRefusal> {
        let mut refusals = Vec::new();
        for at in &charge.quotas {
            if let (Some(quota), Some(used)) = (inventory.quotas.get(*at), self.used.get(*at)) {
                refusals.extend(exceeded(quota, used, &charge.usage));
            }
        }
        if let Some(refusal) = refuse_first(refusals) {
            return Err(refusal);
        }
        for at in &charge.quotas {
            if let (Some(quota), Some(used)) = (inventory.quotas.get(*at), self.used.get_mut(*at)) {
                for (name, amount) in charge.usage.iter().filter(|(name, _)| quota.status.hard.contains_key(*name)) {
                    let sum = used.entry(name.clone()).or_default();
                    *sum = *sum + *amount;
                }
            }
        }
        Ok(())
    }
}

fn refuse_first(refusals: Vec<Rejection>) -> Option<QuotaRefusal> {
    let drawn = refusals.len() > 1;
    refusals.into_iter().next().map(|rejection| QuotaRefusal { rejection, drawn })
}

/// Whether a quota has a budget for something that pods use, and all its scopes hold.
fn counts(quota: &ResourceQuota, pod: &Pod, version: KubernetesVersion) -> bool {
    let plain = quota.spec.scopes.iter().all(|scope| scope_holds(scope, "Exists", &[], pod, version));
    let selected = quota.spec.scope_selector.iter().flat_map(|selector| &selector.match_expressions);
    quota.metadata.namespace == pod.namespace()
        && quota.status.hard.keys().any(|name| is_used_by_pods(name))
        && plain
        && selected
            .into_iter()
            .all(|s: &ScopeRequirement| scope_holds(&s.scope_name, &s.operator, &s.values, pod, version))
}

fn scope_holds(scope: &str, operator: &str, values: &[String], pod: &Pod, version: KubernetesVersion) -> bool {
    match scope {
        "Terminating" => pod.spec.active_deadline_seconds.is_some_and(|seconds| seconds >= 0),
        "NotTerminating" => pod.spec.active_deadline_seconds.is_none_or(|seconds| seconds < 0),
        "BestEffort" => is_best_effort(pod, version),
        "NotBestEffort" => !is_best_effort(pod, version),
        "PriorityClass" => class_matches(&pod.spec.priority_class_name, operator, values),
        "CrossNamespacePodAffinity" => looks_across_namespaces(pod),
        _ => false,
    }
}

fn class_matches(class: &str, operator: &str, values: &[String]) -> bool {
    let listed = values.iter().any(|value| value == class);
    match operator {
        "Exists" => !class.is_empty(),
        "DoesNotExist" => class.is_empty(),
        "In" => !class.is_empty() && listed,
        "NotIn" => !listed,
        _ => false,
    }
}

/// Whether a pod asks for neither cpu nor memory. Other resources do not count.
fn is_best_effort(pod: &Pod, version: KubernetesVersion) -> bool {
    let whole = pod.spec.resources.as_ref().filter(|_| version.keeps_pod_level_resources());
    let containers = pod.all_containers().map(|container| &container.resources);
    let any = |map: &ResourceMap| ["cpu", "memory"].iter().any(|name| map.get(*name).is_some_and(|a| !a.is_zero()));
    match whole {
        Some(own) => !any(&own.requests) && !any(&own.limits),
        None => containers.into_iter().all(|resources| !any(&resources.requests) && !any(&resources.limits)),
    }
}

fn looks_across_namespaces(pod: &Pod) -> bool {
    let across = |term: &PodAffinityTerm| !term.namespaces.is_empty() || term.namespace_selector.is_some();
    pod.spec.affinity.iter().flat_map(|affinity| [&affinity.pod_affinity, &affinity.pod_anti_affinity]).any(|rules| {
        rules.required.iter().any(across) || rules.preferred.iter().any(|term| across(&term.pod_affinity_term))
    })
}

/// Whether pods use a resource in the sense of quotas.
fn is_used_by_pods(name: &str) -> bool {
    const PLAIN: [&str; 4] = ["count/pods", "pods", "ephemeral-storage", "requests.ephemeral-storage"];
    let extended = name.starts_with("requests.") && !is_native(name);
    COMPULSORY.contains(&name)
        || PLAIN.contains(&name)
        || name == "limits.ephemeral-storage"
        || name.starts_with("hugepages-")
        || name.starts_with("requests.hugepages-")
        || extended
}

fn lacking(quota: &ResourceQuota, pod: &Pod, version: KubernetesVersion) -> Option<Rejection> {
    let restricted: Vec<&String> = quota.status.hard.keys().filter(|name| is_used_by_pods(name)).collect();
    let whole = pod.spec.resources.as_ref().filter(|_| version.keeps_pod_level_resources());
    let pod_level = whole.is_some_and(|own| {
        own.requests.keys().chain(own.limits.keys()).any(|name| crate::model::requests::is_pod_level_resource(name))
    });
    let mut missing: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    if !pod_level {
        for name in restricted.iter().filter(|name| COMPULSORY.contains(&name.as_str())) {
            let without = pod.all_containers().filter(|container| !sets(container, name));
            let without: BTreeSet<String> = without.map(|container| container.name.clone()).collect();
            if !without.is_empty() {
                missing.insert((*name).clone(), without);
            }
        }
    }
    let quota_name = quota.metadata.name.clone();
    if !missing.is_empty() {
        return Some(Rejection::QuotaNeedsValues { quota: quota_name, missing });
    }
    let counted = restricted.iter().all(|name| quota.status.used.contains_key(*name));
    (!counted)
        .then(|| Rejection::QuotaNotCounted { quota: quota_name, resources: restricted.into_iter().cloned().collect() })
}

fn sets(container: &Container, name: &str) -> bool {
    match name.strip_prefix("limits.") {
        Some(resource) => container.resources.limits.contains_key(resource),
        None => container.resources.requests.contains_key(name.strip_prefix("requests.").unwrap_or(name)),
    }
}

/// What one pod costs, under every name that a quota may use; nothing of what it does not ask for.
fn usage(pod: &Pod, version: KubernetesVersion) -> ResourceMap {
    let requests = pod_requests(pod, Measure::Spec, Missing::Nothing, version);
    let limits = pod_limits(&pod.spec, version);
    let mut usage = ResourceMap::new();
    usage.insert("count/pods".to_owned(), Quantity::whole(1));
    usage.insert("pods".to_owned(), Quantity::whole(1));
    add_usage(&mut usage, &requests, &limits);
    usage.retain(|_, amount| !amount.is_zero());
    usage
}

fn add_usage(usage: &mut ResourceMap, requests: &Amounts<'_>, limits: &Amounts<'_>) {
    for (name, amount) in requests {
        let standard = matches!(*name, "cpu" | "memory" | "ephemeral-storage") || name.starts_with("hugepages-");
        if standard {
            usage.insert((*name).to_owned(), *amount);
        }
        if standard || !is_native(name) {
            usage.insert(format!("requests.{name}"), *amount);
        }
    }
    for (name, amount) in limits {
        if matches!(*name, "cpu" | "memory" | "ephemeral-storage") {
            usage.insert(format!("limits.{name}"), *amount);
        }
    }
}

fn exceeded(quota: &ResourceQuota, used: &ResourceMap, usage: &ResourceMap) -> Option<Rejection> {
    let hard = &quota.status.hard;
    let mut requested = ResourceMap::new();
    for (name, amount) in usage {
        let before = used.get(name).copied().unwrap_or_default();
        if hard.get(name).is_some_and(|limit| before + *amount > *limit) {
            requested.insert(name.clone(), *amount);
        }
    }
    if requested.is_empty() {
        return None;
    }
    let mask = |map: &ResourceMap| {
        map.iter().filter(|(name, _)| requested.contains_key(*name)).map(|(n, a)| (n.clone(), *a)).collect()
    };
    Some(Rejection::QuotaExceeded {
        quota: quota.metadata.name.clone(),
        used: mask(used),
        limited: mask(hard),
        requested,
    })
}
