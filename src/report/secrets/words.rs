//! What several reports say in the same words.

use std::fmt::Write as _;

use serde::Serialize;

use crate::credentials::judge::{Outcome, State};
use crate::credentials::plan::Change;
use crate::report::plain::line;

pub(super) fn state(state: State) -> &'static str {
    match state {
        State::Passed => "passed",
        State::Unknown => "unknown",
        State::Skipped => "skipped",
        State::Warned => "warning",
        State::Failed => "failed",
    }
}

pub(super) fn change(change: Change) -> &'static str {
    match change {
        Change::Create => "create",
        Change::Change => "change",
        Change::Same => "same",
        Change::Blocked => "blocked",
    }
}

/// The sign before an object in a plan.
pub(super) fn sign(change: Change) -> char {
    match change {
        Change::Create => '+',
        Change::Change => '~',
        Change::Same => '=',
        Change::Blocked => '!',
    }
}

/// A check for programs; members are only ever added.
#[derive(Serialize)]
pub(super) struct Check<'a> {
    id: &'static str,
    state: &'static str,
    words: &'a str,
    help: Option<&'a str>,
}

impl<'a> From<&'a Outcome> for Check<'a> {
    fn from(outcome: &'a Outcome) -> Self {
        let Outcome { check, state: how, words, help } = outcome;
        Self { id: check.id, state: state(*how), words, help: help.as_deref() }
    }
}

/// What came of a cluster, with the checks that did not pass.
pub(super) fn done(text: &mut String, cluster: &str, words: &str, outcomes: &[Outcome]) {
    let _ = writeln!(text, "{}  {words}", line(cluster));
    for one in outcomes.iter().filter(|outcome| outcome.state != State::Passed) {
        outcome(text, one);
    }
}

/// One line for a check, with what helps below it where something is amiss.
pub(super) fn outcome(text: &mut String, outcome: &Outcome) {
    let _ = writeln!(text, "  {:<8}{:<13} {}", state(outcome.state), outcome.check.id, line(&outcome.words));
    if outcome.state > State::Skipped {
        for help in outcome.help.iter().flat_map(|help| help.lines()) {
            let _ = writeln!(text, "{:24}{}", "", line(help));
        }
    }
}
