//! A failure in its text: what stands where.

use super::Explanation;
use crate::yaml::problem::{Failure, Problem};

/// A failure in its text.
pub(super) struct Scene<'t> {
    pub(super) text: &'t str,
    pub(super) failure: &'t Failure,
}

/// A line of the text, without its break.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) start: u32,
    pub(super) text: &'t str,
}

pub(super) fn narrow(wide: usize) -> u32 {
    u32::try_from(wide).unwrap_or(u32::MAX)
}

impl<'t> Scene<'t> {
    pub(super) fn explanation(
        &self,
        (start, end): (u32, u32),
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Explanation {
        Explanation { message: message.into(), start, end, help: Some(help.into()) }
    }

    /// About the place where reading stopped.
    pub(super) fn place(&self, message: impl Into<String>, help: impl Into<String>) -> Explanation {
        self.explanation((self.failure.start, self.failure.end), message, help)
    }

    /// About the character at which reading stopped.
    pub(super) fn character(&self, message: &str, help: &str) -> Explanation {
        self.explanation(self.character_at(self.failure.start), message, help)
    }

    pub(super) fn limit(&self, message: String) -> Explanation {
        let (start, end) = self.character_at(self.failure.start);
        Explanation { message, start, end, help: None }
    }

    pub(super) fn from(&self, at: u32) -> &'t str {
        self.text.get(at as usize..).unwrap_or_default()
    }

    pub(super) fn first_char(&self, at: u32) -> Option<char> {
        self.from(at).chars().next()
    }

    /// The bytes of the character at `at`; none at the end of the text.
    pub(super) fn character_at(&self, at: u32) -> (u32, u32) {
        (at, at + self.first_char(at).map_or(0, |found| narrow(found.len_utf8())))
    }

    pub(super) fn line_at(&self, at: u32) -> Line<'t> {
        let before = self.text.get(..at as usize).unwrap_or_default();
        let start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let rest = self.text.get(start..).unwrap_or_default();
        Line { start: narrow(start), text: rest.split(['\n', '\r']).next().unwrap_or_default() }
    }

    /// Number of the line, from 1.
    pub(super) fn line_number(&self, at: u32) -> usize {
        let before = self.text.get(..at as usize).unwrap_or_default();
        let crlf = before.matches("\r\n").count();
        1 + before.matches(['\n', '\r']).count() - crlf
    }

    /// What stands before `at` on its line.
    pub(super) fn before_on_line(&self, at: u32) -> &'t str {
        self.text.get(self.line_at(at).start as usize..at as usize).unwrap_or_default()
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.failure.start as usize >= self.text.trim_end().len()
    }

    /// Whether the fault is plainly one of a template.
    pub(super) fn is_template(&self) -> bool {
        let is_limit = matches!(
            self.failure.problem,
            Problem::ControlCharacter | Problem::TooDeep(_) | Problem::TooLong | Problem::TooDeepForPython
        );
        !is_limit && [self.failure.start, self.failure.cause].iter().any(|&at| self.line_at(at).text.contains("{{"))
    }
}
