//! The document is a list or a scalar.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Ending, Finding, LoadFailure, Phase, Severity};

pub(super) static RULE: Rule = Rule {
    id: "root-not-mapping",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "the document is not a mapping of settings",
    why: "A configuration is a mapping from section names to sections. The master refuses a list or a single value; an \
          empty document is fine and means all defaults.",
    master_says: &[
        "unmarshalling yaml configuration file: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal \
         array into Go value of type map[string]interface {}",
    ],
    facts: &["E-L3"],
    docs: "reference/deploy/master-config-reference",
    before: "\
- resource_manager:
    type: kubernetes
    cluster_name: onprem
    max_slots_per_pod: 8
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
    let Some((kind, span)) = cx.loaded.root_kind else {
        return;
    };
    let words = vec![format!(
        "unmarshalling yaml configuration file: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal \
         {kind} into Go value of type map[string]interface {{}}"
    )];
    let what = if kind == "array" { "a list" } else { "a single value" };
    let load = LoadFailure { phase: Phase::Parse, order: 1, ending: Ending::Message, words };
    let finding = RULE.finding(span, format!("the document is {what}, not a mapping"));
    out.push(finding.help("start with a section such as `resource_manager:`").ends_load(load));
}
