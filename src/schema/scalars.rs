//! Scalars as the master takes them, for readers of YAML 1.2: what YAML 1.1 reads as a number or a truth value may be a
//! text to them.

use serde_json::{Map, Value, json};

/// What the names of scalars end in outside of lists, where an empty mapping is as good as nothing.
pub(super) const OUTSIDE: &str = "-or-nothing";

/// Lets a schema also take a mapping that vanishes.
pub(super) fn or_empty(schema: &mut Value) {
    if let Some(first) = schema.get_mut("anyOf").and_then(|all| all.get_mut(0)) {
        return or_empty(first);
    }
    if let Some(members) = schema.as_object_mut() {
        if let Some(Value::Array(types)) = members.get_mut("type") {
            types.push("object".into());
        }
        members.insert("additionalProperties".to_owned(), json!({ "$ref": "#/$defs/nothing" }));
    }
}

/// The definitions that schemas refer to.
pub(super) fn definitions() -> Map<String, Value> {
    let mut all = scalars();
    for (name, mut schema) in all.clone() {
        or_empty(&mut schema);
        all.insert(format!("{name}{OUTSIDE}"), schema);
    }
    all.insert(
        "nothing".to_owned(),
        json!({
            "type": ["object", "null"],
            "additionalProperties": { "$ref": "#/$defs/nothing" },
            "errorMessage": "the master does not know this key",
            "doNotSuggest": true,
        }),
    );
    all
}

/// Lets numbers also be what PyYAML makes numbers of, and what it writes so that the master does: `1:30`, `"0o17"`.
pub(super) fn read_by_python(definitions: &mut Map<String, Value>) {
    let pattern = "^[-+]?([0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?|0o[0-7_]+|\\.[0-9][0-9_]*([eE][-+]?[0-9]+)?)$";
    for name in ["whole", "number"] {
        for name in [name.to_owned(), format!("{name}{OUTSIDE}")] {
            let all = definitions.get_mut(&name).and_then(|schema| schema.get_mut("anyOf"));
            if let Some(Value::Array(all)) = all {
                all.push(json!({ "type": "string", "pattern": pattern }));
            }
        }
    }
}

fn scalars() -> Map<String, Value> {
    let rows = [
        ("text", text()),
        ("text-or-number", anything("expected text")),
        ("truth", truth()),
        ("whole", number("integer", "expected a whole number")),
        ("number", number("number", "expected a number")),
        ("scalar", of_flag()),
        ("duration", duration()),
    ];
    rows.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

/// Editors that know `errorMessage` show it instead of a list of types.
fn text() -> Value {
    json!({ "type": ["string", "null"], "errorMessage": "expected text: put the value in quotes" })
}

/// A key that is also a flag: the master makes nothing of a list, without a word.
fn of_flag() -> Value {
    json!({ "type": ["string", "number", "boolean", "array", "null"], "errorMessage": "expected a single value" })
}

fn anything(wanted: &str) -> Value {
    json!({ "type": ["string", "number", "boolean", "null"], "errorMessage": wanted })
}

fn truth() -> Value {
    let wanted = "expected true or false";
    json!({
        "anyOf": [
            { "type": ["boolean", "null"], "errorMessage": wanted },
            { "description": "YAML 1.1 reads these as true or false", "enum": truth_words(), "doNotSuggest": true },
        ],
        "errorMessage": wanted,
    })
}

fn number(kind: &str, wanted: &str) -> Value {
    json!({ "anyOf": [{ "type": [kind, "null"], "errorMessage": wanted }, digits()], "errorMessage": wanted })
}

fn duration() -> Value {
    json!({
        "type": ["string", "null"],
        "description": "a duration such as 30s or 1h30m",
        "examples": ["30s", "5m", "1h30m"],
        "errorMessage": "expected a duration such as 30s, as text",
    })
}

fn truth_words() -> Vec<String> {
    let words = ["y", "n", "yes", "no", "on", "off"];
    let forms = |word: &str| {
        let capital = format!("{}{}", word.get(..1).unwrap_or("").to_uppercase(), word.get(1..).unwrap_or(""));
        [word.to_owned(), capital, word.to_uppercase()]
    };
    let mut all: Vec<String> = words.into_iter().flat_map(forms).collect();
    all.sort();
    all.dedup();
    all
}

/// Numbers of YAML 1.1 that YAML 1.2 takes for text: `1_000`, `0b11`, `-0x1F`.
fn digits() -> Value {
    json!({ "type": "string", "pattern": "^[-+]?(0b[01_]+|0[xX][0-9a-fA-F_]+|[0-9][0-9_]*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?)$" })
}
