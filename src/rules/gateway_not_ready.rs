//! A gateway that is not ready.

use super::Rule;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "gateway-not-ready",
    severity: Severity::Error,
    effect: Effect::FailsAtStart,
    summary: "an internal task gateway that is not there (with --live)",
    why: "The master makes no Gateway: it needs one with a listener from the start, of gateway.networking.k8s.io/v1, \
          and TCPRoutes of v1alpha2, which are in the experimental channel of the Gateway API. A Gateway has at most \
          64 listeners, one for each port in use.",
    master_says: &[],
    facts: &["T-30", "T-31", "§3.4"],
    docs: "setup-cluster/k8s/internal-task-gateway",
    before: "",
    after: "",
    check: None,
};

/// The finding at the gateway; one that only lacks room does not stop the master.
pub(super) fn finding(place: Span, words: &str, severity: Severity) -> Finding {
    let finding = RULE.finding(place, words.to_owned()).weighing(severity);
    finding.help("install the Gateway API and a Gateway as the page has it, before the master starts")
}
