//! Replays what the real master did with recorded texts.

use std::io::Read as _;

use detctl::formats::master;
use detctl::judge;
use detctl::model::verdict::{Configuration, Json, Verdict};
use detctl::release::Release;
use detctl::rules::{self, Context};
use detctl::source::SourceMap;
use serde_json::Value;

/// The recorded verdicts of this name.
pub(crate) fn fixture(name: &str) -> String {
    format!("{}/fixtures/verdicts/master/{name}.ndjson.gz", env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn records(name: &str) -> Vec<Value> {
    let file = std::fs::File::open(name).unwrap();
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn judge(text: &str, release: Release) -> Configuration {
    let mut sources = SourceMap::new();
    let id = sources.add("master.yaml", text);
    let (tree, syntax) = master::read(id, text);
    let loaded = master::load(id, text, &tree, syntax, release);
    let findings = rules::check(&Context::new(&sources, &tree, &loaded));
    let resolved = loaded.config.as_ref().map(master::resolved::resolved);
    judge::configuration(&findings, resolved)
}

pub(crate) fn plain(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::from(*truth),
        Json::Int(number) => Value::from(*number),
        Json::Float(number) => Value::from(*number),
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => items.iter().map(plain).collect(),
        Json::Object(members) => members.iter().map(|(key, value)| (key.to_string(), plain(value))).collect(),
    }
}

/// Pod specs are compared without nulls and empty objects.
pub(crate) fn slim(value: Value, in_pod: bool) -> Value {
    match value {
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .map(|(key, value)| {
                    let pod = in_pod || key.ends_with("_pod_spec");
                    (key, slim(value, pod))
                })
                .filter(|(_, value)| {
                    !in_pod || !(value.is_null() || value.as_object().is_some_and(serde_json::Map::is_empty))
                })
                .collect(),
        ),
        Value::Array(items) => items.into_iter().map(|item| slim(item, in_pod)).collect(),
        Value::Number(number) => Value::from(number.as_f64().unwrap()),
        other => other,
    }
}

/// What differs from the record; nothing when one of its outcomes is met.
fn difference(record: &Value) -> Option<String> {
    let got = judge(record["yaml"].as_str().unwrap(), Release::default());
    let mut outcomes = vec![record];
    outcomes.extend(record["alternatives"].as_array().into_iter().flatten());
    let mut differences = Vec::new();
    for outcome in outcomes {
        match compare(&got, outcome) {
            Ok(()) => return None,
            Err(difference) => differences.push(difference),
        }
    }
    Some(differences.swap_remove(0))
}

pub(crate) fn compare(got: &Configuration, want: &Value) -> Result<(), String> {
    let stage = want["stage"].as_str().unwrap();
    let verdict = match stage {
        "ok" => Verdict::Accepts,
        "panic" => Verdict::Crashes,
        _ => Verdict::Refuses,
    };
    if (got.verdict, got.phase.as_str()) != (verdict, stage) {
        return Err(format!(
            "{:?} {} {:?}, not {stage} {}",
            got.verdict,
            got.phase.as_str(),
            got.messages,
            want["error"]
        ));
    }
    if verdict != Verdict::Accepts {
        let message = got.messages.first().map_or("", String::as_str);
        let wanted = want["error"].as_str().unwrap();
        let same = if want["unordered_list"] == true {
            sorted_lists(message) == sorted_lists(wanted)
        } else {
            message == wanted
        };
        return if same { Ok(()) } else { Err(format!("{message:?}\n   not {wanted:?}")) };
    }
    let got = slim(plain(&got.resolved.as_ref().unwrap().0), false);
    let want = slim(want["resolved"].clone(), false);
    match first_difference(&got, &want, "") {
        None => Ok(()),
        Some(difference) => Err(format!("resolved{difference}")),
    }
}

/// Lists that the master writes in random order, sorted.
pub(crate) fn sorted_lists(message: &str) -> Vec<String> {
    const STARTS: [&str; 3] = ["must be one of: ", "must be one of types: ", "gpu type must be within: "];
    let sorted = |line: &str| {
        for start in STARTS {
            if let Some((before, list)) = line.split_once(start) {
                let mut words: Vec<&str> = list.split(", ").collect();
                words.sort_unstable();
                return format!("{before}{start}{}", words.join(", "));
            }
        }
        line.to_owned()
    };
    message.lines().map(sorted).collect()
}

/// Where two values part, and how.
pub(crate) fn first_difference(got: &Value, want: &Value, path: &str) -> Option<String> {
    match (got, want) {
        (Value::Object(ours), Value::Object(theirs)) => ours
            .keys()
            .chain(theirs.keys())
            .find_map(|key| first_difference(&got[key], &want[key], &format!("{path}.{key}"))),
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => ours
            .iter()
            .zip(theirs)
            .enumerate()
            .find_map(|(at, (ours, theirs))| first_difference(ours, theirs, &format!("{path}[{at}]"))),
        _ if got == want => None,
        _ => Some(format!("{path}: {got}\n   not {want}")),
    }
}

/// The recorded cases, and more of the same form in files that `DETCTL_VERDICTS` names (separated by colons).
#[test]
fn recorded_verdicts() {
    let more = std::env::var("DETCTL_VERDICTS").unwrap_or_default();
    let more = more.split(':').filter(|path| !path.is_empty()).map(str::to_owned);
    let mut differing = String::new();
    for name in [fixture("hand"), fixture("random"), fixture("generated")].into_iter().chain(more) {
        let records = records(&name);
        let differences: Vec<String> = records
            .iter()
            .filter_map(|record| difference(record).map(|text| format!("{}: {text}", record["id"].as_str().unwrap())))
            .collect();
        if !differences.is_empty() {
            let of = format!("{} of {} in {name}", differences.len(), records.len());
            differing.push_str(&format!("{of} differ:\n{}\n", differences.join("\n")));
        }
    }
    assert!(differing.is_empty(), "{differing}");
}

/// What older releases did with the same texts. A case without a record for a release has the same verdict and
/// words there as in the newest one; key names of the effective configuration differ between releases, so
/// that is compared by the values that every release has.
#[test]
fn recorded_verdicts_of_older_releases() {
    let cases: Vec<Value> = [fixture("hand"), fixture("random")].iter().flat_map(|name| records(name)).collect();
    let older = records(&fixture("older"));
    let mut differences = Vec::new();
    for release in ["0.37.0", "0.36.0", "0.35.0", "0.34.0", "0.33.0", "0.31.0"] {
        for case in &cases {
            let id = case["id"].as_str().unwrap();
            let own = older.iter().find(|record| record["id"] == id && record["version"] == release);
            let record = own.unwrap_or(case);
            let got = judge(case["yaml"].as_str().unwrap(), release.parse().unwrap());
            let mut outcomes = vec![record];
            outcomes.extend(record["alternatives"].as_array().into_iter().flatten());
            let mut faults: Vec<String> =
                outcomes.iter().filter_map(|outcome| compare_loosely(&got, outcome).err()).collect();
            if faults.len() == outcomes.len() {
                differences.push(format!("{release} {id}: {}", faults.swap_remove(0)));
            }
        }
    }
    assert!(differences.is_empty(), "{} differ:\n{}", differences.len(), differences.join("\n"));
}

fn compare_loosely(got: &Configuration, want: &Value) -> Result<(), String> {
    if want["stage"] != "ok" {
        return compare(got, want);
    }
    let Some(resolved) = &got.resolved else {
        return Err(format!("{:?} {:?}, not ok", got.verdict, got.messages));
    };
    let got = plain(&resolved.0);
    let outline = |value: &Value| -> Vec<Value> {
        let managers = value["resource_managers"].as_array().cloned().unwrap_or_default();
        let pools = |manager: &Value| -> Value {
            let pools = manager["resource_pools"].as_array().cloned().unwrap_or_default();
            pools.iter().map(|pool| serde_json::json!([pool["pool_name"], pool["scheduler"]["type"]])).collect()
        };
        let row = |manager: &Value| {
            serde_json::json!([
                manager["type"],
                manager["default_aux_resource_pool"],
                manager["max_slots_per_pod"],
                manager["slot_type"],
                manager["scheduler"]["type"],
                pools(manager),
            ])
        };
        managers.iter().map(row).collect()
    };
    let (got, want) = (outline(&got), outline(&want["resolved"]));
    if got == want { Ok(()) } else { Err(format!("{got:?}\n   not {want:?}")) }
}
