//! Secrets by the names of their keys, wherever these stand in the text.
//!
//! The decoder knows the secrets that it decodes. Of a broken file nothing is decoded, nor of what is overwritten,
//! commented out or in a later document; an excerpt shows all of these.

use std::collections::BTreeSet;

use memchr::memchr_iter;

use crate::diagnostic::Finding;
use crate::source::{SourceId, SourceMap, Span};
use crate::spelling::{contains_one, ends_with_one};

/// Parts of names under which secrets stand, without separators and in lower case.
const TELLING: [&str; 9] =
    ["passw", "token", "secretkey", "accesskey", "privatekey", "signingkey", "jwtkey", "credential", "clientsecret"];

/// Ends of names that only tell where a secret is.
const NAMES_ONE: [&str; 4] = ["name", "path", "clientsecretkey", "attribute"];

/// The longest name that is looked at, in bytes.
const NAME: usize = 64;

/// The bytes behind such keys in the texts that findings point into; no other text is shown.
pub(super) fn secrets(sources: &SourceMap, findings: &[Finding]) -> Vec<Span> {
    let labels = findings.iter().flat_map(|finding| &finding.labels).map(|label| label.span.source);
    let edits = findings.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| &fix.edits);
    let shown: BTreeSet<SourceId> = labels.chain(edits.map(|edit| edit.span.source)).collect();
    shown.into_iter().flat_map(|id| of_text(id, sources.file(id).text())).collect()
}

fn of_text(id: SourceId, text: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut covered = 0;
    for colon in memchr_iter(b':', text.as_bytes()) {
        if colon < covered {
            continue;
        }
        let Some(key) = key_before(text, colon).filter(|key| tells(text.get(*key..colon).unwrap_or(""))) else {
            continue;
        };
        for (start, end) in values(text, key, colon + 1) {
            covered = end;
            if let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) {
                spans.push(Span::new(id, start, end));
            }
        }
    }
    spans
}

/// Where the name before a colon starts.
fn key_before(text: &str, colon: usize) -> Option<usize> {
    let before = text.get(..colon)?.trim_end_matches([' ', '\t']);
    let before = before.strip_suffix(['"', '\'']).unwrap_or(before);
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let length = before.bytes().rev().take(NAME).take_while(is_name).count();
    (length > 0).then(|| before.len() - length)
}

fn tells(name: &str) -> bool {
    contains_one(name, &TELLING) && !ends_with_one(name, &NAMES_ONE)
}

/// The value behind a colon, and the lines that go on with it; a mapping is left alone.
fn values(text: &str, key: usize, after: usize) -> Vec<(usize, usize)> {
    let line_start = text.get(..key).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |at| at + 1);
    let column = key - line_start;
    let first = line_end(text, after);
    let flows = text.get(line_start..key).is_some_and(|before| before.contains(['{', '[']));
    let mut found = Vec::new();
    let value = text.get(after..first).unwrap_or("");
    let shown = value.trim_start_matches([' ', '\t']);
    let start = first - shown.len();
    let is_block = shown.starts_with(['|', '>']);
    if !is_block && !shown.is_empty() {
        found.push((start, start + inline(shown, flows)));
    }
    let mut at = first;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find(['\n', '\r']).filter(|_| rest.len() > 1)) {
        let begin = at + next + 1;
        let end = line_end(text, begin);
        let line = text.get(begin..end).unwrap_or("");
        let inner = line.trim_start_matches(' ');
        let goes_on = line.len() - inner.len() > column && (is_block || !is_entry(inner)) && !flows;
        if !goes_on && !inner.trim().is_empty() {
            break;
        }
        if goes_on && !inner.trim().is_empty() {
            found.push((end - inner.len(), end));
        }
        at = end;
    }
    found
}

fn is_entry(line: &str) -> bool {
    line.contains(": ") || line.trim_end().ends_with(':') || line.starts_with('#')
}

fn line_end(text: &str, from: usize) -> usize {
    text.get(from..).and_then(|rest| rest.find(['\n', '\r'])).map_or(text.len(), |at| from + at)
}

/// How much of a line is the value: in braces it ends where the next entry begins, else at a comment.
fn inline(value: &str, flows: bool) -> usize {
    let quoted = value.strip_prefix('"').and_then(|rest| rest.find('"'));
    let quoted = quoted.or_else(|| value.strip_prefix('\'').and_then(|rest| rest.find('\'')));
    match (flows, quoted) {
        (true, Some(end)) => end + 2,
        (true, None) => value.find([',', '}', ']']).unwrap_or(value.len()),
        (false, Some(_)) => value.len(),
        (false, None) => value.find(" #").unwrap_or(value.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> Vec<&str> {
        let spans = of_text(SourceId::default(), text);
        spans.iter().map(|span| &text[span.start as usize..span.end as usize]).collect()
    }

    #[test]
    fn what_stands_behind_the_names_of_secrets() {
        let table: [(&str, &[&str]); 14] = [
            ("db:\n  password: hunter2: x\n", &["hunter2: x"]),
            ("db: {password: hunter2, foo: 1}\n", &["hunter2"]),
            ("db: {\"password\": \"hun, ter2\", foo: 1", &["\"hun, ter2\""]),
            ("password: 'a'hunter2\r\nb: 1", &["'a'hunter2"]),
            ("password: |\n  hunter2\n\n  b: c\nd: 1\n", &["hunter2", "b: c"]),
            ("password:\n  hunter2\n  b\nd: 1\n", &["hunter2", "b"]),
            ("password: hunter2 # note\n", &["hunter2"]),
            ("# db.password: hunter2\n", &["hunter2"]),
            ("- Secret-Key: *hunter2\n", &["*hunter2"]),
            ("x_token:\"hunter2", &["\"hunter2"]),
            ("password: hünter2 é", &["hünter2 é"]),
            ("security:\n  token:\n    max_lifespan_days: 5\n", &[]),
            ("kubeconfig_secret_name: a\npool_name: b\n: c\n", &[]),
            ("token: a\ntoken: b\n", &["a", "b"]),
        ];
        for (text, expected) in table {
            assert_eq!(hidden(text), expected, "{text:?}");
        }
    }
}
