//! Rights that are lacking.

use super::Rule;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "kubeconfig-rights",
    severity: Severity::Error,
    effect: Effect::FailsAtStart,
    summary: "rights that the kubeconfig of a resource manager lacks (with --live)",
    why: "The master lists Jobs of the whole cluster and more as it starts, and ends when it may not; without others \
          tasks fail or cannot be ended. Only the kubeconfig that the configuration names is asked, not a context of \
          yours.",
    master_says: &[],
    facts: &["T-31", "T-43", "§3.4"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "",
    after: "",
    check: None,
};

/// The finding at the kubeconfig; `first` is the first right, with what happens without it.
pub(super) fn finding(place: Span, (right, without): (&str, &str), others: usize, severity: Severity) -> Finding {
    let more = if others > 0 { format!(", and {others} more") } else { String::new() };
    let finding = RULE.finding(place, format!("it may not {right}{more}: {without}")).weighing(severity);
    finding.help("`detctl secrets create` makes an identity with the rights that the master needs")
}
