//! SARIF logs: places, fixes, rules and what alerts are recognised by.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{CLEAN, REAL, findings, hostile, moved, real};
use crate::support::{Place, Ran, root};

fn run(ran: &Ran) -> Value {
    let log = ran.json();
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    log["runs"][0].clone()
}

fn results(run: &Value) -> &Vec<Value> {
    run["results"].as_array().unwrap()
}

/// What code scanning demands of a log before it takes it in.
fn is_complete(run: &Value) {
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[text]["text"].as_str().is_some_and(|text| !text.is_empty()), "{text} of {rule}");
        }
        assert!(rule["help"]["markdown"].as_str().is_some_and(|text| text.contains("**Effect:**")), "{rule}");
        assert!(rule["properties"]["tags"].as_array().is_some_and(|tags| tags.contains(&rule["properties"]["effect"])));
    }
    for result in results(run) {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)), "{uri}");
        let number = |name: &str| place["region"][name].as_u64().unwrap();
        let (start, end) = ((number("startLine"), number("startColumn")), (number("endLine"), number("endColumn")));
        assert!(start >= (1, 1) && end >= start, "{place}");
    }
}

#[test]
fn a_log_has_what_code_scanning_demands() {
    for ran in [real("sarif"), hostile("sarif")] {
        is_complete(&run(&ran));
    }
    let hostile = run(&hostile("sarif"));
    let uri = &results(&hostile)[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "we%2Cird%3A%20%25na%60m%40e%26%3C%C3%A4%3E%F0%9F%9A%80%23%3F.yaml");
}

#[test]
fn results_stand_where_the_findings_do() {
    let json = findings(&real("json"));
    let log = run(&real("sarif"));
    assert_eq!(results(&log).len(), json.len());
    for (result, finding) in results(&log).iter().zip(&json) {
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert_eq!(region["startLine"], finding["labels"][0]["line"]);
        assert_eq!(region["startColumn"], finding["labels"][0]["column"]);
        let related = result["relatedLocations"].as_array().map_or(0, Vec::len);
        assert_eq!(related + 1, finding["labels"].as_array().unwrap().len());
        assert_eq!(result["fixes"].is_array(), finding["fixable"].is_string());
    }
}

#[test]
fn columns_are_characters_as_the_log_says() {
    let text = "resource_manager: {type: kubernetes, max_slots_per_pod: 1, \"🚀\": 1}\n";
    let ran = Place::with("a.yaml", text).run(&["validate", "--format=sarif", "--kind=master", "a.yaml"]);
    let log = run(&ran);
    assert_eq!(log["columnKind"], "unicodeCodePoints");
    let unknown = results(&log).iter().find(|result| result["ruleId"] == "unknown-key").unwrap();
    let region = &unknown["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startColumn"], &region["endColumn"]), (&60.into(), &63.into()), "{region}");
}

#[test]
fn alerts_are_recognised_when_lines_move() {
    let text = std::fs::read_to_string(root().join(REAL)).unwrap();
    let of = |text: &str| run(&Place::with("a.yaml", text).run(&["validate", "--format=sarif", "a.yaml"]));
    let known = |log: &Value, name: &str| {
        let prints = results(log).iter().map(|result| result["partialFingerprints"][name].to_string());
        prints.collect::<Vec<_>>()
    };
    let (before, after) = (of(&text), of(&moved(&text)));
    let own = known(&before, "detctl/v1");
    assert_eq!(own, known(&after, "detctl/v1"));
    assert_eq!(own.iter().collect::<BTreeSet<_>>().len(), own.len());
    let shifted = of(&format!("# one line\n# another\n{text}"));
    assert_eq!(known(&before, "primaryLocationLineHash"), known(&shifted, "primaryLocationLineHash"));
}

/// The applied fix of a log is what the rule meant: its text stands in the place of the old one.
#[test]
fn fixes_replace_what_they_should() {
    let log = run(&real("sarif"));
    let result = results(&log).iter().find(|result| result["ruleId"] == "deprecated-key").unwrap();
    let change = &result["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], REAL);
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "cluster_name");
    let region = &change["replacements"][0]["deletedRegion"];
    assert_eq!(region, &result["locations"][0]["physicalLocation"]["region"]);
}

#[test]
fn a_clean_run_is_a_run_that_closes_alerts() {
    let place = Place::with("a.yaml", CLEAN);
    let log = run(&place.run(&["validate", "--format=sarif", "a.yaml"]).exits_with(0));
    assert!(results(&log).is_empty());
    assert_eq!(log["invocations"][0]["executionSuccessful"], true);
    assert!(log.get("automationDetails").is_none(), "it would win over the category of the upload");
    let log = run(&place.run(&["validate", "--format=sarif", "a.yaml", "gone.yaml"]).exits_with(2));
    assert_eq!(log["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn fixes_of_secrets_are_left_to_the_command_line() {
    let text = "db:\n  password: 0x1F4Canary\nsecurity:\n  initial_user_password: yes\nname: x\n";
    let ran = Place::with("a.yaml", text).run(&["validate", "--format=sarif", "--kind=master", "a.yaml"]);
    for result in results(&run(&ran)) {
        let line = result["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64().unwrap();
        assert!(![2, 4].contains(&line) || result["fixes"].is_null(), "{result}");
    }
}
