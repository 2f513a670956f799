//! Where things stand, byte for byte.

use detctl::yaml::{NodeKind, ScalarStyle};

use super::{nodes, read};

/// What each node of a text shows, and what its scalar says.
fn shown(text: &str) -> Vec<(String, Option<String>)> {
    let (map, _, parsed) = read(text);
    assert_eq!(parsed.error, None, "{text:?}");
    let one = |node: detctl::yaml::Node<'_>| {
        let said = match node.kind {
            NodeKind::Scalar { text, .. } => Some(text.to_string()),
            _ => None,
        };
        (map.slice(node.span).to_owned(), said)
    };
    nodes(&parsed.tree).map(one).collect()
}

fn check(text: &str, expected: &[(&str, Option<&str>)]) {
    let shown = shown(text);
    let shown: Vec<(&str, Option<&str>)> = shown.iter().map(|(span, said)| (span.as_str(), said.as_deref())).collect();
    assert_eq!(shown, expected, "{text:?}");
}

#[test]
fn quotes_and_brackets_belong_to_a_node_and_properties_do_not() {
    check("ä: &x !!str 'b''c' # d\n", &[("ä: &x !!str 'b''c'", None), ("ä", Some("ä")), ("'b''c'", Some("b'c"))]);
    check(
        "[ a, {b: c}, ]\n",
        &[("[ a, {b: c}, ]", None), ("a", Some("a")), ("{b: c}", None), ("b", Some("b")), ("c", Some("c"))],
    );
}

#[test]
fn absent_values_stand_behind_their_indicator() {
    let text = "a:\nb: !!str\n? c\n";
    let (_, _, parsed) = read(text);
    let empty: Vec<u32> = nodes(&parsed.tree).filter(|node| node.span.is_empty()).map(|node| node.span.start).collect();
    assert_eq!(empty, [2, 11, 15]);
    check("- \n-\n", &[("- \n-", None), ("", Some("")), ("", Some(""))]);
}

#[test]
fn blocks_of_text_run_from_their_indicator_to_their_last_line() {
    check(
        "a: |-  # c\n  x\n\n  y\n\n\nb: 1\n",
        &[
            ("a: |-  # c\n  x\n\n  y\n\n\nb: 1", None),
            ("a", Some("a")),
            ("|-  # c\n  x\n\n  y", Some("x\n\ny")),
            ("b", Some("b")),
            ("1", Some("1")),
        ],
    );
    check("a: >+\n\n", &[("a: >+", None), ("a", Some("a")), (">+", Some("\n"))]);
}

#[test]
fn every_line_break_of_yaml_1_1_counts() {
    for line_break in ["\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}"] {
        let text = ["a:", "  b: 1", "  c: x", "    y", ""].join(line_break);
        let said: Vec<Option<String>> = shown(&text).into_iter().map(|(_, said)| said).collect();
        let folded = if line_break.starts_with('\u{2028}') || line_break.starts_with('\u{2029}') {
            format!("x{line_break}y")
        } else {
            "x y".to_owned()
        };
        let words = [None, Some("a"), None, Some("b"), Some("1"), Some("c"), Some(&folded)];
        assert_eq!(said, words.map(|word| word.map(str::to_owned)), "{line_break:?}");
    }
}

#[test]
fn a_byte_order_mark_starts_a_text_and_counts_as_bytes() {
    check("\u{feff}a: b\n", &[("a: b", None), ("a", Some("a")), ("b", Some("b"))]);
}

#[test]
fn duplicate_keys_stay() {
    let (_, _, parsed) = read("a: 1\na: 2\n");
    let root = parsed.tree.node(parsed.tree.documents()[0].root.unwrap());
    assert!(matches!(&root.kind, NodeKind::Mapping { entries, .. } if entries.len() == 2));
}

#[test]
fn all_documents_are_kept_up_to_a_broken_one() {
    let (map, _, parsed) = read("# c\na: 1\n--- b\n...\n---\n---\n[\n");
    let spans: Vec<&str> = parsed.tree.documents().iter().map(|document| map.slice(document.span)).collect();
    assert_eq!(spans, ["a: 1", "--- b\n...", "---"]);
    assert_eq!(parsed.tree.documents()[2].root, None);
    assert_eq!(parsed.error, None);
    assert_eq!(parsed.later.unwrap().message, "this `[` is never closed");
}

#[test]
fn tags_are_resolved() {
    let (_, _, parsed) = read("%TAG !e! tag:e,1:\n---\n[!!int '1', !e!x 2, !y 3, ! 4, !<z> 5, !e!%41 6]\n");
    let tags: Vec<&str> = nodes(&parsed.tree).filter_map(|node| Some(node.tag()?.name.as_str())).collect();
    assert_eq!(tags, ["tag:yaml.org,2002:int", "tag:e,1:x", "!y", "!", "z", "tag:e,1:A"]);
}

#[test]
fn an_alias_may_stand_inside_its_own_anchor() {
    let (map, _, parsed) = read("a: &x [*x]\n");
    let root = parsed.tree.documents()[0].root.unwrap();
    let aliases = nodes(&parsed.tree).filter_map(|node| match node.kind {
        NodeKind::Alias { target } => Some(*target),
        _ => None,
    });
    let targets: Vec<&str> = aliases.map(|target| map.slice(parsed.tree.node(target).span)).collect();
    assert_eq!(targets, ["[*x]"]);
    assert_eq!(map.slice(parsed.tree.node(root).span), "a: &x [*x]");
}

#[test]
fn styles_are_kept() {
    let (_, _, parsed) = read("[a, 'b', \"c\"]\n");
    let styles: Vec<ScalarStyle> = nodes(&parsed.tree)
        .filter_map(|node| match node.kind {
            NodeKind::Scalar { style, .. } => Some(*style),
            _ => None,
        })
        .collect();
    assert_eq!(styles, [ScalarStyle::Plain, ScalarStyle::SingleQuoted, ScalarStyle::DoubleQuoted]);
}
