//! The recorded table: what the two libraries made of 214 words as the value in `k: word`.

use detctl::yaml::scalar::{PyScalar, Scalar, go_yaml_v2_tagged, pyyaml};
use detctl::yaml::{NodeKind, ScalarStyle};

use super::read;

const TABLE: &str = include_str!("../../../fixtures/scalars/scalar-resolution.csv");

/// One row: the word and two of its columns.
struct Row {
    word: String,
    go_yaml: String,
    pyyaml: String,
}

fn rows() -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let (word, go_yaml, pyyaml) = (column("scalar"), column("goyaml_v2"), column("pyyaml"));
    let rows = reader.into_records().map(|record| {
        let record = record.unwrap();
        Row { word: record[word].into(), go_yaml: record[go_yaml].into(), pyyaml: record[pyyaml].into() }
    });
    rows.collect()
}

/// Whether a number of the table, in Go's spelling or Python's, is this float.
fn is_float(recorded: &str, value: f64) -> bool {
    match recorded.strip_prefix("float:") {
        Some("+.inf") => value == f64::INFINITY,
        Some("-.inf") => value == f64::NEG_INFINITY,
        Some(".nan") => value.is_nan(),
        Some(number) => number.parse() == Ok(value),
        None => false,
    }
}

fn go_yaml_agrees(recorded: &str, value: &Scalar) -> bool {
    match value {
        Scalar::Null => recorded == "null",
        Scalar::Bool(value) => recorded == format!("bool:{value}"),
        Scalar::Int(value) => recorded == format!("int:{value}"),
        Scalar::Float(value) => is_float(recorded, *value),
        Scalar::String(value) => recorded == format!("str:{value}"),
    }
}

fn pyyaml_agrees(recorded: &str, value: &PyScalar) -> bool {
    match value {
        PyScalar::Null => recorded == "null",
        PyScalar::Bool(value) => recorded == format!("bool:{value}"),
        PyScalar::Int(value) => recorded == format!("int:{value}"),
        PyScalar::Float(value) => is_float(recorded, *value),
        // The table has the other of Python's two spellings.
        PyScalar::Timestamp(value) => recorded == format!("timestamp:{}", value.replacen(' ', "T", 1)),
        PyScalar::String(value) => recorded == format!("str:{value}"),
        PyScalar::Bytes(_) => false,
    }
}

#[test]
fn go_yaml_resolves_every_word_of_the_table() {
    let rows = rows();
    assert_eq!(rows.len(), 214);
    for Row { word, go_yaml, .. } in rows {
        let (_, _, parsed) = read(&format!("k: {word}\n"));
        if let Some(error) = parsed.error {
            assert_eq!(go_yaml, format!("err:{}", error.go_yaml.unwrap()), "{word:?}");
            continue;
        }
        let root = parsed.tree.node(parsed.tree.documents()[0].root.unwrap());
        let NodeKind::Mapping { entries, .. } = &root.kind else { panic!("{word:?} is no mapping") };
        let node = parsed.tree.node(entries[0].1);
        let NodeKind::Scalar { text, style } = node.kind else { panic!("{word:?} is no scalar") };
        let tag = node.tag().map(|tag| tag.name.as_str());
        let value = go_yaml_v2_tagged(tag, text, *style).unwrap();
        assert!(go_yaml_agrees(&go_yaml, &value), "{word:?} is {go_yaml}, not {value:?}");
    }
}

#[test]
fn pyyaml_resolves_every_word_of_the_table() {
    for Row { word, pyyaml: recorded, .. } in rows() {
        // These two are no plain scalars: the start of a list, and a tag.
        if word == "-" || word == "!" {
            continue;
        }
        let word = word.trim_matches(' ');
        match pyyaml(word) {
            Ok(value) => assert!(pyyaml_agrees(&recorded, &value), "{word:?} is {recorded}, not {value:?}"),
            Err(error) => assert_eq!(recorded, format!("err:{}", error.message), "{word:?}"),
        }
    }
}

#[test]
fn tags_decide_what_a_word_is() {
    use ScalarStyle::{DoubleQuoted, Plain};
    let yaml = |kind: &str| format!("tag:yaml.org,2002:{kind}");
    let text = |text: &str| Ok(Scalar::String(text.to_owned()));
    let misfit = |words: &str| Err(format!("yaml: {words}"));
    let table = [
        (yaml("int"), "4", DoubleQuoted, Ok(Scalar::Int(4))),
        (yaml("str"), "", Plain, text("")),
        (yaml("str"), "4", Plain, text("4")),
        ("!".to_owned(), "5", Plain, text("5")),
        ("!x".to_owned(), "5", Plain, text("5")),
        (yaml("float"), "1", Plain, Ok(Scalar::Float(1.0))),
        (yaml("bool"), "yes", DoubleQuoted, Ok(Scalar::Bool(true))),
        (yaml("null"), "~", DoubleQuoted, Ok(Scalar::Null)),
        (yaml("timestamp"), "2001-01-01", Plain, text("2001-01-01")),
        (yaml("binary"), "aGk=", Plain, text("hi")),
        (yaml("binary"), "/w==", Plain, text("\u{fffd}")),
        (yaml("int"), "x", Plain, misfit("cannot decode !!str `x` as a !!int")),
        (yaml("null"), "1.5", Plain, misfit("cannot decode !!float `1.5` as a !!null")),
        (yaml("timestamp"), "2001-13-01", Plain, misfit("cannot decode !!str `2001-13-01` as a !!timestamp")),
        (yaml("binary"), "?", Plain, misfit("!!binary value contains invalid base64 data")),
    ];
    for (tag, word, style, value) in table {
        assert_eq!(go_yaml_v2_tagged(Some(&tag), word, style), value, "{tag} {word:?}");
    }
}

#[test]
fn pyyaml_knows_base_60_and_dates_and_large_numbers() {
    let ok = |text: &str| pyyaml(text).unwrap();
    assert_eq!(ok("2:15:00"), PyScalar::Int("8100".into()));
    assert_eq!(ok("1:30.5"), PyScalar::Float(90.5));
    assert_eq!(ok("0xffffffffffffffffffffffffffffffff"), PyScalar::Int((u128::MAX).to_string()));
    assert_eq!(ok("2001-12-14 21:59:43.1 -5"), PyScalar::Timestamp("2001-12-14 21:59:43.100000-05:00".into()));
    assert_eq!(pyyaml(&"9".repeat(4301)).unwrap_err().exception, "ValueError");
    assert_eq!(pyyaml("0b_").unwrap_err().message, "invalid literal for int() with base 2: ''");
}
