//! What people read about a text that cannot be read.

use std::fmt::Write as _;

use super::read;

/// Texts with one fault each.
const BROKEN: [&str; 56] = [
    "a: b\n\tc: d\n",
    "a:\n\tb: 1\n",
    "a: |\n \tx\n",
    "a: 1\nb\nc: 2\n",
    "a: 1\ntype:kubernetes\nb: 1\n",
    "url: x\nhttp://foo\nb: 1\n",
    "foo: bar\nbaz",
    "a: b: c\n",
    "a: 1\n  b: 2\n",
    "lo\n  level: 1\n",
    "a: \"x\nb: 1\n",
    "a: 'x",
    "a: 'it's'\nb: 1\n",
    "a: \"b\" c\n",
    "a: [b] c\nd: 1\n",
    "a: \"x\n---\ny\"\n",
    "a: [1, 2\nb: 3\n",
    "a: [1 2\n",
    "a: {x: 1\nb: 2\n",
    "a: [1, 'x' y]\n",
    "a: {x: 1} }\n",
    "a: [\n",
    "a: }\n",
    "a: [}\n",
    "a: [1, - b]\n",
    "a: {\n  - b\n",
    "a: [| x]\n",
    "a: - b\n",
    "a: ? b\n",
    "a:\n    b: 1\n  c: 2\n",
    "a: b\n- c\n",
    "a:\n  - b\n  c: d\n",
    "- a\nb: 1\n",
    "a: @foo\n",
    "a: `x`\n",
    "a: %x\n",
    "%FOO\na: 1\n",
    "%\n",
    "%YAML 1.2\n---\na: 1\n",
    "%YAML 1\n---\n",
    "%YAML 1.1\na: 1\n",
    "%TAG !e! x\n%TAG !e! y\n---\n",
    "a: *b\n",
    "a: *.example.com\n",
    "a: &\n",
    "a: !<x\n",
    "a: !e!x y\n",
    "a: | foo\n",
    "a: |0\n  x\n",
    "a: \"\\q\"\n",
    "a: \"C:\\Users\"\n",
    "a: \"\\ud83d\\ude80\"\n",
    "a: \u{7}\n",
    "a\0b\0\n",
    "{{- if .Values.x }}\na: 1\n{{- end }}\n",
    "replicas: {{ .Values.replicas }}x\n",
];

#[test]
fn broken_texts_are_explained() {
    let mut report = String::new();
    for text in BROKEN {
        let (map, id, parsed) = read(text);
        let error = parsed.error.unwrap_or_else(|| panic!("{text:?} is not broken"));
        let place = map.file(id).position(error.span.start);
        let shown = map.slice(error.span);
        writeln!(report, "{text:?}").unwrap();
        writeln!(report, "  {}:{} {shown:?} {}", place.line, place.column, error.message).unwrap();
        writeln!(report, "  help: {}", error.help.unwrap_or_default()).unwrap();
        writeln!(report, "  {}\n", error.go_yaml.unwrap_or_default()).unwrap();
    }
    insta::assert_snapshot!(report);
}
