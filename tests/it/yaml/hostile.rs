//! Texts made to hurt: none may end the process, hang it, or be read otherwise than said.

use detctl::source::SourceMap;
use detctl::yaml::parse::{Limits, Parsed, parse};
use detctl::yaml::{NodeKind, ScalarStyle};

use super::{nodes, read};

/// What go-yaml says of a text that it refuses.
fn go_yaml(text: &str) -> Option<String> {
    let (_, _, parsed) = read(text);
    parsed.error.and_then(|error| error.go_yaml)
}

fn read_deep(text: &str, depth: usize) -> Parsed {
    let id = SourceMap::new().add("deep.yaml", "");
    parse(id, text, Limits { depth })
}

/// Block mappings in one another.
fn nested_mappings(depth: usize) -> String {
    (0..depth).map(|column| format!("{:column$}a:\n", "")).collect()
}

#[test]
fn nesting_beyond_go_yaml_is_refused_in_its_words() {
    for piece in ["[", "{a: ", "- ", "? "] {
        let words = go_yaml(&piece.repeat(100_000));
        assert_eq!(words.as_deref(), Some("yaml: exceeded max depth of 10000"), "{piece:?}");
    }
}

#[test]
fn nesting_beyond_our_own_limit_leaves_the_verdict_open() {
    let text = format!("{}{}", "[".repeat(2_000), "]".repeat(2_000));
    let (_, _, parsed) = read(&text);
    let error = parsed.error.unwrap();
    assert_eq!(error.message, "collections are nested more than 1000 deep");
    assert_eq!((error.span.start, error.go_yaml), (1_000, None));
    assert!(parsed.tree.is_empty());
}

#[test]
fn a_fault_behind_our_own_limit_is_still_found() {
    let words = go_yaml(&format!("{}@", "[".repeat(2_000)));
    assert_eq!(words.as_deref(), Some("yaml: found character that cannot start any token"));
}

#[test]
fn deep_trees_are_built_copied_and_dropped_without_recursion() {
    let parsed = read_deep(&nested_mappings(5_000), 10_000);
    assert_eq!(parsed.error, None);
    let copy = parsed.clone();
    drop(parsed);
    assert_eq!(copy.tree.len(), 10_001);
    assert_eq!(read_deep(&format!("{}{}", "[".repeat(9_999), "]".repeat(9_999)), 10_000).error, None);
}

#[test]
fn a_key_has_at_most_1024_characters_before_its_colon() {
    assert_eq!(go_yaml(&format!("{}: v\n", "ü".repeat(1_024))), None);
    let words = go_yaml(&format!("{}: v\n", "ü".repeat(1_025)));
    assert_eq!(words.as_deref(), Some("yaml: mapping values are not allowed in this context"));
    let words = go_yaml(&format!("a: 1\n{}: v\n", "k".repeat(2_000)));
    assert_eq!(words.as_deref(), Some("yaml: line 2: could not find expected ':'"));
}

#[test]
fn many_comments_may_follow_a_bare_key() {
    let (_, _, parsed) = read(&format!("key:\n{}  a: 1\n", "  # comment\n".repeat(5_000)));
    assert_eq!(parsed.error, None);
    assert_eq!((parsed.tree.len(), parsed.tree.comments().len()), (5, 5_000));
}

#[test]
fn forbidden_characters_are_refused_where_they_stand() {
    for (text, at) in [("a: \0", 3), ("a: b\u{7}", 4), ("ä\u{7f}: b", 2), ("a: \u{fffe}", 3), ("a: \u{80}", 3)] {
        let (_, _, parsed) = read(text);
        let error = parsed.error.unwrap();
        assert_eq!(error.go_yaml.as_deref(), Some("yaml: control characters are not allowed"), "{text:?}");
        assert_eq!(error.span.start, at, "{text:?}");
    }
}

#[test]
fn a_forbidden_character_hides_earlier_faults_of_its_piece_only() {
    let near = format!("a: b: c\n{}\0", "#".repeat(400));
    assert_eq!(go_yaml(&near).as_deref(), Some("yaml: control characters are not allowed"));
    let far = format!("a: b: c\n{}\0", "#".repeat(600));
    assert_eq!(go_yaml(&far).as_deref(), Some("yaml: mapping values are not allowed in this context"));
}

#[test]
fn more_lines_than_16_bits_count() {
    let (_, _, parsed) = read(&"- a\n".repeat(70_000));
    assert_eq!(parsed.tree.len(), 70_001);
    let words = go_yaml(&format!("{}@", "- a\n".repeat(70_000)));
    assert_eq!(words.as_deref(), Some("yaml: line 70001: found character that cannot start any token"));
}

#[test]
fn a_billion_laughs_is_a_small_tree() {
    let mut text = "a0: &a0 [lol]\n".to_owned();
    for level in 1..=9 {
        let alias = format!("*a{}", level - 1);
        text += &format!("a{level}: &a{level} [{}]\n", [alias.as_str(); 10].join(", "));
    }
    let (_, _, parsed) = read(&text);
    assert_eq!(parsed.error, None);
    assert_eq!(parsed.tree.len(), 1 + 3 + 9 * 12);
}

#[test]
fn templates_are_named_as_such() {
    for text in ["{{- if .Values.x }}\na: 1\n{{- end }}\n", "a: {{ .x }} b\n"] {
        let (_, _, parsed) = read(text);
        let help = parsed.error.unwrap().help.unwrap();
        assert!(help.contains("helm template"), "{text:?}: {help}");
    }
    // Between braces a template is a mapping whose key is a mapping: no fault of syntax.
    assert_eq!(go_yaml("a: {{ .Values.x }}\n"), None);
}

#[test]
fn long_and_lopsided_texts_are_read_in_one_pass() {
    let (_, _, parsed) = read(&format!("a: \"{}\"\n", "x\\n".repeat(200_000)));
    let last = nodes(&parsed.tree).last().unwrap();
    assert!(matches!(&last.kind, NodeKind::Scalar { text, style: ScalarStyle::DoubleQuoted } if text.len() == 400_000));
    for text in ["[]: ".repeat(50_000), "a: [".repeat(5_000), "&a ".repeat(50_000), "'".repeat(200_001)] {
        assert!(go_yaml(&text).is_some() || read(&text).2.error.is_none(), "{}", &text[..20]);
    }
    let items = "[a, ".repeat(900) + &"b, ".repeat(100_000) + &"]".repeat(900);
    assert_eq!(go_yaml(&items), None);
}
