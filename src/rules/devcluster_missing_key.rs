//! A key that devcluster insists on is missing.

use super::Rule;
use super::devcluster::{faults, finding};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::devcluster::{Fault, FaultKind, Reading};

pub(super) static RULE: Rule = Rule {
    id: "devcluster-missing-key",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a key that devcluster insists on is missing",
    why: "The file needs `stages`, a custom stage `cmd` and `name`, a custom_docker stage `name`, `container_name` and `run_args`, a conncheck `port`, a logcheck `regex`.",
    master_says: &["missing required keys for Config: {'stages'}", "missing required keys for CustomConfig: {'name'}"],
    facts: &["§7.3"],
    docs: "",
    before: "\
stages:
  - custom:
      cmd: [make]
",
    after: "\
stages:
  - custom:
      name: build
      cmd: [make]
",
    check: None,
};

pub(super) fn check(reading: &Reading, out: &mut Vec<Finding>) {
    let of = |fault: &&(u64, &Fault)| matches!(fault.1.kind, FaultKind::MissingKey);
    out.extend(faults(reading).iter().filter(of).map(|fault| finding(&RULE, *fault)));
}
