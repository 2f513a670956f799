//! Tokens that may turn out to be keys, one for each pair of brackets.

use super::Scanner;
use super::characters::Mark;
use crate::yaml::problem::{Problem, Scan};

/// Most characters between the start of a key and its colon.
const MAX_KEY: u32 = 1024;

/// A token that is a key if a colon follows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// Number of the token, counted over the whole text.
    pub(super) token: usize,
    /// Whether the indentation leaves it no choice but to be a key.
    required: bool,
    pub(super) start: Mark,
}

impl Scanner<'_> {
    /// Whether more has to be read to know what the next token is.
    pub(super) fn needs_more(&mut self) -> Scan<bool> {
        if self.is_done {
            return Ok(false);
        }
        if self.queue.is_empty() {
            return Ok(true);
        }
        self.forget_stale()?;
        let first = self.candidates.iter().flatten().next();
        Ok(first.is_some_and(|candidate| candidate.token == self.taken))
    }

    /// Forgets all candidates that no colon can make a key any more.
    pub(super) fn forget_stale(&mut self) -> Scan<()> {
        let (line, index) = (self.characters.line(), self.characters.index());
        let is_stale = |candidate: &Candidate| candidate.start.line != line || index - candidate.start.index > MAX_KEY;
        for level in 0..self.candidates.len() {
            let stale = self.candidates.get_mut(level).and_then(|candidate| candidate.take_if(|key| is_stale(key)));
            self.lose(stale)?;
        }
        Ok(())
    }

    /// A candidate turned out to be no key.
    fn lose(&self, candidate: Option<Candidate>) -> Scan<()> {
        match candidate {
            Some(lost) if lost.required => {
                let context = Some(("while scanning a simple key", Some(lost.start)));
                Err(self.failure(Problem::MissingColon, context, "could not find expected ':'".to_owned()))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn in_flow(&self) -> bool {
        self.candidates.len() > 1
    }

    /// Forgets the candidate of the innermost brackets.
    pub(super) fn drop_candidate(&mut self) -> Scan<()> {
        let lost = self.take_candidate();
        self.lose(lost)
    }

    pub(super) fn take_candidate(&mut self) -> Option<Candidate> {
        self.candidates.last_mut().and_then(Option::take)
    }

    /// Remembers that the token that comes next may be a key.
    pub(super) fn save_candidate(&mut self) -> Scan<()> {
        let start = self.characters.mark();
        let required = !self.in_flow() && self.indent == i64::from(start.column);
        if self.key_allowed {
            self.drop_candidate()?;
            let token = self.taken + self.queue.len();
            if let Some(level) = self.candidates.last_mut() {
                *level = Some(Candidate { token, required, start });
            }
        }
        Ok(())
    }
}
