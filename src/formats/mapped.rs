//! Texts that a program between the author and the master writes, with the way back.
//!
//! The chart renders values into a master.yaml, devcluster dumps one. What they write is read like any
//! master.yaml; findings then go back to the bytes that the author wrote.

use std::collections::BTreeMap;

use crate::diagnostic::{Finding, Fix, Label};
use crate::source::{SourceId, Span};

/// A text that is being written piece by piece.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
    pieces: Vec<Piece>,
    blocks: BTreeMap<(u32, u32), Span>,
}

/// A range of the written text and where it comes from.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: u32,
    end: u32,
    origin: Span,
    fidelity: Fidelity,
}

/// How a piece was carried over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fidelity {
    /// Byte for byte.
    Same,
    /// In other words.
    Changed,
}

impl Writer {
    /// Writes what no author wrote.
    pub fn fixed(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Writes something that stands for what was written at `origin`; `written` is what stood there.
    pub fn from(&mut self, text: &str, origin: Span, written: &str) {
        let fidelity = if text == written { Fidelity::Same } else { Fidelity::Changed };
        let start = self.position();
        self.text.push_str(text);
        self.pieces.push(Piece { start, end: self.position(), origin, fidelity });
    }

    /// Says that all written from `start` on, in several pieces, stands for the block at `origin`.
    pub fn block(&mut self, start: u32, origin: Span) {
        self.blocks.insert((start, self.position()), origin);
    }

    /// Bytes written so far.
    #[must_use]
    pub fn position(&self) -> u32 {
        u32::try_from(self.text.len()).unwrap_or(u32::MAX)
    }

    /// The text, and the way back from it; `whole` is where everything goes that nobody wrote.
    #[must_use]
    pub fn finish(self, whole: Span) -> (String, Origins) {
        (self.text, Origins { pieces: self.pieces, blocks: self.blocks, whole })
    }
}

/// The way back from a written text.
#[derive(Clone, Debug)]
pub struct Origins {
    /// In order, without overlap.
    pieces: Vec<Piece>,
    /// By their range in the written text.
    blocks: BTreeMap<(u32, u32), Span>,
    whole: Span,
}

impl Origins {
    /// Where the bytes of a span come from: the exact bytes, or the value that they stand for, or what is
    /// nearest before them.
    #[must_use]
    pub fn span(&self, written: Span) -> Span {
        if let Some(block) = self.blocks.get(&(written.start, written.end)) {
            return *block;
        }
        let first = self.pieces.partition_point(|piece| piece.end <= written.start);
        let touched: Vec<&Piece> = self
            .pieces
            .iter()
            .skip(first)
            .take_while(|piece| piece.start < written.end.max(written.start + 1))
            .collect();
        match touched.as_slice() {
            [] => self.pieces.get(first.wrapping_sub(1)).map_or(self.whole, |piece| Span::empty_at_end(piece.origin)),
            [only] => only.back(written),
            // Values of several files can meet in one written block; within a file they may stand in another order.
            [first, rest @ ..] => {
                let same =
                    |span: Span, piece: &&Piece| (piece.origin.source == span.source).then(|| span.to(piece.origin));
                rest.iter().try_fold(first.origin, same).unwrap_or(first.origin)
            }
        }
    }

    /// Whether the bytes of a span stand unchanged in the author's text, so that an edit can go there.
    #[must_use]
    pub fn is_exact(&self, written: Span) -> bool {
        let first = self.pieces.partition_point(|piece| piece.end < written.start);
        self.pieces.get(first).is_some_and(|piece| {
            piece.fidelity == Fidelity::Same && piece.start <= written.start && written.end <= piece.end
        })
    }

    /// Moves a finding about the written text `from` to where its bytes come from. A fix goes along only when
    /// all its edits are about unchanged bytes.
    #[must_use]
    pub fn finding(&self, finding: Finding, from: SourceId) -> Finding {
        let back = |span: Span| if span.source == from { self.span(span) } else { span };
        let labels = finding.labels.iter().map(|label| Label { span: back(label.span), ..label.clone() }).collect();
        let fix = finding.fix.as_ref().and_then(|fix| self.fix(fix, from)).map(Box::new);
        Finding { labels, fix, ..finding }
    }

    fn fix(&self, fix: &Fix, from: SourceId) -> Option<Fix> {
        let edits = fix.edits.iter().map(|edit| {
            if edit.span.source != from {
                return Some(edit.clone());
            }
            self.is_exact(edit.span).then(|| {
                let mut moved = edit.clone();
                moved.span = self.span(edit.span);
                moved
            })
        });
        Some(Fix { edits: edits.collect::<Option<Vec<_>>>()?, ..fix.clone() })
    }
}

impl Piece {
    fn back(&self, written: Span) -> Span {
        if self.fidelity == Fidelity::Changed {
            return self.origin;
        }
        let start = written.start.clamp(self.start, self.end) - self.start;
        let end = written.end.clamp(self.start, self.end) - self.start;
        Span::new(self.origin.source, self.origin.start + start, self.origin.start + end.max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_go_back() {
        let author = SourceId::default();
        let mut sources = crate::source::SourceMap::new();
        let _ = sources.add("author", "name: \"on\"\n");
        let other = sources.add("written", "");
        let mut writer = Writer::default();
        writer.fixed("cluster_name: ");
        writer.from("on", Span::new(author, 6, 10), "\"on\"");
        writer.fixed("\nport: ");
        writer.from("8080", Span::new(author, 0, 4), "8080");
        let (text, origins) = writer.finish(Span::new(author, 0, 11));
        assert_eq!(text, "cluster_name: on\nport: 8080");
        assert_eq!(origins.span(Span::new(other, 14, 16)), Span::new(author, 6, 10));
        assert_eq!(origins.span(Span::new(other, 24, 26)), Span::new(author, 1, 3));
        assert_eq!(origins.span(Span::new(other, 0, 4)), Span::new(author, 0, 11));
        assert!(origins.is_exact(Span::new(other, 23, 27)));
        assert!(!origins.is_exact(Span::new(other, 14, 16)));
    }
}
