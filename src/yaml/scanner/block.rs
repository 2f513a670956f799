//! Scalars by indentation: `|` and `>`.

use super::reader::is_blank;
use super::{Kind, Mark, Scanner};
use crate::yaml::problem::{Problem, Scan};
use crate::yaml::tree::ScalarStyle;

/// What becomes of the line breaks at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chomping {
    /// `-`: none stays.
    Strip,
    /// One stays.
    Clip,
    /// `+`: all stay.
    Keep,
}

/// What stands behind `|` or `>`.
#[derive(Debug)]
struct Header {
    chomping: Chomping,
    /// Columns beyond those of the block around it; 0 when they are to be found out.
    increment: u8,
}

/// The lines read so far, and the breaks behind the last of them.
#[derive(Debug, Default)]
struct Lines {
    content: String,
    /// The break that ends the last line; empty before the first line.
    first: &'static str,
    /// The breaks of the empty lines after it.
    more: String,
    /// Whether the last line began with a blank, which keeps the breaks around it.
    was_blank: bool,
}

impl Lines {
    /// Adds the breaks in front of the next line.
    fn start(&mut self, style: ScalarStyle, is_blank: bool) {
        let folds = style == ScalarStyle::Folded && !self.was_blank && !is_blank && self.first == "\n";
        match (folds, self.more.is_empty()) {
            (true, true) => self.content.push(' '),
            (true, false) => {}
            (false, _) => self.content.push_str(self.first),
        }
        self.content.push_str(&self.more);
        self.more.clear();
        self.was_blank = is_blank;
    }

    /// The content with the breaks that stay at its end.
    fn chomp(mut self, chomping: Chomping) -> String {
        if chomping != Chomping::Strip {
            self.content.push_str(self.first);
        }
        if chomping == Chomping::Keep {
            self.content.push_str(&self.more);
        }
        self.content
    }
}

impl Scanner<'_> {
    pub(super) fn fetch_block_scalar(&mut self, style: ScalarStyle) -> Scan<()> {
        self.drop_candidate()?;
        self.key_allowed = true;
        let start = self.reader.mark();
        let header = self.read_header(start)?;
        let mut end = self.reader.at();
        self.skip_rest_of_line(start)?;
        let mut indent = match header.increment {
            0 => 0,
            columns => u32::try_from(self.indent.max(0)).unwrap_or(0) + u32::from(columns),
        };
        let mut lines = Lines::default();
        self.skip_indentation(start, &mut indent, &mut lines.more)?;
        self.reader.need(1)?;
        while self.reader.column() == indent && !self.reader.is_end() {
            lines.start(style, is_blank(self.reader.byte(0)));
            let line = self.reader.at();
            self.reader.skip_to_line_end()?;
            lines.content.push_str(self.reader.since(line));
            end = self.reader.at();
            self.reader.need(2)?;
            lines.first = self.reader.skip_break();
            self.skip_indentation(start, &mut indent, &mut lines.more)?;
        }
        let text = lines.chomp(header.chomping);
        self.push_to(Kind::Scalar(style), start, end, text.into());
        Ok(())
    }

    /// Reads `|` or `>` and the two indicators that may follow in either order.
    fn read_header(&mut self, start: Mark) -> Scan<Header> {
        self.reader.skip_ascii(1);
        self.reader.need(1)?;
        let mut header = Header { chomping: Chomping::Clip, increment: 0 };
        if self.read_chomping(&mut header)? {
            self.read_increment(start, &mut header)?;
        } else if self.read_increment(start, &mut header)? {
            self.read_chomping(&mut header)?;
        }
        Ok(header)
    }

    fn read_chomping(&mut self, header: &mut Header) -> Scan<bool> {
        header.chomping = match self.reader.byte(0) {
            b'+' => Chomping::Keep,
            b'-' => Chomping::Strip,
            _ => return Ok(false),
        };
        self.reader.skip_ascii(1);
        self.reader.need(1)?;
        Ok(true)
    }

    fn read_increment(&mut self, start: Mark, header: &mut Header) -> Scan<bool> {
        match self.reader.byte(0) {
            b'0' => return Err(self.failure(Problem::ZeroIndentation, start.byte)),
            digit @ b'1'..=b'9' => header.increment = digit - b'0',
            _ => return Ok(false),
        }
        self.reader.skip_ascii(1);
        self.reader.need(1)?;
        Ok(true)
    }

    /// Moves over empty lines and the indentation of the first line that is not empty. An
    /// indentation of 0 is to be found out: that of the furthest indented line passed here.
    fn skip_indentation(&mut self, start: Mark, indent: &mut u32, breaks: &mut String) -> Scan<()> {
        let mut furthest = 0;
        loop {
            self.reader.need(1)?;
            while (*indent == 0 || self.reader.column() < *indent) && self.reader.byte(0) == b' ' {
                self.reader.skip_ascii(1);
                self.reader.need(1)?;
            }
            furthest = furthest.max(self.reader.column());
            if (*indent == 0 || self.reader.column() < *indent) && self.reader.byte(0) == b'\t' {
                return Err(self.failure(Problem::TabInBlockScalar, start.byte));
            }
            if !self.reader.is_break(0) {
                break;
            }
            self.reader.need(2)?;
            breaks.push_str(self.reader.skip_break());
        }
        if *indent == 0 {
            let least = u32::try_from(self.indent + 1).unwrap_or(0).max(1);
            *indent = furthest.max(least);
        }
        Ok(())
    }
}
