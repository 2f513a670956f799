//! The line around a place. Places are asked for in the order of the text, so that a line of megabytes is measured once.

use std::cell::Cell;

use memchr::{memchr2, memrchr2};

/// A text, and the line that was looked at last.
pub(super) struct Lines<'t> {
    pub(super) text: &'t str,
    last: Cell<Line>,
}

/// A line, by its bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Its first byte.
    pub(super) start: usize,
    /// Its line break, or the end of the text.
    pub(super) end: usize,
    /// Its first brace or bracket.
    brace: usize,
    /// Its first `#`.
    comment: usize,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let none = Line { start: 1, end: 0, brace: 0, comment: 0 };
        Self { text, last: Cell::new(none) }
    }

    /// The line that a byte is in; a line break belongs to the line that it ends.
    pub(super) fn around(&self, at: usize) -> Line {
        let last = self.last.get();
        if (last.start..=last.end).contains(&at) {
            return last;
        }
        let bytes = self.text.as_bytes();
        let at = at.min(bytes.len());
        let start = bytes.get(..at).and_then(|before| memrchr2(b'\n', b'\r', before)).map_or(0, |end| end + 1);
        let end = bytes.get(at..).and_then(|rest| memchr2(b'\n', b'\r', rest)).map_or(bytes.len(), |end| at + end);
        let line = bytes.get(start..end).unwrap_or(&[]);
        let first = |found: Option<usize>| found.map_or(end, |at| start + at);
        let line =
            Line { start, end, brace: first(memchr2(b'{', b'[', line)), comment: first(memchr2(b'#', b'#', line)) };
        self.last.set(line);
        line
    }

    pub(super) fn get(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or("")
    }
}

impl Line {
    /// Whether a place stands in braces or brackets.
    pub(super) fn flows_at(&self, at: usize) -> bool {
        self.brace < at
    }

    /// Whether a place stands in a comment.
    pub(super) fn is_comment_at(&self, at: usize) -> bool {
        self.comment < at
    }
}
