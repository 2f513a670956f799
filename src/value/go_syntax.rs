//! Values in Go's own syntax (`%#v`), as some of its messages show them.

use super::{Value, ValueKind, go_text};

/// `[]interface {}{"a", 1}`, `map[interface {}]interface {}{"a":true}`, `"text"`, `interface {}(nil)` …
pub(super) fn go_syntax(value: &Value) -> String {
    match &value.kind {
        ValueKind::Null => "interface {}(nil)".to_owned(),
        ValueKind::Bool(value) => value.to_string(),
        ValueKind::Number(number) => go_text::json_number(*number),
        ValueKind::String(text) => go_text::quoted(text),
        ValueKind::Array(items) => {
            let items: Vec<String> = items.iter().map(go_syntax).collect();
            format!("[]interface {{}}{{{}}}", items.join(", "))
        }
        ValueKind::Object(object) => {
            let members: Vec<String> = object
                .members()
                .iter()
                .map(|member| format!("{}:{}", go_text::quoted(&member.key), go_syntax(&member.value)))
                .collect();
            format!("map[interface {{}}]interface {{}}{{{}}}", members.join(", "))
        }
    }
}
