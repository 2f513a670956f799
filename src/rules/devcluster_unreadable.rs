//! A text or a value that devcluster cannot read.

use super::Rule;
use super::devcluster::{faults, finding};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::devcluster::{Fault, FaultKind, Reading};

pub(super) static RULE: Rule = Rule {
    id: "devcluster-unreadable",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a text or a value that devcluster cannot read",
    why: "devcluster reads its file with PyYAML, which is stricter than the master in some places: a tab between tokens, a plain `=`, a tag of another program or a date that does not exist end it with a traceback.",
    master_says: &[
        "could not determine a constructor for the tag 'tag:yaml.org,2002:value'",
        "found character '<c>' that cannot start any token",
    ],
    facts: &["§7.1"],
    docs: "",
    before: "\
stages:
  - master:
      config_file:
        resource_manager:
          type: kubernetes
          cluster_name: =
          max_slots_per_pod: 8
",
    after: "\
stages:
  - master:
      config_file:
        resource_manager:
          type: kubernetes
          cluster_name: \"=\"
          max_slots_per_pod: 8
",
    check: None,
};

pub(super) fn check(reading: &Reading, out: &mut Vec<Finding>) {
    let of = |fault: &&(u64, &Fault)| matches!(fault.1.kind, FaultKind::Unreadable);
    out.extend(faults(reading).iter().filter(of).map(|fault| finding(&RULE, *fault)));
}
