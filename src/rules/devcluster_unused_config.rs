//! The command line of a master that leaves out its configuration.

use super::Rule;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::devcluster::Reading;

pub(super) static RULE: Rule = Rule {
    id: "devcluster-unused-config",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "the command line of a master that leaves out its configuration",
    why: "devcluster puts the path of the file that it wrote in the place of `:config` in `cmdline`. Without that word the master starts with another configuration, and what stands in `config_file` has no effect.",
    master_says: &[],
    facts: &["§7.3", "§7.4"],
    docs: "",
    before: "\
stages:
  - master:
      cmdline: [determined-master, run]
      config_file:
        resource_manager:
          type: kubernetes
          cluster_name: onprem
          max_slots_per_pod: 8
",
    after: "\
stages:
  - master:
      cmdline: [determined-master, run, --config-file, ':config']
      config_file:
        resource_manager:
          type: kubernetes
          cluster_name: onprem
          max_slots_per_pod: 8
",
    check: None,
};

pub(super) fn check(reading: &Reading, out: &mut Vec<Finding>) {
    out.extend(reading.unused_configs.iter().map(|cmdline| {
        RULE.finding(*cmdline, "this command line has no `:config`, so the master never reads `config_file`")
            .help("add `--config-file` and `:config`")
    }));
}
