//! A stage with a second key, which devcluster drops.

use super::Rule;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::devcluster::Reading;

pub(super) static RULE: Rule = Rule {
    id: "devcluster-second-stage",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "a stage with a second key, which devcluster drops",
    why: "Every entry of `stages` is a mapping with one key, the kind of the stage. devcluster takes the first and says nothing of the others; often a `- ` is missing.",
    master_says: &[],
    facts: &["§7.3"],
    docs: "",
    before: "\
stages:
  - db: {}
    custom:
      name: build
      cmd: [make]
",
    after: "\
stages:
  - db: {}
  - custom:
      name: build
      cmd: [make]
",
    check: None,
};

pub(super) fn check(reading: &Reading, out: &mut Vec<Finding>) {
    out.extend(reading.second_stages.iter().map(|second| {
        RULE.finding(second.loser, format!("devcluster drops this `{}`", second.name))
            .saying("never looked at")
            .also(second.winner, "the first key is the stage")
            .help("write `- ` before it to make it a stage of its own")
    }));
}
