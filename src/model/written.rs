//! What was written, as settings: the value with its origin, or the default near by.

use super::setting::{Origin, Setting};
use crate::decode::{Decoded, Record};
use crate::source::Span;

fn setting<T>(
    record: &Record,
    key: &str,
    near: Span,
    default: T,
    read: impl FnOnce(&Decoded) -> Option<T>,
) -> Setting<T> {
    let Some(entry) = record.entry(key) else {
        return Setting::default_near(default, near);
    };
    match read(&entry.value) {
        Some(value) => Setting { value, origin: Origin::Written { key: entry.key, value: entry.span } },
        None if entry.is_broken() => {
            Setting { value: default, origin: Origin::Broken { key: entry.key, value: entry.span } }
        }
        None => Setting::default_near(default, entry.key.unwrap_or(near)),
    }
}

pub(crate) fn text(record: &Record, key: &str, default: &str, near: Span) -> Setting<String> {
    setting(record, key, near, default.to_owned(), |value| match value {
        Decoded::Text(text) => Some(text.to_string()),
        _ => None,
    })
}

pub(crate) fn optional_text(record: &Record, key: &str, near: Span) -> Setting<Option<String>> {
    setting(record, key, near, None, |value| match value {
        Decoded::Text(text) => Some(Some(text.to_string())),
        _ => None,
    })
}

pub(crate) fn int(record: &Record, key: &str, default: i64, near: Span) -> Setting<i64> {
    setting(record, key, near, default, |value| match value {
        Decoded::Int(number) => Some(*number),
        _ => None,
    })
}

pub(crate) fn optional_int(record: &Record, key: &str, near: Span) -> Setting<Option<i64>> {
    setting(record, key, near, None, |value| match value {
        Decoded::Int(number) => Some(Some(*number)),
        _ => None,
    })
}

pub(crate) fn float(record: &Record, key: &str, near: Span) -> Setting<f64> {
    setting(record, key, near, 0.0, |value| match value {
        Decoded::Float(number) => Some(*number),
        _ => None,
    })
}

pub(crate) fn boolean(record: &Record, key: &str, near: Span) -> Setting<bool> {
    setting(record, key, near, false, |value| match value {
        Decoded::Bool(truth) => Some(*truth),
        _ => None,
    })
}
