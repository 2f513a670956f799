//! A default namespace that is not there.

use super::Rule;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "namespace-not-found",
    severity: Severity::Error,
    effect: Effect::FailsAtStart,
    summary: "a `default_namespace` that the cluster does not have (with --live)",
    why: "The master looks for `default_namespace` on each cluster as it starts, and ends when it is not there. It \
          makes no namespace but for workspaces.",
    master_says: &[
        "error verifying default namespace existence for cluster '<name>': error finding namespace <namespace>: namespaces \"<namespace>\" not found",
    ],
    facts: &["T-41", "§3.4"],
    docs: "reference/deploy/master-config-reference#default-namespace",
    before: "",
    after: "",
    check: None,
};

/// The finding at `default_namespace`.
pub(super) fn finding(place: Span, title: &str, namespace: &str) -> Finding {
    let finding = RULE.finding(place, format!("there is no namespace {namespace:?} on the cluster of {title}"));
    finding.help(format!("kubectl create namespace {namespace}"))
}
