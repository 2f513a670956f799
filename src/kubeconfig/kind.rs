//! Which kind of object a file is: apimachinery looks at `kind` and `apiVersion` before anything else.

use super::fault::{Fault, FaultKind};
use crate::value::{Object, Value, ValueKind, go_text};

/// The struct that apimachinery reads them into, as its errors print it.
const STRUCT: &str =
    r#"struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }"#;

/// Refuses what is no `Config` of `v1`; both may be left out.
pub(super) fn check(root: &Value) -> Result<(), Fault> {
    let empty = Object::default();
    let object = match &root.kind {
        ValueKind::Object(object) => object,
        ValueKind::Null => &empty,
        _ => {
            let words = format!("json: cannot unmarshal {} into Go value of type {STRUCT}", root.json_kind());
            return Err(wrong_type(root, words));
        }
    };
    let version = text_of(object, "apiVersion")?;
    let kind = text_of(object, "kind")?;
    let name = |found: Option<&(String, &Value)>| found.map(|(text, _)| text.clone()).unwrap_or_default();
    let place = kind.as_ref().or(version.as_ref()).map_or(root.span, |(_, value)| value.span);
    let (version, kind) = (name(version.as_ref()), name(kind.as_ref()));
    let other = |words: String| Err(Fault::new(FaultKind::OtherKind, place, words));
    if version.matches('/').count() > 1 {
        return other(format!("unexpected GroupVersion string: {version}"));
    }
    let version = if version.is_empty() || version == "/" { "v1".to_owned() } else { version };
    let kind = if kind.is_empty() { "Config".to_owned() } else { kind };
    if (version.trim_start_matches('/'), kind.as_str()) == ("v1", "Config") {
        return Ok(());
    }
    other(format!(
        "no kind {} is registered for version {} in scheme \"pkg/runtime/scheme.go:100\"",
        go_text::quoted(&kind),
        go_text::quoted(&version)
    ))
}

/// A key in any spelling, the last one that is set, as encoding/json reads it here.
fn text_of<'v>(object: &'v Object, key: &str) -> Result<Option<(String, &'v Value)>, Fault> {
    let mut found = None;
    for member in object.members().iter().filter(|member| member.key.eq_ignore_ascii_case(key)) {
        match &member.value.kind {
            ValueKind::String(text) => found = Some((text.to_string(), &member.value)),
            ValueKind::Null => {}
            _ => {
                let kind = member.value.json_kind();
                let words = format!("json: cannot unmarshal {kind} into Go struct field .{key} of type string");
                return Err(wrong_type(&member.value, words));
            }
        }
    }
    Ok(found)
}

fn wrong_type(value: &Value, words: String) -> Fault {
    Fault::new(FaultKind::OtherKind, value.span, format!("couldn't get version/kind; json parse error: {words}"))
}
