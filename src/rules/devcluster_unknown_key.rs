//! A key that devcluster does not know.

use super::Rule;
use super::devcluster::{faults, finding};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::devcluster::{FaultKind, Reading};
use crate::spelling;

pub(super) static RULE: Rule = Rule {
    id: "devcluster-unknown-key",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a key that devcluster does not know",
    why: "Every mapping of a devcluster file has a fixed set of keys, and devcluster ends at any other. What belongs to the master stands below `config_file`; only there devcluster takes everything.",
    master_says: &["invalid keys for MasterConfig: {'<key>'}", "invalid keys for Config: {'<key>'}"],
    facts: &["§7.3"],
    docs: "",
    before: "\
stages:
  - master:
      configFile:
        resource_manager:
          type: kubernetes
          cluster_name: onprem
          max_slots_per_pod: 8
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
    for fault in faults(reading) {
        let FaultKind::UnknownKey { key, allowed } = &fault.1.kind else { continue };
        let help = match spelling::closest(key, allowed.iter().copied()) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => format!("these can stand here: {}", allowed.join(", ")),
        };
        out.push(finding(&RULE, fault).help(help));
    }
}
