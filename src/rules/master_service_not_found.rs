//! A Service of the master that is looked up and not there.

use super::Rule;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "master-service-not-found",
    severity: Severity::Error,
    effect: Effect::FailsAtStart,
    summary: "a Service of the master that the cluster does not have (with --live)",
    why: "Without `determined_master_host` and `determined_master_port` the master looks for its own Service on each \
          cluster, in the namespace of the release or the default one, and ends when it is not there. On additional \
          clusters it never is.",
    master_says: &[],
    facts: &["T-10", "§3.4"],
    docs: "reference/deploy/master-config-reference#determined-master-host",
    before: "",
    after: "",
    check: None,
};

/// The finding at the resource manager that has no address of the master.
pub(super) fn finding(place: Span, title: &str, service: &str) -> Finding {
    let message = format!("the cluster of {title} has no Service {service}, at which tasks would reach the master");
    RULE.finding(place, message).help("set both `determined_master_host` and `determined_master_port`")
}
