//! Every recorded text of a real master: what it could not read, and in which words.

use std::io::Read as _;
use std::path::Path;

use serde_json::Value;

use super::read;

/// The records of one file of `fixtures/verdicts/master`.
pub(super) fn records(file: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/verdicts/master").join(file);
    let mut text = String::new();
    let packed = std::fs::read(path).unwrap();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut text).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Faults that the master finds in what a text means, not in how it is written.
const NOT_SYNTAX: [&str; 2] = ["yaml: invalid map key", "yaml: map merge requires map"];

/// The fault of syntax that a record tells of.
fn syntax_error(record: &Value) -> Option<&str> {
    let (_, words) = record["error"].as_str()?.split_once("error converting YAML to JSON: ")?;
    let is_syntax = words.starts_with("yaml: ") && !NOT_SYNTAX.iter().any(|other| words.starts_with(other));
    is_syntax.then_some(words)
}

#[test]
fn syntax_errors_have_the_masters_words() {
    let mut refused = 0;
    for record in records("hand.ndjson.gz").iter().chain(&records("random.ndjson.gz")) {
        let (_, _, parsed) = read(record["yaml"].as_str().unwrap());
        let words = parsed.error.map(|error| error.go_yaml.unwrap());
        assert_eq!(words.as_deref(), syntax_error(record), "{}", record["id"]);
        refused += usize::from(words.is_some());
    }
    assert_eq!(refused, 18);
}
