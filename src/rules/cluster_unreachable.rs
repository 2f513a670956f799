//! A cluster that does not answer.

use super::{Rule, seen::Unseen};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "cluster-unreachable",
    severity: Severity::Error,
    effect: Effect::FailsAtStart,
    summary: "a cluster that cannot be asked (with --live)",
    why: "One cluster that the master cannot reach, or that does not know its credentials, stops the whole master: it \
          asks all of them as it starts.",
    master_says: &[],
    facts: &["T-51", "§3.4"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "",
    after: "",
    check: None,
};

/// The finding at the kubeconfig of a resource manager.
pub(super) fn finding(place: Span, title: &str, unseen: &Unseen) -> Finding {
    let verb = if unseen.severity < Severity::Error { "was not looked at" } else { "cannot be asked" };
    let message = format!("the cluster of {title} {verb}: {}", unseen.words);
    let hint = unseen.hint.clone();
    RULE.finding(place, message)
        .weighing(unseen.severity)
        .help(hint.unwrap_or_else(|| "look at the kubeconfig, and whether the cluster runs".to_owned()))
}
