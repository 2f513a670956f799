//! `detctl capacity`: arguments in, report and exit code out.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::scheduling::records;
use crate::support::{Place, Ran, run};

/// A file of its own for each test, as they run at the same time.
fn file(name: &str, text: &str) -> PathBuf {
    static WRITTEN: AtomicUsize = AtomicUsize::new(0);
    let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("capacity-{number}"));
    std::fs::create_dir_all(&path).unwrap();
    let path = path.join(format!("capacity-{name}"));
    std::fs::write(&path, text).unwrap();
    path
}

fn capacity(pod: &Path, snapshot: &Path, more: &[&str]) -> Ran {
    let mut line = vec!["capacity", "--pod", pod.to_str().unwrap(), "--snapshot", snapshot.to_str().unwrap()];
    line.extend(more);
    Place::new().run(&line)
}

fn scenario(file_name: &str, name: &str) -> (PathBuf, PathBuf) {
    let scenario = records::read(file_name).into_iter().find(|scenario| scenario.name == name).unwrap();
    let list = serde_json::json!({"apiVersion": "v1", "items": scenario.items(), "kind": "List"});
    (file(&format!("{name}-pod.json"), &scenario.pod.to_string()), file(&format!("{name}.json"), &list.to_string()))
}

#[test]
fn json_has_the_documented_members() {
    let (pod, snapshot) = scenario("hand.ndjson.gz", "01_partial_3of4");
    let ran = capacity(&pod, &snapshot, &["--copies", "4", "--format", "json"]).exits_with(1);
    let document = ran.json();
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
    let document = capacity(&pod, &snapshot, &["--format", "json"]).exits_with(0).json();
    assert_eq!((&document["of"], &document["placed"]), (&serde_json::Value::Null, &3.into()));
}

#[test]
fn the_snapshot_may_come_on_standard_input() {
    let (pod, snapshot) = scenario("hand.ndjson.gz", "01_partial_3of4");
    let bytes = std::fs::read(snapshot).unwrap();
    let line = ["capacity", "--pod", pod.to_str().unwrap(), "--snapshot", "-", "--format", "json"];
    let document = Place::new().run_with(&line, &[], &bytes).exits_with(0).json();
    assert_eq!(document["placed"], 3);
}

#[test]
fn what_people_read() {
    let (pod, snapshot) = scenario("live-hand.ndjson.gz", "mix-quota-limitrange-spread");
    let ran = capacity(&pod, &snapshot, &["--copies", "8", "--scheduler-version", "1.41"]).exits_with(1);
    insta::assert_snapshot!(ran);
}

#[test]
fn errors_name_the_place_and_leave_standard_output_empty() {
    let (pod, snapshot) = scenario("hand.ndjson.gz", "01_partial_3of4");
    let cut = std::fs::read_to_string(&snapshot).unwrap();
    let cut = file("cut.json", &cut[..cut.len() / 2]);
    let ran = capacity(&pod, &cut, &["--format", "json"]).exits_with(2);
    assert!(ran.stderr.contains("capacity-cut.json:1:") && ran.stderr.contains("ends in the middle"), "{ran}");
    assert_eq!(ran.stdout, "");
    let ran = capacity(&pod, Path::new("no-such-file.json"), &[]).exits_with(2);
    assert!(ran.stderr.contains("no-such-file.json: cannot be read"), "{ran}");
}

#[test]
fn a_release_is_a_number() {
    for wrong in ["latest", "2.1", "1"] {
        run(&["capacity", "--pod", "p", "--snapshot", "s", "--scheduler-version", wrong]).exits_with(2);
    }
}
