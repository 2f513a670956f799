//! A devcluster file that is empty or no mapping.

use super::Rule;
use super::devcluster::{faults, finding};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::devcluster::{Fault, FaultKind, Reading};

pub(super) static RULE: Rule = Rule {
    id: "devcluster-root",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a devcluster file that is empty or no mapping",
    why: "devcluster looks for `stages` at the root of its file and ends when the file is empty, a list or a single value.",
    master_says: &["config file does not represent a dict", "config file is an empty file"],
    facts: &["§7.1"],
    docs: "",
    before: "\
- stages: []
",
    after: "\
stages: []
",
    check: None,
};

pub(super) fn check(reading: &Reading, out: &mut Vec<Finding>) {
    let of = |fault: &&(u64, &Fault)| matches!(fault.1.kind, FaultKind::Root);
    out.extend(faults(reading).iter().filter(of).map(|fault| finding(&RULE, *fault)));
}
