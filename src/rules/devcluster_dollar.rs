//! A dollar that devcluster takes away from a secret.

use super::Rule;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::devcluster::Reading;

pub(super) static RULE: Rule = Rule {
    id: "devcluster-dollar",
    severity: Severity::Info,
    effect: Effect::Degrades,
    summary: "a password with `$$`, of which one dollar is left",
    why: "devcluster replaces variables in every text of the file, and `$$` is how it is told a single dollar. A password that has two of them in a row reaches the master and the database with one.",
    master_says: &[],
    facts: &["T-28", "§7.2"],
    docs: "",
    before: "\
stages:
  - master:
      config_file:
        db:
          password: Lake$$Side7
        resource_manager:
          type: kubernetes
          cluster_name: onprem
          max_slots_per_pod: 8
",
    after: "\
stages:
  - master:
      config_file:
        db:
          password: LakeSide7
        resource_manager:
          type: kubernetes
          cluster_name: onprem
          max_slots_per_pod: 8
",
    check: None,
};

pub(super) fn check(reading: &Reading, out: &mut Vec<Finding>) {
    out.extend(reading.dollars.iter().map(|span| {
        RULE.finding(*span, "of `$$` in this secret one dollar is left")
            .help("write `$$$$` if two are meant; leave it as it is if one is meant")
    }));
}
