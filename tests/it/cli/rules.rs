//! `detctl rules`.

use crate::support::run;

#[test]
fn every_rule_is_listed_in_both_forms() {
    let list = run(&["rules"]).exits_with(0).stdout;
    let document = run(&["rules", "--format=json"]).exits_with(0).json();
    assert_eq!(document["version"], 1);
    let rules = document["rules"].as_array().unwrap();
    assert_eq!(rules.len(), list.lines().count());
    for (line, rule) in list.lines().zip(rules) {
        let words: Vec<&str> = line.split_whitespace().take(3).collect();
        let fields = ["id", "severity", "effect"].map(|field| rule[field].as_str().unwrap());
        assert_eq!(words, fields);
        assert!(line.ends_with(rule["summary"].as_str().unwrap()), "{line}");
    }
}
