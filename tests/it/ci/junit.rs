//! JUnit XML, by the schema that Jenkins publishes.

use roxmltree::{Document, Node};

use super::{CLEAN, HOSTILE, HOSTILE_PATH, findings, hostile};
use crate::support::Place;

/// The elements of the schema, with what may stand in them.
const ELEMENTS: [(&str, &[&str], &[&str]); 6] = [
    ("testsuites", &["name", "time", "tests", "failures", "disabled", "errors"], &["testsuite"]),
    (
        "testsuite",
        &[
            "name",
            "tests",
            "failures",
            "errors",
            "time",
            "disabled",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
        ],
        &["properties", "testcase", "system-out", "system-err"],
    ),
    (
        "testcase",
        &["name", "assertions", "time", "classname", "status"],
        &["skipped", "error", "failure", "system-out", "system-err"],
    ),
    ("failure", &["type", "message"], &[]),
    ("error", &["type", "message"], &[]),
    ("system-out", &[], &[]),
];

fn check(node: Node<'_, '_>) {
    let name = node.tag_name().name();
    let (_, attributes, children) = ELEMENTS.iter().find(|(known, ..)| *known == name).unwrap();
    for attribute in node.attributes() {
        assert!(attributes.contains(&attribute.name()), "{} of {name}", attribute.name());
    }
    let mut last = 0;
    for child in node.children().filter(Node::is_element) {
        let order = children.iter().position(|known| *known == child.tag_name().name()).unwrap();
        assert!(order >= last, "{} comes too late in {name}", child.tag_name().name());
        last = order;
        check(child);
    }
}

fn count(document: &Document<'_>, name: &str) -> usize {
    document.descendants().filter(|node| node.has_tag_name(name)).count()
}

fn has_counts(document: &Document<'_>) {
    check(document.root_element());
    for suite in document.descendants().filter(|node| node.has_tag_name("testsuite")) {
        let number = |name: &str| suite.attribute(name).unwrap().parse::<usize>().unwrap();
        let within = |name: &str| suite.descendants().filter(|node| node.has_tag_name(name)).count();
        assert_eq!(number("tests"), within("testcase"));
        assert_eq!(number("failures"), within("failure"));
        assert_eq!(number("errors"), within("error"));
        assert!(number("tests") > 0, "a suite without cases");
    }
    let total = |name: &str| document.root_element().attribute(name).unwrap().parse::<usize>().unwrap();
    assert_eq!(total("tests"), count(document, "testcase"));
    assert_eq!(total("failures"), count(document, "failure"));
}

#[test]
fn whatever_the_names_are_the_document_is_valid() {
    let ran = hostile("junit");
    let document = Document::parse(&ran.stdout).unwrap();
    has_counts(&document);
    let suite = document.descendants().find(|node| node.has_tag_name("testsuite")).unwrap();
    assert_eq!(suite.attribute("name"), Some(HOSTILE_PATH));
    assert_eq!(count(&document, "testcase"), findings(&hostile("json")).len());
    let words: String = document.descendants().filter_map(|node| node.text()).collect();
    assert!(words.contains("]]> &amp;"), "{words}");
    assert!(words.chars().all(|character| character == '\n' || character == '\t' || !character.is_control()));
}

#[test]
fn failures_are_what_the_exit_code_counts() {
    let place = Place::with("a.yaml", HOSTILE);
    for (fail_on, code) in [("never", 0), ("error", 1), ("info", 1)] {
        let ran = place.run(&["validate", "--format=junit", "--fail-on", fail_on, "a.yaml"]).exits_with(code);
        let document = Document::parse(&ran.stdout).unwrap();
        has_counts(&document);
        let json = place.run(&["validate", "--format=json", "a.yaml"]);
        let failing =
            findings(&json).iter().filter(|finding| fail_on == "info" || finding["severity"] == "error").count();
        assert_eq!(count(&document, "failure"), if fail_on == "never" { 0 } else { failing }, "{ran}");
    }
}

#[test]
fn clean_files_pass_and_missing_ones_are_errors() {
    let ran = Place::with("a.yaml", CLEAN).run(&["validate", "--format=junit", "a.yaml", "gone.yaml"]).exits_with(2);
    let document = Document::parse(&ran.stdout).unwrap();
    has_counts(&document);
    assert_eq!((count(&document, "testsuite"), count(&document, "error")), (2, 1), "{ran}");
}
