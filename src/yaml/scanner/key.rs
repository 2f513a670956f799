//! Tokens that may turn out to be keys.

use super::Scanner;
use super::reader::Mark;
use crate::yaml::problem::{Problem, Scan};

/// Most characters between the start of a key and its colon.
const MAX_KEY: u32 = 1024;

/// A token that is a key if a colon follows.
#[derive(Debug)]
pub(super) struct Candidate {
    /// Number of the token, counted over the whole text.
    pub(super) token: usize,
    /// Whether the indentation leaves it no choice but to be a key.
    pub(super) required: bool,
    pub(super) start: Mark,
}

/// One pair of brackets, while it is open.
#[derive(Debug, Default)]
pub(super) struct Level {
    pub(super) candidate: Option<Candidate>,
    /// Number of the last candidate's token; before the first one, of the bracket.
    pub(super) last_token: usize,
}

impl Scanner<'_> {
    /// Whether more has to be read to know what the next token is.
    pub(super) fn head_is_open(&mut self) -> Scan<bool> {
        if self.queue.is_empty() {
            return Ok(true);
        }
        let Some(&(token, level)) = self.held.front() else {
            return Ok(false);
        };
        if token != self.taken {
            return Ok(false);
        }
        let level_of = self.levels.get(level);
        let candidate = level_of.and_then(|level| level.candidate.as_ref());
        let candidate = candidate.filter(|candidate| candidate.token == token);
        if candidate.is_some_and(|candidate| !self.is_stale(candidate)) {
            return Ok(true);
        }
        let is_candidate = candidate.is_some();
        self.held.pop_front();
        if is_candidate {
            self.give_up(level)?;
        }
        Ok(false)
    }

    /// Whether no colon can make this a key any more.
    pub(super) fn is_stale(&self, candidate: &Candidate) -> bool {
        let here = self.reader.mark();
        candidate.start.line < here.line || candidate.start.index + MAX_KEY < here.index
    }

    /// Forgets the candidate of a level that turned out to be no key.
    pub(super) fn give_up(&mut self, level: usize) -> Scan<()> {
        let level = self.levels.get_mut(level);
        match level.and_then(|level| level.candidate.take()) {
            Some(lost) if lost.required => Err(self.failure(Problem::MissingColon, lost.start.byte)),
            _ => Ok(()),
        }
    }

    /// Nesting of brackets.
    pub(super) fn flow(&self) -> usize {
        self.levels.len() - 1
    }

    pub(super) fn in_flow(&self) -> bool {
        self.flow() > 0
    }

    pub(super) fn candidate(&self) -> Option<&Candidate> {
        self.levels.last()?.candidate.as_ref()
    }

    /// Forgets the candidate of the innermost brackets.
    pub(super) fn drop_candidate(&mut self) -> Scan<()> {
        if let Some(token) = self.candidate().map(|candidate| candidate.token) {
            self.release(token);
            self.give_up(self.flow())?;
        }
        Ok(())
    }

    /// Holds a token back no longer.
    pub(super) fn release(&mut self, token: usize) {
        if self.held.back().is_some_and(|&(last, _)| last == token) {
            self.held.pop_back();
        }
    }

    /// Remembers that the token that comes next may be a key.
    pub(super) fn save_candidate(&mut self) -> Scan<()> {
        if self.key_allowed {
            self.drop_candidate()?;
            let start = self.reader.mark();
            let required = !self.in_flow() && self.indent == i64::from(start.column);
            let token = self.taken + self.queue.len();
            self.held.push_back((token, self.flow()));
            if let Some(level) = self.levels.last_mut() {
                level.candidate = Some(Candidate { token, required, start });
                level.last_token = token;
            }
        }
        Ok(())
    }
}
