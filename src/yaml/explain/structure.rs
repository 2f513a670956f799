//! Faults between tokens: colons, brackets, lines that fit nowhere.

use super::scene::{Scene, narrow};
use super::{Explanation, QUOTE_HELP};
use crate::yaml::problem::Problem;

impl Scene<'_> {
    pub(super) fn missing_colon(&self) -> Explanation {
        let cause = self.failure.cause;
        let line = self.from(cause).split(['\n', '\r']).next().unwrap_or_default();
        let key = line.split(" #").next().unwrap_or_default().trim_end();
        let glued =
            key.find(':').filter(|&colon| colon > 0 && !key.get(colon + 1..).unwrap_or_default().starts_with("//"));
        if let Some(colon) = glued {
            let at = cause + narrow(colon);
            let (name, value) = (key.get(..colon).unwrap_or_default(), key.get(colon + 1..).unwrap_or_default());
            if !name.contains([' ', '"', '\'', '{', '[']) && !value.is_empty() {
                let help = format!("write `{name}: {value}`");
                return self.explanation((at, at + 1), "there is no space behind this colon", help);
            }
        }
        let help = "write `key: value`; a value that goes on over several lines is indented further than its key";
        self.explanation((cause, cause + narrow(key.len())), "there is no `:` behind this key", help)
    }

    pub(super) fn second_colon(&self) -> Explanation {
        let at = self.failure.start;
        if self.before_on_line(at).contains(": ") {
            return self.character(
                "this `:` cannot stand here: the line has a key already",
                "put a value that holds `: ` in quotes, or start the inner key on a line of its own",
            );
        }
        self.character(
            "this `:` cannot stand here: the line belongs to the value above it",
            "end the line above with `:` if it is a key, or indent this line like the keys it belongs to",
        )
    }

    pub(super) fn missing_key(&self) -> Explanation {
        if !self.before_on_line(self.failure.start).trim_start_matches([' ', '-']).is_empty() {
            let line = self.line_at(self.failure.start);
            let end = line.start + narrow(line.text.trim_end().len());
            return self.explanation(
                (self.failure.start, end.max(self.failure.start)),
                "there is more text behind the end of a value",
                "put the whole value in quotes; quotes and brackets inside it included",
            );
        }
        self.misplaced_line("this line is no key of the mapping")
    }

    /// About a line that does not fit the block that it stands in.
    pub(super) fn misplaced_line(&self, what: &str) -> Explanation {
        let (at, cause) = (self.failure.start, self.failure.cause);
        let line = self.line_at(at);
        let end = (line.start + narrow(line.text.trim_end().len())).max(at);
        let message = format!("{what} that starts on line {}", self.line_number(cause));
        let column = |at| self.before_on_line(at).chars().count() + 1;
        let help = match (column(at), column(cause)) {
            (here, there) if here != there => {
                format!("it starts in column {here}, the entries above it in column {there}")
            }
            _ if self.first_char(at) == Some('-') => {
                "write `key: value` here, or indent the list further than the key above it".to_owned()
            }
            _ => "all entries of a list start with `- `, all keys of a mapping without".to_owned(),
        };
        self.explanation((at, end), message, help)
    }

    /// About a fault between brackets: the bracket if it is never closed, else the place.
    pub(super) fn brackets(&self) -> Explanation {
        match self.first_char(self.failure.cause) {
            Some('[') => self.between('[', ']'),
            Some('{') => self.between('{', '}'),
            _ => self.no_value(),
        }
    }

    pub(super) fn between(&self, open: char, close: char) -> Explanation {
        let (at, cause) = (self.failure.start, self.failure.cause);
        let is_later_line = self.line_at(cause).start != self.line_at(at).start;
        let starts_anew = match self.failure.problem {
            Problem::MissingContent => self.first_char(at) == Some('-') && !self.line_at(at).text.contains(close),
            _ => true,
        };
        let help = format!("add `{close}`; or quote a value that only begins with `{open}`");
        if self.is_at_end() {
            return self.explanation((cause, cause + 1), format!("this `{open}` is never closed"), help);
        }
        if is_later_line && starts_anew {
            let message = format!("this `{open}` is not closed by line {}", self.line_number(at));
            return self.explanation((cause, cause + 1), message, help);
        }
        match (&self.failure.problem, self.first_char(at)) {
            (Problem::MissingContent, Some('-')) => self.character(
                "a list entry cannot stand between brackets",
                "write `[a, b]`, or a list without brackets below the key",
            ),
            (Problem::MissingContent, _) => self.no_value(),
            _ => self.character(&format!("a `,` or `{close}` is missing here"), "put a `,` between two entries"),
        }
    }

    pub(super) fn no_value(&self) -> Explanation {
        match self.first_char(self.failure.start) {
            Some(found) => self.character(
                &format!("`{found}` stands where a value was expected"),
                "put the value in quotes, or add what is missing",
            ),
            None => self.character("a value is missing", QUOTE_HELP),
        }
    }
}
