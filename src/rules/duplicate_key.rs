//! One key twice in a mapping.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-key",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "one key twice in a mapping",
    why: "The master keeps the last of equal keys and says nothing. Typical is a `kubeconfig_path` written by hand beside \
          one that a tool added: the first is ignored.",
    master_says: &[],
    facts: &["T-39", "T-5", "§1.1"],
    docs: "reference/deploy/master-config-reference",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  max_slots_per_pod: 4
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    out.extend(cx.outline.duplicates.iter().map(|duplicate| {
        RULE.finding(duplicate.ignored, format!("the key `{}` stands twice in this mapping", duplicate.key))
            .saying("this one is ignored")
            .also(duplicate.winner, "this one counts, it comes last")
            .help("remove one of them")
    }));
}
