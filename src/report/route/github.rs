//! GitHub annotations, one a request.

use std::fmt::Write as _;

use super::{Routes, verdict_word};
use crate::scheduling::verdict::Verdict;

/// One workflow command a request; what is written by users is escaped.
#[must_use]
pub fn github(routes: &Routes<'_>) -> String {
    let mut text = String::new();
    for answered in &routes.answers {
        let level = match answered.answer.verdict {
            Verdict::FitsNow | Verdict::Routed => "notice",
            Verdict::Partial | Verdict::Busy | Verdict::Unknown => "warning",
            Verdict::Unroutable | Verdict::Rejected | Verdict::Never => "error",
        };
        let word = verdict_word(answered.answer.verdict);
        let title = property(&format!("{word}: {}", answered.workload.name));
        let _ = writeln!(text, "::{level} title={title}::{}", data(&routes.summary(answered)));
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_early() {
        assert_eq!(property("a,b:c%\n::d"), "a%2Cb%3Ac%25%0A%3A%3Ad");
    }
}
