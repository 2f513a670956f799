//! The checks of admission, each in a line.

use crate::report::admission_words;
use crate::scheduling::Outcome;
use crate::scheduling::admission::quota::Budget;
use crate::scheduling::admission::review::{Check, Checked, Status};
use crate::scheduling::routing::PodPlan;

/// A check in words.
pub(super) struct Line {
    /// What is checked, as its object or plugin is called.
    pub(super) check: &'static str,
    /// `ok`, `reject` or `unknown`.
    pub(super) status: &'static str,
    /// What was found.
    pub(super) detail: String,
}

/// The words of a check.
pub(super) fn line(checked: &Checked, outcome: &Outcome, plan: &PodPlan) -> Line {
    let check = match &checked.check {
        Check::Namespace => "Namespace",
        Check::PriorityClass(_) => "PriorityClass",
        Check::RuntimeClass(_) => "RuntimeClass",
        Check::Validation => "validation",
        Check::LimitRanges(_) => "LimitRange",
        Check::PodSecurity(_) => "PodSecurity",
        Check::Quota { .. } | Check::Quotas => "ResourceQuota",
    };
    let status = match checked.status {
        Status::Passed => "ok",
        Status::Refused => "reject",
        Status::Unread => "unknown",
    };
    let detail = match (checked.status, &outcome.rejected) {
        (Status::Refused, Some(rejected)) => {
            let name = format!("{}-{}", plan.pod.metadata.name, rejected.copy);
            admission_words::rejection(&name, &rejected.rejection)
        }
        (Status::Unread, _) => "not read".to_owned(),
        _ => passed(&checked.check, plan),
    };
    Line { check, status, detail }
}

fn passed(check: &Check, plan: &PodPlan) -> String {
    match check {
        Check::Namespace => format!("\"{}\" is there", plan.namespace.name()),
        Check::PriorityClass(name) if plan.makes_class() && *name == plan.pod.spec.priority_class_name => {
            format!("the master makes one for the allocation, value {}, that never preempts", plan.priority)
        }
        Check::PriorityClass(name) | Check::RuntimeClass(name) => format!("\"{name}\" is there"),
        Check::Validation => "the pod is valid".to_owned(),
        Check::LimitRanges(0) => "none in the namespace".to_owned(),
        Check::LimitRanges(count) => format!("the bounds of {count} are kept"),
        Check::PodSecurity(None) => "no level is enforced".to_owned(),
        Check::PodSecurity(Some(level)) => format!("the level {level} is kept"),
        Check::Quotas => "none counts the pods".to_owned(),
        Check::Quota { name, budgets } if budgets.is_empty() => format!("{name}: the pods cost nothing of it"),
        Check::Quota { name, budgets } => {
            let copies = u64::try_from(plan.split.pods).unwrap_or(0);
            let budgets: Vec<String> = budgets.iter().map(|budget| sum(budget, copies)).collect();
            format!("{name}: {}", budgets.join(", "))
        }
    }
}

fn sum(budget: &Budget, copies: u64) -> String {
    let Budget { resource, used, each, hard } = budget;
    format!("{resource} {used} + {} <= {hard}", each.times(copies))
}
