//! The text as go-yaml's reader hands it to its scanner.
//!
//! Two habits of that reader show in what it accepts. It decodes the text in pieces of 512 bytes
//! and refuses a forbidden character as soon as its piece is decoded, before any fault that the
//! scanner would find further ahead in the same piece. And it looks for a byte order mark not where
//! a line starts but where its buffer starts.

use crate::yaml::problem::{Failure, Problem, Scan};

/// Bytes that go-yaml decodes at a time.
const PIECE: usize = 512;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A place in the text, counted as YAML counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// Bytes before it.
    pub(super) byte: u32,
    /// Characters before it.
    pub(super) index: u32,
    /// Line, from 0.
    pub(super) line: u32,
    /// Characters before it on its line.
    pub(super) column: u32,
}

/// A moving place in a text. Reading past the end gives zero bytes, which no text may hold.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    index: u32,
    line: u32,
    /// Index of the first character of the line.
    line_start: u32,
    /// Bytes that go-yaml would have decoded by now.
    decoded: usize,
    /// Where go-yaml's buffer would start.
    buffer: usize,
    /// End marks that go-yaml would have put behind the text.
    ends: usize,
}

pub(super) fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

/// A byte of a name: of an anchor, a directive, a tag handle.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// Number of characters in whole characters of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

fn narrow(wide: usize) -> u32 {
    u32::try_from(wide).unwrap_or(u32::MAX)
}

/// The first character of well-formed UTF-8 that YAML forbids.
fn forbidden(bytes: &[u8]) -> Option<usize> {
    let suspicious = |byte: u8| byte < 0x20 || matches!(byte, 0x7f | 0xc2 | 0xef);
    let mut from = 0;
    while let Some(found) = bytes.get(from..)?.iter().position(|&byte| suspicious(byte)) {
        let at = from + found;
        let bad = match bytes.get(at..)? {
            [b'\t' | b'\n' | b'\r', ..] | [0xc2, 0x85 | 0xa0.., ..] => false,
            [0xef, 0xbf, last, ..] => *last >= 0xbe,
            [0xef, ..] => false,
            _ => true,
        };
        if bad {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let at = if bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        Self { text, bytes, at, index: 0, line: 0, line_start: 0, decoded: 0, buffer: at, ends: 0 }
    }

    /// The bytes from this place on.
    pub(super) fn rest(&self) -> &'t [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// The text from a byte up to this place.
    pub(super) fn since(&self, start: u32) -> &'t str {
        self.slice(start, self.at())
    }

    /// The text between two bytes on character boundaries.
    pub(super) fn slice(&self, start: u32, end: u32) -> &'t str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    pub(super) fn at(&self) -> u32 {
        narrow(self.at)
    }

    pub(super) fn line(&self) -> u32 {
        self.line
    }

    pub(super) fn column(&self) -> u32 {
        self.index - self.line_start
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { byte: self.at(), index: self.index, line: self.line, column: self.column() }
    }

    /// The byte `ahead` of this place.
    pub(super) fn byte(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    pub(super) fn is_end(&self) -> bool {
        self.byte(0) == 0
    }

    /// Length in bytes of the line break `ahead` of this place; 0 where there is none.
    pub(super) fn break_width(&self, ahead: usize) -> usize {
        match self.byte(ahead) {
            b'\r' if self.byte(ahead + 1) == b'\n' => 2,
            b'\n' | b'\r' => 1,
            0xc2 if self.byte(ahead + 1) == 0x85 => 2,
            0xe2 if self.byte(ahead + 1) == 0x80 && matches!(self.byte(ahead + 2), 0xa8 | 0xa9) => 3,
            _ => 0,
        }
    }

    pub(super) fn is_break(&self, ahead: usize) -> bool {
        self.break_width(ahead) > 0
    }

    /// Whether a line break or the end of the text is `ahead`.
    pub(super) fn is_line_end(&self, ahead: usize) -> bool {
        self.byte(ahead) == 0 || self.is_break(ahead)
    }

    /// Whether white space, a line break or the end of the text is `ahead`.
    pub(super) fn is_space(&self, ahead: usize) -> bool {
        is_blank(self.byte(ahead)) || self.is_line_end(ahead)
    }

    /// Whether `---` or `...` stands here as a marker of its own.
    pub(super) fn is_document_marker(&self) -> bool {
        self.column() == 0 && matches!(self.rest(), [b'-', b'-', b'-', ..] | [b'.', b'.', b'.', ..]) && self.is_space(3)
    }

    /// Whether go-yaml would take the start of this line for a byte order mark.
    pub(super) fn is_byte_order_mark(&self) -> bool {
        self.column() == 0 && self.bytes.get(self.buffer..).is_some_and(|buffer| buffer.starts_with(BYTE_ORDER_MARK))
    }

    /// Length in bytes of the character at `at`; 0 at the end of the text.
    fn width(&self, at: usize) -> usize {
        let next = self.text.get(at..).and_then(|rest| rest.chars().next());
        next.map_or(0, char::len_utf8)
    }

    /// Moves over one character, counted as one of the line whatever it is.
    pub(super) fn skip(&mut self) {
        self.at += self.width(self.at);
        self.index += 1;
    }

    /// Moves over `count` ASCII characters.
    pub(super) fn skip_ascii(&mut self, count: usize) {
        self.at += count;
        self.index += narrow(count);
    }

    /// Moves over all characters whose first byte passes a test, none of them a line break, and
    /// needs `ahead` characters behind each of them.
    pub(super) fn skip_while(&mut self, ahead: usize, passes: impl Fn(u8) -> bool) -> Scan<()> {
        let rest = self.rest();
        let length = rest.iter().position(|&byte| !passes(byte));
        let end = self.at + length.unwrap_or(rest.len());
        // Stop where go-yaml would have decoded a piece, for its buffer then starts there.
        while self.decoded < self.bytes.len() {
            let mut stop = self.decoded;
            for _ in 1..ahead {
                stop = self.character_before(stop);
            }
            if stop > end {
                break;
            }
            self.skip_to(stop);
            self.need(ahead)?;
        }
        self.skip_to(end);
        self.need(ahead)
    }

    /// Where the character in front of `at` starts.
    fn character_before(&self, at: usize) -> usize {
        let before = self.bytes.get(..at).unwrap_or_default();
        before.iter().rposition(|byte| byte & 0xc0 != 0x80).unwrap_or(0)
    }

    /// Moves to a later place on the same line.
    fn skip_to(&mut self, end: usize) {
        let run = self.bytes.get(self.at..end).unwrap_or_default();
        self.index += narrow(characters(run));
        self.at = self.at.max(end);
    }

    /// Moves over the line break that stands here and tells what it counts as in a scalar.
    pub(super) fn skip_break(&mut self) -> &'static str {
        let width = self.break_width(0);
        let text = match (width, self.byte(2)) {
            (0, _) => return "",
            (3, 0xa8) => "\u{2028}",
            (3, _) => "\u{2029}",
            _ => "\n",
        };
        let crlf = self.byte(0) == b'\r' && width == 2;
        self.at += width;
        self.index += if crlf { 2 } else { 1 };
        self.line += 1;
        self.line_start = self.index;
        text
    }

    /// Moves to the end of the line.
    pub(super) fn skip_to_line_end(&mut self) -> Scan<()> {
        loop {
            self.skip_while(1, |byte| !matches!(byte, b'\n' | b'\r' | 0 | 0xc2 | 0xe2))?;
            if self.is_line_end(0) {
                return Ok(());
            }
            self.skip();
        }
    }

    /// Counts the end of the text as the start of a new line, as the scanner does.
    pub(super) fn force_line(&mut self) {
        if self.column() != 0 {
            self.line += 1;
            self.line_start = self.index;
        }
    }

    /// Makes sure that go-yaml would have decoded `count` characters from this place on.
    ///
    /// # Errors
    /// A forbidden character in a piece that has to be decoded for it.
    pub(super) fn need(&mut self, count: usize) -> Scan<()> {
        if self.decoded >= self.at + 4 * count {
            return Ok(());
        }
        self.decode(count)
    }

    #[cold]
    fn decode(&mut self, count: usize) -> Scan<()> {
        let unread = |reader: &Self| {
            let bytes = reader.bytes.get(reader.at..reader.decoded);
            characters(bytes.unwrap_or_default()) + reader.ends
        };
        if unread(self) >= count {
            return Ok(());
        }
        self.buffer = self.at;
        while unread(self) < count {
            if self.decoded == self.bytes.len() {
                self.ends += 1;
                break;
            }
            self.decode_piece()?;
        }
        Ok(())
    }

    fn decode_piece(&mut self) -> Scan<()> {
        let mut end = self.bytes.len().min(self.decoded + PIECE);
        while self.bytes.get(end).is_some_and(|byte| byte & 0xc0 == 0x80) {
            end -= 1;
        }
        let piece = self.bytes.get(self.decoded..end).unwrap_or_default();
        if let Some(found) = forbidden(piece) {
            let at = self.decoded + found;
            let (start, end) = (narrow(at), narrow(at + self.width(at)));
            let problem = Problem::ControlCharacter;
            return Err(Failure::new(problem, start, start, end, None));
        }
        self.decoded = end;
        Ok(())
    }
}
