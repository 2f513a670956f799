//! A suppression that suppresses nothing.

use super::Rule;
use super::suppression::Scope;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "suppression-unused",
    severity: Severity::Warning,
    effect: Effect::Style,
    summary: "a suppression that suppresses nothing",
    why: "What was suppressed has been mended, or stands on another line. Left in the file, the comment would hide the next \
          finding of that rule. A comment on a line of its own concerns the next line that says something; one before \
          everything else concerns the whole file.",
    master_says: &[],
    facts: &[],
    docs: "",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem # detctl: ignore[deprecated-key]
  max_slots_per_pod: 8
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
",
    check: None,
};

/// The finding for such a name.
pub(super) fn finding(place: Span, name: &str, scope: Scope) -> Finding {
    let (message, says) = match scope {
        Scope::File => {
            (format!("nothing in this file is a finding of `{name}`"), "it stands first, and concerns the whole file")
        }
        Scope::Line(_) => (format!("nothing on the line that it concerns is a finding of `{name}`"), ""),
    };
    RULE.finding(place, message).saying(says).help("remove it, or move it to the line of the finding")
}
