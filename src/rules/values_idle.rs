//! A value that the chart reads and that has no effect all the same.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "values-idle",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "a value that has no effect beside the others",
    why: "Some values count only together with others, and where the chart has a default of its own, 0 and false count as \
          unset, so that they cannot be set at all.",
    master_says: &[],
    facts: &["T-5", "§6.1", "§13 values of the chart"],
    docs: "reference/deploy/helm-config-reference",
    before: "\
maxSlotsPerPod: 4
initialUserPassword: Sample9Word
determinedMasterPort: 443
",
    after: "\
maxSlotsPerPod: 4
initialUserPassword: Sample9Word
determinedMasterHost: det.example.com
determinedMasterPort: 443
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for idle in cx.chart.map_or(&[][..], |chart| &chart.idle) {
        let finding = RULE.finding(idle.place, format!("`{}` has no effect", idle.path));
        out.push(finding.saying(idle.instead.clone()).help(idle.help.clone()));
    }
}
