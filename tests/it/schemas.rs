//! The schemas, used on the recorded texts: what the master accepts is never rejected, and an unknown key that stops it
//! always is.

use std::sync::LazyLock;

use detctl::formats::devcluster::schema::tables;
use detctl::judge::{self, Options};
use detctl::model::verdict::{Kind, Verdict};
use detctl::python::{self, PyKind, PyValue};
use detctl::release::Release;
use detctl::source::SourceMap;
use detctl::value::{self, ValueKind};
use detctl::yaml::parse::parse_pyyaml;
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
static DEVCLUSTER: LazyLock<Validator> = LazyLock::new(|| validator(&schema::devcluster(Release::default())));
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

/// devcluster files as PyYAML reads them, and as editors do.
fn devcluster_documents(text: &str) -> Vec<Value> {
    let mut sources = SourceMap::new();
    let id = sources.add("devcluster.yaml", text);
    let tree = parse_pyyaml(id, text).ok();
    let value = tree.as_ref().and_then(|tree| {
        let root = tree.documents().first().and_then(|document| document.root)?;
        python::construct(tree, text, root).ok()
    });
    value.as_ref().map(as_python).into_iter().chain(as_an_editor(text)).collect()
}

/// A value as Python's `json` would write it, with what it refuses as text.
fn as_python(value: &PyValue) -> Value {
    match &value.kind {
        PyKind::None => Value::Null,
        PyKind::Bool(truth) => Value::from(*truth),
        PyKind::Int(_) | PyKind::Float(_) => {
            serde_json::from_str(&value.repr()).unwrap_or_else(|_| Value::from(value.repr()))
        }
        PyKind::List(items) => items.iter().map(as_python).collect(),
        PyKind::Set(members) => members.iter().map(|member| (member.to_text(), Value::Null)).collect(),
        PyKind::Dict(entries) => entries.iter().map(|(key, value)| (key.to_text(), as_python(value))).collect(),
        _ => Value::from(value.to_text()),
    }
}

/// Whether devcluster accepts a recorded file, and the master each of its configurations.
fn is_accepted(record: &Value) -> bool {
    let devcluster = &record["devcluster"];
    let stages = devcluster["stages"].as_array().into_iter().flatten();
    let mut masters = stages.filter(|stage| stage["kind"] == "Master");
    devcluster["accept"] == true && masters.all(|stage| stage["master"]["stage"] == "ok")
}

#[test]
fn devcluster_files_that_are_accepted_are_never_rejected() {
    let validator = &*DEVCLUSTER;
    let (mut checked, mut wrong) = (0, Vec::new());
    for record in records(&crate::devcluster::fixture()).iter().filter(|record| is_accepted(record)) {
        for document in devcluster_documents(record["yaml"].as_str().unwrap()) {
            checked += 1;
            if let Err(error) = validator.validate(&document) {
                wrong.push(format!("{}: {error} at {}", record["id"], error.instance_path()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {checked} are rejected\n{}", wrong.len(), wrong.join("\n"));
    assert!(checked > 100, "only {checked} texts");
}

#[test]
fn a_key_that_stops_devcluster_or_its_master_is_rejected() {
    let validator = &*DEVCLUSTER;
    let (mut checked, mut wrong) = (0, Vec::new());
    for record in records(&crate::devcluster::fixture()) {
        let words = record["devcluster"].to_string();
        if !(words.contains("invalid keys for")
            || words.contains("missing required keys")
            || words.contains("json: unknown field"))
        {
            continue;
        }
        for document in devcluster_documents(record["yaml"].as_str().unwrap()) {
            checked += 1;
            if validator.is_valid(&document) {
                wrong.push(format!("{} passes", record["id"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked > 15, "only {checked} texts");
}

/// Each key of each class with each of many values: what devcluster's checks accept is never rejected, and most of what
/// they refuse is.
#[test]
fn the_schema_of_devcluster_follows_its_checks() {
    let values = [
        "a",
        "5",
        "'5'",
        "5.9",
        "'x5'",
        "null",
        "true",
        "[]",
        "[a]",
        "[1]",
        "{}",
        "{a: b}",
        "{a: 1}",
        "{1: a}",
        "TERM",
        "SIGINT",
        "sigterm",
        "$HOME",
        "[$HOME]",
        "[{sh: x}]",
        "[{sh: 5}]",
        "[{}]",
        "[{foo: x}]",
        "[{custom: [a]}]",
        "[{conncheck: {port: 1}}]",
        "[{conncheck: {host: a}}]",
        "[{logcheck: {regex: a, stream: b}}]",
        "[{logcheck: {regex: 5}}]",
        "[{logcheck: {regex: a, streams: b}}]",
        "[sh]",
        "2001-01-01",
        "[{sh: x, foo: y}]",
        "1:30",
        "0b11",
        "{a: [b]}",
        "{a: [1]}",
        "{resource_pools: []}",
    ];
    let (mut wrong, mut accepted, mut refused, mut rejected) = (Vec::new(), 0, 0, 0);
    let classes = tables::STAGES.iter().map(|(kind, class)| (Some(*kind), *class)).chain([(None, &tables::ROOT)]);
    for (kind, class) in classes {
        for name in class.names().chain(["foo"]) {
            for value in values {
                let others = class.required().filter(|required| *required != name).map(|required| match required {
                    "stages" => "stages: []".to_owned(),
                    "cmd" | "run_args" => format!("{required}: [a]"),
                    _ => format!("{required}: a"),
                });
                let body = others.chain([format!("{name}: {value}")]).collect::<Vec<_>>().join(", ");
                let text = match kind {
                    Some(kind) => format!("stages: [{{{kind}: {{{body}}}}}]\n"),
                    None => format!("{{{body}}}\n"),
                };
                let mut sources = SourceMap::new();
                let id = sources.add("devcluster.yaml", text.clone());
                let options = Options { environment: crate::devcluster::environment(), ..Options::default() };
                let judgement = judge::judge(&mut sources, id, Some(Kind::Devcluster), &options).unwrap();
                let document = devcluster_documents(&text).swap_remove(0);
                let error = DEVCLUSTER.validate(&document).err();
                match judgement.configurations[0].verdict {
                    Verdict::Accepts => {
                        accepted += 1;
                        wrong.extend(error.map(|error| format!("{text} is rejected: {error}")));
                    }
                    _ => {
                        refused += 1;
                        rejected += usize::from(error.is_some());
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join(""));
    assert!(accepted > 300 && rejected * 100 > refused * 97, "{accepted} accepted, {rejected} of {refused} rejected");
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
