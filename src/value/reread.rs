//! The second YAML pass: the master turns its settings into JSON and reads that text once more as YAML 1.1.
//!
//! It shows only where a text holds what JSON writes plainly and YAML does not take so: control characters
//! from DEL up, U+FFFE and U+FFFF, the line break NEL, and keys of more than 1,024 characters. Only then is the JSON
//! really written and read, by the same reader as the file.

use super::from_tree::{Failure, FailureKind};
use super::json_text::{json_text, write_string};
use super::{Member, Object, Value, ValueKind};
use crate::source::{SourceId, Span};
use crate::yaml::parse::{Limits, parse};
use crate::yaml::{NodeId, NodeKind, Tree};

/// Keys from this length on, in bytes, may be too long in JSON, where one byte may take six.
const LONG_KEY: usize = 1024 / 6;

/// Reads a value as its JSON text would be read as YAML.
///
/// # Errors
/// When that text is no YAML: the error of go-yaml, at what brought it about.
pub fn reread(value: &mut Value, depth: usize) -> Result<(), Failure> {
    let Some(culprit) = culprit(value) else {
        return Ok(());
    };
    let text = json_text(value);
    let parsed = parse(SourceId::default(), &text, Limits { depth });
    if let Some(error) = parsed.error {
        let kind = if error.go_yaml.is_some() { FailureKind::Character } else { FailureKind::Limit };
        return Err(Failure { kind, span: culprit, text: error.go_yaml.unwrap_or_default() });
    }
    if let Some(root) = parsed.tree.documents().first().and_then(|document| document.root) {
        take_texts(value, &parsed.tree, root);
    }
    Ok(())
}

/// The first key or text that the second pass may trip over.
fn culprit(value: &Value) -> Option<Span> {
    match &value.kind {
        ValueKind::String(text) => has_odd_character(text).then_some(value.span),
        ValueKind::Array(items) => items.iter().find_map(culprit),
        ValueKind::Object(object) => object.members().iter().find_map(|member| {
            let key = &member.key;
            let is_odd = has_odd_character(key) || key.len() > LONG_KEY && json_length(key) > 1024;
            if is_odd { Some(member.key_span) } else { culprit(&member.value) }
        }),
        _ => None,
    }
}

fn has_odd_character(text: &str) -> bool {
    let is_plain = text.bytes().all(|byte| byte < 0x7f);
    !is_plain && text.chars().any(|c| matches!(c, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}'))
}

/// Characters of a key in JSON, quotes included.
fn json_length(key: &str) -> usize {
    let mut out = String::new();
    write_string(key, &mut out);
    out.chars().count()
}

/// Replaces texts by what the second pass reads; the shape is the same.
fn take_texts(value: &mut Value, tree: &Tree, id: NodeId) {
    match (&mut value.kind, &tree.node(id).kind) {
        (ValueKind::String(old), NodeKind::Scalar { text, .. }) if **old != **text => *old = text.to_string().into(),
        (ValueKind::Array(values), NodeKind::Sequence { items, .. }) => {
            for (value, item) in values.iter_mut().zip(items) {
                take_texts(value, tree, *item);
            }
        }
        (ValueKind::Object(object), NodeKind::Mapping { entries, .. }) => {
            let mut members: Vec<Member> = std::mem::take(object).into_members();
            for (member, (_, value)) in members.iter_mut().zip(entries) {
                take_texts(&mut member.value, tree, *value);
            }
            *object = Object::from_written(members);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::from_tree;

    fn read_twice(yaml: &str) -> Result<String, String> {
        let tree = parse(SourceId::default(), yaml, Limits::default()).tree;
        let root = tree.documents()[0].root.unwrap();
        let mut value = from_tree(&tree, yaml, root).map_err(|failure| failure.text)?;
        reread(&mut value, 1_000).map_err(|failure| failure.text)?;
        Ok(json_text(&value))
    }

    #[test]
    fn what_the_second_pass_changes() {
        assert_eq!(read_twice(r#"a: ["x \N y", "\N", "é"]"#), Ok(r#"{"a":["x y"," ","é"]}"#.to_owned()));
        let control = "yaml: control characters are not allowed".to_owned();
        assert_eq!(read_twice(r#"a: "\x7f""#), Err(control.clone()));
        assert_eq!(read_twice("\"\\x80\": 1"), Err(control));
        let key = "yaml: did not find expected ',' or '}'".to_owned();
        assert_eq!(read_twice(&format!("? {}\n: 1", "k".repeat(1023))), Err(key));
        assert!(read_twice(&format!("? {}\n: 1", "k".repeat(1022))).is_ok());
    }
}
