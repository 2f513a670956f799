//! A comment that speaks to detctl and cannot be read.

use super::Rule;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "suppression-syntax",
    severity: Severity::Warning,
    effect: Effect::Style,
    summary: "a comment that starts with `detctl:` and is no suppression",
    why: "A comment `# detctl: ignore[RULE] reason` hides findings of that rule: those of its line, of the next line when it \
          stands alone, of the whole file when it stands before everything else. Several rules are divided by commas. A \
          comment that starts with `detctl:` and reads otherwise hides nothing.",
    master_says: &[],
    facts: &[],
    docs: "",
    before: "\
resource_manager:
  type: kubernetes
  name: onprem # detctl: ignore deprecated-key
  max_slots_per_pod: 8
",
    after: "\
resource_manager:
  type: kubernetes
  name: onprem # detctl: ignore[deprecated-key] until the scripts know the new key
  max_slots_per_pod: 8
",
    check: None,
};

/// The finding for such a comment.
pub(super) fn finding(place: Span, what: &'static str) -> Finding {
    RULE.finding(place, "this comment hides no finding").saying(what).help("write `# detctl: ignore[RULE] reason`")
}
