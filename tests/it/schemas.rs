//! The schemas, used on the recorded texts: what the master accepts is never rejected, and an unknown key that stops it
//! always is.

use std::sync::LazyLock;

use detctl::judge::{self, Options};
use detctl::model::verdict::{Kind, Verdict};
use detctl::release::Release;
use detctl::source::SourceMap;
use detctl::value::{self, ValueKind};
use detctl::{formats, schema};
use jsonschema::Validator;
use serde_json::Value;

use crate::verdicts::{fixture, records};

/// A text as an editor reads it, by YAML 1.2; nothing where that reader gives up.
fn as_an_editor(text: &str) -> Option<Value> {
    let first = serde_yaml::Deserializer::from_str(text).next()?;
    let mut value: serde_yaml::Value = serde::Deserialize::deserialize(first).ok()?;
    value.apply_merge().ok()?;
    if has_tag(&value) { None } else { serde_json::to_value(value).ok() }
}

/// Editors do not know the tags of others.
fn has_tag(value: &serde_yaml::Value) -> bool {
    match value {
        serde_yaml::Value::Tagged(_) => true,
        serde_yaml::Value::Sequence(items) => items.iter().any(has_tag),
        serde_yaml::Value::Mapping(members) => members.iter().any(|(key, value)| has_tag(key) || has_tag(value)),
        _ => false,
    }
}

/// A text as the master reads it, by YAML 1.1.
fn as_the_master(text: &str) -> Option<Value> {
    let mut sources = SourceMap::new();
    let id = sources.add("master.yaml", text);
    let (tree, error) = formats::master::read(id, text);
    let root = tree.documents().first().and_then(|document| document.root)?;
    if error.is_some() {
        return None;
    }
    value::from_tree(&tree, text, root).ok().map(|value| plain(&value))
}

fn plain(value: &value::Value) -> Value {
    match &value.kind {
        ValueKind::Null => Value::Null,
        ValueKind::Bool(truth) => Value::from(*truth),
        ValueKind::Number(number) => Value::from(*number),
        ValueKind::Int(number) => Value::from(*number),
        ValueKind::String(text) => Value::from(&**text),
        ValueKind::Array(items) => items.iter().map(plain).collect(),
        ValueKind::Object(object) => {
            object.members().iter().map(|member| (member.key.to_string(), plain(&member.value))).collect()
        }
    }
}

fn all_records() -> Vec<Value> {
    ["hand", "random", "generated"].into_iter().flat_map(|name| records(&fixture(name))).collect()
}

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::meta::validate(schema).unwrap();
    jsonschema::validator_for(schema).unwrap()
}

static MASTER: LazyLock<Validator> = LazyLock::new(|| validator(&schema::master(Release::default())));
static VALUES: LazyLock<Validator> = LazyLock::new(|| validator(&schema::helm_values(Release::default())));

#[test]
fn what_the_master_accepts_is_never_rejected() {
    let validator = &*MASTER;
    let (mut checked, mut wrong) = (0, Vec::new());
    for record in all_records().iter().filter(|record| record["stage"] == "ok") {
        let text = record["yaml"].as_str().unwrap();
        for document in [as_an_editor(text), as_the_master(text)].into_iter().flatten() {
            let document = if document.is_null() { serde_json::json!({}) } else { document };
            checked += 1;
            if let Err(error) = validator.validate(&document) {
                wrong.push(format!("{}: {error} at {}", record["id"], error.instance_path()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {checked} are rejected\n{}", wrong.len(), wrong.join("\n"));
    assert!(checked > 300, "only {checked} texts");
}

#[test]
fn a_key_that_stops_the_master_is_rejected() {
    let validator = &*MASTER;
    let (mut checked, mut wrong) = (0, Vec::new());
    for record in all_records() {
        let message = record["error"].as_str().unwrap_or_default();
        if !message.contains("json: unknown field") {
            continue;
        }
        let text = record["yaml"].as_str().unwrap();
        for document in [as_an_editor(text), as_the_master(text)].into_iter().flatten() {
            checked += 1;
            if validator.is_valid(&document) {
                wrong.push(format!("{}: {message}", record["id"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {checked} pass\n{}", wrong.len(), wrong.join("\n"));
    assert!(checked > 50, "only {checked} texts");
}

#[test]
fn what_older_releases_accept_is_never_rejected() {
    let (mut checked, mut wrong) = (0, Vec::new());
    let (cases, older) = (all_records(), records(&fixture("older")));
    for release in ["0.36.0", "0.34.0", "0.31.0"] {
        let validator = validator(&schema::master(release.parse().unwrap()));
        let accepted = older.iter().filter(|record| record["version"] == release && record["stage"] == "ok");
        for record in accepted {
            let case = cases.iter().find(|case| case["id"] == record["id"]).unwrap();
            checked += 1;
            let document = as_an_editor(case["yaml"].as_str().unwrap());
            if let Some(Err(error)) = document.as_ref().map(|document| validator.validate(document)) {
                wrong.push(format!("{release} {}: {error} at {}", record["id"], error.instance_path()));
            }
        }
    }
    assert!(checked > 20, "only {checked} texts");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Values files as Helm's users' editors read them, with what became of each.
fn values() -> impl Iterator<Item = (Value, Value)> {
    let all = ["hand", "random"].into_iter().flat_map(|name| records(&crate::charts::fixture(name)));
    let there_and_back = records(&crate::charts::fixture("roundtrip")).into_iter().map(|mut record| {
        record["values"] = record["values_yaml"].take();
        record["outcome"] = record["chart_outcome"].take();
        record
    });
    let all = all.chain(there_and_back).filter(|record| record["values"].is_string());
    all.filter_map(|record| as_an_editor(record["values"].as_str().unwrap()).map(|document| (record, document)))
}

#[test]
fn values_that_the_master_accepts_are_never_rejected() {
    let validator = &*VALUES;
    let (mut checked, mut wrong) = (0, Vec::new());
    for (record, document) in values().filter(|(record, _)| record["outcome"] == "accepts") {
        checked += 1;
        if let Err(error) = validator.validate(&document) {
            wrong.push(format!("{}: {error} at {}", record["id"], error.instance_path()));
        }
    }
    assert!(wrong.is_empty(), "{} of {checked} are rejected\n{}", wrong.len(), wrong.join("\n"));
    assert!(checked > 100, "only {checked} texts");
}

#[test]
fn a_key_of_the_values_that_stops_the_master_is_rejected() {
    let validator = &*VALUES;
    let (mut checked, mut wrong) = (0, Vec::new());
    for (record, document) in values() {
        let message = record["master"]["error"].as_str().unwrap_or_default();
        if message.contains("json: unknown field") {
            checked += 1;
            if validator.is_valid(&document) {
                wrong.push(format!("{}: {message}", record["id"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {checked} pass\n{}", wrong.len(), wrong.join("\n"));
    assert!(checked > 10, "only {checked} texts");
}

/// Whole files such as people write, with the complaints that an editor shows.
#[test]
fn a_schema_says_what_is_wrong_where() {
    let validator = &*MASTER;
    let table = [
        ("resource_manager: {type: kubernetes, cluster_name: 5}", "/resource_manager/cluster_name"),
        ("resource_manager: {type: kubernetes, slot_type: gpus}", "/resource_manager/slot_type"),
        ("resource_manager: {type: Kubernetes}", "/resource_manager/type"),
        ("resource_pools: [{pool_name: a, agent_reconnect_wait: 5}]", "/resource_pools/0/agent_reconnect_wait"),
        (
            "additional_resource_managers: [{resource_manager: {type: kubernetes, namespace: x}}]",
            "/additional_resource_managers/0/resource_manager",
        ),
        (
            "task_container_defaults: {cpu_pod_spec: {spec: {containers: 5}}}",
            "/task_container_defaults/cpu_pod_spec/spec/containers",
        ),
    ];
    for (text, place) in table {
        let document = as_an_editor(text).unwrap();
        let places: Vec<String> =
            validator.iter_errors(&document).map(|error| error.instance_path().to_string()).collect();
        assert!(places.iter().any(|found| found == place), "{text}: {places:?}");
    }
}

/// The verdict of `detctl validate` and the schema on texts that nobody recorded: what is accepted is not rejected.
#[test]
fn the_schema_rejects_nothing_that_validate_accepts() {
    let (mut checked, mut wrong) = (0, Vec::new());
    let rules = std::fs::read_dir(crate::support::root().join("fixtures/rules")).unwrap();
    let files = rules.flat_map(|rule| std::fs::read_dir(rule.unwrap().path()).unwrap());
    let written = files.filter_map(|file| std::fs::read_to_string(file.unwrap().path()).ok());
    for text in written.chain(crate::yaml::mutations::texts()) {
        let mut sources = SourceMap::new();
        let id = sources.add("master.yaml", text.clone());
        let judgement = judge::judge(&mut sources, id, Some(Kind::Master), &Options::default()).unwrap();
        let accepted = judgement.configurations.iter().all(|configuration| configuration.verdict == Verdict::Accepts);
        if let (true, Some(document)) = (accepted, as_the_master(&text)) {
            checked += 1;
            let document = if document.is_null() { serde_json::json!({}) } else { document };
            if let Err(error) = MASTER.validate(&document) {
                wrong.push(format!("{error} at {} of\n{text:?}", error.instance_path()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {checked} are rejected\n{}", wrong.len(), wrong.join("\n"));
    assert!(checked > 60, "only {checked} texts");
}
