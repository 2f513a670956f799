//! The values of the Determined chart, from the chart's own tables: which keys it reads, and which setting of the master
//! each of them fills.

use serde_json::{Map, Value, json};

use super::draft::Draft;
use crate::formats::helm_values::chart::known::KNOWN;
use crate::formats::helm_values::chart::master::MASTER_CONFIG;
use crate::formats::helm_values::chart::{Print, Row, Step};

/// Keys of an additional manager that only the chart reads.
const OF_CHART: [(&str, &str); 2] = [
    ("kubeconfig_secret_name", "The Secret that holds the kubeconfig of the cluster."),
    ("kubeconfig_secret_value", "The key of that Secret under which the kubeconfig lies; the chart demands it."),
];

/// The schema of the mapping at a path of the values.
pub(super) fn block(draft: &mut Draft, path: &str) -> Value {
    let mut members = Map::new();
    for key in KNOWN.get(path).into_iter().flatten() {
        let below = if path.is_empty() { (*key).to_owned() } else { format!("{path}.{key}") };
        members.insert((*key).to_owned(), value(draft, &below));
    }
    json!({
        "type": ["object", "null"],
        "properties": members,
        "additionalProperties": {
            "deprecated": true,
            "deprecationMessage": "the chart does not know this key, and drops it without a word",
        },
    })
}

fn value(draft: &mut Draft, path: &str) -> Value {
    if path == "additional_resource_managers" {
        return managers(draft);
    }
    let row = row(MASTER_CONFIG.steps, path);
    let filled = row.and_then(|row| filled(draft, row));
    match filled {
        Some(schema) => schema,
        None if KNOWN.contains_key(path) => block(draft, path),
        None => json!(true),
    }
}

/// The row that prints a value.
fn row(steps: &'static [Step], path: &str) -> Option<&'static Row> {
    steps.iter().find_map(|step| match step {
        Step::Row(found) if found.put.from == path => Some(found),
        Step::When(_, yes, no) => row(yes, path).or_else(|| row(no, path)),
        _ => None,
    })
}

/// What a value may be, by the setting that it fills. What is printed bare is read once more by the master, so that text
/// may become a number there and the other way round.
fn filled(draft: &mut Draft, row: &Row) -> Option<Value> {
    match row.put.print {
        Print::Bare | Print::Quoted | Print::Lines(_) => {
            let setting = draft.setting(row.to)?;
            let is_of = |names: [&str; 3]| {
                let target = setting.get("$ref").and_then(Value::as_str).unwrap_or_default();
                names.iter().any(|name| target.contains(name))
            };
            // Where text is wanted even a mapping becomes some.
            let schema =
                if is_of(["truth", "whole", "number"]) { json!({ "$ref": "#/$defs/scalar" }) } else { json!({}) };
            Some(with_meaning(schema, setting.get("description")))
        }
        Print::Json | Print::Yaml(_) | Print::YamlOfManager(_) => draft.setting(row.to),
    }
}

fn with_meaning(mut schema: Value, meaning: Option<&Value>) -> Value {
    if let (Some(meaning), Some(members)) = (meaning, schema.as_object_mut()) {
        members.insert("description".to_owned(), meaning.clone());
    }
    schema
}

/// They are handed on as they are, but for the two keys of the chart; a mapping of managers does as well as a list.
fn managers(draft: &mut Draft) -> Value {
    let manager = draft.additional_manager(&OF_CHART);
    json!({
        "description": "Further resource managers, each of type kubernetes. Keys below are those of master.yaml, with \
            underscores; the chart translates none of them.",
        "type": ["array", "object", "null"],
        "items": manager,
        "additionalProperties": manager,
    })
}
