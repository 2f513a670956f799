//! Keys that are also flags of the master: viper casts their values to the flag's type, and what does not convert becomes
//! the zero value without a word.

use crate::model::load::{Became, Recast};
use crate::value::{Object, Value, ValueKind, go_text};

/// The type that a flag of the same name has.
#[derive(Clone, Copy)]
enum Flag {
    Text,
    Whole,
    Truth,
}

impl Flag {
    fn wanted(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Whole => "a whole number",
            Self::Truth => "true or false",
        }
    }
}

/// The keys that are flags too (§1.6).
const FLAGS: &[(&[&str], Flag)] = &[
    (&["config_file"], Flag::Text),
    (&["log", "level"], Flag::Text),
    (&["log", "color"], Flag::Truth),
    (&["db", "user"], Flag::Text),
    (&["db", "password"], Flag::Text),
    (&["db", "host"], Flag::Text),
    (&["db", "port"], Flag::Text),
    (&["db", "name"], Flag::Text),
    (&["db", "ssl_mode"], Flag::Text),
    (&["db", "ssl_root_cert"], Flag::Text),
    (&["security", "default_task", "uid"], Flag::Whole),
    (&["security", "default_task", "gid"], Flag::Whole),
    (&["security", "default_task", "user"], Flag::Text),
    (&["security", "default_task", "group"], Flag::Text),
    (&["security", "tls", "cert"], Flag::Text),
    (&["security", "tls", "key"], Flag::Text),
    (&["security", "initial_user_password"], Flag::Text),
    (&["webhooks", "signing_key"], Flag::Text),
    (&["webhooks", "base_url"], Flag::Text),
    (&["port"], Flag::Whole),
    (&["root"], Flag::Text),
    (&["telemetry", "enabled"], Flag::Truth),
    (&["telemetry", "segment_master_key"], Flag::Text),
    (&["telemetry", "segment_webui_key"], Flag::Text),
    (&["telemetry", "otel_enabled"], Flag::Truth),
    (&["telemetry", "otel_endpoint"], Flag::Text),
];

/// Whether a key is a flag too, by its path in lower case.
pub(in crate::formats::master) fn is_flag(path: &[&str]) -> bool {
    FLAGS.iter().any(|(flag, _)| *flag == path)
}

/// Casts the values of all flags that the file sets, and tells of those that become something else.
pub(super) fn cast(root: &mut Object) -> Vec<Recast> {
    let mut changed = Vec::new();
    for (path, flag) in FLAGS {
        if let Some(value) = find_mut(root, path) {
            let cast = cast_to(&value.kind, *flag);
            let became = change(&value.kind, &cast);
            let recast = |became| Recast { path: path.join("."), value: value.span, wanted: flag.wanted(), became };
            changed.extend(became.map(recast));
            value.kind = cast;
        }
    }
    changed
}

/// What is not the same any more; a number that becomes a text is, as long as its digits stay.
fn change(written: &ValueKind, cast: &ValueKind) -> Option<Became> {
    match (written, cast) {
        (ValueKind::Number(number), ValueKind::Int(whole)) => {
            let whole = whole.to_string();
            (plain_digits(*number) != whole).then_some(Became::Other(whole))
        }
        (ValueKind::Bool(_), ValueKind::Int(whole)) => Some(Became::Other(whole.to_string())),
        (ValueKind::String(text), ValueKind::Int(0)) => parse_whole(text).is_none().then_some(Became::Zero("0")),
        (ValueKind::Bool(truth), ValueKind::String(_)) => Some(Became::Other(format!("the text `{truth}`"))),
        (ValueKind::String(text), ValueKind::Bool(false)) => {
            let is_false = matches!(&**text, "0" | "f" | "F" | "false" | "FALSE" | "False");
            (!is_false).then_some(Became::Zero("false"))
        }
        (ValueKind::Number(_), ValueKind::String(digits)) => Some(Became::Digits(digits.to_string())),
        (ValueKind::Bool(_), ValueKind::Bool(_))
        | (ValueKind::String(_), ValueKind::Int(_) | ValueKind::Bool(_) | ValueKind::String(_)) => None,
        (_, ValueKind::Int(_)) => Some(Became::Zero("0")),
        (_, ValueKind::Bool(_)) => Some(Became::Zero("false")),
        _ => Some(Became::Zero("an empty text")),
    }
}

/// Gives a flag back its default where splitting keys put a mapping in its place (`log..level..x`). In the master the
/// two meet at random.
pub(super) fn keep_defaults(mut split: Object, written: &Object) -> Object {
    for (path, _) in FLAGS {
        let Some((last, parents)) = path.split_last() else {
            continue;
        };
        let Some(parent) = object_mut(&mut split, parents) else {
            continue;
        };
        let is_mapping = parent.get(last).is_some_and(|value| value.as_object().is_some());
        if is_mapping && super::paths::search(written, path).is_none() {
            parent.remove(last);
        }
    }
    split
}

fn object_mut<'v>(root: &'v mut Object, path: &[&str]) -> Option<&'v mut Object> {
    if path.is_empty() {
        return Some(root);
    }
    match find_mut(root, path)? {
        Value { kind: ValueKind::Object(object), .. } => Some(object),
        _ => None,
    }
}

fn find_mut<'v>(object: &'v mut Object, path: &[&str]) -> Option<&'v mut Value> {
    let (first, rest) = path.split_first()?;
    let value = object.get_mut(first)?;
    if rest.is_empty() {
        return Some(value);
    }
    match &mut value.kind {
        ValueKind::Object(inner) => find_mut(inner, rest),
        _ => None,
    }
}

/// spf13/cast 1.4: what does not convert becomes the zero value without a word.
fn cast_to(kind: &ValueKind, flag: Flag) -> ValueKind {
    match flag {
        Flag::Text => ValueKind::String(match kind {
            ValueKind::String(text) => text.clone(),
            ValueKind::Bool(truth) => truth.to_string().into(),
            ValueKind::Number(number) => plain_digits(*number).into(),
            _ => "".into(),
        }),
        Flag::Whole => ValueKind::Int(match kind {
            ValueKind::Number(number) => to_int(*number),
            ValueKind::Bool(true) => 1,
            ValueKind::String(text) => parse_whole(text).unwrap_or(0),
            _ => 0,
        }),
        Flag::Truth => ValueKind::Bool(match kind {
            ValueKind::Bool(truth) => *truth,
            ValueKind::String(text) => {
                matches!(&**text, "1" | "t" | "T" | "true" | "TRUE" | "True")
            }
            _ => false,
        }),
    }
}

/// `strconv.FormatFloat(f, 'f', -1, 64)`
fn plain_digits(number: f64) -> String {
    if number == 0.0 { go_text::json_number(number) } else { format!("{number}") }
}

/// Go's conversion of a float to an integer: cut, and on amd64 the lowest integer where it does not fit.
fn to_int(number: f64) -> i64 {
    const END: f64 = 9_223_372_036_854_775_808.0;
    #[expect(clippy::cast_possible_truncation, reason = "checked to fit, and cut as Go does")]
    let cut = number as i64;
    if (-END..END).contains(&number) { cut } else { i64::MIN }
}

/// `strconv.ParseInt(s, 0, 0)`
fn parse_whole(text: &str) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let lower = digits.to_ascii_lowercase();
    let (radix, body) = match lower.get(..2) {
        Some("0x") => (16, lower.get(2..)?),
        Some("0b") => (2, lower.get(2..)?),
        Some("0o") => (8, lower.get(2..)?),
        _ if lower.len() > 1 && lower.starts_with('0') => (8, lower.get(1..)?),
        _ => (10, &*lower),
    };
    // An underscore stands between digits; a prefix counts as one.
    let stands_well = !body.ends_with('_') && !body.contains("__") && (radix != 10 || !body.starts_with('_'));
    if body.starts_with(['+', '-']) || !stands_well {
        return None;
    }
    i64::from_str_radix(&format!("{sign}{}", body.replace('_', "")), radix).ok()
}

#[cfg(test)]
mod tests {
    use super::{parse_whole, to_int};

    #[test]
    fn whole_numbers() {
        for (text, value) in [("010", 8), ("0x_1F", 31), ("1_000", 1000), ("-0b11", -3), ("+5", 5), ("0_7", 7)] {
            assert_eq!(parse_whole(text), Some(value), "{text}");
        }
        for text in ["", "_1", "1_", "1__0", "08", "0x", " 5", "1.5", "+-5", "9223372036854775808"] {
            assert_eq!(parse_whole(text), None, "{text}");
        }
        assert_eq!((to_int(-1.9), to_int(1e30)), (-1, i64::MIN));
    }
}
