//! Scalars by indentation: `|` and `>`.

use super::characters::{Mark, is_space_or_end};
use super::{Context, Scanner};
use crate::yaml::problem::{Problem, Scan};
use crate::yaml::scanner::Kind;
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
    /// Columns beyond those of the block around it; `None` when they are to be found out.
    increment: Option<u32>,
}

fn context(start: Mark) -> Context {
    Some(("while scanning a block scalar", Some(start)))
}

impl Scanner<'_> {
    pub(super) fn fetch_block_scalar(&mut self, style: ScalarStyle) -> Scan<()> {
        self.key_allowed = true;
        self.drop_candidate()?;
        let start = self.characters.mark();
        self.characters.skip();
        let header = self.read_header(start)?;
        let mut end = self.characters.at();
        self.skip_rest_of_line(context(start))?;
        let least = u32::try_from(self.indent + 1).unwrap_or(0).max(1);
        let mut breaks = String::new();
        let indent = match header.increment {
            None => least.max(self.find_indentation(&mut breaks)),
            Some(columns) => {
                let indent = least + columns - 1;
                self.skip_indentation(indent, &mut breaks);
                indent
            }
        };
        let mut content = String::new();
        let mut last_break = "";
        while self.is_line_of(indent) {
            content.push_str(&breaks);
            breaks.clear();
            let was_blank = self.is_blank();
            let line = self.characters.at();
            self.characters.skip_to_line_end();
            content.push_str(self.characters.since(line));
            end = self.characters.at();
            last_break = self.characters.skip_break();
            self.skip_indentation(indent, &mut breaks);
            if !self.is_line_of(indent) {
                break;
            }
            let folds = style == ScalarStyle::Folded && last_break == "\n" && !was_blank && !self.is_blank();
            match (folds, breaks.is_empty()) {
                (true, true) => content.push(' '),
                (true, false) => {}
                (false, _) => content.push_str(last_break),
            }
        }
        if header.chomping != Chomping::Strip {
            content.push_str(last_break);
        }
        if header.chomping == Chomping::Keep {
            content.push_str(&breaks);
        }
        self.push_to(Kind::Scalar(style), start, end, content.into());
        Ok(())
    }

    /// Whether a line of the text stands here.
    fn is_line_of(&self, indent: u32) -> bool {
        self.characters.column() == indent && self.characters.peek() != '\0'
    }

    /// Whether a line begins with white space, which keeps the breaks around it.
    fn is_blank(&self) -> bool {
        matches!(self.characters.peek(), ' ' | '\t')
    }

    /// Reads the two indicators that may follow `|` or `>` in either order.
    fn read_header(&mut self, start: Mark) -> Scan<Header> {
        let mut header = Header { chomping: Chomping::Clip, increment: None };
        if self.read_chomping(&mut header) {
            self.read_increment(start, &mut header)?;
        } else if self.read_increment(start, &mut header)? {
            self.read_chomping(&mut header);
        }
        if is_space_or_end(self.characters.peek()) {
            return Ok(header);
        }
        let expected = "expected chomping or indentation indicators";
        Err(self.but_found(Problem::MissingLineEnd, context(start), expected))
    }

    fn read_chomping(&mut self, header: &mut Header) -> bool {
        header.chomping = match self.characters.peek() {
            '+' => Chomping::Keep,
            '-' => Chomping::Strip,
            _ => return false,
        };
        self.characters.skip();
        true
    }

    fn read_increment(&mut self, start: Mark, header: &mut Header) -> Scan<bool> {
        let next = self.characters.peek();
        if next == '0' {
            let words = "expected indentation indicator in the range 1-9, but found 0".to_owned();
            return Err(self.failure(Problem::ZeroIndentation, context(start), words));
        }
        header.increment = next.to_digit(10);
        if header.increment.is_some() {
            self.characters.skip();
        }
        Ok(header.increment.is_some())
    }

    /// Moves to the first character that is no space and no break; gives the column of the furthest space.
    fn find_indentation(&mut self, breaks: &mut String) -> u32 {
        let mut furthest = 0;
        loop {
            self.characters.skip_spaces();
            furthest = furthest.max(self.characters.column());
            let next = self.characters.skip_break();
            if next.is_empty() {
                return furthest;
            }
            breaks.push_str(next);
        }
    }

    /// Moves over empty lines and over indentation, `indent` columns at most.
    fn skip_indentation(&mut self, indent: u32, breaks: &mut String) {
        loop {
            while self.characters.column() < indent && self.characters.peek() == ' ' {
                self.characters.skip();
            }
            let next = self.characters.skip_break();
            if next.is_empty() {
                return;
            }
            breaks.push_str(next);
        }
    }
}
