//! Whole numbers with a leading zero.

use super::{Context, Rule};
use crate::diagnostic::{Applicability, Edit, Effect, Finding, Fix, Severity};
use crate::model::devcluster::Reading;
use crate::yaml::Octal;

pub(super) static RULE: Rule = Rule {
    id: "octal-number",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "a whole number with a leading zero, which YAML 1.1 reads as octal",
    why: "The master, the chart and devcluster read YAML 1.1, where a whole number with a leading zero is octal: 010 is 8. \
          Where text is wanted, it has to be in quotes. File modes of volumes are meant to be octal and left alone.",
    master_says: &[],
    facts: &["T-27", "§1.1"],
    docs: "reference/deploy/master-config-reference",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 010
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 10
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    out.extend(cx.outline.octals.iter().map(finding));
}

/// The same for a devcluster file; what it writes has no such numbers any more.
pub(super) fn check_devcluster(reading: &Reading, out: &mut Vec<Finding>) {
    out.extend(reading.octals.iter().map(finding));
}

fn finding(octal: &Octal) -> Finding {
    let (value, decimal) = (octal.value, octal.decimal);
    let finding = RULE.finding(octal.span, format!("with a leading zero this is {value}, not {decimal}"));
    let edits = vec![Edit { span: octal.span, replacement: decimal.to_string() }];
    let fix = Fix { title: format!("write `{decimal}`"), applicability: Applicability::Unsafe, edits };
    finding
        .help(format!("write {value} if that is meant, {decimal} if not; where text is wanted, put it in quotes"))
        .fix(fix)
}
