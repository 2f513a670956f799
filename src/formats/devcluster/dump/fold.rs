//! The writing of scalars, with the line breaks that PyYAML puts into long ones.

use super::emit::Line;
use super::style::{Role, Style};
use crate::yaml::scalar::SURROGATES;

/// Column behind which a line is broken at the next chance.
const WIDTH: usize = 80;

/// A scalar as it is written.
pub(super) struct Folded {
    pub(super) text: String,
    /// The line that it ends on.
    pub(super) line: Line,
}

struct Scalar {
    out: String,
    column: usize,
    indent: usize,
    role: Role,
}

/// Writes a scalar at a place of a line; further lines are indented by `indent`.
pub(super) fn write(text: &str, style: Style, role: Role, indent: usize, line: Line) -> Folded {
    let mut scalar = Scalar { out: String::with_capacity(text.len() + 2), column: line.column, indent, role };
    let characters: Vec<char> = text.chars().collect();
    match style {
        Style::Plain => scalar.runs(&characters, None),
        Style::Single => {
            scalar.push("'");
            scalar.runs(&characters, Some('\''));
            scalar.push("'");
        }
        Style::Double => scalar.double(&characters),
        Style::Literal => return scalar.literal(text),
    }
    let line = Line { column: scalar.column, ends_blank: false, is_indentation: false };
    Folded { text: scalar.out, line }
}

impl Scalar {
    fn push(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
    }

    /// A new line with its indentation.
    fn fold(&mut self) {
        self.break_line();
        self.pad();
    }

    fn break_line(&mut self) {
        self.out.push('\n');
        self.column = 0;
    }

    fn pad(&mut self) {
        let blanks = self.indent.saturating_sub(self.column);
        self.push(&" ".repeat(blanks));
    }

    /// Words and the white space between them; between single quotes a quote is doubled. A lone space far to the
    /// right becomes a line break, a line break an empty line.
    fn runs(&mut self, characters: &[char], quote: Option<char>) {
        let mut at = 0;
        while let Some(next) = characters.get(at) {
            let class = class_of(*next);
            let length = characters.iter().skip(at).take_while(|other| class_of(**other) == class).count();
            let run = characters.get(at..at + length).unwrap_or_default();
            let is_inner = quote.is_none() || (at > 0 && at + length < characters.len());
            match class {
                Class::Space if length == 1 && self.column > WIDTH && self.role == Role::Other && is_inner => {
                    self.fold();
                }
                Class::Break => {
                    self.break_line();
                    run.iter().for_each(|_| self.break_line());
                    self.pad();
                }
                Class::Space | Class::Word => {
                    let mut text: String = run.iter().collect();
                    if quote.is_some() {
                        text = text.replace('\'', "''");
                    }
                    self.push(&text);
                }
            }
            at += length;
        }
    }

    /// Between double quotes, in ASCII.
    fn double(&mut self, characters: &[char]) {
        self.push("\"");
        let count = characters.len();
        // Characters from `start` on are not written yet.
        let mut start = 0;
        for at in 0..=count {
            let next = characters.get(at).copied();
            if next.is_none_or(|next| !matches!(next, ' '..='~') || next == '"' || next == '\\') {
                self.push(&pending(characters, start, at));
                start = start.max(at);
                if let Some(next) = next {
                    self.push(&escape(next));
                    start = at + 1;
                }
            }
            let is_chance = at > 0 && at + 1 < count && (next == Some(' ') || start >= at);
            if is_chance
                && self.column + at.saturating_sub(start) > WIDTH + start.saturating_sub(at)
                && self.role == Role::Other
            {
                self.push(&pending(characters, start, at));
                self.push("\\");
                start = start.max(at);
                self.fold();
                if characters.get(start) == Some(&' ') {
                    self.push("\\");
                }
            }
        }
        self.push("\"");
    }

    /// Behind `|`: base 64, which has no blanks and ends in one line break.
    fn literal(mut self, text: &str) -> Folded {
        self.push("|");
        for line in text.lines() {
            self.fold();
            self.out.push_str(line);
        }
        self.break_line();
        let line = Line { column: 0, ends_blank: true, is_indentation: true };
        Folded { text: self.out, line }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Space,
    Break,
}

fn class_of(character: char) -> Class {
    match character {
        ' ' => Class::Space,
        '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Break,
        _ => Class::Word,
    }
}

fn pending(characters: &[char], start: usize, end: usize) -> String {
    characters.get(start..end).unwrap_or_default().iter().collect()
}

fn escape(character: char) -> String {
    let letter = match character {
        '\0' => '0',
        '\u{7}' => 'a',
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{b}' => 'v',
        '\u{c}' => 'f',
        '\r' => 'r',
        '\u{1b}' => 'e',
        '"' | '\\' => character,
        '\u{85}' => 'N',
        '\u{a0}' => '_',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        _ => {
            return match u32::from(character) {
                code @ 0..=0xFF => format!("\\x{code:02X}"),
                code @ 0x100..=0xFFFF => format!("\\u{code:04X}"),
                code if SURROGATES.contains(&code) => format!("\\u{:04X}", code - SURROGATES.start() + 0xD800),
                code => format!("\\U{code:08X}"),
            };
        }
    };
    format!("\\{letter}")
}
