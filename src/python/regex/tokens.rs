//! Bytes → tokens: a byte, or a backslash with what follows it.

use crate::yaml::scalar::repr_text;

/// Why Python compiles no pattern, in its words.
pub(super) type Read<T> = Result<T, String>;

/// A moving place in a pattern, always one token ahead.
#[derive(Debug)]
pub(super) struct Tokens<'p> {
    pattern: &'p [u8],
    /// The byte behind the next token.
    at: usize,
    next: Option<&'p [u8]>,
}

/// Bytes as Python writes them into its message: those beyond ASCII as escapes.
pub(super) fn shown(bytes: &[u8]) -> String {
    let one = |&byte: &u8| if byte.is_ascii() { char::from(byte).to_string() } else { format!("\\x{byte:02x}") };
    bytes.iter().map(one).collect()
}

/// Bytes in quotes.
pub(super) fn quoted(bytes: &[u8]) -> String {
    let text: String = bytes.iter().copied().map(char::from).collect();
    let quoted = repr_text(&text);
    quoted
        .chars()
        .map(|next| if next.is_ascii() { next.to_string() } else { format!("\\x{:02x}", u32::from(next)) })
        .collect()
}

impl<'p> Tokens<'p> {
    pub(super) fn new(pattern: &'p [u8]) -> Read<Self> {
        let mut tokens = Self { pattern, at: 0, next: None };
        tokens.advance()?;
        Ok(tokens)
    }

    fn advance(&mut self) -> Read<()> {
        let length = match self.pattern.get(self.at..) {
            None | Some([]) => 0,
            Some([b'\\']) => {
                return Err(self.fault_at("bad escape (end of pattern)", self.pattern.len() - 1));
            }
            Some([b'\\', ..]) => 2,
            Some(_) => 1,
        };
        self.next = self.pattern.get(self.at..self.at + length).filter(|token| !token.is_empty());
        self.at += length;
        Ok(())
    }

    /// The next token, which stays where it is.
    pub(super) fn peek(&self) -> Option<&'p [u8]> {
        self.next
    }

    /// Whether the next token is one byte of a set.
    pub(super) fn is_one_of(&self, set: &[u8]) -> bool {
        matches!(self.next, Some([byte]) if set.contains(byte))
    }

    pub(super) fn take(&mut self) -> Read<Option<&'p [u8]>> {
        let token = self.next;
        self.advance()?;
        Ok(token)
    }

    /// Takes a byte if it comes next.
    pub(super) fn skip(&mut self, byte: u8) -> Read<bool> {
        let is_next = self.next == Some(&[byte]);
        if is_next {
            self.advance()?;
        }
        Ok(is_next)
    }

    /// Takes up to `most` bytes of a set.
    pub(super) fn take_while(&mut self, most: usize, fits: impl Fn(u8) -> bool) -> Read<&'p [u8]> {
        let start = self.tell();
        for _ in 0..most {
            match self.next {
                Some([byte]) if fits(*byte) => self.advance()?,
                _ => break,
            }
        }
        Ok(self.pattern.get(start..self.tell()).unwrap_or_default())
    }

    /// Takes what stands before a byte, and that byte.
    pub(super) fn take_until(&mut self, end: u8, name: &str) -> Read<&'p [u8]> {
        let start = self.tell();
        loop {
            let before = self.tell();
            match self.take()? {
                None if before == start => return Err(self.fault(&format!("missing {name}"), 0)),
                None => {
                    let words = format!("missing {}, unterminated name", char::from(end));
                    return Err(self.fault(&words, before - start));
                }
                Some(token) if token == [end] && before == start => {
                    return Err(self.fault(&format!("missing {name}"), 1));
                }
                Some(token) if token == [end] => return Ok(self.pattern.get(start..before).unwrap_or_default()),
                Some(_) => {}
            }
        }
    }

    /// The byte at which the next token starts.
    pub(super) fn tell(&self) -> usize {
        self.at - self.next.map_or(0, <[u8]>::len)
    }

    /// Goes back to a place.
    pub(super) fn seek(&mut self, at: usize) -> Read<()> {
        self.at = at;
        self.advance()
    }

    /// Python's words with the place `back` bytes before this one.
    pub(super) fn fault(&self, words: &str, back: usize) -> String {
        self.fault_at(words, self.tell().saturating_sub(back))
    }

    /// Python's words with a place.
    pub(super) fn fault_at(&self, words: &str, at: usize) -> String {
        let before = self.pattern.get(..at).unwrap_or(self.pattern);
        if !self.pattern.contains(&b'\n') {
            return format!("{words} at position {at}");
        }
        let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
        let column = before.iter().rev().take_while(|&&byte| byte != b'\n').count() + 1;
        format!("{words} at position {at} (line {line}, column {column})")
    }
}
