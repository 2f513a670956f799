//! Markdown, read by a parser: what comes from files is code and nothing else.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{HOSTILE_PATH, hostile};
use crate::support::Place;

/// The text outside of code, and the text in it.
fn divided(markdown: &str) -> (String, String) {
    let (mut prose, mut code) = (String::new(), String::new());
    let mut inside = false;
    for event in Parser::new_ext(markdown, Options::all()) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => inside = true,
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(text) if inside => code.push_str(&text),
            Event::Text(text) => prose.push_str(&text),
            Event::Code(text) => code.push_str(&text),
            Event::SoftBreak | Event::End(_) => prose.push('\n'),
            Event::Start(Tag::Heading { .. } | Tag::List(None) | Tag::Item | Tag::Paragraph | Tag::Strong) => {}
            other => panic!("{other:?} in\n{markdown}"),
        }
    }
    (prose, code)
}

#[test]
fn names_are_code_and_do_nothing() {
    let ran = hostile("markdown");
    let (prose, code) = divided(&ran.stdout);
    assert!(code.contains(HOSTILE_PATH) && code.contains("CANARY"), "{ran}");
    assert!(
        !prose.contains("CANARY") && !prose.contains(['@', '#', '<', '`', '|', '&', '*', '_', '[', '/']),
        "{prose}"
    );
    assert!(prose.contains("1 file checked: "), "{prose}");
}

#[test]
fn what_would_not_fit_into_a_comment_is_counted() {
    let mut text = "resource_manager:\n  type: kubernetes\n  max_slots_per_pod: 8\n".to_owned();
    for number in 0..2_000 {
        text.push_str(&format!("unknown_{number}: 1\n"));
    }
    let ran = Place::with("a.yaml", text).run(&["validate", "--format=markdown", "a.yaml"]).exits_with(1);
    assert!(ran.stdout.chars().count() < 65_536, "{} characters", ran.stdout.chars().count());
    assert!(ran.stdout.trim_end().ends_with("would not fit into a comment; the log has everything."), "{ran}");
    divided(&ran.stdout);
}
