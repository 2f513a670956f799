//! `pre` and `post`: what devcluster runs before and after a stage.

use super::check::Checks;
use super::tables::{CONNCHECK, HOOKS, LOGCHECK};
use crate::python::{PyKind, PyValue, regex};

/// Checks a list of commands.
pub(super) fn list<'v>(checks: &mut Checks<'v>, value: Option<&'v PyValue>, words: &str) {
    let Some(value) = value else { return };
    for hook in checks.list_of_dicts(value, words) {
        one(checks, hook);
    }
}

/// Checks that a value is such a list, and nothing in it.
pub(super) fn shape<'v>(checks: &mut Checks<'v>, value: Option<&'v PyValue>, words: &str) {
    if let Some(value) = value {
        checks.list_of_dicts(value, words).for_each(drop);
    }
}

/// Checks the commands of a list whose shape is known to be right.
pub(super) fn inside<'v>(checks: &mut Checks<'v>, value: Option<&'v PyValue>) {
    if let Some(PyKind::List(items)) = value.map(|value| &value.kind) {
        for hook in items.iter().filter(|hook| hook.as_dict().is_some()) {
            one(checks, hook);
        }
    }
}

fn one<'v>(checks: &mut Checks<'v>, hook: &'v PyValue) {
    const SINGLE: &str = "AtomicConfig must be a dictionary with a single key";
    let Some(entries) = hook.as_dict() else { return };
    let Some((kind, body)) = checks.single(hook, entries, SINGLE, "a command", "write it as `- sh: COMMAND`") else {
        return;
    };
    match kind.as_str() {
        Some("custom") => {
            checks.list_of_strings(body, "AtomicConfig.custom must be a list of strings");
        }
        Some("sh") => checks.string(body, "AtomicConfig.sh must be a single string", "a shell command"),
        Some("conncheck") => {
            checks.keys(body, &CONNCHECK, kind.span);
        }
        Some("logcheck") => {
            let fields = checks.keys(body, &LOGCHECK, kind.span);
            if let Some(pattern) = fields.and_then(|fields| fields.get("regex")) {
                pattern_of(checks, pattern);
            }
        }
        _ => checks.unknown_kind(kind, "command", HOOKS.iter().map(|known| known.0).collect()),
    }
}

fn pattern_of(checks: &mut Checks<'_>, value: &PyValue) {
    let pattern = match &value.kind {
        PyKind::Str(text) => text.as_bytes(),
        PyKind::Bytes(bytes) => bytes,
        _ => {
            let words = format!("'{}' object has no attribute 'encode'", value.type_name());
            return checks.bad(value.span, words, "a regular expression has to be text", "put it in quotes");
        }
    };
    if let Err(words) = regex::check(pattern) {
        let message = format!("this is no regular expression to Python: {words}");
        checks.bad(value.span, words, message, "put a `\\` before a character that stands for itself");
    }
}
