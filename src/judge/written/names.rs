//! Secrets by the names before them: `password: x`, `TOKEN=x`, `{name: A, value: x}`.

use std::collections::BTreeMap;
use std::ops::Range;

use memchr::{memchr2_iter, memmem};

use super::lines::Lines;
use crate::model::confidential;
use crate::model::confidential::named::{assigned, key_before};

/// The longest text in quotes that is followed over lines, in bytes.
const QUOTED: usize = 64 * 1024;

/// How far from a value the name beside it is looked for, in bytes.
const BESIDE: usize = 256;

/// What of the mapping or list below a key belongs to its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Below {
    /// Lines that are no entries.
    Text,
    /// Everything.
    All,
}

/// The bytes behind such names.
pub(super) fn secrets(lines: &Lines<'_>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut covered = 0;
    let mut names = Names::default();
    for mark in memchr2_iter(b':', b'=', lines.text.as_bytes()) {
        if mark < covered {
            continue;
        }
        let Some(key) = key_before(lines.text, mark) else {
            continue;
        };
        let name = lines.get(key, mark);
        let ranges = match lines.text.as_bytes().get(mark) {
            Some(b'=') => assigned(lines.text, name, mark + 1).into_iter().collect(),
            _ => below(lines, &mut names, key, mark + 1)
                .map_or_else(Vec::new, |below| values(lines, key, mark + 1, below)),
        };
        covered = ranges.last().map_or(covered, |range| range.end);
        found.extend(ranges);
    }
    found
}

/// What the names of keys tell; a file has few of them, each many times.
#[derive(Default)]
struct Names<'t>(BTreeMap<&'t str, Option<Below>>);

/// How many names are remembered.
const REMEMBERED: usize = 4096;

impl<'t> Names<'t> {
    fn tell(&mut self, name: &'t str) -> Option<Below> {
        if let Some(told) = self.0.get(name) {
            return *told;
        }
        let told = match confidential::tells_all_below(name) || confidential::tells(name) {
            true if confidential::may_hold_others(name) => Some(Below::Text),
            true => Some(Below::All),
            false => None,
        };
        if self.0.len() < REMEMBERED {
            self.0.insert(name, told);
        }
        told
    }
}

/// How much of what is below a key is secret, if anything is.
fn below<'t>(lines: &Lines<'t>, names: &mut Names<'t>, key: usize, after: usize) -> Option<Below> {
    let name = lines.get(key, after.saturating_sub(1));
    let value = || {
        let line = lines.around(after);
        let value = lines.get(after, line.end).trim_start_matches([' ', '\t']);
        value.get(..inline(value, line.flows_at(after))).unwrap_or(value)
    };
    match names.tell(name) {
        Some(Below::Text) => (!value().starts_with('{')).then_some(Below::Text),
        Some(Below::All) => Some(Below::All),
        None => {
            let tells = (name.starts_with("kube") && confidential::is_pasted(name, value()))
                || (name.trim_end_matches(['"', '\'', ' ']) == "value" && is_beside_name(lines, key));
            tells.then_some(Below::All)
        }
    }
}

/// Whether an entry stands beside one called `name`, as in the environment of a container.
fn is_beside_name(lines: &Lines<'_>, key: usize) -> bool {
    let line = lines.around(key);
    if line.flows_at(key) {
        let bytes = lines.text.as_bytes();
        let before = bytes.get(line.start.max(key.saturating_sub(BESIDE))..key).unwrap_or(&[]);
        let after = bytes.get(key..line.end.min(key + BESIDE)).unwrap_or(&[]);
        let open = before.iter().rposition(|&byte| byte == b'{').map_or(before, |at| before.get(at..).unwrap_or(&[]));
        let close = after.split(|&byte| byte == b'}').next().unwrap_or(&[]);
        return [open, close].iter().any(|side| memmem::find(side, b"name").is_some());
    }
    let breaks = ['\n', '\r'];
    let above = lines.text.get(..line.start).unwrap_or("").trim_end_matches(breaks);
    let above = above.rsplit(breaks).next().unwrap_or("");
    let under = lines.text.get(line.end..).unwrap_or("").trim_start_matches(breaks).split(breaks).next().unwrap_or("");
    [above, under].iter().any(|line| line.trim_start_matches([' ', '-', '#', '"', '\'']).starts_with("name"))
}

/// The value behind a colon, and the lines that go on with it.
pub(super) fn values(lines: &Lines<'_>, key: usize, after: usize, below: Below) -> Vec<Range<usize>> {
    let line = lines.around(after.saturating_sub(1));
    let value = lines.get(after, line.end).trim_start_matches([' ', '\t']);
    let at = line.end - value.len();
    let is_block = behind_properties(value).starts_with(['|', '>']);
    let flows = line.flows_at(after);
    let mut found = Vec::new();
    if !is_block && !value.is_empty() {
        found.push(at..at + inline(value, flows));
    }
    let open = open_quote(behind_properties(value));
    if flows && open.is_none() && !value.is_empty() {
        return found;
    }
    let comment = line.is_comment_at(after);
    let column = indent(lines.get(line.start, line.end), comment).max(key_column(lines.text, line.start, key));
    let goes_on = GoesOn { column, comment, entries: is_block || below == Below::All, flows };
    found.extend(following(lines.text, line.end, open, &goes_on));
    found
}

/// Which lines go on with a value.
struct GoesOn {
    column: usize,
    comment: bool,
    entries: bool,
    flows: bool,
}

impl GoesOn {
    fn takes(&self, line: &str) -> bool {
        let column = indent(line, self.comment);
        let inner = line.get(column..).unwrap_or("");
        let is_item = column == self.column
            && inner.starts_with('-')
            && matches!(inner.as_bytes().get(1), None | Some(b' ' | b'\t' | b'\r'));
        !self.flows && (column > self.column || is_item) && (self.entries || !is_entry(inner))
    }
}

/// The ranges of the lines below that belong to a value: those up to a closing quote, or those that go on with it.
fn following(text: &str, first: usize, open: Option<char>, goes_on: &GoesOn) -> Vec<Range<usize>> {
    let closing = open.and_then(|quote| text.get(first..)?.find(quote)).filter(|&length| length < QUOTED);
    let closing = closing.map(|length| first + length + 1);
    let mut found = Vec::new();
    let mut at = first;
    while at < closing.unwrap_or(text.len()) {
        let begin = at + 1;
        let end = line_end(text, begin);
        let line = text.get(begin..end).unwrap_or("");
        let inner = line.trim_start_matches(' ');
        let is_blank = inner.trim().is_empty();
        if !is_blank && closing.is_none() && !goes_on.takes(line) {
            break;
        }
        if !is_blank {
            found.push(end - inner.len()..end.min(closing.unwrap_or(end)));
        }
        at = end;
    }
    found
}

/// The quote that a value opens and does not close on its line.
fn open_quote(value: &str) -> Option<char> {
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    let inner = value.get(1..).unwrap_or("");
    (!inner.contains(quote)).then_some(quote)
}

/// A value without its tag and anchor.
fn behind_properties(mut value: &str) -> &str {
    while value.starts_with(['!', '&']) {
        value = value.split_once([' ', '\t']).map_or("", |(_, rest)| rest.trim_start_matches([' ', '\t']));
    }
    value
}

fn indent(line: &str, comment: bool) -> usize {
    line.bytes().take_while(|&byte| byte == b' ' || (comment && byte == b'#')).count()
}

/// The column of a key; behind the dashes of a list its lines stand further in.
fn key_column(text: &str, start: usize, key: usize) -> usize {
    let before = text.as_bytes().get(start..key).unwrap_or(&[]);
    if before.iter().all(|byte| matches!(byte, b' ' | b'-' | b'#' | b'"' | b'\'')) { before.len() } else { 0 }
}

fn is_entry(line: &str) -> bool {
    line.contains(": ") || line.trim_end().ends_with(':') || line.starts_with('#')
}

/// Where the content of the line around a place starts, behind its dashes and the sign of a comment.
pub(super) fn line_content(lines: &Lines<'_>, at: usize) -> usize {
    let start = lines.around(at).start;
    let before = lines.text.as_bytes().get(start..at).unwrap_or(&[]);
    start + before.iter().take_while(|&&byte| matches!(byte, b' ' | b'-' | b'#')).count()
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
        (true, None) if value.starts_with(['[', '{']) => value.find([']', '}']).map_or(value.len(), |end| end + 1),
        (true, None) => value.find([',', '}', ']']).unwrap_or(value.len()),
        (false, Some(_)) => value.len(),
        (false, None) => value.find(" #").unwrap_or(value.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> Vec<&str> {
        secrets(&Lines::new(text)).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn what_stands_behind_the_names_of_secrets() {
        let table: [(&str, &[&str]); 19] = [
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
            ("password:\n- hunter2\n-\n  b\npassword: c\n", &["- hunter2", "-", "b", "c"]),
            ("- password:\n  - hunter2\n- b: c\n", &["- hunter2"]),
            ("db:\n  password:\n    host: hunter2\n  user: a\n", &["host: hunter2"]),
            ("? password\n: - hunter2\n  - b\nc: d\n", &["- hunter2", "- b"]),
            ("password:\n- {a: hunter2,\n   b: c}\nd: 1\n", &["- {a: hunter2,", "b: c}"]),
        ];
        for (text, expected) in table {
            assert_eq!(hidden(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_stands_further_down() {
        let table: [(&str, &[&str]); 13] = [
            ("environment_variables:\n- A=b\n- B: c\nd: 1\n", &["- A=b", "- B: c"]),
            ("environment_variables: {A: b, B: c}\n", &["{A: b, B: c}"]),
            ("startup_hook: |\n  a: b\n  export X=1\n", &["a: b", "export X=1"]),
            ("password: \"hun\n  a: b\n\n  ter2\"\nc: 1\n", &["\"hun", "a: b", "ter2\""]),
            ("{password: \"hun\n  ter2\",\n b: c}\n", &["\"hun", "ter2\""]),
            ("# password: |\n#   hunter2\n# b: 1\n", &["#   hunter2"]),
            ("- name: A\n  value: hunter2\n", &["hunter2"]),
            ("- value: hunter2\n  name: A\n", &["hunter2"]),
            ("- {key: A, value: x}\n- {name: A, value: hunter2}\n", &["hunter2"]),
            ("a: export A_TOKEN=hunter2; psql password='hunter3' x=y?key=z&a=b\n", &["hunter2", "'hunter3'", "z"]),
            ("password: !!str |\n  hunter2\nb: 1\n", &["hunter2"]),
            ("kubeconfig_secret_value: config # it\nb: {kubeconfig_secret_value: \"a.b\", c: d/e}\n", &[]),
            ("kubeconfig_secret_value: |\n  apiVersion: v1\n  users: []\nb: 1\n", &["apiVersion: v1", "users: []"]),
        ];
        for (text, expected) in table {
            assert_eq!(hidden(text), expected, "{text:?}");
        }
    }
}
