//! A value that devcluster cannot use.

use super::Rule;
use super::devcluster::{faults, finding};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::devcluster::{Fault, FaultKind, Reading};

pub(super) static RULE: Rule = Rule {
    id: "devcluster-bad-value",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a value that devcluster cannot use",
    why: "devcluster checks the types of what it uses itself and ends with a Python traceback: an assertion, or an error about a `NoneType` where a mapping was left empty. `master:` without a value needs `{}`. It does not look into `config_file`.",
    master_says: &[
        "stages must be a list of dicts",
        "'NoneType' object has no attribute 'keys'",
        "MasterConfig.kill_signal must be a valid signal name, like 'KILL' or 'SIGKILL', not '<name>'",
    ],
    facts: &["§7.3"],
    docs: "",
    before: "\
stages:
  - db:
",
    after: "\
stages:
  - db: {}
",
    check: None,
};

pub(super) fn check(reading: &Reading, out: &mut Vec<Finding>) {
    let of = |fault: &&(u64, &Fault)| matches!(fault.1.kind, FaultKind::BadValue);
    out.extend(faults(reading).iter().filter(of).map(|fault| finding(&RULE, *fault)));
}
