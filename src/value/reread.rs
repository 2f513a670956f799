//! The second YAML pass: the master turns its settings into JSON and reads that text once more as YAML 1.1.
//!
//! It shows only where a text holds what JSON writes plainly and YAML does not take so: control characters
//! from DEL up, U+FFFE and U+FFFF, the line break NEL, and keys of more than 1,024 characters. Only then is the JSON
//! really written and read, by the same reader as the file.

use super::from_tree::{Failure, FailureKind};
use super::json_text::{json_text, write_json_string};
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
    let mut suspicion = Suspicion::default();
    suspicion.look_at(value);
    if !suspicion.folds && suspicion.fatal.is_none() {
        return Ok(());
    }
    let text = json_text(value);
    let parsed = parse(SourceId::default(), &text, Limits { depth });
    if let Some(error) = parsed.error {
        let (span, kind) = suspicion.fatal.unwrap_or((value.span, FailureKind::Character));
        let kind = if error.go_yaml.is_some() { kind } else { FailureKind::Limit };
        return Err(Failure { kind, span, text: error.go_yaml.unwrap_or_default() });
    }
    if let Some(root) = parsed.tree.documents().first().and_then(|document| document.root) {
        take_texts(value, &parsed.tree, root);
    }
    Ok(())
}

/// What the second pass may change or trip over.
#[derive(Default)]
struct Suspicion {
    /// Whether a text holds a line break that is folded.
    folds: bool,
    /// The first key or text that is no YAML.
    fatal: Option<(Span, FailureKind)>,
}

impl Suspicion {
    fn look_at(&mut self, value: &Value) {
        match &value.kind {
            ValueKind::String(text) => self.text(text, value.span),
            ValueKind::Array(items) => items.iter().for_each(|item| self.look_at(item)),
            ValueKind::Object(object) => {
                for member in object.members() {
                    self.key(member);
                    self.look_at(&member.value);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        if text.bytes().all(|byte| byte < 0x7f) {
            return;
        }
        self.folds |= text.contains(NEL);
        if text.contains(is_forbidden) {
            self.fatal.get_or_insert((span, FailureKind::Character));
        }
    }

    fn key(&mut self, member: &Member) {
        self.text(&member.key, member.key_span);
        let is_long = member.key.len() > LONG_KEY && json_length(&member.key) > 1024;
        if is_long || member.key.contains(NEL) {
            self.fatal.get_or_insert((member.key_span, FailureKind::SecondKey));
        }
    }
}

/// A line break to YAML 1.1.
const NEL: char = '\u{85}';

/// What JSON leaves as it is and YAML does not take.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}') && c != NEL
}

/// Characters of a key in JSON, quotes included.
fn json_length(key: &str) -> usize {
    let mut out = String::new();
    write_json_string(key, &mut out);
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
