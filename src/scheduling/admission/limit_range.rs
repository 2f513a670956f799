//! LimitRange: fills in requests and limits, then enforces bounds.

use crate::model::kubernetes_version::KubernetesVersion;
use crate::model::pod::{Container, Pod, ResourceMap, ResourceRequirements};
use crate::model::policy::{LimitRange, LimitRangeItem};
use crate::model::quantity::Quantity;
use crate::model::requests::{Amounts, limit_range_totals};
use crate::scheduling::reason::Rejection;

/// What a bound is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Each container.
    Container,
    /// The whole pod.
    Pod,
}

/// Which of the two values of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The request.
    Request,
    /// The limit.
    Limit,
}

impl Side {
    fn of(self, resources: &ResourceRequirements) -> &ResourceMap {
        match self {
            Self::Request => &resources.requests,
            Self::Limit => &resources.limits,
        }
    }
}

/// A bound that a pod does not keep.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// What it is about.
    pub scope: Scope,
    /// The resource.
    pub resource: String,
    /// The bound.
    pub bound: Quantity,
    /// How it is not kept.
    pub fault: Fault,
}

/// How a bound is not kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// A minimum without a request.
    MinimumWithoutRequest,
    /// Below the minimum.
    BelowMinimum(Side, Quantity),
    /// A maximum without a limit.
    MaximumWithoutLimit,
    /// Above the maximum.
    AboveMaximum(Side, Quantity),
    /// A ratio without a request or a limit, or with one of 0.
    RatioWithout(Side),
    /// The limit is too many times the request.
    RatioTooHigh(f64),
}

fn of_namespace<'a>(pod: &'a Pod, ranges: &'a [LimitRange]) -> impl Iterator<Item = &'a LimitRange> {
    ranges.iter().filter(|range| range.metadata.namespace == pod.namespace())
}

/// Fills in missing limits and requests of all containers. Returns the resources for which several
/// LimitRanges have different values; then the first one by name is taken, and the API server draws.
pub(super) fn fill_in(pod: &mut Pod, ranges: &[LimitRange]) -> Vec<String> {
    let namespace = pod.namespace().to_owned();
    let written: Vec<ResourceRequirements> =
        pod.all_containers().map(|container| container.resources.clone()).collect();
    let mut drawn = Vec::new();
    let mut given = Given::default();
    for range in ranges.iter().filter(|range| range.metadata.namespace == namespace) {
        let mut own = Given::default();
        for item in range.spec.limits.iter().filter(|item| item.kind == "Container") {
            own.limits.extend(item.default.clone());
            own.requests.extend(item.default_request.clone());
        }
        let lacks = |name: &str, side: Side| written.iter().any(|it| !side.of(it).contains_key(name));
        note_differences(&mut given.limits, own.limits, &mut drawn, |name| lacks(name, Side::Limit));
        note_differences(&mut given.requests, own.requests, &mut drawn, |name| lacks(name, Side::Request));
        for container in pod.spec.init_containers.iter_mut().chain(&mut pod.spec.containers) {
            fill_in_container(container, &range.spec.limits);
        }
    }
    drawn.sort();
    drawn.dedup();
    drawn
}

/// What LimitRanges give to containers without.
#[derive(Default)]
struct Given {
    limits: ResourceMap,
    requests: ResourceMap,
}

/// Notes the resources that some container lacks and that another LimitRange gives differently.
fn note_differences(
    given: &mut ResourceMap,
    more: ResourceMap,
    drawn: &mut Vec<String>,
    is_lacking: impl Fn(&str) -> bool,
) {
    for (name, amount) in more {
        if given.get(&name).is_some_and(|before| *before != amount) && is_lacking(&name) {
            drawn.push(name.clone());
        }
        given.entry(name).or_insert(amount);
    }
}

fn fill_in_container(container: &mut Container, items: &[LimitRangeItem]) {
    // Within one LimitRange the last item counts.
    let items = || items.iter().rev().filter(|item| item.kind == "Container");
    for (name, amount) in items().flat_map(|item| &item.default) {
        container.resources.limits.entry(name.clone()).or_insert(*amount);
    }
    for (name, amount) in items().flat_map(|item| &item.default_request) {
        container.resources.requests.entry(name.clone()).or_insert(*amount);
    }
}

/// Enforces the bounds of all LimitRanges.
///
/// # Errors
/// Every violation of the first LimitRange, by name, that is violated. The API server takes them in any
/// order.
pub(super) fn check(pod: &Pod, ranges: &[LimitRange], version: KubernetesVersion) -> Result<(), Rejection> {
    let violations = |range: &LimitRange| {
        let mut violations = Vec::new();
        for item in &range.spec.limits {
            check_item(pod, item, version, &mut violations);
        }
        violations
    };
    let mut refusing = of_namespace(pod, ranges).map(violations).filter(|violations| !violations.is_empty());
    match refusing.next() {
        Some(violations) => Err(Rejection::LimitRange { violations, others: refusing.count() }),
        None => Ok(()),
    }
}

fn check_item(pod: &Pod, item: &LimitRangeItem, version: KubernetesVersion, found: &mut Vec<Violation>) {
    match item.kind.as_str() {
        "Container" => {
            for container in pod.spec.containers.iter().chain(&pod.spec.init_containers) {
                let borrow = |map| -> Amounts<'_> { borrowed(map) };
                let (requests, limits) = (borrow(&container.resources.requests), borrow(&container.resources.limits));
                Values { scope: Scope::Container, requests, limits }.check(item, found);
            }
        }
        "Pod" => {
            let (requests, limits) = limit_range_totals(&pod.spec, version);
            Values { scope: Scope::Pod, requests, limits }.check(item, found);
        }
        _ => {}
    }
}

fn borrowed(map: &ResourceMap) -> Amounts<'_> {
    map.iter().map(|(name, amount)| (name.as_str(), *amount)).collect()
}

/// The values that a bound is held against.
struct Values<'a> {
    scope: Scope,
    requests: Amounts<'a>,
    limits: Amounts<'a>,
}

impl Values<'_> {
    fn check(&self, item: &LimitRangeItem, found: &mut Vec<Violation>) {
        let mut check = |bounds: &ResourceMap, rule: &dyn Fn(&Self, &str, Quantity) -> Option<Fault>| {
            for (resource, bound) in bounds {
                if let Some(fault) = rule(self, resource, *bound) {
                    let violation = Violation { scope: self.scope, resource: resource.clone(), bound: *bound, fault };
                    if !found.contains(&violation) {
                        found.push(violation);
                    }
                }
            }
        };
        check(&item.min, &Self::below);
        check(&item.max, &Self::above);
        check(&item.max_limit_request_ratio, &Self::ratio);
    }

    fn below(&self, resource: &str, bound: Quantity) -> Option<Fault> {
        let Some(request) = self.requests.get(resource) else {
            return Some(Fault::MinimumWithoutRequest);
        };
        if *request < bound {
            return Some(Fault::BelowMinimum(Side::Request, *request));
        }
        let limit = self.limits.get(resource).filter(|limit| **limit < bound)?;
        Some(Fault::BelowMinimum(Side::Limit, *limit))
    }

    fn above(&self, resource: &str, bound: Quantity) -> Option<Fault> {
        let Some(limit) = self.limits.get(resource) else {
            return Some(Fault::MaximumWithoutLimit);
        };
        if *limit > bound {
            return Some(Fault::AboveMaximum(Side::Limit, *limit));
        }
        let request = self.requests.get(resource).filter(|request| **request > bound)?;
        Some(Fault::AboveMaximum(Side::Request, *request))
    }

    fn ratio(&self, resource: &str, bound: Quantity) -> Option<Fault> {
        let value = |map: &Amounts<'_>| map.get(resource).copied().filter(|amount| !amount.is_zero());
        let Some(request) = value(&self.requests) else {
            return Some(Fault::RatioWithout(Side::Request));
        };
        let Some(limit) = value(&self.limits) else {
            return Some(Fault::RatioWithout(Side::Limit));
        };
        let ratio = limit.ratio_to(request);
        (ratio * 1000.0 > bound.ratio_to(Quantity::from_milli(1))).then_some(Fault::RatioTooHigh(ratio))
    }
}
