//! Secrets as manifests, for tools that keep them somewhere else.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// How they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One document for each Secret.
    Yaml,
    /// The Secret, or a List of them.
    Json,
}

/// Writes manifests.
#[must_use]
pub fn manifests(all: &[Value], form: Form) -> String {
    match form {
        Form::Yaml => all.iter().map(yaml).collect::<Vec<_>>().join("---\n"),
        Form::Json => {
            let whole = match all {
                [only] => only.clone(),
                several => serde_json::json!({"apiVersion": "v1", "kind": "List", "items": several}),
            };
            format!("{whole:#}\n")
        }
    }
}

/// Block style, every text in quotes: no reader of any version of YAML takes one of them for anything else.
fn yaml(manifest: &Value) -> String {
    let mut text = String::new();
    if let Value::Object(members) = manifest {
        // As kubectl orders them.
        for key in ["apiVersion", "kind", "metadata", "type", "immutable", "data"] {
            if let Some(value) = members.get(key) {
                member(&mut text, 0, key, value);
            }
        }
    }
    text
}

fn member(text: &mut String, depth: usize, key: &str, value: &Value) {
    let indent = "  ".repeat(depth);
    let key = if depth == 0 || is_field(key) { key.to_owned() } else { quoted(&key.into()) };
    match value {
        Value::Object(members) if members.is_empty() => {
            let _ = writeln!(text, "{indent}{key}: {{}}");
        }
        Value::Object(members) => {
            let _ = writeln!(text, "{indent}{key}:");
            let members: &Map<String, Value> = members;
            members.iter().for_each(|(key, value)| member(text, depth + 1, key, value));
        }
        other => {
            let _ = writeln!(text, "{indent}{key}: {}", quoted(other));
        }
    }
}

/// As JSON has it, and without characters that are in no YAML.
fn quoted(value: &Value) -> String {
    let is_missing = |c: char| matches!(u32::from(c), 0x7f..=0x9f | 0x2028 | 0x2029 | 0xfeff | 0xfffe | 0xffff);
    value.to_string().chars().fold(String::new(), |mut text, c| {
        let _ = if is_missing(c) { write!(text, "\\u{:04x}", u32::from(c)) } else { write!(text, "{c}") };
        text
    })
}

fn is_field(key: &str) -> bool {
    ["name", "namespace", "labels", "annotations"].contains(&key)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Form, manifests};

    #[test]
    fn every_reader_takes_it_for_the_same() {
        let secret = json!({
            "apiVersion": "v1", "kind": "Secret", "type": "Opaque", "immutable": true,
            "metadata": {"name": "on", "namespace": "0x1", "labels": {"a/b": "no", "y": "1_0"}, "annotations": {}},
            "data": {"on": "bm8=", "1": "", "~": "12:30", "config.json": "\u{7f}\n\"\\\u{2028}"},
        });
        let text = manifests(std::slice::from_ref(&secret), Form::Yaml);
        assert!(text.starts_with("apiVersion: \"v1\"\nkind: \"Secret\"\nmetadata:\n"), "{text}");
        assert_eq!(serde_yaml::from_str::<Value>(&text).unwrap(), secret);
        let two = manifests(&[secret.clone(), secret.clone()], Form::Yaml);
        assert_eq!(two, format!("{text}---\n{text}"));
        let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(read(&manifests(std::slice::from_ref(&secret), Form::Json)), secret);
        let list = read(&manifests(&[secret.clone(), secret], Form::Json));
        assert_eq!((&list["kind"], list["items"].as_array().unwrap().len()), (&json!("List"), 2));
    }
}
