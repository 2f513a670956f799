//! Text and places in it: the lowest stratum, which every other room may name.
//!
//! A [`Span`] is a range of bytes in one source; a [`SourceMap`] owns the texts and turns bytes into
//! lines and columns. Nothing here knows what the text means.

mod counts;
pub mod encoding;
mod line_index;
pub mod load;
pub mod private;
pub mod save;
pub mod stream;

use std::num::NonZeroU32;
use std::sync::OnceLock;

use self::counts::Counts;
pub use line_index::{LineIndex, Position};

/// Names one text of a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(NonZeroU32);

impl SourceId {
    /// The id of the text at a place, counted from 0. An id is never 0, so that an absent span needs no room.
    fn of_index(index: usize) -> Self {
        let number = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
        Self(NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN))
    }

    fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl Default for SourceId {
    fn default() -> Self {
        Self(NonZeroU32::MIN)
    }
}

/// A half-open range of bytes `start..end` of one source, always on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text that the range lies in.
    pub source: SourceId,
    /// First byte, counted from 0.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The range `start..end` of `source`.
    #[must_use]
    pub fn new(source: SourceId, start: u32, end: u32) -> Self {
        debug_assert!(start <= end);
        Self { source, start, end }
    }

    /// The empty range at byte `at`.
    #[must_use]
    pub fn empty(source: SourceId, at: u32) -> Self {
        Self::new(source, at, at)
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the range holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The empty range at the end of another.
    #[must_use]
    pub fn empty_at_end(of: Self) -> Self {
        Self::empty(of.source, of.end)
    }

    /// The smallest range that holds both; `other` must lie in the same source.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        debug_assert_eq!(self.source, other.source);
        Self::new(self.source, self.start.min(other.start), self.end.max(other.end))
    }
}

/// One text with the name that people know it by.
#[derive(Debug)]
pub struct SourceFile {
    name: String,
    text: String,
    /// Read when the first line is asked for: of most texts none is.
    lines: OnceLock<LineIndex>,
    written: Written,
}

/// How the bytes of a file relate to those of its text.
#[derive(Debug, Default)]
enum Written {
    /// They are the same.
    #[default]
    AsText,
    /// They are UTF-16 behind a mark, of so many units.
    Utf16(Counts),
}

/// How many units of UTF-16 start in a piece of UTF-8, wherever it is cut.
fn units(bytes: &[u8]) -> u32 {
    let of_byte = |byte: &u8| match byte {
        0x80..=0xBF => 0,
        0xF0.. => 2,
        _ => 1_u32,
    };
    bytes.iter().map(of_byte).sum()
}

impl SourceFile {
    /// Takes a text.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), lines: OnceLock::new(), written: Written::AsText }
    }

    /// The path as the user wrote it, or `<stdin>`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line table of the text.
    #[must_use]
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// Where a byte of the text stands in the file, in bytes from 0.
    #[must_use]
    pub fn offset_in_file(&self, byte: u32) -> u64 {
        match &self.written {
            Written::AsText => u64::from(byte),
            Written::Utf16(units) => 2 + 2 * u64::from(units.before(self.text.as_bytes(), byte as usize)),
        }
    }

    /// Line and column of a byte, both from 1; the column counts characters.
    #[must_use]
    pub fn position(&self, byte: u32) -> Position {
        self.lines().position(&self.text, byte)
    }
}

/// All texts of a run, in the order in which they were added.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// A map without texts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a text in and returns the id that spans of it carry. Texts of 4 GiB and more are cut by
    /// the reader long before they come here.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let id = SourceId::of_index(self.files.len());
        self.files.push(SourceFile::new(name, text));
        id
    }

    /// Notes that the file of a text is UTF-16 behind a byte order mark, which is no part of the text.
    pub fn mark_utf16(&mut self, id: SourceId) {
        if let Some(file) = self.files.get_mut(id.index()) {
            file.written = Written::Utf16(Counts::new(file.text.as_bytes(), units));
        }
    }

    /// The text behind an id of this map.
    #[must_use]
    pub fn file(&self, id: SourceId) -> &SourceFile {
        &self.files[id.index()]
    }

    /// The bytes of a span.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.source).text().get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// The texts with their ids, in order.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, f)| (SourceId::of_index(i), f))
    }
}
