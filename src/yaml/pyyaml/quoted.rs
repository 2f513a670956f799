//! Scalars in quotes.

use super::characters::{Mark, is_blank_or_end};
use super::plain::write_fold;
use super::{PyFault, Scanner, but_found};
use crate::yaml::problem::{Problem, Scan};
use crate::yaml::scalar::surrogate;
use crate::yaml::scanner::Kind;
use crate::yaml::tree::ScalarStyle;

const IN_QUOTES: &str = "while scanning a quoted scalar";
const IN_DOUBLE_QUOTES: &str = "while scanning a double-quoted scalar";

impl Scanner<'_> {
    pub(super) fn fetch_quoted(&mut self, style: ScalarStyle) -> Scan<()> {
        self.save_candidate()?;
        self.key_allowed = false;
        let start = self.characters.mark();
        let quote = self.characters.peek();
        self.characters.skip();
        let mut content = String::new();
        self.read_run(quote, start, &mut content)?;
        while self.characters.peek() != quote {
            self.read_space(start, &mut content)?;
            self.read_run(quote, start, &mut content)?;
        }
        self.characters.skip();
        self.push(Kind::Scalar(style), start, content.into());
        Ok(())
    }

    /// Reads up to white space, the end of the text or the closing quote.
    fn read_run(&mut self, quote: char, start: Mark, content: &mut String) -> Scan<()> {
        loop {
            let plain = |next| !matches!(next, '\'' | '"' | '\\') && !is_blank_or_end(next);
            content.push_str(self.characters.take_while(plain));
            match (quote, self.characters.peek()) {
                ('\'', '\'') if self.characters.peek_at(1) == '\'' => {
                    content.push('\'');
                    self.characters.skip_many(2);
                }
                ('"', '\\') => {
                    self.characters.skip();
                    self.read_escape(start, content)?;
                }
                (_, next) if next == quote || is_blank_or_end(next) => return Ok(()),
                (_, next) => {
                    content.push(next);
                    self.characters.skip();
                }
            }
        }
    }

    /// Reads what stands behind a backslash.
    fn read_escape(&mut self, start: Mark, content: &mut String) -> Scan<()> {
        let next = self.characters.peek();
        let digits = match next {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => {
                if let Some(meant) = escaped(next) {
                    self.characters.skip();
                    content.push(meant);
                    return Ok(());
                }
                if !self.characters.skip_break().is_empty() {
                    return self.read_breaks(start, content);
                }
                let context = Some((IN_DOUBLE_QUOTES, Some(start)));
                let words = format!("found unknown escape character {}", super::repr(next));
                return Err(self.failure(Problem::UnknownEscape, context, words));
            }
        };
        self.characters.skip();
        content.push(self.read_code(digits, start)?);
        Ok(())
    }

    /// Reads the digits of an escape.
    fn read_code(&mut self, digits: usize, start: Mark) -> Scan<char> {
        let mut code = 0;
        for ahead in 0..digits {
            let next = self.characters.peek_at(ahead);
            let Some(digit) = next.to_digit(16) else {
                let expected = format!("expected escape sequence of {digits} hexadecimal numbers");
                let context = Some((IN_DOUBLE_QUOTES, Some(start)));
                return Err(self.failure(Problem::MissingHexDigits, context, but_found(&expected, next)));
            };
            code = code << 4 | digit;
        }
        let Some(character) = char::from_u32(code).or_else(|| surrogate(code)) else {
            return Err(self.no_character(code, start));
        };
        self.characters.skip_many(digits);
        Ok(character)
    }

    /// `chr()` fails, which is no exception of PyYAML's own.
    fn no_character(&self, code: u32, start: Mark) -> Box<crate::yaml::problem::Failure> {
        let (exception, words) = match i32::try_from(code) {
            Ok(_) => ("ValueError", "chr() arg not in range(0x110000)"),
            Err(_) => ("OverflowError", "Python int too large to convert to C int"),
        };
        let context = Some((IN_DOUBLE_QUOTES, Some(start)));
        let mut failure = self.failure(Problem::BadEscapedCharacter, context, String::new());
        let fault = PyFault { exception, context: None, problem: words.to_owned(), at: None };
        failure.python = Some(Box::new(fault));
        failure
    }

    /// Reads white space, which counts unless a line ends in it.
    fn read_space(&mut self, start: Mark, content: &mut String) -> Scan<()> {
        let space = self.characters.take_while(|next| next == ' ' || next == '\t');
        if self.characters.peek() == '\0' {
            let words = "found unexpected end of stream".to_owned();
            return Err(self.failure(Problem::UnclosedQuotes, Some((IN_QUOTES, Some(start))), words));
        }
        let first = self.characters.skip_break();
        if first.is_empty() {
            content.push_str(space);
            return Ok(());
        }
        let mut more = String::new();
        self.read_breaks(start, &mut more)?;
        write_fold(first, &more, content);
        Ok(())
    }

    /// Reads the white space at the start of a line, and empty lines.
    fn read_breaks(&mut self, start: Mark, content: &mut String) -> Scan<()> {
        loop {
            if self.characters.is_separator() {
                let words = "found unexpected document separator".to_owned();
                return Err(self.failure(Problem::MarkerInQuotes, Some((IN_QUOTES, Some(start))), words));
            }
            self.characters.take_while(|next| next == ' ' || next == '\t');
            let next = self.characters.skip_break();
            if next.is_empty() {
                return Ok(());
            }
            content.push_str(next);
        }
    }
}

/// What an escape of one letter stands for.
fn escaped(letter: char) -> Option<char> {
    Some(match letter {
        '0' => '\0',
        'a' => '\x07',
        'b' => '\x08',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\x0b',
        'f' => '\x0c',
        'r' => '\r',
        'e' => '\x1b',
        ' ' | '"' | '\\' | '/' => letter,
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        _ => return None,
    })
}
