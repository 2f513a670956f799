//! A rendered file as Helm reads it again: every document must be YAML, and its head an object with text in it.

use super::sheet::Sheet;
use crate::model::chart::{Reason, Stop};
use crate::source::SourceId;
use crate::value::{Value, ValueKind, from_tree};
use crate::yaml::parse::{Limits, parse};

/// Reads what a template wrote; the answer is the text of `master.yaml`, when there is one.
pub(super) fn read(name: &str, sheet: &Sheet) -> Result<Option<String>, Stop> {
    let mut master = None;
    for document in documents(&sheet.text) {
        let value = value(document).map_err(|words| stop(name, sheet, &words))?;
        let Some(value) = value else { continue };
        head(&value).map_err(|words| stop(name, sheet, &words))?;
        let text = value.as_object().and_then(|root| root.get("stringData")?.as_object()?.get("master.yaml")?.as_str());
        // What is written after the document brings the last line to its end.
        let whole = |text: &str| if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") };
        master = master.or(text.map(whole));
    }
    Ok(master)
}

fn stop(name: &str, sheet: &Sheet, words: &str) -> Stop {
    let words = format!("YAML parse error on {name}: {words}");
    Stop { words, place: sheet.suspect(), path: String::new(), reason: Reason::Manifest }
}

/// The documents of a file as Helm tells them apart: at every line that starts with `---`.
fn documents(text: &str) -> Vec<&str> {
    let text = text.trim();
    let mut documents = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("---") {
            documents.push(text.get(start..at).unwrap_or(""));
            start = at + 3;
        }
        at += line.len();
    }
    documents.push(text.get(start..).unwrap_or(""));
    documents.into_iter().map(str::trim).filter(|document| !document.is_empty()).collect()
}

fn value(document: &str) -> Result<Option<Value>, String> {
    let convert = |words: String| format!("error converting YAML to JSON: {words}");
    let parsed = parse(SourceId::default(), document, Limits::default());
    if let Some(error) = parsed.error {
        return Err(convert(error.go_yaml.unwrap_or_default()));
    }
    let root = parsed.tree.documents().first().and_then(|document| document.root);
    root.map(|root| from_tree(&parsed.tree, document, root)).transpose().map_err(|failure| convert(failure.text))
}

/// What Helm looks at: kind, name and annotations.
fn head(value: &Value) -> Result<(), String> {
    let wrong = |kind: &str, field: &str| {
        Err(format!(
            "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {kind} into Go struct field {field}"
        ))
    };
    let Some(root) = value.as_object() else { return Ok(()) };
    let annotations = root.get("metadata").and_then(|metadata| metadata.as_object()?.get("annotations"));
    match annotations.map(|annotations| &annotations.kind) {
        Some(ValueKind::Object(members)) => {
            let structure = |value: &Value| matches!(value.kind, ValueKind::Object(_) | ValueKind::Array(_));
            match members.members().iter().find(|member| structure(&member.value)) {
                Some(member) => wrong(member.value.json_kind(), ".metadata.annotations of type string"),
                None => Ok(()),
            }
        }
        None | Some(ValueKind::Null) => Ok(()),
        Some(_) => {
            let kind = annotations.map_or("null", Value::json_kind);
            wrong(kind, ".metadata.annotations of type map[string]string")
        }
    }
}
