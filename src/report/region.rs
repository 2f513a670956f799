//! Places from line and column to line and column, for programs that show them beside the text.

use super::Entry;
use crate::diagnostic::Label;
use crate::source::{Position, Span};

/// A range of characters; lines and columns count from 1, and the end is the place after the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    /// The first character.
    pub(super) start: Position,
    /// The place after the last one.
    pub(super) end: Position,
}

impl Region {
    /// The start of a file.
    pub(super) const TOP: Self = Self { start: Position { line: 1, column: 1 }, end: Position { line: 1, column: 1 } };

    /// Whether it lies within one line.
    pub(super) fn is_in_one_line(&self) -> bool {
        self.start.line == self.end.line
    }
}

impl Entry<'_> {
    /// The place that the finding is about.
    pub(super) fn region(&self) -> Region {
        self.finding.labels.first().map_or(Region::TOP, |label| self.region_of(label))
    }

    /// The file to show the finding at, and the place in it. What is said of an option of the command line is shown at the
    /// top of the judged file, as no other program knows of the option.
    pub(super) fn anchor(&self) -> (&str, Region) {
        if is_option(self.path()) { (&self.file.path, Region::TOP) } else { (self.path(), self.region()) }
    }

    /// The place of one label, always in a line that exists: what is said of the end of a text is said of the
    /// end of its last line.
    pub(super) fn region_of(&self, label: &Label) -> Region {
        let file = self.file.sources.file(label.span.source);
        let last = u32::try_from(file.text().trim_end_matches(['\n', '\r']).len()).unwrap_or(u32::MAX);
        let start = label.span.start.min(last);
        let end = label.span.end.min(last).max(start);
        Region { start: file.position(start), end: file.position(end) }
    }

    /// The bytes of one edit, exactly.
    pub(super) fn region_of_edit(&self, span: Span) -> Region {
        let file = self.file.sources.file(span.source);
        Region { start: file.position(span.start), end: file.position(span.end) }
    }
}

/// Whether the text of a source was given as an option, which is then its name.
pub(super) fn is_option(name: &str) -> bool {
    name.starts_with("--set")
}
