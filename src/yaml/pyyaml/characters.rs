//! The text as devcluster hands it to PyYAML: Python's text files turn every `\r\n` and `\r` into `\n`.

/// A place in the text, counted as PyYAML counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// Bytes before it.
    pub(super) byte: u32,
    /// Characters before it.
    pub(super) index: u32,
    /// Line, from 0.
    pub(super) line: u32,
    /// Characters before it on its line, byte order marks left out.
    pub(super) column: u32,
}

/// A moving place in a text. Past the end stand characters 0, which no text may hold.
#[derive(Debug)]
pub(super) struct Characters<'t> {
    text: &'t str,
    at: usize,
    index: u32,
    line: u32,
    column: u32,
}

fn narrow(wide: usize) -> u32 {
    u32::try_from(wide).unwrap_or(u32::MAX)
}

/// Whether a character is a line break.
pub(super) fn is_break(next: char) -> bool {
    matches!(next, '\n' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a character is a line break or the end of the text.
pub(super) fn is_line_end(next: char) -> bool {
    next == '\0' || is_break(next)
}

/// Whether a character is a space, a line break or the end of the text; a tab is none of them.
pub(super) fn is_space_or_end(next: char) -> bool {
    next == ' ' || is_line_end(next)
}

/// The same, tabs included.
pub(super) fn is_blank_or_end(next: char) -> bool {
    next == '\t' || is_space_or_end(next)
}

/// A character of a name: of an anchor, a directive, a tag handle.
pub(super) fn is_word(next: char) -> bool {
    next.is_ascii_alphanumeric() || next == '-' || next == '_'
}

/// The first character that PyYAML does not let into its reader, its byte and how many characters stand before it.
pub(super) fn forbidden(text: &str) -> Option<(char, u32, u32)> {
    let allowed = |next: char| {
        matches!(next, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}')
            || next >= '\u{10000}'
    };
    let (at, found) = text.char_indices().find(|(_, next)| !allowed(*next))?;
    let before = text.get(..at).unwrap_or_default();
    let crlf = before.matches("\r\n").count();
    Some((found, narrow(at), narrow(before.chars().count() - crlf)))
}

impl<'t> Characters<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, index: 0, line: 0, column: 0 }
    }

    pub(super) fn at(&self) -> u32 {
        narrow(self.at)
    }

    pub(super) fn index(&self) -> u32 {
        self.index
    }

    pub(super) fn line(&self) -> u32 {
        self.line
    }

    pub(super) fn column(&self) -> u32 {
        self.column
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { byte: self.at(), index: self.index, line: self.line, column: self.column }
    }

    /// The text from a byte up to this place.
    pub(super) fn since(&self, start: u32) -> &'t str {
        self.text.get(start as usize..self.at).unwrap_or_default()
    }

    /// The text from this place on, its line breaks as they were written.
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The character at a byte and how many bytes it takes.
    fn character(&self, at: usize) -> (char, usize) {
        let bytes = self.text.as_bytes();
        match bytes.get(at) {
            None => ('\0', 0),
            Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => ('\n', 2),
            Some(b'\r') => ('\n', 1),
            Some(byte) if byte.is_ascii() => (char::from(*byte), 1),
            Some(_) => {
                let next = self.text.get(at..).and_then(|rest| rest.chars().next());
                next.map_or(('\0', 0), |next| (next, next.len_utf8()))
            }
        }
    }

    /// The character that comes next.
    pub(super) fn peek(&self) -> char {
        self.character(self.at).0
    }

    /// The character `ahead` of the one that comes next.
    pub(super) fn peek_at(&self, ahead: usize) -> char {
        let mut at = self.at;
        for _ in 0..ahead {
            at += self.character(at).1;
        }
        self.character(at).0
    }

    /// Moves over one character.
    pub(super) fn skip(&mut self) {
        let (next, width) = self.character(self.at);
        self.at += width;
        self.index += 1;
        if is_break(next) {
            self.line += 1;
            self.column = 0;
        } else if next != '\u{feff}' {
            self.column += 1;
        }
    }

    pub(super) fn skip_many(&mut self, count: usize) {
        for _ in 0..count {
            self.skip();
        }
    }

    /// Moves over all characters that pass a test, none of which may be 0, and gives them back.
    pub(super) fn take_while(&mut self, passes: impl Fn(char) -> bool) -> &'t str {
        let start = self.at();
        while passes(self.peek()) {
            self.skip();
        }
        self.since(start)
    }

    /// Moves over spaces.
    pub(super) fn skip_spaces(&mut self) {
        self.take_while(|next| next == ' ');
    }

    /// Moves to the end of the line.
    pub(super) fn skip_to_line_end(&mut self) {
        self.take_while(|next| !is_line_end(next));
    }

    /// Moves over a line break, if one stands here, and tells what it counts as in a scalar.
    pub(super) fn skip_break(&mut self) -> &'static str {
        let text = match self.peek() {
            '\n' | '\u{85}' => "\n",
            '\u{2028}' => "\u{2028}",
            '\u{2029}' => "\u{2029}",
            _ => return "",
        };
        self.skip();
        text
    }

    /// Whether `---` or `...` stands here, followed by white space; the column is for the caller to look at.
    pub(super) fn is_separator(&self) -> bool {
        let rest = self.rest();
        (rest.starts_with("---") || rest.starts_with("...")) && is_blank_or_end(self.peek_at(3))
    }
}
