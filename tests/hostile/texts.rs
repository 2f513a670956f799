//! The texts. Each is a way to make some reader of YAML abort, hang, or take all memory.

use std::fmt::Write as _;

/// A name and a way to make the text.
type Text = (&'static str, fn() -> Vec<u8>);

/// All of them.
pub(crate) const ALL: &[Text] = &[
    ("billion_laughs", || laughs(9, 10)),
    ("aliases_of_a_large_list", || repeated_alias(2_000, 2_000)),
    ("self_alias", || b"resource_manager: &a\n  type: [*a, *a]\n".to_vec()),
    ("merge_of_merges", merges),
    ("merge_of_one_many_times", || format!("a: &a {{k: v}}\nb: {{<<: [{}]}}\n", "*a, ".repeat(10_000)).into()),
    ("100k_open_brackets", || "[".repeat(100_000).into()),
    ("100k_open_braces", || "{a: ".repeat(100_000).into()),
    ("100k_dashes", || "- ".repeat(100_000).into()),
    ("100k_question_marks", || "? ".repeat(100_000).into()),
    ("200_open_brackets", || "[".repeat(200).into()),
    ("1000_nested_flow_lists", || format!("resource_pools: {}{}\n", "[".repeat(990), "]".repeat(990)).into()),
    ("9000_nested_flow_lists", || format!("resource_pools: {}{}\n", "[".repeat(9_000), "]".repeat(9_000)).into()),
    ("900_nested_block_mappings", || nested(900)),
    ("4000_nested_block_mappings", || nested(4_000)),
    ("half_nested_half_wide", || format!("{}{}{}", "[a, ".repeat(900), "b, ".repeat(20_000), "]".repeat(900)).into()),
    ("key_of_2000_characters", || format!("a: 1\n{}: v\n", "k".repeat(2_000)).into()),
    ("200_comment_lines_behind_a_key", || commented(200)),
    ("5000_comment_lines_behind_a_key", || commented(5_000)),
    ("70000_lines", || "- a\n".repeat(70_000).into()),
    ("10000_documents", || "---\na: 1\n".repeat(10_000).into()),
    ("byte_order_mark", || format!("\u{feff}{MASTER}").into()),
    ("byte_order_mark_in_the_middle", || format!("{MASTER}---\n\u{feff}a: 1\n").into()),
    ("crlf", || MASTER.replace('\n', "\r\n").into()),
    ("lone_cr", || MASTER.replace('\n', "\r").into()),
    ("utf_16", || format!("\u{feff}{MASTER}").encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ("utf_16_of_a_megabyte", || {
        "\u{feff}a: b".encode_utf16().chain(std::iter::repeat_n(97, 500_000)).flat_map(u16::to_be_bytes).collect()
    }),
    ("nul", || format!("{MASTER}\0").into()),
    ("bell", || format!("{MASTER}a: \u{7}\n").into()),
    ("next_line", || MASTER.replace('\n', "\u{85}").into()),
    ("zeros", || vec![0; 1_000_000]),
    ("every_byte", || (0..=255).cycle().take(1_000_000).collect()),
    ("template", || b"{{- if .Values.x }}\na: {{ .Values.y }}\n{{- end }}\n".to_vec()),
    ("percent", || b"a: %foo\n".to_vec()),
    ("tab_behind_a_colon", || b"resource_manager:\t{type:\tkubernetes}\n".to_vec()),
    ("tab_as_indentation", || b"resource_manager: {\n\ttype: kubernetes}\n".to_vec()),
    ("open_quote", || format!("a: \"{}", "x\n".repeat(100_000)).into()),
    ("only_quotes", || "'".repeat(200_001).into()),
    ("escapes", || format!("a: \"{}\"\n", "\\x41".repeat(200_000)).into()),
    ("anchors_without_end", || "&a ".repeat(50_000).into()),
    ("distinct_anchors", || numbered(20_000, "- &a{} x\n")),
    ("empty_keys", || "[]: ".repeat(50_000).into()),
    ("one_line_of_a_megabyte", || format!("a: {}\n", "x ".repeat(500_000)).into()),
    ("block_scalar_of_a_megabyte", || format!("a: |\n{}", "  x\n".repeat(250_000)).into()),
    ("one_key_many_times", || "resource_pools: []\n".repeat(5_000).into()),
    ("many_unknown_keys", || numbered(1_000, "unknown_{}: 1\n")),
    ("many_fixes_that_spoil", || numbered(60, "chekpoint_storage{}: 1\n")),
    ("many_unknown_keys_in_a_manager", || {
        [b"resource_manager:\n".to_vec(), numbered(3_000, "  clustre_name{}: 1\n")].concat()
    }),
    ("many_pools_of_one_name", || format!("{HEAD}{}", "  - pool_name: a\n".repeat(3_000)).into()),
    ("many_managers", || {
        [MASTER.into(), b"additional_resource_managers:\n".to_vec(), numbered(1_000, MANAGER)].concat()
    }),
    ("many_secrets_and_faults", || numbered(3_000, "password: Secret-Canary{}\n")),
    ("many_suppressions", || numbered(3_000, "a{}: 1 # detctl: ignore[unknown-key, dropped-key] x\n")),
    ("many_dollars", || {
        format!("stages: [{{master: {{config_file: {{a: \"{}\"}}}}}}]\n", "${A".repeat(100_000)).into()
    }),
    ("many_colons", || ":".repeat(200_000).into()),
    ("many_passwords_on_one_line", || format!("a: [{}]\n", "{password: b}, ".repeat(10_000)).into()),
    ("passwords_in_one_another", || {
        (0..600).map(|column| format!("{:column$}password:\n", "")).collect::<String>().into()
    }),
    ("tags", || "!a ".repeat(50_000).into()),
    ("binary", || format!("a: !!binary {}\n", "AAAA".repeat(250_000)).into()),
    ("digits", || format!("port: {}\n", "1".repeat(1_000_000)).into()),
    ("sexagesimal", || format!("port: {}\n", "1:".repeat(100_000)).into()),
];

/// The start of a configuration, before its pools.
const HEAD: &str = "resource_manager:\n  type: kubernetes\n  max_slots_per_pod: 8\nresource_pools:\n";

const MASTER: &str =
    "resource_manager:\n  type: kubernetes\n  max_slots_per_pod: 8\nresource_pools:\n  - pool_name: default\n";

const MANAGER: &str = "  - resource_manager: {type: kubernetes, max_slots_per_pod: 8, cluster_name: c{}}\n    resource_pools: [{pool_name: p{}}]\n";

/// A piece, its `{}` replaced by each number in turn.
fn numbered(count: usize, piece: &str) -> Vec<u8> {
    (0..count).map(|number| piece.replace("{}", &number.to_string())).collect::<String>().into()
}

/// Lists of aliases of lists of aliases.
fn laughs(levels: usize, width: usize) -> Vec<u8> {
    let mut text = String::from("a0: &a0 [lol]\n");
    for level in 1..=levels {
        let aliases = vec![format!("*a{}", level - 1); width].join(", ");
        let _ = writeln!(text, "a{level}: &a{level} [{aliases}]");
    }
    text.into()
}

fn repeated_alias(items: usize, aliases: usize) -> Vec<u8> {
    format!("a: &a [{}]\nb: [{}]\n", "x, ".repeat(items), "*a, ".repeat(aliases)).into()
}

/// Each mapping merges the one before twice.
fn merges() -> Vec<u8> {
    let mut text = String::from("a0: &a0 {k: v}\n");
    for level in 1..200 {
        let _ = writeln!(text, "a{level}: &a{level} {{<<: [*a{0}, *a{0}], k{level}: v}}", level - 1);
    }
    text.into()
}

/// Block mappings in one another.
fn nested(depth: usize) -> Vec<u8> {
    (0..depth).map(|column| format!("{:column$}a:\n", "")).collect::<String>().into()
}

fn commented(lines: usize) -> Vec<u8> {
    format!("resource_manager:\n{}  type: kubernetes\n", "  # comment\n".repeat(lines)).into()
}
