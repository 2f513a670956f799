//! Mappings with known keys as JSON Schema.

use serde_json::{Map, Value, json};

use super::draft::Place;
use crate::decode::schema::Struct;

/// Which spellings of a key are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    Any,
    Exact,
}

/// The schema of a mapping with known keys.
pub(super) struct Block {
    usual: Map<String, Value>,
    others: Map<String, Value>,
    further: Value,
    folds: bool,
}

impl Block {
    pub(super) fn new(place: &Place, of: &Struct) -> Self {
        let further = match (place.rejects, place.folds) {
            (false, _) => json!({
                "deprecated": true,
                "deprecationMessage": format!("the master does not know this key in {}, and drops it without a word", of.name),
            }),
            (true, true) => reference("nothing"),
            (true, false) => json!(false),
        };
        Self { usual: Map::new(), others: Map::new(), further, folds: place.folds }
    }

    /// Unions reject unknown keys wherever they stand.
    pub(super) fn of_union(place: &Place) -> Self {
        let further = if place.folds { reference("nothing") } else { json!(false) };
        Self { usual: Map::new(), others: Map::new(), further, folds: place.folds }
    }

    pub(super) fn add(&mut self, key: &str, schema: Value, spelling: Spelling) {
        if spelling == Spelling::Any {
            let other = match schema.get("$ref") {
                Some(target) => json!({ "$ref": target }),
                None => schema.clone(),
            };
            self.others.insert(other_spellings(key), other);
        }
        self.usual.insert(key.to_owned(), schema);
    }

    pub(super) fn finish(mut self) -> Value {
        if self.folds {
            // The first sort of key is split into several before anything else happens, the second is lost.
            let known: Vec<String> = self.usual.keys().map(|key| spellings(key)).collect();
            self.others.insert(format!("^({})\\.\\.[^.]+(\\.\\.[^.]+)*$", known.join("|")), json!(true));
            self.others.insert("^[^.]+\\.$".to_owned(), json!(true));
        }
        let mut block = json!({
            "type": ["object", "null"],
            "patternProperties": self.others,
            "additionalProperties": self.further,
        });
        if let Some(members) = block.as_object_mut() {
            if self.folds {
                // A key in lower case loses against the same key in any other spelling, and is not looked at then.
                let names: Map<String, Value> = self.usual.keys().map(|key| (key.clone(), json!(true))).collect();
                let guarded = self.usual.into_iter().map(|(key, schema)| {
                    let is_alone = json!({ "propertyNames": { "not": { "pattern": other_spellings(&key) } } });
                    json!({ "if": is_alone, "then": { "properties": { key: schema } } })
                });
                members.insert("allOf".to_owned(), guarded.collect());
                members.insert("properties".to_owned(), names.into());
            } else {
                members.insert("properties".to_owned(), self.usual.into());
            }
        }
        block
    }
}

/// A pattern for all spellings of a key but the usual one.
pub(super) fn other_spellings(key: &str) -> String {
    format!("^(?!{key}$){}$", spellings(key))
}

/// The part of a pattern that takes a key in any case. Two letters beyond ASCII fold into it as well.
fn spellings(key: &str) -> String {
    let one = |character: char| match character {
        's' | 'S' => "[sS\u{17f}]".to_owned(),
        'k' | 'K' => "[kK\u{212a}]".to_owned(),
        letter if letter.is_ascii_alphabetic() => {
            format!("[{}{}]", letter.to_ascii_lowercase(), letter.to_ascii_uppercase())
        }
        other => other.to_string(),
    };
    key.chars().map(one).collect()
}

/// A reference to a definition.
pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}
