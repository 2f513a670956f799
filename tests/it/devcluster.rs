//! Replays what devcluster made of recorded files, and the master of the configurations that devcluster wrote.

use detctl::formats::devcluster::{self, Environment};
use detctl::judge::{self, Judgement, Options};
use detctl::model::verdict::{Kind, Verdict};
use detctl::source::SourceMap;
use serde_json::Value;

use crate::support::Place;
use crate::verdicts;

/// The environment in which the records were made.
pub(crate) fn environment() -> Environment {
    let mut environment = Environment::default();
    for (name, value) in [
        ("HOME", "/home/dev"),
        ("USER", "dev"),
        ("DOCKER_LOCALHOST", "10.0.0.5"),
        ("GATEWAY_IP", "10.1.1.1"),
        ("PORT", "8080"),
        ("POOL", "envpool"),
        ("SLOTS", "4"),
        ("EMPTY", ""),
        ("TRAP", "on"),
        ("YAMLISH", "a: b"),
    ] {
        environment.set(name, value);
    }
    environment
}

pub(crate) fn fixture() -> String {
    format!("{}/fixtures/verdicts/devcluster/hand.ndjson.gz", env!("CARGO_MANIFEST_DIR"))
}

fn judged(text: &str) -> (SourceMap, Judgement) {
    let mut sources = SourceMap::new();
    let id = sources.add("devcluster.yaml", text);
    let options = Options { environment: environment(), ..Options::default() };
    let judgement = judge::judge(&mut sources, id, Some(Kind::Devcluster), &options).unwrap();
    (sources, judgement)
}

fn text(record: &Value) -> &str {
    record["yaml"].as_str().unwrap()
}

/// What differs from a record.
fn difference(record: &Value) -> Result<(), String> {
    let (_, judgement) = judged(text(record));
    let want = &record["devcluster"];
    let got = &judgement.configurations;
    if want["accept"] != true {
        let [only] = &got[..] else { return Err(format!("{} configurations", got.len())) };
        let is = (only.verdict, only.phase.as_str(), only.messages.first().map(String::as_str), only.stage.as_deref());
        let wanted = (Verdict::DevclusterFails, want["stage"].as_str().unwrap(), want["error"].as_str(), None);
        return if is == wanted { Ok(()) } else { Err(format!("{is:?}\n   not {wanted:?}")) };
    }
    let masters: Vec<&Value> =
        want["stages"].as_array().unwrap().iter().filter(|stage| stage["kind"] == "Master").collect();
    if masters.is_empty() {
        let only = &got[0];
        let fits =
            got.len() == 1 && only.stage.is_none() && only.verdict == Verdict::Accepts && only.resolved.is_none();
        return if fits { Ok(()) } else { Err(format!("{got:?}")) };
    }
    if masters.len() != got.len() {
        return Err(format!("{} stages, not {}: {:?}", got.len(), masters.len(), got[0].messages));
    }
    for (stage, configuration) in masters.iter().zip(got) {
        if stage["name"].as_str() != configuration.stage.as_deref() {
            return Err(format!("{:?}, not {}", configuration.stage, stage["name"]));
        }
        if !stage["master"].is_null() {
            verdicts::compare(configuration, &stage["master"])?;
        }
    }
    Ok(())
}

/// What differs in the written configurations.
fn written(record: &Value) -> Result<(), String> {
    let mut sources = SourceMap::new();
    let id = sources.add("devcluster.yaml", text(record));
    let outcome = devcluster::load(&mut sources, id, &environment());
    let stages = record["devcluster"]["stages"].as_array().cloned().unwrap_or_default();
    let wanted = stages.iter().filter(|stage| stage["kind"] == "Master").map(|stage| stage["config_text"].as_str());
    for (written, wanted) in outcome.masters.iter().zip(wanted) {
        if Some(&*written.text) != wanted {
            return Err(format!("wrote {:?}\n  not {:?}", written.text, wanted.unwrap_or_default()));
        }
    }
    Ok(())
}

/// The recorded files, and more of the same form in files that `DETCTL_DEVCLUSTER_VERDICTS` names (separated by colons);
/// these may leave out what the master says.
#[test]
fn recorded_verdicts() {
    let more = std::env::var("DETCTL_DEVCLUSTER_VERDICTS").unwrap_or_default();
    let more = more.split(':').filter(|path| !path.is_empty()).map(str::to_owned);
    let mut wrong = String::new();
    for name in [fixture()].into_iter().chain(more) {
        let records = verdicts::records(&name);
        assert!(records.len() >= 100);
        for record in &records {
            for fault in [written(record), difference(record)].into_iter().filter_map(Result::err) {
                wrong.push_str(&format!("{} ({}): {fault}\n", record["id"].as_str().unwrap(), record["note"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn findings_point_into_the_devcluster_file() {
    for record in verdicts::records(&fixture()) {
        let (sources, judgement) = judged(text(&record));
        let (own, file) = sources.iter().next().unwrap();
        for finding in &judgement.findings {
            for label in &finding.labels {
                let place = file.text().get(label.span.start as usize..label.span.end as usize);
                assert!(label.span.source == own && place.is_some(), "{}: {finding:?}", record["id"]);
            }
        }
    }
}

#[test]
fn what_the_master_does_not_see_is_found_in_the_devcluster_file() {
    let text = "\
stages:
  - db:
      password: CANARY$$1
  - master:
      config_file:
        port: 010
        db: {password: CANARY$$1}
        resource_manager:
          type: kubernetes
          cluster_name: onprem
          max_slots_per_pod: $SLOTS
";
    let place = Place::with("devcluster.yaml", text);
    let ran = place.run(&["validate", "--env=SLOTS=8", "devcluster.yaml"]).exits_with(1);
    assert!(!ran.stdout.contains("CANARY"), "{ran}");
    let ran = place.run(&["validate", "--env=SLOTS=8", "--format=concise", "devcluster.yaml"]).exits_with(1);
    for wanted in [
        ":3:17: info[devcluster-dollar] ",
        ":6:15: warning[octal-number] ",
        ":7:24: info[devcluster-dollar] ",
        ":11:30: error[wrong-type] ",
    ] {
        assert!(ran.stdout.contains(&format!("devcluster.yaml{wanted}")), "{wanted}: {ran}");
    }
}

/// Depths at which devcluster's own command ends with Python's stack.
#[test]
fn deep_texts_end_like_pythons_stack() {
    let composed = |depth: usize| format!("stages: []\ncommands: {}1{}\n", "{a: ".repeat(depth), "}".repeat(depth));
    let dumped = |depth: usize| {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        format!("stages:\n- master:\n    config_file: {open}1{close}\n")
    };
    let table = [
        (composed(490), "config", "CommandConfig must be either a string or a list of strings"),
        (composed(491), "yaml", "maximum recursion depth exceeded"),
        (dumped(329), "parse", ""),
        (dumped(330), "build", "maximum recursion depth exceeded in __instancecheck__"),
    ];
    for (text, phase, words) in table {
        let (_, judgement) = judged(&text);
        let first = &judgement.configurations[0];
        assert_eq!(first.phase.as_str(), phase, "{first:?}");
        assert!(words.is_empty() || first.messages.first().map(String::as_str) == Some(words), "{first:?}");
    }
}

/// A variable stands for a secret and is none; a password with a dollar in it is one.
#[test]
fn variables_without_a_value_are_named_and_passwords_are_not() {
    let text = |password: &str| {
        format!("stages:\n- master:\n    config_file:\n      security:\n        initial_user_password: {password}\n")
    };
    let run = |password: &str| Place::with("a.yaml", text(password)).run(&["validate", "a.yaml"]);
    let named = run("$INITIAL_USER_PASSWORD");
    assert!(named.stdout.contains("`$INITIAL_USER_PASSWORD` has no value"), "{named}");
    let covered = run("pa$ecret9");
    assert!(covered.stdout.contains("taken for a variable") && !covered.stdout.contains("ecret"), "{covered}");
}
