//! Jobs that the master would delete.

use super::Rule;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "foreign-jobs",
    severity: Severity::Warning,
    effect: Effect::FailsAtStart,
    summary: "jobs of another Determined in a namespace of tasks (with --live)",
    why: "As it starts, the master deletes every Job and ConfigMap in its namespaces that has the label `determined` \
          and is not one of its own. Two masters with one namespace of one cluster delete each other's jobs.",
    master_says: &[],
    facts: &["T-42"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "",
    after: "",
    check: None,
};

/// The finding at the namespace.
pub(super) fn finding(place: Span, namespace: &str, masters: &[String]) -> Finding {
    let message = format!("jobs of several masters are in namespace {namespace:?}: {}", masters.join(", "));
    let mut finding = RULE.finding(place, message).help("give each Determined namespaces of its own");
    finding.effect = Effect::Misroutes;
    finding
}
