//! Two layers of values of which one has a mapping where the other has something else.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "values-contradict",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "two files of values that contradict each other in type",
    why: "Helm merges mappings of several files key by key. Where one file has a mapping and another one text, a number or \
          a list, the later one replaces the earlier one as a whole, and all that stood in it is gone without a word.",
    master_says: &[],
    facts: &["§6.1"],
    docs: "reference/deploy/helm-config-reference",
    before: "\
# base.yaml
resourcePools:
  - pool_name: default
# prod.yaml
resourcePools:
  default: {}
",
    after: "\
# base.yaml
resourcePools:
  - pool_name: default
# prod.yaml
resourcePools:
  - pool_name: a100
",
    check: None,
};

pub(super) fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for found in cx.chart.map_or(&[][..], |chart| &chart.contradictions) {
        let (now, before) = if found.later_is_table { ("a mapping", "not") } else { ("no mapping", "a mapping") };
        let message = format!("`{}` is {now} here and replaces what an earlier file says as a whole", found.path);
        let finding = RULE.finding(found.later, message).also(found.earlier, format!("here it is {before}"));
        out.push(finding.help("write the same kind of value in both files, or null in the later one to remove it"));
    }
}
