//! The reports of made-up findings, through the library: places, widths, secrets, speed of growth.

use std::sync::Arc;

use detctl::diagnostic::{Applicability, Edit, Effect, Finding, Fix, Label, Severity};
use detctl::judge::Judgement;
use detctl::model::verdict::{Configuration, Json, Kind, Phase, Resolved, Verdict};
use detctl::report::{self, Detail, Format, Ink, Judged, Report, Selection, Style};
use detctl::source::{SourceId, SourceMap, Span};

/// A configuration with `count` pools of the same name.
pub(crate) fn many_pools(count: usize) -> String {
    let pool = "  - pool_name: a100\n    description: none\n";
    format!("resource_manager:\n  type: kubernetes\nresource_pools:\n{}", pool.repeat(count))
}

/// The span of the `nth` (from 0) occurrence of `word`.
fn at(sources: &SourceMap, id: SourceId, word: &str, nth: usize) -> Span {
    let (start, _) = sources.file(id).text().match_indices(word).nth(nth).unwrap();
    let start = u32::try_from(start).unwrap();
    Span::new(id, start, start + u32::try_from(word.len()).unwrap())
}

pub(crate) fn label(span: Span, text: &str, primary: bool) -> Label {
    Label { span, text: text.to_owned().into(), primary }
}

pub(crate) fn finding(labels: Vec<Label>) -> Finding {
    Finding {
        rule: "duplicate-pool-name",
        severity: Severity::Error,
        effect: Effect::Refuses,
        message: "two resource pools are named `a100`".to_owned(),
        labels,
        help: Some("give each pool of the cluster a name of its own".into()),
        facts: &["E-V4"],
        fix: None,
        load: None,
    }
}

pub(crate) fn judged(sources: SourceMap, findings: Vec<Finding>, secrets: Vec<Span>) -> Judged {
    let configuration = Configuration {
        stage: None,
        verdict: Verdict::Refuses,
        phase: Phase::Validate,
        messages: vec!["check failed: a100".to_owned()],
        resolved: None,
    };
    let judgement = Judgement {
        kind: Kind::Master,
        configurations: vec![configuration],
        findings,
        models: Vec::new(),
        suppressed: Vec::new(),
        secrets,
        why_kind: String::new(),
    };
    let path = sources.iter().next().map(|(_, file)| file.name().to_owned()).unwrap_or_default();
    Judged { path, sources, judgement }
}

pub(crate) fn render(format: Format, files: &[Judged], width: usize) -> String {
    let report = Report::new(files, 0, &Selection::default());
    let style = Style { ink: Ink::Plain, width, detail: Detail::Normal };
    let mut out = Vec::new();
    report::write(format, &report, &style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// One text; the labels are `(word, nth, text)`, the first one primary.
fn of(text: &str, labels: &[(&str, usize, &str)], secrets: &[&str]) -> Judged {
    let mut sources = SourceMap::new();
    let id = sources.add("a.yaml", text);
    let labels = labels
        .iter()
        .enumerate()
        .map(|(index, (word, nth, text))| label(at(&sources, id, word, *nth), text, index == 0))
        .collect();
    let secrets = secrets.iter().map(|word| at(&sources, id, word, 0)).collect();
    judged(sources, vec![finding(labels)], secrets)
}

#[test]
fn both_places_are_shown_near_and_far() {
    let near = of("a: a100\nb: a100\nc: 3\n", &[("a100", 1, "second"), ("a100", 0, "first")], &[]);
    let text = many_pools(40);
    let far = of(&text, &[("a100", 39, "second"), ("a100", 20, "first")], &[]);
    insta::assert_snapshot!(render(Format::Human, &[near, far], 80));
}

#[test]
fn a_label_in_another_file_is_shown_with_its_name() {
    let mut sources = SourceMap::new();
    let main = sources.add("devcluster.yaml", "x: 1\npool: a100\n");
    let other = sources.add("master.yaml", "y: 2\nz: 3\npool: a100\n");
    let labels = vec![
        label(at(&sources, main, "a100", 0), "here", true),
        label(at(&sources, other, "a100", 0), "and there", false),
    ];
    let files = [judged(sources, vec![finding(labels)], Vec::new())];
    let human = render(Format::Human, &files, 80);
    assert!(human.contains("devcluster.yaml:2:7") && human.contains("master.yaml:3:7"), "{human}");
    let document: serde_json::Value = serde_json::from_str(&render(Format::Json, &files, 80)).unwrap();
    let labels = &document["findings"][0]["labels"];
    assert_eq!(labels[0].get("path"), None);
    assert_eq!(labels[1]["path"], "master.yaml");
    assert_eq!(labels[1]["line"], 3);
}

#[test]
fn the_machine_form_is_fixed() {
    let mut file = of("a: a100\nb: a100\n", &[("a100", 1, "second"), ("a100", 0, "first")], &[]);
    let span = file.judgement.findings[0].labels[0].span;
    file.judgement.findings[0].fix = Some(Box::new(Fix {
        title: "rename".to_owned(),
        applicability: Applicability::Safe,
        edits: vec![Edit { span, replacement: "b100".to_owned() }],
    }));
    insta::assert_snapshot!(render(Format::Json, &[file], 80));
}

#[test]
fn tabs_and_wide_characters_stay_aligned_and_control_characters_are_shown() {
    let text = "日本:\t{a: \"\u{1b}[31mred\u{202e}\", pool: é日100}\n";
    let file = of(text, &[("é日100", 0, "here")], &[]);
    insta::assert_snapshot!(render(Format::Human, &[file], 80));
}

#[test]
fn long_lines_are_cut_to_what_the_labels_need() {
    let text = format!(
        "a: {{{} first: a100, {} second: a100, {}}}\n",
        "x, ".repeat(2_000),
        "y, ".repeat(2_000),
        "z, ".repeat(2_000)
    );
    let file = || of(&text, &[("a100", 1, "second"), ("a100", 0, "first")], &[]);
    for width in [80, 200] {
        let human = render(Format::Human, &[file()], width);
        for line in human.lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
        assert!(human.contains("first: a100") && human.contains("second: a100"), "{human}");
    }
    insta::assert_snapshot!(render(Format::Human, &[file()], 80));
}

#[test]
fn long_words_of_ours_fit_the_width_too() {
    let mut file = of("pool: a100\n", &[("a100", 0, "")], &[]);
    let found = &mut file.judgement.findings[0];
    found.message = "a message of many words ".repeat(9);
    found.help = Some("help of many words ".repeat(9).into());
    found.labels[0].text = "a label of many words ".repeat(9).into();
    for width in [40, 80, 200] {
        let human = render(Format::Human, std::slice::from_ref(&file), width);
        for line in human.lines().take_while(|line| !line.contains("explain")) {
            assert!(line.chars().count() <= width.max(60), "{width}: {line}\n{human}");
        }
    }
}

#[test]
fn labels_at_every_edge_are_drawn() {
    let text = "a: 1\r\nb: |\n  x\n  y\n\nlast";
    let mut sources = SourceMap::new();
    let id = sources.add("a.yaml", text);
    let end = u32::try_from(text.len()).unwrap();
    let spans = [(0, 0), (0, 1), (3, 6), (4, 4), (4, 6), (9, 17), (end - 4, end), (end, end), (0, end)];
    let findings = spans.map(|(start, end)| finding(vec![label(Span::new(id, start, end), "here", true)]));
    let human = render(Format::Human, &[judged(sources, findings.to_vec(), Vec::new())], 80);
    assert_eq!(human.matches("╰── here").count(), spans.len(), "{human}");
    assert!(!human.contains("Failed to read"), "{human}");
}

#[test]
fn secrets_appear_in_no_format() {
    let text = "db:\n  password: hunter2-Canary\n  token: {a: hunter3-Canary, pool: a100}\n  other: |\n    hunter4-Canary\n    x\n";
    let secrets = ["hunter2-Canary", "hunter3-Canary", "hunter4-Canary"];
    let mut file = of(text, &[("a100", 0, "here"), ("password", 0, "hunter2-Canary"), ("|", 0, "")], &secrets);
    file.judgement.findings[0].message = "cannot read `hunter2-Canary`".to_owned();
    file.judgement.findings[0].help = Some("replace hunter3-Canary".into());
    let span = file.judgement.secrets[0];
    file.judgement.findings[0].fix = Some(Box::new(Fix {
        title: "quote hunter2-Canary".to_owned(),
        applicability: Applicability::Safe,
        edits: vec![Edit { span, replacement: "\"hunter2-Canary\"".to_owned() }],
    }));
    file.judgement.configurations[0].messages = vec!["bad value \"hunter4-Canary\"".to_owned()];
    let files = [file];
    for &format in Format::ALL {
        for width in [40, 80, 200] {
            let report = render(format, &files, width);
            for piece in secrets.iter().copied().chain(["Canary", "hunter"]) {
                assert!(!report.contains(piece), "{piece} in {report}");
            }
            assert!(report.contains("duplicate-pool-name"), "{report}");
        }
    }
    let human = render(Format::Human, &files, 80);
    assert!(human.contains("  password: ••••••••••••••\n"), "{human}");
}

#[test]
fn findings_come_by_file_position_and_rule() {
    let mut sources = SourceMap::new();
    let id = sources.add("a.yaml", "a: 1\nb: 2\nc: 3\n");
    let on =
        |word: &str, rule: &'static str| Finding { rule, ..finding(vec![label(at(&sources, id, word, 0), "", true)]) };
    let findings = vec![on("c", "x"), on("a", "y"), on("b", "z"), on("a", "b")];
    let first = judged(sources, findings, Vec::new());
    let second = of("a100\n", &[("a100", 0, "")], &[]);
    let lines = render(Format::Concise, &[first, second], 80);
    let order: Vec<&str> = lines.lines().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(order, ["a.yaml:1:1:", "a.yaml:1:1:", "a.yaml:2:1:", "a.yaml:3:1:", "a.yaml:1:1:"]);
    assert!(lines.starts_with("a.yaml:1:1: error[b] "), "{lines}");
}

#[test]
fn a_finding_without_a_place_is_reported_in_every_format() {
    let mut sources = SourceMap::new();
    sources.add("a.yaml", "");
    let files = [judged(sources, vec![finding(Vec::new())], Vec::new())];
    for &format in Format::ALL {
        let report = render(format, &files, 80);
        assert!(report.contains("duplicate-pool-name") && report.contains("a.yaml"), "{report}");
    }
}

#[test]
fn the_effective_configuration_keeps_its_order() {
    let mut file = of("a: 1\n", &[("a", 0, "")], &[]);
    let members = [
        ("z", Json::Int(1)),
        ("a", Json::Array(vec![Json::Null, Json::Bool(true), Json::Float(0.5)])),
        ("m", Json::Object(vec![("k".into(), Json::String("v\u{1b}".to_owned()))])),
    ];
    let members = members.map(|(name, value)| (name.into(), value));
    let configuration = &mut file.judgement.configurations[0];
    configuration.verdict = Verdict::Accepts;
    configuration.resolved = Some(Arc::new(Resolved(Json::Object(members.to_vec()))));
    let files = [file];
    let json = render(Format::Json, &files, 80);
    let compact: String = json.split_whitespace().collect();
    assert!(compact.contains(r#""resolved":{"z":1,"a":[null,true,0.5],"m":{"k":"v\u001b"}}"#), "{json}");
    let report = Report::new(&files, 0, &Selection::default());
    let style = Style { ink: Ink::Plain, width: 80, detail: Detail::Everything };
    let mut out = Vec::new();
    report::write(Format::Human, &report, &style, &mut out).unwrap();
    let human = String::from_utf8(out).unwrap();
    assert!(human.contains("  │   \"z\": 1,\n"), "{human}");
}

/// What programs read is what their readers expect, whatever it is about.
fn can_be_read(files: &[Judged], text: &str) {
    for format in [Format::Json, Format::Sarif, Format::Gitlab] {
        let report = render(format, files, 80);
        assert!(serde_json::from_str::<serde_json::Value>(&report).is_ok(), "{text:?}\n{report}");
    }
    let report = render(Format::Junit, files, 80);
    assert!(roxmltree::Document::parse(&report).is_ok(), "{text:?}\n{report}");
    let report = render(Format::Github, files, 80);
    let (commands, others): (Vec<&str>, Vec<&str>) = report.lines().partition(|line| line.starts_with("::error "));
    assert_eq!((commands.len(), others.len()), (1, 1), "{text:?}\n{report}");
}

/// Texts and labels from a plain generator: whatever they are, the report is drawn, keeps to the width
/// and lets nothing through.
#[test]
fn any_text_and_any_labels_can_be_drawn() {
    const PIECES: [&str; 16] = [
        "a",
        "pool_name: ",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "日本",
        "é",
        "e\u{301}",
        "\u{1b}[2J",
        "\u{202e}",
        "🚀",
        "  ",
        "'",
        "\0",
        "a long stretch of text that goes on and on",
    ];
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..1_500 {
        let pieces = next(60);
        let text: String = (0..pieces).map(|_| PIECES[next(PIECES.len())]).collect();
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut sources = SourceMap::new();
        let id = sources.add("a.yaml", text.clone());
        let mut span = || {
            let (one, other) = (bounds[next(bounds.len())], bounds[next(bounds.len())]);
            let offset = |at: usize| u32::try_from(at).unwrap();
            Span::new(id, offset(one.min(other)), offset(one.max(other)))
        };
        let labels = vec![label(span(), "one", true), label(span(), "two", false), label(span(), "", false)];
        let secrets = vec![span()];
        let files = [judged(sources, vec![finding(labels)], secrets)];
        for width in [40, 80] {
            let human = render(Format::Human, &files, width);
            assert!(!human.contains("Failed to read"), "{text:?}\n{human}");
            assert!(human.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}\n{human}");
            assert!(human.contains("one") && human.contains("two"), "{text:?}\n{human}");
        }
        can_be_read(&files, &text);
    }
}
