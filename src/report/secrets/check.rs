//! The report of `detctl secrets check`.

use std::fmt::Write as _;

use serde::Serialize;

use super::list::{Row, Stored};
use super::words::{self, Check};
use crate::credentials::judge::{Outcome, State};
use crate::report::plain::line;

/// A stored kubeconfig, and what was found out about it.
pub struct Audited {
    /// It.
    pub row: Row,
    /// What was found out.
    pub outcomes: Vec<Outcome>,
}

/// For people: what is amiss, and for the rest that it is well.
#[must_use]
pub fn human(audited: &[Audited], amiss: &[String], namespace: &str) -> String {
    let mut text = String::new();
    for one in audited {
        let state = one.outcomes.iter().map(|outcome| outcome.state).max().unwrap_or(State::Unknown);
        let word = match state {
            State::Passed | State::Skipped => "well",
            other => words::state(other),
        };
        let _ = writeln!(text, "{}  Secret {}  {word}", line(&one.row.cluster), line(&one.row.secret));
        for outcome in one.outcomes.iter().filter(|outcome| outcome.state != State::Passed) {
            words::outcome(&mut text, outcome);
        }
    }
    for words in amiss {
        let _ = writeln!(text, "values  failed  {}", line(words));
    }
    let failed = |one: &&Audited| one.outcomes.iter().any(|outcome| outcome.state == State::Failed);
    let (all, failed) = (audited.len(), audited.iter().filter(failed).count());
    let _ = writeln!(text, "{all} checked in namespace {}: {failed} failed", line(namespace));
    text
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    namespace: &'a str,
    secrets: Vec<One<'a>>,
    values: &'a [String],
}

#[derive(Serialize)]
struct One<'a> {
    #[serde(flatten)]
    stored: Stored<'a>,
    checks: Vec<Check<'a>>,
}

/// One JSON document; members are only ever added.
///
/// # Errors
/// Never: there are texts and numbers only.
pub fn json(audited: &[Audited], amiss: &[String], namespace: &str) -> serde_json::Result<String> {
    let secrets = audited.iter().map(|audited| One {
        stored: Stored::from(&audited.row),
        checks: audited.outcomes.iter().map(Check::from).collect(),
    });
    let document = Document { version: 1, namespace, secrets: secrets.collect(), values: amiss };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}
