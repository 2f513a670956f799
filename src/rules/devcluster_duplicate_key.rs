//! One key twice in a mapping of a devcluster file.

use super::Rule;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::devcluster::Reading;

pub(super) static RULE: Rule = Rule {
    id: "devcluster-duplicate-key",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "one key twice in a mapping of a devcluster file",
    why: "PyYAML keeps the last of equal keys and says nothing, as the master does.",
    master_says: &[],
    facts: &["T-39", "§7.1"],
    docs: "",
    before: "\
stages:
  - master:
      config_file:
        resource_manager:
          type: kubernetes
          cluster_name: onprem
          max_slots_per_pod: 8
          max_slots_per_pod: 4
",
    after: "\
stages:
  - master:
      config_file:
        resource_manager:
          type: kubernetes
          cluster_name: onprem
          max_slots_per_pod: 8
",
    check: None,
};

pub(super) fn check(reading: &Reading, out: &mut Vec<Finding>) {
    out.extend(reading.duplicate_keys.iter().map(|key| {
        RULE.finding(key.loser, format!("the key `{}` stands twice in this mapping", key.name))
            .saying("this one is ignored")
            .also(key.winner, "this one counts, it comes last")
            .help("remove one of them")
    }));
}
