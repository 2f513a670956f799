//! Scalars in quotes.

use super::plain::{Fold, IsFirst};
use super::reader::is_blank;
use super::{Kind, Scanner};
use crate::yaml::problem::{Problem, Scan};
use crate::yaml::tree::ScalarStyle;

/// What stopped a run of content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// The closing quote.
    Close,
    /// White space, a break or the end of the text.
    Space,
    /// An escaped line break, which is passed.
    EscapedBreak,
}

impl Scanner<'_> {
    pub(super) fn fetch_quoted(&mut self, style: ScalarStyle) -> Scan<()> {
        self.save_candidate()?;
        self.key_allowed = false;
        let start = self.reader.mark();
        self.reader.skip_ascii(1);
        let mut content = String::new();
        let mut fold = Fold::default();
        loop {
            self.reader.need(4)?;
            if self.reader.is_document_marker() {
                return Err(self.failure(Problem::MarkerInQuotes, start.byte));
            }
            if self.reader.is_end() {
                return Err(self.failure(Problem::UnclosedQuotes, start.byte));
            }
            let stop = match style {
                ScalarStyle::SingleQuoted => self.read_single(&mut content)?,
                _ => self.read_double(&mut content, start.byte)?,
            };
            self.reader.need(1)?;
            if stop == Stop::Close {
                break;
            }
            self.read_quoted_space(stop, &mut content, &mut fold)?;
        }
        self.reader.skip_ascii(1);
        self.push(Kind::Scalar(style), start, content.into());
        Ok(())
    }

    /// Reads up to white space or the closing quote.
    fn read_single(&mut self, content: &mut String) -> Scan<Stop> {
        loop {
            self.read_run(b'\'', content)?;
            match (self.reader.byte(0), self.reader.byte(1)) {
                (b'\'', b'\'') => {
                    content.push('\'');
                    self.reader.skip_ascii(2);
                    self.reader.need(2)?;
                }
                (b'\'', _) => return Ok(Stop::Close),
                _ if self.reader.is_space(0) => return Ok(Stop::Space),
                _ => self.read_character(content)?,
            }
        }
    }

    /// Reads up to white space, an escaped break or the closing quote.
    fn read_double(&mut self, content: &mut String, start: u32) -> Scan<Stop> {
        loop {
            self.read_run(b'"', content)?;
            match self.reader.byte(0) {
                b'"' => return Ok(Stop::Close),
                b'\\' if self.reader.is_break(1) => {
                    self.reader.need(3)?;
                    self.reader.skip_ascii(1);
                    self.reader.skip_break();
                    return Ok(Stop::EscapedBreak);
                }
                b'\\' => {
                    content.push(self.read_escape(start)?);
                    self.reader.need(2)?;
                }
                _ if self.reader.is_space(0) => return Ok(Stop::Space),
                _ => self.read_character(content)?,
            }
        }
    }

    /// Copies what is plainly neither white space nor a quote nor an escape.
    fn read_run(&mut self, quote: u8, content: &mut String) -> Scan<()> {
        let start = self.reader.at();
        self.reader.skip_while(2, |byte| {
            byte != quote && !matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\\' | 0 | 0xc2 | 0xe2)
        })?;
        content.push_str(self.reader.since(start));
        Ok(())
    }

    fn read_character(&mut self, content: &mut String) -> Scan<()> {
        let start = self.reader.at();
        self.reader.skip();
        content.push_str(self.reader.since(start));
        self.reader.need(2)
    }

    fn read_escape(&mut self, start: u32) -> Scan<char> {
        let digits = match self.reader.byte(1) {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            letter => {
                let Some(meant) = escaped(letter) else {
                    return Err(self.failure(Problem::UnknownEscape, start));
                };
                self.reader.skip_ascii(2);
                return Ok(meant);
            }
        };
        self.reader.skip_ascii(2);
        self.reader.need(digits)?;
        let mut code = 0;
        for ahead in 0..digits {
            let Some(digit) = char::from(self.reader.byte(ahead)).to_digit(16) else {
                return Err(self.failure(Problem::MissingHexDigits, start));
            };
            code = code << 4 | digit;
        }
        let Some(meant) = char::from_u32(code) else {
            return Err(self.failure(Problem::BadEscapedCharacter, start));
        };
        self.reader.skip_ascii(digits);
        Ok(meant)
    }

    /// Moves over blanks and breaks, and adds what they count for.
    fn read_quoted_space(&mut self, stop: Stop, content: &mut String, fold: &mut Fold) -> Scan<()> {
        let start = self.reader.at();
        let mut blanks = start;
        let mut folding = stop == Stop::EscapedBreak;
        loop {
            if is_blank(self.reader.byte(0)) {
                self.reader.skip_ascii(1);
                if !folding {
                    blanks = self.reader.at();
                }
            } else if self.reader.is_break(0) {
                self.reader.need(2)?;
                let is_first = if folding { IsFirst::No } else { IsFirst::Yes };
                fold.add(self.reader.skip_break(), is_first);
                folding = true;
            } else {
                break;
            }
            self.reader.need(1)?;
        }
        if folding {
            fold.write(content);
        } else {
            content.push_str(self.reader.slice(start, blanks));
        }
        Ok(())
    }
}

/// What a one-letter escape stands for.
fn escaped(letter: u8) -> Option<char> {
    Some(match letter {
        b'0' => '\0',
        b'a' => '\u{7}',
        b'b' => '\u{8}',
        b't' | b'\t' => '\t',
        b'n' => '\n',
        b'v' => '\u{b}',
        b'f' => '\u{c}',
        b'r' => '\r',
        b'e' => '\u{1b}',
        b' ' | b'"' | b'\'' | b'\\' => char::from(letter),
        b'N' => '\u{85}',
        b'_' => '\u{a0}',
        b'L' => '\u{2028}',
        b'P' => '\u{2029}',
        _ => return None,
    })
}
