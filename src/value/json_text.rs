//! Values as compact JSON, the way encoding/json writes them.

use super::{Value, ValueKind, go_text};

/// Compact JSON; `<`, `>`, `&` and the two line separators are escaped as Go escapes them.
#[must_use]
pub fn json_text(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match &value.kind {
        ValueKind::Null => out.push_str("null"),
        ValueKind::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        ValueKind::Number(number) => out.push_str(&go_text::json_number(*number)),
        ValueKind::Int(number) => out.push_str(&number.to_string()),
        ValueKind::String(text) => write_json_string(text, out),
        ValueKind::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        ValueKind::Object(object) => {
            out.push('{');
            for (at, member) in object.members().iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_json_string(&member.key, out);
                out.push(':');
                write(&member.value, out);
            }
            out.push('}');
        }
    }
}

/// Writes a text in the quotes of JSON, as Go escapes it.
pub fn write_json_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if u32::from(c) < 0x20 || matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
