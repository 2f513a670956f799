//! A value that changes its meaning between the devcluster file and the master.

use super::Rule;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::devcluster::Reading;

pub(super) static RULE: Rule = Rule {
    id: "devcluster-retyped",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "a value that changes its meaning between the devcluster file and the master",
    why: "devcluster reads `config_file` with PyYAML and writes it anew, and the master reads that with go-yaml. The two disagree: PyYAML takes `1:30` for 90 and 010 for 8, and it writes the texts `y`, `n`, `1e3`, `0o17` or `08` without quotes even if they were quoted, which the master takes for a truth value or a number.",
    master_says: &[],
    facts: &["§7.4", "T-25"],
    docs: "",
    before: "\
stages:
  - master:
      config_file:
        resource_manager:
          type: kubernetes
          cluster_name: onprem
          max_slots_per_pod: 8
        cluster_name: \"1e3\"
",
    after: "\
stages:
  - master:
      config_file:
        resource_manager:
          type: kubernetes
          cluster_name: onprem
          max_slots_per_pod: 8
        cluster_name: cluster-1e3
",
    check: None,
};

pub(super) fn check(reading: &Reading, out: &mut Vec<Finding>) {
    out.extend(reading.retyped.iter().map(|value| {
        let message = format!("this is {} to a master.yaml, and devcluster makes it {}", value.meant, value.becomes);
        RULE.finding(value.span, message)
            .saying(format!("reaches the master as {}", value.becomes))
            .help("choose a value that no reader of YAML takes for something else; quotes do not survive devcluster")
    }));
}
