//! The text is no YAML.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Ending, Finding, LoadFailure, Phase, Severity};

pub(super) static RULE: Rule = Rule {
    id: "invalid-yaml",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "the text is no YAML that the master can read",
    why: "The master reads the file with go-yaml v2, a reader of YAML 1.1. It stops at the first fault with a line \
          number that is often one off and never a column. Everything else in the file stays unchecked.",
    master_says: &["unmarshalling yaml configuration file: error converting YAML to JSON: yaml: line <n>: <problem>"],
    facts: &["E-L3"],
    docs: "reference/deploy/master-config-reference",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: \"onprem
  max_slots_per_pod: 8
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: \"onprem\"
  max_slots_per_pod: 8
",
    check: Some(check),
};

/// What the master puts before errors of the YAML reader.
pub(super) const WRAPPER: &str = "unmarshalling yaml configuration file: error converting YAML to JSON: ";

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(error) = &cx.loaded.syntax else {
        return;
    };
    let mut finding = RULE.finding(error.span, error.message.clone());
    if let Some(help) = &error.help {
        finding = finding.help(help.clone());
    }
    let (ending, words) = match &error.go_yaml {
        Some(text) => (Ending::Message, vec![format!("{WRAPPER}{text}")]),
        None => (Ending::NotKnown, Vec::new()),
    };
    out.push(finding.ends_load(LoadFailure { phase: Phase::Parse, order: 0, ending, words }));
}
