//! GitLab code quality reports, by the rules of its validator.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{CLEAN, HOSTILE_PATH, REAL, hostile, moved};
use crate::support::{Place, Ran, root};

/// What GitLab demands of each entry; it stops at the first that lacks something.
fn issues(ran: &Ran) -> Vec<Value> {
    let document = ran.json();
    let issues = document.as_array().unwrap();
    let mut seen = BTreeSet::new();
    for issue in issues {
        for field in ["description", "fingerprint", "severity", "check_name"] {
            assert!(issue[field].as_str().is_some_and(|text| !text.is_empty()), "{field} in {issue}");
        }
        let severity = issue["severity"].as_str().unwrap();
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity), "{issue}");
        assert!(issue["location"]["path"].as_str().is_some_and(|path| !path.starts_with(['/', '.'])), "{issue}");
        let line = |name: &str| issue["location"]["lines"][name].as_u64().unwrap();
        assert!(line("begin") >= 1 && line("end") >= line("begin"), "{issue}");
        assert!(seen.insert(issue["fingerprint"].clone().to_string()), "two of one fingerprint: {issue}");
    }
    issues.clone()
}

fn of(path: &str, text: &str) -> Vec<Value> {
    issues(&Place::with(path, text).run(&["validate", "--format=gitlab", path]))
}

/// Fingerprints with the rule and the words they stand for.
fn known(issues: &[Value]) -> BTreeMap<String, String> {
    issues.iter().map(|issue| (issue["fingerprint"].to_string(), issue["check_name"].to_string())).collect()
}

#[test]
fn every_entry_is_what_gitlab_demands() {
    assert!(!issues(&hostile("gitlab")).is_empty());
    assert!(of(HOSTILE_PATH, CLEAN).is_empty());
}

#[test]
fn fingerprints_survive_moved_lines_and_differ_between_files() {
    let text = std::fs::read_to_string(root().join(REAL)).unwrap();
    let before = of("master.yaml", &text);
    let after = of("master.yaml", &moved(&text));
    assert!(before.len() > 5);
    assert_eq!(known(&before), known(&after));
    let lines =
        |issues: &[Value]| issues.iter().map(|issue| issue["location"]["lines"]["begin"].clone()).collect::<Vec<_>>();
    assert_ne!(lines(&before), lines(&after), "the lines have moved");
    let elsewhere = known(&of("other.yaml", &text));
    assert!(known(&before).keys().all(|fingerprint| !elsewhere.contains_key(fingerprint)));
}

#[test]
fn equal_lines_have_fingerprints_of_their_own() {
    let text = crate::report::many_pools(40);
    assert_eq!(of("master.yaml", &format!("{text}resource_manager_: 1\n")).len(), {
        let ran = Place::with("master.yaml", format!("{text}resource_manager_: 1\n"));
        super::findings(&ran.run(&["validate", "--format=json", "master.yaml"])).len()
    });
}
