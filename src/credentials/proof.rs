//! What a new credential has proven, as a whole: the same for one that is made and for one that takes its place.

use super::judge::{self, Outcome, State};
use super::operator::TokenMode;
use super::survey::Proof;

/// For how long a credential was asked for, and is.
#[derive(Clone, Copy)]
pub struct Term {
    /// How it was made.
    pub mode: TokenMode,
    /// Until when it holds, in seconds since 1970.
    pub not_after: Option<i64>,
    /// When it is, in seconds since 1970.
    pub now: i64,
    /// How a moment is written.
    pub date: fn(i64) -> String,
}

/// What was seen with it: whose it is, then groups, lifetime and rights, of which so many are needed.
#[must_use]
pub fn outcomes(proof: &Proof, identity: Outcome, term: Term, needed: usize) -> Vec<Outcome> {
    let [start, run, optional] = judge::rights(&proof.lacking, needed);
    vec![
        judge::tls(),
        identity,
        judge::masters(&proof.groups),
        judge::lifetime(term.mode.asked(), term.not_after, term.now, term.date),
        start,
        run,
        optional,
        judge::excess(&proof.excess),
    ]
}

/// What is said of all that failed; nothing when nothing did.
#[must_use]
pub fn failure(outcomes: &[Outcome]) -> Option<String> {
    let failed = outcomes.iter().filter(|outcome| outcome.state == State::Failed);
    let words: Vec<String> = failed.map(|outcome| format!("{}: {}", outcome.check.id, outcome.words)).collect();
    (!words.is_empty()).then(|| words.join("; "))
}
