//! `$NAME` and `${NAME}` in every text that is a value (facts §7.2).

use super::environment::Environment;
use crate::model::confidential;
use crate::model::devcluster::{Reading, Unset};
use crate::python::{PyKind, PyValue};

/// devcluster finds the value of this one out by itself.
const GUESSED: &str = "DOCKER_LOCALHOST";

/// A copy with its variables replaced. Keys, members of sets and pairs of `!!omap` stay as they are; a name without a
/// value stays as it was written and is noted, as is a secret that loses a dollar.
pub(super) fn expand(value: &PyValue, environment: &Environment, reading: &mut Reading) -> PyValue {
    let kind = match &value.kind {
        PyKind::Str(text) => {
            let mut missing = |name: &str| {
                if name != GUESSED {
                    reading.unset.push(Unset { name: name.to_owned(), span: value.span });
                }
            };
            PyKind::Str(substitute(text, environment, &mut missing))
        }
        PyKind::List(items) => PyKind::List(items.iter().map(|item| expand(item, environment, reading)).collect()),
        PyKind::Dict(entries) => {
            let entry = |(key, value): &(PyValue, PyValue)| {
                if let (PyKind::Str(name), PyKind::Str(text)) = (&key.kind, &value.kind)
                    && confidential::tells(name)
                {
                    reading.secrets.push(value.span);
                    reading.dollars.extend(text.contains("$$").then_some(value.span));
                }
                (key.clone(), expand(value, environment, reading))
            };
            PyKind::Dict(entries.iter().map(entry).collect())
        }
        other => other.clone(),
    };
    value.with_kind(kind)
}

/// Python's `string.Template(text).safe_substitute(environment)`.
fn substitute(text: &str, environment: &Environment, missing: &mut dyn FnMut(&str)) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let (piece, after) = placeholder(from, environment, missing);
        out.push_str(piece);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What the `$` at the start of a text becomes, and what follows it.
fn placeholder<'t>(from: &'t str, environment: &'t Environment, missing: &mut dyn FnMut(&str)) -> (&'t str, &'t str) {
    let behind = from.get(1..).unwrap_or_default();
    if let Some(rest) = behind.strip_prefix('$') {
        return ("$", rest);
    }
    let inner = behind.strip_prefix('{').unwrap_or(behind);
    let name = inner.get(..name_length(inner)).unwrap_or_default();
    let rest = inner.get(name.len()..).unwrap_or_default();
    let rest = if behind.starts_with('{') { rest.strip_prefix('}') } else { Some(rest) };
    match rest {
        Some(rest) if !name.is_empty() => {
            let written = from.get(..from.len() - rest.len()).unwrap_or_default();
            let value = environment.get(name).unwrap_or_else(|| {
                missing(name);
                written
            });
            (value, rest)
        }
        _ => ("$", behind),
    }
}

/// Length of the ASCII identifier at the start of a text.
fn name_length(text: &str) -> usize {
    let fits =
        |(at, byte): &(usize, u8)| byte.is_ascii_alphabetic() || *byte == b'_' || (*at > 0 && byte.is_ascii_digit());
    text.bytes().enumerate().take_while(fits).count()
}

#[cfg(test)]
mod tests {
    use super::{Environment, substitute};

    #[test]
    fn variables_are_replaced_as_python_does() {
        let mut environment = Environment::default();
        environment.set("A", "1");
        environment.set("A_b2", "$A");
        let table = [
            ("$A", "1"),
            ("${A}", "1"),
            ("$A_b2", "$A"),
            ("$$A", "$A"),
            ("$$$A", "$1"),
            ("$", "$"),
            ("a$", "a$"),
            ("${}", "${}"),
            ("${A", "${A"),
            ("${A:-2}", "${A:-2}"),
            ("$1", "$1"),
            ("${ A}", "${ A}"),
            ("x$A.y", "x1.y"),
            ("$Äb", "$Äb"),
            ("$NO", "$NO"),
            ("${NO}$A", "${NO}1"),
        ];
        for (text, expected) in table {
            assert_eq!(substitute(text, &environment, &mut |_| {}), expected, "{text}");
        }
    }
}
