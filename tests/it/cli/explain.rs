//! `detctl explain`.

use crate::support::run;

#[test]
fn a_rule_is_explained() {
    insta::assert_snapshot!(run(&["explain", "duplicate-pool-name"]).exits_with(0));
}

#[test]
fn every_rule_has_an_explanation() {
    let document = run(&["rules", "--format=json"]).json();
    for rule in document["rules"].as_array().unwrap() {
        let (id, summary) = (rule["id"].as_str().unwrap(), rule["summary"].as_str().unwrap());
        let text = run(&["explain", id]).exits_with(0).stdout;
        assert!(text.contains(id) && text.contains(summary), "{text}");
    }
}

#[test]
fn an_unknown_rule_is_an_error_with_a_suggestion() {
    let ran = run(&["explain", "duplicate-pool-nam"]).exits_with(2);
    assert!(ran.stderr.contains("did you mean `duplicate-pool-name`?"), "{ran}");
    let ran = run(&["explain", "something"]).exits_with(2);
    assert!(ran.stderr.contains("`detctl rules` lists them all"), "{ran}");
}
