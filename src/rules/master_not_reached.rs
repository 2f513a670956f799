//! An address of the master that does not answer.

use super::Rule;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "master-not-reached",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "an address of the master that does not answer from here (with --live)",
    why: "Tasks start, look for the master at \
          `determined_master_scheme://determined_master_host:determined_master_port` and fail when nobody answers \
          there. What is asked from here need not be what pods see, but an address that leads nowhere here seldom \
          leads somewhere there.",
    master_says: &[],
    facts: &["T-11", "T-12"],
    docs: "reference/deploy/master-config-reference#determined-master-host",
    before: "",
    after: "",
    check: None,
};

/// The finding at the host.
pub(super) fn finding(place: Span, url: &str, words: &str) -> Finding {
    RULE.finding(place, format!("no master answers at {url}, asked from here: {words}"))
        .help("look at host, port and scheme; before the master is installed, this is as it should be")
}
