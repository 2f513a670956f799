//! devcluster files, from the tables that devcluster's checks are made with; a master's `config_file` is what stands in a
//! `master.yaml`.
//!
//! A text that holds a `$` may become any other text, so nothing is said of it but that it is one.

use serde_json::{Map, Value, json};

use super::block::reference;
use super::draft::{Draft, Place};
use crate::formats::devcluster::schema::SIGNALS;
use crate::formats::devcluster::schema::tables::{Class, HOOKS, Hook, Key, ROOT, STAGES, Takes};
use crate::formats::master;

/// What a text with a variable looks like.
const VARIABLE: &str = "\\$";

/// The root of the schema; what it refers to goes into `draft`.
pub(super) fn root(draft: &mut Draft) -> Value {
    let config = draft.structure(master::table(), &Place::root());
    let mut parts = Map::new();
    parts.insert("devcluster.master-configuration".to_owned(), json!({ "allOf": [config] }));
    parts.insert("devcluster.hooks".to_owned(), json!({ "type": "array", "items": reference("devcluster.hook") }));
    parts.insert("devcluster.hook".to_owned(), hook());
    parts.insert("devcluster.stage".to_owned(), stage());
    for (_, class) in STAGES {
        parts.insert(name(class), block(class));
    }
    for (_, _, hook) in HOOKS {
        if let Hook::Class(class) = hook {
            parts.insert(name(class), block(class));
        }
    }
    draft.define(parts);
    block(&ROOT)
}

fn name(class: &Class) -> String {
    format!("devcluster.{}", class.name)
}

/// The schema of a mapping: devcluster ends at a key that it does not know.
fn block(class: &Class) -> Value {
    let members: Map<String, Value> = class.keys.iter().map(|key| (key.name.to_owned(), member(key))).collect();
    json!({
        "type": "object",
        "description": class.meaning,
        "properties": members,
        "additionalProperties": false,
        "required": class.required().collect::<Vec<_>>(),
    })
}

fn member(key: &Key) -> Value {
    let mut schema = takes(key.takes);
    if let Some(members) = schema.as_object_mut() {
        members.insert("description".to_owned(), key.meaning.into());
    }
    schema
}

fn takes(takes: Takes) -> Value {
    match takes {
        Takes::Anything => json!({}),
        Takes::Text | Takes::Regex => json!({ "type": "string" }),
        Takes::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Takes::TextsByName => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        Takes::AnythingByName => json!({ "type": "object" }),
        Takes::Path => json!({ "type": ["string", "null"] }),
        Takes::Whole => json!({
            "anyOf": [
                { "type": ["number", "boolean"], "errorMessage": "expected a whole number" },
                { "type": "string", "pattern": "^\\s*[-+]?[0-9]+(_[0-9]+)*\\s*$" },
                { "type": "string", "pattern": "^[-+]?[0-9_]+(:[0-5]?[0-9])+(\\.[0-9_]*)?$|^[-+]?0b[01_]+$" },
                { "type": "string", "pattern": VARIABLE },
            ],
        }),
        Takes::Signal => {
            let names: Vec<String> =
                SIGNALS.iter().flat_map(|name| [(*name).to_owned(), format!("SIG{name}")]).collect();
            json!({
                "anyOf": [
                    { "enum": names, "errorMessage": "expected the name of a signal in capitals, such as TERM" },
                    { "type": "string", "pattern": VARIABLE },
                ],
            })
        }
        Takes::Hooks => json!({ "$ref": "#/$defs/devcluster.hooks" }),
        Takes::Stages => json!({ "type": "array", "items": reference("devcluster.stage") }),
        Takes::Commands => json!({
            "type": "object",
            "additionalProperties": { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] },
        }),
        Takes::MasterConfig => json!({ "$ref": "#/$defs/devcluster.master-configuration" }),
    }
}

/// A stage: the first key is its kind. Schemas know no order, so a mapping with several keys is only asked for one kind.
fn stage() -> Value {
    let kinds = STAGES.iter().map(|(kind, class)| (*kind, class.meaning, reference(&name(class)))).collect();
    single("a stage is a mapping with one key, its kind", kinds)
}

fn hook() -> Value {
    let schema = |hook: &Hook| match hook {
        Hook::Plain(plain) => takes(*plain),
        Hook::Class(class) => reference(&name(class)),
    };
    let kinds = HOOKS.iter().map(|(kind, meaning, hook)| (*kind, *meaning, schema(hook))).collect();
    single("a command is a mapping with one key, its kind", kinds)
}

fn single(wanted: &str, kinds: Vec<(&'static str, &'static str, Value)>) -> Value {
    let described: Map<String, Value> =
        kinds.iter().map(|(kind, meaning, _)| ((*kind).to_owned(), json!({ "description": meaning }))).collect();
    let required: Vec<Value> = kinds.iter().map(|(kind, ..)| json!({ "required": [kind] })).collect();
    let bodies: Map<String, Value> = kinds.into_iter().map(|(kind, _, body)| (kind.to_owned(), body)).collect();
    json!({
        "type": "object",
        "minProperties": 1,
        "errorMessage": wanted,
        "properties": described,
        "if": { "maxProperties": 1 },
        "then": { "properties": bodies, "additionalProperties": false },
        "else": { "anyOf": required },
    })
}
