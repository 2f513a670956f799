//! A line of an env file that is no assignment.

use super::Rule;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::devcluster::{BadLine, Reading};

pub(super) static RULE: Rule = Rule {
    id: "env-file-line",
    severity: Severity::Error,
    effect: Effect::Degrades,
    summary: "a line of an env file that is no assignment",
    why: "A file given with `--env-file` holds lines `NAME=VALUE`, empty lines and comments behind `#`. A value is \
          everything behind the first `=`, quotes included. Other lines set nothing.",
    master_says: &[],
    facts: &["§7.2"],
    docs: "",
    before: "\
# the database
DET_DB_HOST postgres
",
    after: "\
# the database
DET_DB_HOST=postgres
",
    check: None,
};

pub(super) fn check(reading: &Reading, out: &mut Vec<Finding>) {
    let finding = |line: &BadLine| RULE.finding(line.span, line.message.clone());
    out.extend(reading.bad_lines.iter().map(|line| finding(line).help("write `NAME=VALUE`")));
}
