//! A kind of stage or command that devcluster does not have.

use super::Rule;
use super::devcluster::{faults, finding};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::devcluster::{FaultKind, Reading};
use crate::spelling;

pub(super) static RULE: Rule = Rule {
    id: "devcluster-unknown-kind",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a kind of stage or command that devcluster does not have",
    why: "The first key of a stage is its kind, and so is that of a command in `pre` or `post`. devcluster checks the commands of a master only when it builds the stage.",
    master_says: &[
        "<kind> is not one of {'agent', 'custom', 'custom_docker', 'db', 'elastic', 'master'}",
        "<kind> is not one of {'conncheck', 'custom', 'logcheck', 'sh'}",
    ],
    facts: &["§7.3"],
    docs: "",
    before: "\
stages:
  - postgres: {}
",
    after: "\
stages:
  - db: {}
",
    check: None,
};

pub(super) fn check(reading: &Reading, out: &mut Vec<Finding>) {
    for fault in faults(reading) {
        let FaultKind::UnknownKind { kind, allowed } = &fault.1.kind else { continue };
        let help = match spelling::closest(kind, allowed.iter().copied()) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => format!("there are: {}", allowed.join(", ")),
        };
        out.push(finding(&RULE, fault).help(help));
    }
}
