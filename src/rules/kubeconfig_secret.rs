//! A Secret with a kubeconfig that is not as the values have it.

use super::Rule;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "kubeconfig-secret",
    severity: Severity::Error,
    effect: Effect::FailsAtStart,
    summary: "a Secret with a kubeconfig that is missing, lacks its key, or has ended (with --live)",
    why: "The chart mounts the Secret of each additional resource manager from the namespace of the release. Without it the \
          pod of the master does not start; with another key in it the master ends, as there is no such file; and when the \
          token in it has ended, no job starts there any more. An updated Secret is read at the next start only.",
    master_says: &[],
    facts: &["T-44", "T-45"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "",
    after: "",
    check: None,
};

/// The finding at the name of the Secret, or of its key.
pub(super) fn finding(place: Span, words: &str, severity: Severity) -> Finding {
    let mut finding = RULE.finding(place, words.to_owned());
    finding.severity = severity;
    finding.help("`detctl secrets create` makes it, and `detctl secrets check` looks closer")
}
