//! Lines that a GitHub runner takes as commands. What stands in them can neither end them nor start another.

use std::fmt::Write as _;

/// One command.
#[derive(Debug)]
pub(super) struct Command<'a> {
    /// `error`, `warning` or `notice`.
    pub(super) name: &'static str,
    /// Names with their values, in order.
    pub(super) properties: Vec<(&'static str, String)>,
    /// What it says; several lines are allowed.
    pub(super) message: &'a str,
}

impl Command<'_> {
    /// The command with its line break.
    pub(super) fn text(&self) -> String {
        let mut text = format!("::{}", self.name);
        for (number, (name, value)) in self.properties.iter().enumerate() {
            let separator = if number == 0 { ' ' } else { ',' };
            let _ = write!(text, "{separator}{name}={}", property(value));
        }
        let _ = writeln!(text, "::{}", data(self.message));
        text
    }
}

/// The sign that starts all escapes comes first.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The runner ends the properties at the first `::` and divides them at commas before it reads escapes.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_early() {
        let command = Command {
            name: "error",
            properties: vec![("file", "we,ird:na%me\r.yml".to_owned()), ("title", "a::b=c".to_owned())],
            message: "50%\n::set-env name=x::y\r##[command]",
        };
        assert_eq!(
            command.text(),
            "::error file=we%2Cird%3Ana%25me%0D.yml,title=a%3A%3Ab=c::50%25%0A::set-env name=x::y%0D##[command]\n"
        );
    }
}
