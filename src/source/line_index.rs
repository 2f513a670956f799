//! Byte offset → line and column, by binary search over the starts of the lines.

use memchr::memchr2_iter;

use super::counts::{CHUNK, Counts};

/// A place as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// The byte at which each line starts. A line ends at LF, CRLF or a lone CR, as YAML has it.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// How many characters start before a byte, so that a column far out on
    /// a line of megabytes costs no more than one near its start.
    characters: Counts,
}

impl LineIndex {
    /// Reads the text once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr2_iter(b'\n', b'\r', bytes) {
            let is_half = bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n');
            if !is_half {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        Self { starts, characters: Counts::new(bytes, starting_characters) }
    }

    /// Number of lines; a final line break starts a last, empty line.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.starts.len()).unwrap_or(u32::MAX)
    }

    /// Never true: an empty text has one empty line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The line (from 1) that holds a byte.
    #[must_use]
    pub fn line_of(&self, byte: u32) -> u32 {
        u32::try_from(self.starts.partition_point(|&start| start <= byte)).unwrap_or(u32::MAX)
    }

    /// The bytes `start..end` of a line (from 1), line break included; empty past the last line.
    #[must_use]
    pub fn line_range(&self, text: &str, line: u32) -> std::ops::Range<usize> {
        let end = text.len();
        let at = |index: usize| self.starts.get(index).map_or(end, |&s| s as usize);
        at(line.saturating_sub(1) as usize)..at(line as usize)
    }

    /// Line and column of a byte of `text`, the text that this index was made from.
    #[must_use]
    pub fn position(&self, text: &str, byte: u32) -> Position {
        let line = self.line_of(byte);
        let start = self.line_range(text, line).start;
        let byte = byte as usize;
        let before = match byte.saturating_sub(start) < CHUNK {
            true => starting_characters(text.as_bytes().get(start..byte).unwrap_or(&[])),
            false => {
                let before = |at: usize| self.characters.before(text.as_bytes(), at);
                before(byte).saturating_sub(before(start))
            }
        };
        Position { line, column: before.saturating_add(1) }
    }
}

/// Every byte that does not continue a character starts one.
fn starting_characters(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_every_kind_of_break() {
        let text = "a\nb\r\nc\rd";
        let index = LineIndex::new(text);
        let lines: Vec<u32> = (0..8).map(|byte| index.line_of(byte)).collect();
        assert_eq!(lines, [1, 1, 2, 2, 2, 3, 3, 4]);
        assert_eq!(index.line_range(text, 2), 2..5);
        assert_eq!(index.line_range(text, 9), 8..8);
    }

    #[test]
    fn columns_count_characters() {
        let text = "x\näöü: 1\n";
        let index = LineIndex::new(text);
        let colon = u32::try_from(text.find(':').unwrap()).unwrap();
        assert_eq!(index.position(text, colon), Position { line: 2, column: 4 });
    }

    #[test]
    fn columns_far_out_on_a_long_line_are_exact() {
        let text = format!("x\n{}", "aä€🚀".repeat(3_000));
        let index = LineIndex::new(&text);
        let line = text.get(2..).unwrap();
        for (characters, (byte, _)) in line.char_indices().enumerate().step_by(997) {
            let position = index.position(&text, u32::try_from(byte + 2).unwrap());
            assert_eq!(position.column as usize, characters + 1);
        }
        let end = u32::try_from(text.len()).unwrap();
        assert_eq!(index.position(&text, end).column, 12_001);
    }
}
