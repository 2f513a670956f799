//! A file of the chart while it is written: its text, and where its pieces come from.

use ecow::EcoString;

use super::chart::Print;
use super::grafts::{self, Spot};
use crate::formats::mapped::{Origins, Writer};
use crate::source::{SourceMap, Span};
use crate::value::Value;

/// A file that is being written.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// What was written so far.
    pub(super) text: String,
    pieces: Vec<Piece>,
    /// Where the text of `master.yaml` starts and ends.
    block: (usize, Option<usize>),
    /// Whether something was printed that may break the file.
    is_doubtful: bool,
    /// The first such thing.
    suspect: Option<Span>,
    /// Blocks that are not written but handed on, each with a word in its place.
    pub(super) grafts: Vec<Value>,
}

/// A piece that stands for something written.
#[derive(Clone, Debug)]
struct Piece {
    start: usize,
    end: usize,
    place: Span,
}

/// A value that was printed without quotes.
#[derive(Clone, Debug)]
pub(super) struct Unquoted {
    /// Where it was written.
    pub(super) place: Span,
    /// The value, when it is text.
    pub(super) text: Option<EcoString>,
    /// The path of the setting in `master.yaml`.
    pub(super) setting: &'static str,
    /// The path of the value.
    pub(super) path: &'static str,
}

impl Sheet {
    pub(super) fn fixed(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Writes something that stands for what was written at `place`. Helm removes Go's word for a missing value wherever
    /// it stands.
    pub(super) fn from(&mut self, text: &str, place: Option<Span>) {
        let start = self.text.len();
        match text.contains(NO_VALUE) {
            true => self.text.push_str(&text.replace(NO_VALUE, "")),
            false => self.text.push_str(text),
        }
        if let Some(place) = place {
            self.pieces.push(Piece { start, end: self.text.len(), place });
        }
    }

    /// Writes a text in which pieces stand for something written.
    pub(super) fn pieces(&mut self, text: &str, pieces: &[(usize, usize, Span)]) {
        if text.contains(NO_VALUE) {
            let mut at = 0;
            for (start, end, place) in pieces {
                self.from(text.get(at..*start).unwrap_or(""), None);
                at = (*end).min(text.len());
                self.from(text.get(*start..at).unwrap_or(""), Some(*place));
            }
            return self.from(text.get(at..).unwrap_or(""), None);
        }
        let offset = self.text.len();
        self.text.push_str(text);
        let end = self.text.len();
        let piece = |(from, to, place): &(usize, usize, Span)| Piece {
            start: offset + from,
            end: (offset + to).min(end),
            place: *place,
        };
        self.pieces.extend(pieces.iter().map(piece));
    }

    /// Writes a printed value.
    pub(super) fn printed(&mut self, text: &str, place: Option<Span>, print: Print) {
        if print == Print::Bare && !is_tame(text) {
            self.is_doubtful = true;
            self.suspect = self.suspect.or(place);
        }
        self.from(text, place);
    }

    /// Puts a word in the place of a block, on a line of its own.
    pub(super) fn graft(&mut self, block: Value, indent: usize, spot: Spot) {
        self.fixed("\n");
        (0..indent).for_each(|_| self.fixed(" "));
        self.fixed(&grafts::word(self.grafts.len()));
        if spot == Spot::Members {
            self.fixed(": x");
        }
        self.grafts.push(block);
    }

    pub(super) fn doubt(&mut self, place: Option<Span>) {
        self.is_doubtful = true;
        self.suspect = self.suspect.or(place);
    }

    pub(super) fn suspect(&self) -> Option<Span> {
        self.suspect
    }

    pub(super) fn is_doubtful(&self) -> bool {
        self.is_doubtful
    }

    pub(super) fn start_block(&mut self) {
        self.block.0 = self.text.len();
    }

    pub(super) fn end_block(&mut self) {
        self.block.1 = Some(self.text.len());
    }

    /// The text of `master.yaml` with the way back, as it stands in a file that nothing has broken.
    pub(super) fn master(&self, sources: &SourceMap, whole: Span) -> (String, Origins) {
        let end = self.block.1.unwrap_or(self.text.len());
        let block = self.text.get(self.block.0..end).unwrap_or("");
        self.dedented(sources, self.block.0..self.block.0 + block.trim_end().len(), whole)
    }

    /// The same after the whole file was read; `content` is what the reader takes for the text of `master.yaml`.
    pub(super) fn master_as_read(&self, content: &str, sources: &SourceMap, whole: Span) -> (String, Origins) {
        let mut end = self.text.len();
        // The block ends where the reader says so: its text is the start of what was written.
        while end > self.block.0 {
            let (text, origins) = self.dedented(sources, self.block.0..end, whole);
            if text == content {
                return (text, origins);
            }
            end = self.text.get(self.block.0..end).and_then(|rest| rest.rfind('\n')).map_or(0, |at| self.block.0 + at);
        }
        let mut writer = Writer::default();
        writer.fixed(content);
        writer.finish(whole)
    }

    /// The lines without the indentation of the block.
    fn dedented(&self, sources: &SourceMap, range: std::ops::Range<usize>, whole: Span) -> (String, Origins) {
        let mut writer = Writer::default();
        let start = range.start + usize::from(self.text.get(range.start..).is_some_and(|text| text.starts_with('\n')));
        let mut at = start;
        let first = self.pieces.partition_point(|piece| piece.start < start);
        for piece in self.pieces.iter().skip(first).take_while(|piece| piece.end <= range.end) {
            self.dedent(at..piece.start, &mut writer);
            let text = self.text.get(piece.start..piece.end).unwrap_or("");
            let written = sources.slice(piece.place);
            if text.contains('\n') {
                writer.from(&dedented(text), piece.place, written);
            } else {
                writer.from(text, piece.place, written);
            }
            at = piece.end;
        }
        self.dedent(at..range.end, &mut writer);
        writer.fixed("\n");
        writer.finish(whole)
    }

    /// Writes lines that nobody wrote without their indentation.
    fn dedent(&self, range: std::ops::Range<usize>, writer: &mut Writer) {
        let starts_line = range.start == 0 || self.text.as_bytes().get(range.start - 1) == Some(&b'\n');
        let text = self.text.get(range).unwrap_or("");
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                writer.fixed("\n");
            }
            writer.fixed(if at > 0 || starts_line { unindented(line) } else { line });
        }
    }
}

/// What Go's templates print for nothing.
const NO_VALUE: &str = "<no value>";
/// The indentation of the block.
const INDENT: usize = 4;

/// The lines after the first without their indentation.
fn dedented(text: &str) -> String {
    let lines: Vec<&str> =
        text.split('\n').enumerate().map(|(at, line)| if at > 0 { unindented(line) } else { line }).collect();
    lines.join("\n")
}

fn unindented(line: &str) -> &str {
    let blanks = line.bytes().take(INDENT).take_while(|byte| *byte == b' ').count();
    line.get(blanks..).unwrap_or("")
}

/// Whether a text is an ordinary word in YAML wherever it stands.
fn is_tame(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_none_or(|first| first.is_ascii_alphanumeric() || first == '/')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '/' | '-' | ':'))
        && !text.ends_with(':')
}
