//! The lines around the labels of a finding, ready to print: harmless, secrets covered, long lines cut
//! down to what the labels need. The work per finding does not grow with the size of the file.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Judged;
use super::covering::{COVER, Secrets};
use super::plain::{harmless, width};
use crate::diagnostic::Label;
use crate::source::{Position, SourceFile, SourceId, Span};

/// Lines shown before and after each line that has a label.
const CONTEXT: u32 = 1;
/// Distance of tab stops.
const TAB: usize = 4;
/// What stands where a line was cut.
const CUT: char = '…';

/// A text made up for printing, in blocks of lines that follow each other in a file.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    /// The lines of all blocks, each ended by LF.
    pub(super) text: String,
    /// The blocks in order.
    pub(super) blocks: Vec<Block>,
    /// The labels in the order of the finding, by bytes of `text`.
    pub(super) marks: Vec<Mark>,
}

/// Lines that follow each other.
#[derive(Debug)]
pub(super) struct Block {
    /// The bytes of the excerpt's text.
    pub(super) range: Range<usize>,
    /// The name of the file.
    pub(super) name: String,
    /// The number of the first line, from 1.
    pub(super) first_line: u32,
    /// How many lines.
    pub(super) line_count: u32,
}

/// A label.
#[derive(Debug)]
pub(super) struct Mark {
    /// The bytes of the excerpt's text.
    pub(super) range: Range<usize>,
    /// Where it starts in the file.
    pub(super) position: Position,
    /// The columns before it in its line of the excerpt.
    pub(super) column: usize,
}

/// A label, cut down to the line in which it starts.
struct Part {
    label: usize,
    bytes: Range<usize>,
}

/// Builds the excerpt of a finding. `columns` is the room for the text of a line.
pub(super) fn excerpt(file: &Judged, labels: &[Label], secrets: &Secrets<'_>, columns: usize) -> Excerpt {
    let mut excerpt = Excerpt::default();
    for label in labels {
        let source = file.sources.file(label.span.source);
        excerpt.marks.push(Mark { range: 0..0, position: source.position(label.span.start), column: 0 });
    }
    for id in sources_in_order(labels) {
        let source = file.sources.file(id);
        let lines = lines_to_show(source, id, labels);
        let mut previous = None;
        for (&number, parts) in &lines {
            if previous != Some(number.saturating_sub(1)) {
                excerpt.open_block(source, number);
            }
            previous = Some(number);
            let line = Line { id, text: source.text(), bytes: content(source, number) };
            excerpt.push_line(&line, parts, secrets, columns);
        }
    }
    excerpt
}

impl Excerpt {
    fn open_block(&mut self, source: &SourceFile, first_line: u32) {
        let at = self.text.len();
        let name = super::plain::line(source.name()).into_owned();
        self.blocks.push(Block { range: at..at, name, first_line, line_count: 0 });
    }

    fn push_line(&mut self, line: &Line<'_>, parts: &[Part], secrets: &Secrets<'_>, columns: usize) {
        let kept = line.kept(parts, columns);
        let mut column = 0;
        let mut end = line.bytes.start;
        for range in kept {
            if range.start > end {
                self.text.push(CUT);
                column += 1;
            }
            column = self.push_range(line, range.clone(), parts, secrets, column);
            end = range.end;
        }
        if end < line.bytes.end {
            self.text.push(CUT);
        }
        self.text.push('\n');
        if let Some(block) = self.blocks.last_mut() {
            block.range.end = self.text.len();
            block.line_count += 1;
        }
    }

    /// Pushes a stretch of a line character by character and sets the marks that start or end in it.
    fn push_range(
        &mut self,
        line: &Line<'_>,
        range: Range<usize>,
        parts: &[Part],
        secrets: &Secrets<'_>,
        mut column: usize,
    ) -> usize {
        let mut covers = secrets.within(line.span(&range)).peekable();
        let text = line.text.get(range.clone()).unwrap_or("");
        for (offset, character) in text.char_indices() {
            let at = range.start + offset;
            self.set_marks(parts, at, column);
            while covers.next_if(|cover| cover.end as usize <= at).is_some() {}
            let covered = covers.peek().is_some_and(|cover| cover.start as usize <= at);
            column += self.push_character(character, covered, column);
        }
        self.set_marks(parts, range.end, column);
        column
    }

    fn push_character(&mut self, character: char, covered: bool, column: usize) -> usize {
        let (shown, columns) = match character {
            '\t' => (' ', TAB - column % TAB),
            other => {
                let shown = harmless(other).unwrap_or(other);
                (shown, width(shown))
            }
        };
        if covered {
            self.text.extend(std::iter::repeat_n(COVER, columns));
        } else if character == '\t' {
            self.text.extend(std::iter::repeat_n(' ', columns));
        } else {
            self.text.push(shown);
        }
        columns
    }

    /// A mark whose bytes were cut away ends where the stretch before the cut ends.
    fn set_marks(&mut self, parts: &[Part], at: usize, column: usize) {
        let here = self.text.len();
        for part in parts {
            let Some(mark) = self.marks.get_mut(part.label) else {
                continue;
            };
            if at == part.bytes.start {
                mark.range = here..here;
                mark.column = column;
            } else if part.bytes.start < at && at <= part.bytes.end {
                mark.range.end = here;
            }
        }
    }
}

/// A line without its line break, as a part of a text.
struct Line<'a> {
    id: SourceId,
    text: &'a str,
    bytes: Range<usize>,
}

impl Line<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(self.id, offset(range.start), offset(range.end))
    }

    /// The stretches to print: the whole line if it fits, else what is around the labels, else its start.
    fn kept(&self, parts: &[Part], columns: usize) -> Vec<Range<usize>> {
        let fits = self.forward(self.bytes.start, columns) == self.bytes.end;
        if fits {
            return vec![self.bytes.clone()];
        }
        if parts.is_empty() {
            let end = self.forward(self.bytes.start, columns.saturating_sub(1));
            let start = self.bytes.start..end;
            return vec![start];
        }
        let share = (columns / parts.len()).max(12).saturating_sub(2);
        let mut stretches: Vec<Range<usize>> = parts.iter().map(|part| self.around(part, share)).collect();
        stretches.sort_by_key(|stretch| stretch.start);
        merged(stretches)
    }

    /// As much of the line around a label as fits. What is not needed after the label goes to what
    /// comes before it, but no more than half of the room, as its text will stand to its right.
    fn around(&self, part: &Part, columns: usize) -> Range<usize> {
        let (shown, used) = walk(self.from(part.bytes.start), columns / 2);
        let shown_end = (part.bytes.start + shown).min(part.bytes.end);
        let label = self.text.get(part.bytes.start..shown_end).unwrap_or("");
        let room = columns - walk(label.chars(), used).1;
        let (after, used_after) = walk(self.from(shown_end), room / 2);
        let until = self.text.get(self.bytes.start..part.bytes.start).unwrap_or("");
        let (before, _) = walk(until.chars().rev(), (room - used_after).min(columns / 2));
        part.bytes.start - before..shown_end + after
    }

    /// The byte after the characters that fit into `columns` from `at` on.
    fn forward(&self, at: usize, columns: usize) -> usize {
        at + walk(self.from(at), columns).0
    }

    fn from(&self, at: usize) -> std::str::Chars<'_> {
        self.text.get(at..self.bytes.end).unwrap_or("").chars()
    }
}

/// The bytes of as many characters as fit, and the columns that they take.
fn walk(characters: impl Iterator<Item = char>, columns: usize) -> (usize, usize) {
    let (mut bytes, mut used) = (0, 0);
    for character in characters {
        let wide = if character == '\t' { TAB } else { width(harmless(character).unwrap_or(character)) };
        // Characters without width could go on for ever.
        if used + wide > columns || bytes > columns * 16 {
            break;
        }
        used += wide;
        bytes += character.len_utf8();
    }
    (bytes, used)
}

fn merged(sorted: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(sorted.len());
    for stretch in sorted {
        match merged.last_mut() {
            Some(last) if stretch.start <= last.end => last.end = last.end.max(stretch.end),
            _ => merged.push(stretch),
        }
    }
    merged
}

fn sources_in_order(labels: &[Label]) -> Vec<SourceId> {
    let mut ids = Vec::new();
    for label in labels {
        if !ids.contains(&label.span.source) {
            ids.push(label.span.source);
        }
    }
    ids
}

/// The numbers of the lines to print with the labels that start in them.
fn lines_to_show(source: &SourceFile, id: SourceId, labels: &[Label]) -> BTreeMap<u32, Vec<Part>> {
    let mut lines: BTreeMap<u32, Vec<Part>> = BTreeMap::new();
    for (index, label) in labels.iter().enumerate().filter(|(_, label)| label.span.source == id) {
        let number = source.lines().line_of(label.span.start);
        let bytes = content(source, number);
        let start = (label.span.start as usize).min(bytes.end);
        let end = (label.span.end as usize).clamp(start, bytes.end);
        lines.entry(number).or_default().push(Part { label: index, bytes: start..end });
        for near in number.saturating_sub(CONTEXT).max(1)..=number.saturating_add(CONTEXT) {
            if !content(source, near).is_empty() || near <= last_line(source) {
                lines.entry(near).or_default();
            }
        }
    }
    lines
}

/// The number of the last line that holds anything.
fn last_line(source: &SourceFile) -> u32 {
    let count = source.lines().len();
    if source.lines().line_range(source.text(), count).is_empty() { count.saturating_sub(1) } else { count }
}

/// The bytes of a line without its line break.
fn content(source: &SourceFile, number: u32) -> Range<usize> {
    let range = source.lines().line_range(source.text(), number);
    let text = source.text().get(range.clone()).unwrap_or("");
    range.start..range.start + text.trim_end_matches(['\n', '\r']).len()
}
