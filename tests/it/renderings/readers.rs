//! Readers of YAML that must agree on every text that is written.

use detctl::python::{self, PyKind, PyValue};
use detctl::source::SourceMap;
use detctl::value::{Value as GoValue, ValueKind, from_tree};
use detctl::yaml::parse::{Limits, parse};
use serde_json::{Value, json};

/// go-yaml v2, PyYAML and a reader of YAML 1.2 make the same of it.
pub(super) fn agree(text: &str) -> Result<(), String> {
    let mut sources = SourceMap::new();
    let id = sources.add("values.yaml", text);
    let parsed = parse(id, text, Limits::default());
    let root = parsed.tree.documents().first().and_then(|document| document.root);
    let Some(root) = root.filter(|_| parsed.error.is_none()) else { return Err(format!("no YAML:\n{text}")) };
    let go =
        from_tree(&parsed.tree, text, root).map(|value| of_go(&value)).map_err(|failure| format!("{failure:?}"))?;
    let py = python::construct(&parsed.tree, text, root).map_err(|error| format!("{error:?}\n{text}"))?;
    let serde: Value = serde_yaml::from_str(text).map_err(|error| format!("{error}\n{text}"))?;
    for (name, other) in [("PyYAML", of_python(&py)), ("YAML 1.2", of_serde(serde))] {
        if go != other {
            return Err(format!("{name} reads {other}\n   not {go}\n{text}"));
        }
    }
    Ok(())
}

fn of_go(value: &GoValue) -> Value {
    match &value.kind {
        ValueKind::Null => Value::Null,
        ValueKind::Bool(truth) => json!(truth),
        ValueKind::Number(number) => json!(number),
        ValueKind::Int(number) => json!(number),
        ValueKind::String(text) => json!(text.as_str()),
        ValueKind::Array(items) => items.iter().map(of_go).collect(),
        ValueKind::Object(object) => {
            object.members().iter().map(|member| (member.key.to_string(), of_go(&member.value))).collect()
        }
    }
}

fn of_python(value: &PyValue) -> Value {
    match &value.kind {
        PyKind::None => Value::Null,
        PyKind::Bool(truth) => json!(truth),
        PyKind::Int(digits) => json!(digits.parse::<f64>().unwrap()),
        PyKind::Float(number) => json!(number),
        PyKind::Str(text) => json!(text),
        PyKind::List(items) => items.iter().map(of_python).collect(),
        PyKind::Dict(members) => members
            .iter()
            .map(|(key, value)| match &key.kind {
                PyKind::Str(key) => (key.clone(), of_python(value)),
                other => panic!("a key that is no text: {other:?}"),
            })
            .collect(),
        other => panic!("{other:?}"),
    }
}

/// All numbers as doubles.
fn of_serde(value: Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64().unwrap()),
        Value::Array(items) => items.into_iter().map(of_serde).collect(),
        Value::Object(members) => members.into_iter().map(|(key, value)| (key, of_serde(value))).collect(),
        other => other,
    }
}
