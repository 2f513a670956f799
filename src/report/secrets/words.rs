//! What several reports say in the same words.

use std::fmt::Write as _;

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

/// One line for a check, with what helps below it where something is amiss.
pub(super) fn outcome(text: &mut String, outcome: &Outcome) {
    let _ = writeln!(text, "  {:<8}{:<14}{}", state(outcome.state), outcome.check.id, line(&outcome.words));
    if outcome.state > State::Skipped {
        for help in outcome.help.iter().flat_map(|help| help.lines()) {
            let _ = writeln!(text, "{:24}{}", "", line(help));
        }
    }
}
