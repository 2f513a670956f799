//! What viper 1.9 does to the tree between file and decoder (facts §1.2): keys lose their case in
//! mappings but not inside lists, nulls and empty mappings vanish, `..` splits a key, and values of keys
//! that are also flags are cast to the flag's type.

mod paths;

use crate::model::load::{CaseCollision, Vanished};
use crate::value::{Member, Object, Value, ValueKind, go_text};

/// The tree after viper, and what got lost on the way.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) root: Object,
    pub(super) vanished: Vec<Vanished>,
    pub(super) collisions: Vec<CaseCollision>,
}

/// `AllSettings` after `MergeConfigMap`.
pub(super) fn all_settings(root: Object) -> Settings {
    let mut settings = Settings::default();
    let folded = fold(root, &mut settings.collisions);
    let split = match paths::is_ambiguous(&folded) {
        true => paths::split_keys(&folded, &mut settings.vanished),
        false => folded,
    };
    settings.root = without_nulls(split, "", &mut settings.vanished);
    cast_flags(&mut settings.root);
    settings
}

/// Lower-cases keys. Of two spellings of one key the one that is not all lower case wins; of several
/// such the master picks one at random, here the last.
fn fold(object: Object, collisions: &mut Vec<CaseCollision>) -> Object {
    let mut out: Vec<Member> = Vec::new();
    let mut others: Vec<Member> = Vec::new();
    for mut member in object.into_members() {
        if let ValueKind::Object(inner) = member.value.kind {
            member.value.kind = ValueKind::Object(fold(inner, collisions));
        }
        let lower = member.key.to_lowercase();
        if *lower == *member.key {
            out.push(member);
        } else {
            member.key = lower.into();
            others.push(member);
        }
    }
    if others.is_empty() {
        return Object::from_written(out);
    }
    for (at, member) in others.iter().enumerate() {
        let rivals = out.iter().chain(others.iter().skip(at + 1)).filter(|rival| rival.key == member.key);
        for rival in rivals {
            let loser_is_lower = out.iter().any(|lower| std::ptr::eq(lower, rival));
            let (winner, loser) =
                if loser_is_lower { (member.key_span, rival.key_span) } else { (rival.key_span, member.key_span) };
            collisions.push(CaseCollision { winner, loser, random: !loser_is_lower });
        }
    }
    out.append(&mut others);
    Object::from_written(out)
}

fn without_nulls(object: Object, prefix: &str, vanished: &mut Vec<Vanished>) -> Object {
    let mut kept = Vec::with_capacity(object.members().len());
    for mut member in object.into_members() {
        let path = if prefix.is_empty() { member.key.to_string() } else { format!("{prefix}.{}", member.key) };
        let keep = match member.value.kind {
            ValueKind::Null => false,
            ValueKind::Object(inner) => {
                let inner = without_nulls(inner, &path, vanished);
                let keep = !inner.is_empty();
                member.value.kind = ValueKind::Object(inner);
                keep
            }
            _ => true,
        };
        if keep {
            kept.push(member);
        } else {
            vanished.push(Vanished { path, key: member.key_span, value: member.value.span });
        }
    }
    Object::from_written(kept)
}

/// The type that a flag of the same name has.
#[derive(Clone, Copy)]
enum Flag {
    Text,
    Whole,
    Truth,
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

fn cast_flags(root: &mut Object) {
    for (path, flag) in FLAGS {
        if let Some(value) = find_mut(root, path) {
            value.kind = cast(&value.kind, *flag);
        }
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
fn cast(kind: &ValueKind, flag: Flag) -> ValueKind {
    match flag {
        Flag::Text => ValueKind::String(match kind {
            ValueKind::String(text) => text.clone(),
            ValueKind::Bool(truth) => truth.to_string().into(),
            ValueKind::Number(number) => plain_digits(*number).into(),
            _ => "".into(),
        }),
        Flag::Whole => ValueKind::Number(match kind {
            ValueKind::Number(number) => number.trunc(),
            ValueKind::Bool(true) => 1.0,
            ValueKind::String(text) => parse_whole(text).unwrap_or(0.0),
            _ => 0.0,
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

/// `strconv.ParseInt(s, 0, 0)`
fn parse_whole(text: &str) -> Option<f64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let lower = digits.to_ascii_lowercase();
    let (radix, body) = match lower.get(..2) {
        Some("0x") => (16, lower.get(2..)?),
        Some("0b") => (2, lower.get(2..)?),
        Some("0o") => (8, lower.get(2..)?),
        _ if lower.len() > 1 && lower.starts_with('0') => (8, lower.get(1..)?),
        _ => (10, &*lower),
    };
    if body.starts_with(['+', '-']) {
        return None;
    }
    let value = i64::from_str_radix(&body.replace('_', ""), radix).ok()?;
    #[expect(clippy::cast_precision_loss, reason = "ports and ids are small")]
    let value = value as f64;
    Some(if negative { -value } else { value })
}
