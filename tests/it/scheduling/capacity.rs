//! The command itself: arguments in, report and outcome out.

use std::path::{Path, PathBuf};

use clap::Parser;
use detctl::commands::capacity::{CapacityArgs, CapacityError, CapacityOutcome, run};

use super::records;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    args: CapacityArgs,
}

fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("capacity-{name}"));
    std::fs::write(&path, text).unwrap();
    path
}

fn run_with(
    pod: &Path,
    snapshot: &Path,
    more: &[&str],
) -> (Result<CapacityOutcome, CapacityError>, String) {
    let mut line = vec![
        "capacity",
        "--pod",
        pod.to_str().unwrap(),
        "--snapshot",
        snapshot.to_str().unwrap(),
    ];
    line.extend(more);
    let args = Line::try_parse_from(line).unwrap().args;
    let mut out = Vec::new();
    let outcome = run(&args, &mut out);
    (outcome, String::from_utf8(out).unwrap())
}

fn scenario(file_name: &str, name: &str) -> (PathBuf, PathBuf) {
    let scenario = records::read(file_name)
        .into_iter()
        .find(|scenario| scenario.name == name)
        .unwrap();
    let list = serde_json::json!({"apiVersion": "v1", "items": scenario.items(), "kind": "List"});
    (
        file(&format!("{name}-pod.json"), &scenario.pod.to_string()),
        file(&format!("{name}.json"), &list.to_string()),
    )
}

#[test]
fn json_has_the_documented_members() {
    let (pod, snapshot) = scenario("hand.ndjson.gz", "01_partial_3of4");
    let (outcome, text) = run_with(&pod, &snapshot, &["--copies", "4", "--format", "json"]);
    assert_eq!(outcome.unwrap(), CapacityOutcome::Fewer);
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let expected = serde_json::json!({"version": 1, "of": 4, "created": 4, "placed": 3, "rejected": null,
        "reasons": {"Insufficient nvidia.com/gpu": 3},
        "nodes": [{"name": "a", "room": 1}, {"name": "b", "room": 1}, {"name": "c", "room": 1}]});
    for (member, value) in expected.as_object().unwrap() {
        assert_eq!(&document[member], value, "{member}");
    }
}

#[test]
fn without_a_number_as_many_as_fit_are_counted() {
    let (pod, snapshot) = scenario("hand.ndjson.gz", "01_partial_3of4");
    let (outcome, text) = run_with(&pod, &snapshot, &["--format", "json"]);
    assert_eq!(outcome.unwrap(), CapacityOutcome::AllFit);
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&document["of"], &document["placed"]),
        (&serde_json::Value::Null, &3.into())
    );
}

#[test]
fn what_people_read() {
    let (pod, snapshot) = scenario("live-hand.ndjson.gz", "mix-quota-limitrange-spread");
    let (outcome, text) = run_with(
        &pod,
        &snapshot,
        &["--copies", "8", "--scheduler-version", "1.41"],
    );
    assert_eq!(outcome.unwrap(), CapacityOutcome::Fewer);
    for part in [
        "copies of pod \"det\"",
        "The rules of kube-scheduler 1.41 are not known; those of 1.37 are used.",
        "Not let in  copy 5: pods \"det-5\" is forbidden: exceeded quota: q",
        "Chance      a rule couples nodes",
        "Assumed     kube-scheduler runs its default profile",
        "Not checked ",
    ] {
        assert!(text.contains(part), "{text}\nlacks {part}");
    }
}

#[test]
fn errors_name_the_place_and_leave_standard_output_empty() {
    let (pod, snapshot) = scenario("hand.ndjson.gz", "01_partial_3of4");
    let cut = std::fs::read_to_string(&snapshot).unwrap();
    let cut = file("cut.json", &cut[..cut.len() / 2]);
    let (outcome, text) = run_with(&pod, &cut, &["--format", "json"]);
    let message = outcome.unwrap_err().to_string();
    assert!(
        message.contains("capacity-cut.json:1:") && message.contains("ends in the middle"),
        "{message}"
    );
    assert_eq!(text, "");
    let missing = Path::new("no-such-file.json");
    let message = run_with(&pod, missing, &[]).0.unwrap_err().to_string();
    assert!(
        message.starts_with("no-such-file.json: cannot be read"),
        "{message}"
    );
}

#[test]
fn a_release_is_a_number() {
    for wrong in ["latest", "2.1", "1"] {
        assert!(
            Line::try_parse_from([
                "c",
                "--pod",
                "p",
                "--snapshot",
                "s",
                "--scheduler-version",
                wrong
            ])
            .is_err(),
            "{wrong}"
        );
    }
}
