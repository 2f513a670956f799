//! What stands behind the aliases in secrets, also in a text that is no YAML.

use std::collections::BTreeSet;
use std::ops::Range;

use memchr::memchr_iter;

use super::lines::Lines;
use super::names;

/// How often aliases lead to aliases.
const ROUNDS: usize = 8;

/// The values that secrets name by an alias.
pub(super) fn behind(lines: &Lines<'_>, secrets: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut next: BTreeSet<&str> = secrets.iter().flat_map(|range| aliases(lines.text, range)).collect();
    let mut found = Vec::new();
    for _ in 0..ROUNDS {
        next.retain(|name| known.insert(name));
        if next.is_empty() {
            break;
        }
        let values = anchored(lines, &next);
        next = values.iter().flat_map(|range| aliases(lines.text, range)).collect();
        found.extend(values);
    }
    found
}

/// The names of the aliases in a range.
fn aliases<'t>(text: &'t str, range: &Range<usize>) -> Vec<&'t str> {
    let inner = text.get(range.clone()).unwrap_or("");
    let starts = memchr_iter(b'*', inner.as_bytes());
    let starts = starts.filter(|&at| inner.get(..at).is_some_and(|before| !before.ends_with(is_name)));
    starts.map(|at| name(inner, at + 1)).filter(|name| !name.is_empty()).collect()
}

/// The values with an anchor of one of these names.
fn anchored(lines: &Lines<'_>, wanted: &BTreeSet<&str>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for at in memchr_iter(b'&', lines.text.as_bytes()) {
        let name = name(lines.text, at + 1);
        if wanted.contains(name) {
            found.extend(names::values(lines, names::line_content(lines, at), at + 1 + name.len(), names::Below::All));
        }
    }
    found
}

fn name(text: &str, from: usize) -> &str {
    let rest = text.get(from..).unwrap_or("");
    rest.split(|letter| !is_name(letter)).next().unwrap_or("")
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.')
}
