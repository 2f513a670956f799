//! Scalars without quotes.

use super::reader::is_blank;
use super::{Kind, Scanner};
use crate::yaml::problem::{Problem, Scan};
use crate::yaml::tree::ScalarStyle;

/// Line breaks between two parts of a scalar, as they are read.
#[derive(Debug, Default)]
pub(super) struct Fold {
    /// The first break; empty if there is none or it was escaped.
    first: &'static str,
    /// The breaks after it.
    more: String,
}

impl Fold {
    /// Takes a break in.
    pub(super) fn add(&mut self, text: &'static str, is_first: IsFirst) {
        match is_first {
            IsFirst::Yes => self.first = text,
            IsFirst::No => self.more.push_str(text),
        }
    }

    /// Writes what the breaks count for and forgets them: a lone line break is a space.
    pub(super) fn write(&mut self, content: &mut String) {
        if self.first == "\n" && self.more.is_empty() {
            content.push(' ');
        } else if self.first == "\n" {
            content.push_str(&self.more);
        } else {
            content.push_str(self.first);
            content.push_str(&self.more);
        }
        self.first = "";
        self.more.clear();
    }
}

/// Whether a line break is the first after content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IsFirst {
    Yes,
    No,
}

/// Whether a plain scalar passes over a byte without a look: no blank, no break, no indicator that
/// may end it.
fn is_ordinary(byte: u8) -> bool {
    const SPECIAL: &[u8] = b" \t\r\n\0:,?[]{}\xc2\xe2";
    const ORDINARY: [bool; 256] = {
        let mut table = [true; 256];
        let mut at = 0;
        while at < SPECIAL.len() {
            table[SPECIAL[at] as usize] = false;
            at += 1;
        }
        table
    };
    ORDINARY.get(usize::from(byte)).is_some_and(|&is| is)
}

impl Scanner<'_> {
    pub(super) fn fetch_plain(&mut self) -> Scan<()> {
        self.save_candidate()?;
        self.key_allowed = false;
        let start = self.reader.mark();
        let mut content = String::new();
        // The part that is not in `content` yet runs from `from` to `end`.
        let mut from = start.byte;
        let mut end = start.byte;
        let mut fold = Fold::default();
        let mut folding = false;
        loop {
            self.reader.need(4)?;
            if self.reader.is_document_marker() || self.reader.byte(0) == b'#' {
                break;
            }
            let word = self.reader.at();
            self.skip_word()?;
            if self.reader.at() > word {
                if folding {
                    content.push_str(self.reader.slice(from, end));
                    fold.write(&mut content);
                    from = word;
                    folding = false;
                }
                end = self.reader.at();
            }
            if !is_blank(self.reader.byte(0)) && !self.reader.is_break(0) {
                break;
            }
            folding = self.skip_plain_space(start.byte, folding, &mut fold)?;
            if !self.in_flow() && i64::from(self.reader.column()) <= self.indent {
                break;
            }
        }
        let last = self.reader.slice(from, end);
        let text = if content.is_empty() { last.into() } else { (content + last).into() };
        self.push_to(Kind::Scalar(ScalarStyle::Plain), start, end, text);
        self.key_allowed |= folding;
        Ok(())
    }

    /// Moves to the next blank, break or indicator that ends the scalar.
    fn skip_word(&mut self) -> Scan<()> {
        loop {
            self.reader.skip_while(2, is_ordinary)?;
            let ends = match self.reader.byte(0) {
                b':' => self.reader.is_space(1),
                b',' | b'?' | b'[' | b']' | b'{' | b'}' => self.in_flow(),
                _ => self.reader.is_space(0),
            };
            if ends {
                return Ok(());
            }
            self.reader.skip();
            self.reader.need(2)?;
        }
    }

    /// Moves over blanks and breaks; tells whether there was a break, now or before.
    fn skip_plain_space(&mut self, start: u32, mut folding: bool, fold: &mut Fold) -> Scan<bool> {
        self.reader.need(1)?;
        loop {
            if is_blank(self.reader.byte(0)) {
                let indented = i64::from(self.reader.column()) > self.indent;
                if folding && !indented && self.reader.byte(0) == b'\t' {
                    return Err(self.failure(Problem::TabInPlainScalar, start));
                }
                self.reader.skip_ascii(1);
            } else if self.reader.is_break(0) {
                self.reader.need(2)?;
                let is_first = if folding { IsFirst::No } else { IsFirst::Yes };
                fold.add(self.reader.skip_break(), is_first);
                folding = true;
            } else {
                return Ok(folding);
            }
            self.reader.need(1)?;
        }
    }
}
