//! A suppression of a rule that does not exist.

use super::Rule;
use crate::diagnostic::{Applicability, Edit, Effect, Finding, Fix, Severity};
use crate::source::Span;
use crate::spelling;

pub(super) static RULE: Rule = Rule {
    id: "suppression-unknown-rule",
    severity: Severity::Warning,
    effect: Effect::Style,
    summary: "a suppression of a rule that does not exist",
    why: "A suppression with a misspelt rule hides nothing, and would go on to do so when the file changes.",
    master_says: &[],
    facts: &[],
    docs: "",
    before: "\
resource_manager:
  type: kubernetes
  name: onprem # detctl: ignore[deprecated-keys]
  max_slots_per_pod: 8
",
    after: "\
resource_manager:
  type: kubernetes
  name: onprem # detctl: ignore[deprecated-key]
  max_slots_per_pod: 8
",
    check: None,
};

/// The finding for such a name.
pub(super) fn finding(place: Span, name: &str) -> Finding {
    let finding = RULE.finding(place, format!("there is no rule `{name}`"));
    match spelling::closest(name, super::all().iter().map(|rule| rule.id)) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")).fix(Fix {
            title: format!("write `{meant}`"),
            applicability: Applicability::Unsafe,
            edits: vec![Edit { span: place, replacement: meant.to_owned() }],
        }),
        None => finding.help("`detctl rules` lists them all"),
    }
}
