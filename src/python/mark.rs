//! Places as PyYAML prints them in its messages.

use crate::yaml::PyFault;

/// Half of the longest excerpt that PyYAML shows, in characters.
const HALF: usize = 36;

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark<'t> {
    text: &'t str,
    at: usize,
}

fn is_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn ends_excerpt(character: char) -> bool {
    is_break(character) || character == '\0'
}

impl<'t> Mark<'t> {
    /// The place of a byte; it has to lie on the boundary of a character.
    pub(super) fn new(text: &'t str, at: u32) -> Self {
        Self { text, at: (at as usize).min(text.len()) }
    }

    fn before(&self) -> &'t str {
        self.text.get(..self.at).unwrap_or_default()
    }

    /// Line and column, both from 1; a byte order mark takes no column.
    fn position(&self) -> (usize, usize) {
        let before = self.before();
        let crlf = before.matches("\r\n").count();
        let line = 1 + before.chars().filter(|&next| is_break(next)).count() - crlf;
        let start = before.rfind(is_break).map_or(0, |at| at + before.get(at..).map_or(1, first_width));
        let column = before.get(start..).unwrap_or_default().chars().filter(|&next| next != '\u{feff}').count();
        (line, column + 1)
    }

    /// The line about the place, with a caret below.
    fn excerpt(&self) -> String {
        let mut before: Vec<char> = self.before().chars().rev().take_while(|&next| !ends_excerpt(next)).collect();
        let rest = self.text.get(self.at..).unwrap_or_default();
        let mut after: Vec<char> = rest.chars().take_while(|&next| !ends_excerpt(next)).collect();
        let (mut head, mut tail) = ("", "");
        if before.len() > HALF {
            head = " ... ";
            before.truncate(HALF + 1 - 5);
        }
        if after.len() > HALF {
            tail = " ... ";
            after.truncate(HALF + 1 - 5);
        }
        before.reverse();
        let indent = " ".repeat(4 + head.len() + before.len());
        let (before, after) = (before.into_iter().collect::<String>(), after.into_iter().collect::<String>());
        format!("    {head}{before}{after}{tail}\n{indent}^")
    }

    /// As PyYAML writes it, without the name of the stream.
    pub(super) fn write(&self) -> String {
        let (line, column) = self.position();
        format!("  line {line}, column {column}:\n{}", self.excerpt())
    }
}

fn first_width(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

/// PyYAML's message about a text that it cannot read.
#[must_use]
pub fn traceback(fault: &PyFault, text: &str) -> String {
    let context =
        fault.context.as_ref().map(|(context, start)| (&**context, start.map(|start| Mark::new(text, start))));
    match fault.at {
        Some(at) => marked(context, &fault.problem, Mark::new(text, at)),
        None => fault.problem.clone(),
    }
}

/// PyYAML's message about a problem, perhaps with what it was doing and where it had started. A context at the same
/// line and column as the problem is not shown.
pub(super) fn marked(context: Option<(&str, Option<Mark<'_>>)>, problem: &str, mark: Mark<'_>) -> String {
    let mut lines = Vec::new();
    if let Some((context, start)) = context {
        lines.push(context.to_owned());
        lines.extend(start.filter(|start| start.position() != mark.position()).map(|start| start.write()));
    }
    lines.push(problem.to_owned());
    lines.push(mark.write());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{Mark, marked};

    #[test]
    fn long_lines_are_cut_on_both_sides() {
        let text = format!("a\n{}!{}\n", "x".repeat(50), "y".repeat(50));
        let written = marked(None, "bad", Mark::new(&text, 52));
        let (x, y) = ("x".repeat(32), "y".repeat(31));
        let caret = " ".repeat(41);
        assert_eq!(written, format!("bad\n  line 2, column 51:\n     ... {x}!{y} ... \n{caret}^"));
    }
}
