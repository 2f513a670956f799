//! More than one YAML document in a devcluster file.

use super::Rule;
use super::devcluster::{faults, finding};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::devcluster::{Fault, FaultKind, Reading};

pub(super) static RULE: Rule = Rule {
    id: "devcluster-second-document",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "more than one YAML document in a devcluster file",
    why: "The master ignores all documents but the first; devcluster ends with an error instead.",
    master_says: &["expected a single document in the stream"],
    facts: &["§7.1"],
    docs: "",
    before: "\
stages:
  - master:
      config_file:
        resource_manager:
          type: kubernetes
          cluster_name: onprem
          max_slots_per_pod: 8
---
commands: {}
",
    after: "\
stages:
  - master:
      config_file:
        resource_manager:
          type: kubernetes
          cluster_name: onprem
          max_slots_per_pod: 8
commands: {}
",
    check: None,
};

pub(super) fn check(reading: &Reading, out: &mut Vec<Finding>) {
    let of = |fault: &&(u64, &Fault)| matches!(fault.1.kind, FaultKind::SecondDocument);
    out.extend(faults(reading).iter().filter(of).map(|fault| finding(&RULE, *fault)));
}
