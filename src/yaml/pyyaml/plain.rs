//! Scalars without quotes.

use super::Scanner;
use super::characters::is_blank_or_end;
use crate::yaml::problem::Scan;
use crate::yaml::scanner::Kind;
use crate::yaml::tree::ScalarStyle;

impl<'t> Scanner<'t> {
    pub(super) fn fetch_plain(&mut self) -> Scan<()> {
        self.save_candidate()?;
        self.key_allowed = false;
        let start = self.characters.mark();
        let mut end = start.byte;
        let mut content = String::new();
        let mut space = String::new();
        while self.characters.peek() != '#' {
            let word = self.read_word();
            if word.is_empty() {
                break;
            }
            self.key_allowed = false;
            content.push_str(&space);
            content.push_str(word);
            end = self.characters.at();
            space.clear();
            self.read_plain_space(&mut space);
            let is_outside = !self.in_flow() && i64::from(self.characters.column()) <= self.indent;
            if space.is_empty() || is_outside {
                break;
            }
        }
        self.push_to(Kind::Scalar(ScalarStyle::Plain), start, end, content.into());
        Ok(())
    }

    /// Moves to the next white space or indicator that ends the scalar.
    fn read_word(&mut self) -> &'t str {
        let in_flow = self.in_flow();
        let start = self.characters.at();
        loop {
            let next = self.characters.peek();
            let ends = match next {
                ':' => {
                    let after = self.characters.peek_at(1);
                    is_blank_or_end(after) || (in_flow && ",[]{}".contains(after))
                }
                ',' | '?' | '[' | ']' | '{' | '}' => in_flow,
                _ => is_blank_or_end(next),
            };
            if ends {
                return self.characters.since(start);
            }
            self.characters.skip();
        }
    }

    /// Moves over spaces and breaks, and writes what they count for; nothing where a document ends.
    fn read_plain_space(&mut self, space: &mut String) {
        let spaces = self.characters.take_while(|next| next == ' ');
        let first = self.characters.skip_break();
        if first.is_empty() {
            space.push_str(spaces);
            return;
        }
        self.key_allowed = true;
        let mut more = String::new();
        loop {
            if self.characters.is_separator() {
                return;
            }
            self.characters.skip_spaces();
            let next = self.characters.skip_break();
            if next.is_empty() {
                break;
            }
            more.push_str(next);
        }
        write_fold(first, &more, space);
    }
}

/// Writes what line breaks count for: a lone line break is a space.
pub(super) fn write_fold(first: &str, more: &str, content: &mut String) {
    if first != "\n" {
        content.push_str(first);
    } else if more.is_empty() {
        content.push(' ');
    }
    content.push_str(more);
}
