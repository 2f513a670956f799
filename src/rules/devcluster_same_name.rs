//! Two stages of one name, which share one configuration file.

use super::Rule;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::devcluster::Reading;

pub(super) static RULE: Rule = Rule {
    id: "devcluster-same-name",
    severity: Severity::Error,
    effect: Effect::Misroutes,
    summary: "two stages of one name, which share one configuration file",
    why: "devcluster writes the configuration of a master or agent into a file that is called like the stage, all files before the first stage starts. Of two stages of one name both read what was written last.",
    master_says: &[],
    facts: &["§7.3", "§13"],
    docs: "",
    before: "\
stages:
  - master:
      config_file:
        resource_manager:
          type: kubernetes
          cluster_name: onprem
          max_slots_per_pod: 8
  - master:
      config_file: {port: 8081}
",
    after: "\
stages:
  - master:
      config_file:
        resource_manager:
          type: kubernetes
          cluster_name: onprem
          max_slots_per_pod: 8
  - master:
      name: second
      config_file: {port: 8081}
",
    check: None,
};

pub(super) fn check(reading: &Reading, out: &mut Vec<Finding>) {
    out.extend(reading.overwritten.iter().map(|stage| {
        RULE.finding(stage.loser, format!("two stages are called `{}` and share one configuration file", stage.name))
            .saying("its configuration is overwritten")
            .also(stage.winner, "by that of this one")
            .help("give one of them another `name`")
    }));
}
