//! Which checks of admission a pod met, one by one, and how near to its bounds it came.

use super::quota::{Budget, Ledger};
use crate::model::inventory::{Inventory, Kind};
use crate::model::pod::Pod;
use crate::scheduling::outcome::Outcome;
use crate::scheduling::reason::Rejection;

/// A check of admission, in the API server's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// The namespace exists and stays.
    Namespace,
    /// The priority class exists.
    PriorityClass(String),
    /// The runtime class exists and does not contradict the pod.
    RuntimeClass(String),
    /// The pod is valid once defaults are filled in.
    Validation,
    /// The bounds of this many LimitRanges are kept.
    LimitRanges(usize),
    /// The pod security level of the namespace is kept; nothing where none is enforced.
    PodSecurity(Option<String>),
    /// The budgets of a quota hold.
    Quota {
        /// Its name.
        name: String,
        /// Its budgets for what the pod costs.
        budgets: Vec<Budget>,
    },
    /// No quota counts the pod, or nobody looked for quotas.
    Quotas,
}

/// What came of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Every copy passed.
    Passed,
    /// A copy was refused.
    Refused,
    /// Nobody looked for the objects that it asks.
    Unread,
}

/// A check and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The check.
    pub check: Check,
    /// What came of it.
    pub status: Status,
}

/// The checks up to the one that refused. `ledger` is as it was before the first copy.
#[must_use]
pub fn review(pod: &Pod, outcome: &Outcome, ledger: &Ledger, inventory: &Inventory) -> Vec<Checked> {
    let rejection = outcome.rejected.as_ref().map(|rejected| &rejected.rejection);
    let mut checks = vec![(Check::Namespace, Some(Kind::Namespace))];
    let class = &pod.spec.priority_class_name;
    if !class.is_empty() {
        checks.push((Check::PriorityClass(class.clone()), Some(Kind::PriorityClass)));
    }
    if let Some(class) = &pod.spec.runtime_class_name {
        checks.push((Check::RuntimeClass(class.clone()), Some(Kind::RuntimeClass)));
    }
    if matches!(rejection, Some(Rejection::Invalid(_))) {
        checks.push((Check::Validation, None));
    }
    let ranges = inventory.limit_ranges.iter().filter(|range| range.metadata.namespace == pod.namespace());
    checks.push((Check::LimitRanges(ranges.count()), Some(Kind::LimitRange)));
    let level = inventory.namespaces.get(pod.namespace());
    let level = level.and_then(|it| it.metadata.labels.get("pod-security.kubernetes.io/enforce").cloned());
    checks.push((Check::PodSecurity(level), Some(Kind::Namespace)));
    let admitted = outcome.admitted.as_ref().unwrap_or(pod);
    let quotas = ledger.budgets(admitted, inventory);
    // Beside those that were read there may be others.
    if quotas.is_empty() || inventory.is_unread(Kind::ResourceQuota) {
        checks.push((Check::Quotas, Some(Kind::ResourceQuota)));
    }
    checks.extend(quotas.into_iter().map(|(name, budgets)| (Check::Quota { name, budgets }, None)));
    let mut reviewed = Vec::new();
    for (check, kind) in checks {
        let refused = rejection.is_some_and(|rejection| refuses(rejection, &check));
        let unread = kind.is_some_and(|kind| !inventory.is_whole(kind) && is_asked(kind, &check, inventory));
        let status = match (refused, unread) {
            (true, _) => Status::Refused,
            (_, true) => Status::Unread,
            _ => Status::Passed,
        };
        reviewed.push(Checked { check, status });
        if refused {
            break;
        }
    }
    reviewed
}

/// A class that the master makes is known although no classes were read.
fn is_asked(kind: Kind, check: &Check, inventory: &Inventory) -> bool {
    match check {
        Check::PriorityClass(name) => !inventory.priority_classes.contains_key(name) && inventory.is_unread(kind),
        _ => inventory.is_unread(kind),
    }
}

fn refuses(rejection: &Rejection, check: &Check) -> bool {
    match rejection {
        Rejection::NamespaceMissing { .. } | Rejection::NamespaceTerminating { .. } => *check == Check::Namespace,
        Rejection::PriorityClassMissing { .. }
        | Rejection::PriorityGiven { .. }
        | Rejection::PreemptionPolicyGiven { .. } => matches!(check, Check::PriorityClass(_)),
        Rejection::RuntimeClassMissing { .. }
        | Rejection::RuntimeSelectorConflict { .. }
        | Rejection::OverheadMismatch
        | Rejection::OverheadWithoutClass => matches!(check, Check::RuntimeClass(_)),
        Rejection::Invalid(_) => *check == Check::Validation,
        Rejection::LimitRange { .. } => matches!(check, Check::LimitRanges(_)),
        Rejection::PodSecurity { .. } => matches!(check, Check::PodSecurity(_)),
        Rejection::QuotaNeedsValues { quota, .. }
        | Rejection::QuotaNotCounted { quota, .. }
        | Rejection::QuotaExceeded { quota, .. } => matches!(check, Check::Quota { name, .. } if name == quota),
    }
}
