//! Replays what Helm, the chart and the master did with recorded values files.

use detctl::diagnostic::{Applicability, Finding};
use detctl::formats::helm_values::Request;
use detctl::formats::helm_values::set::{Set, Typing};
use detctl::judge::{self, Judgement, Models, Options};
use detctl::model::verdict::{Kind, Verdict};
use detctl::source::{SourceMap, Span};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::Place;
use crate::verdicts::{first_difference, plain, records, slim, sorted_lists};

/// The recorded values files of this name.
pub(crate) fn fixture(name: &str) -> String {
    format!("{}/fixtures/verdicts/chart/{name}.ndjson.gz", env!("CARGO_MANIFEST_DIR"))
}

fn judged(record: &Value) -> (SourceMap, Judgement) {
    judged_for(record, Models::Dropped)
}

fn judged_for(record: &Value, models: Models) -> (SourceMap, Judgement) {
    let mut sources = SourceMap::new();
    let name = |key: &str| record[key].as_str().unwrap().to_owned();
    let list = |key: &str| record[key].as_array().into_iter().flatten().map(|text| text.as_str().unwrap().to_owned());
    let set = |text, typing| Set { text, typing };
    let set = list("set")
        .map(|text| set(text, Typing::Guessed))
        .chain(list("set_string").map(|text| set(text, Typing::Text)));
    let request =
        Request { release: name("release"), namespace: name("namespace"), set: set.collect(), ..Request::default() };
    let options = Options { request, models, ..Options::default() };
    if record["layers"].is_null() {
        let id = sources.add("values.yaml", record["values"].as_str().unwrap());
        let judgement = judge::judge(&mut sources, id, Some(Kind::HelmValues), &options).unwrap();
        return (sources, judgement);
    }
    let ids: Vec<_> = list("layers").map(|text| sources.add("values.yaml", text)).collect();
    let judgement = judge::judge_layers(&mut sources, &ids, &options);
    (sources, judgement)
}

/// What differs from a record, with the text of `master.yaml` and without it.
fn difference(record: &Value) -> Option<String> {
    let (sources, judgement) = judged_for(record, Models::Kept);
    let (others, other) = judged(record);
    if let Some(line) = told(&sources, &judgement).iter().find(|line| !told(&others, &other).contains(line)) {
        return Some(format!("{line}\n   is told with the text only"));
    }
    if let Some(line) = told(&others, &other).iter().find(|line| !told(&sources, &judgement).contains(line)) {
        return Some(format!("{line}\n   is told without the text only"));
    }
    let got = &judgement.configurations[0];
    for finding in &judgement.findings {
        for label in &finding.labels {
            let name = sources.file(label.span.source).name();
            if name == "master.yaml" {
                return Some(format!("{} points into {name}", finding.rule));
            }
        }
    }
    let message = got.messages.first().map_or("", String::as_str);
    if record["outcome"] == "helm-error" {
        let same = got.verdict == Verdict::HelmFails && record["helm_error"] == message;
        return (!same).then(|| format!("{:?} {message:?}\n   not helm-fails {}", got.verdict, record["helm_error"]));
    }
    if let (Some(text), Some((_, file))) =
        (record["master_yaml"].as_str(), sources.iter().find(|(_, file)| file.name() == "master.yaml"))
        && file.text() != text
    {
        let at = file.text().lines().zip(text.lines()).position(|(ours, theirs)| ours != theirs);
        let line = |text: &str| text.lines().nth(at.unwrap_or(0)).map(str::to_owned);
        return Some(format!("rendered, line {at:?}: {:?}\n   not {:?}", line(file.text()), line(text)));
    }
    let master = &record["master"];
    if master.is_null() {
        // Rendered only: `helm template` alone was asked.
        let failed = got.verdict == Verdict::HelmFails;
        return failed.then(|| format!("{message:?}, but it is rendered"));
    }
    let verdict = match master["verdict"].as_str().unwrap() {
        "accepts" => Verdict::Accepts,
        "crashes" => Verdict::Crashes,
        _ => Verdict::Refuses,
    };
    if (got.verdict, got.phase.as_str()) != (verdict, master["stage"].as_str().unwrap()) {
        let (verdict, phase) = (got.verdict, got.phase.as_str());
        return Some(format!("{verdict:?} {phase} {message:?}\n   not {} {}", master["stage"], master["error"]));
    }
    if verdict != Verdict::Accepts {
        let recorded = master["error_variants"].as_array().into_iter().flatten().chain([&master["error"]]);
        let mut recorded = recorded.filter_map(Value::as_str);
        let same = recorded.any(|words| sorted_lists(words) == sorted_lists(message));
        return (!same).then(|| format!("{message:?}\n   not {}", master["error"]));
    }
    let got = slim(plain(&got.resolved.as_ref().unwrap().0), false);
    first_difference(&got, &slim(master["resolved"].clone(), false), "")
        .map(|difference| format!("resolved{difference}"))
}

/// Everything that a judgement says, line by line.
fn told(sources: &SourceMap, judgement: &Judgement) -> Vec<String> {
    let place = |span: Span| {
        let file = sources.file(span.source);
        let (start, end) = (file.position(span.start), file.position(span.end));
        format!("{}:{}:{}-{}:{}", file.name(), start.line, start.column, end.line, end.column)
    };
    let finding = |finding: &Finding| {
        let labels: Vec<_> =
            finding.labels.iter().map(|label| (place(label.span), &label.text, label.primary)).collect();
        let fix = finding.fix.as_ref().map(|fix| &fix.title);
        format!("{} {:?} {} {labels:?} {:?} {fix:?}", finding.rule, finding.severity, finding.message, finding.help)
    };
    let mut told: Vec<String> = judgement.findings.iter().map(finding).collect();
    let mut hidden: Vec<String> = judgement.secrets.iter().map(|span| format!("hides {}", place(*span))).collect();
    hidden.sort();
    hidden.dedup();
    told.extend(hidden);
    told.extend(judgement.configurations.iter().map(|configuration| format!("{configuration:?}")));
    told
}

/// A safe mend takes its finding away, in the values and not in what is rendered of them.
#[test]
fn safe_mends_of_recorded_values_mend() {
    let stays = |judgement: &Judgement, rule: &str, at: u32| {
        judgement.findings.iter().any(|finding| finding.rule == rule && finding.primary().unwrap().start == at)
    };
    let mut wrong = Vec::new();
    for mut record in ["hand", "random"].iter().flat_map(|name| records(&fixture(name))) {
        let text = record["values"].as_str().unwrap().to_owned();
        let (_, before) = judged(&record);
        for finding in &before.findings {
            let Some(fix) = finding.fix.as_ref().filter(|fix| fix.applicability == Applicability::Safe) else {
                continue;
            };
            let mut mended = text.clone();
            let mut edits: Vec<_> = fix.edits.iter().collect();
            edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
            for edit in edits {
                mended.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.replacement);
            }
            record["values"] = mended.clone().into();
            let (_, after) = judged(&record);
            if stays(&after, finding.rule, finding.primary().unwrap().start) {
                wrong.push(format!("{} {}: {}\n{mended}", record["id"], finding.rule, fix.title));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
}

/// The configurations of the round trip: what the chart renders of the values loads, with the managers that were recorded.
#[test]
fn values_of_the_round_trip() {
    for record in records(&fixture("roundtrip")) {
        let (values, id) = (&record["values_yaml"], &record["id"]);
        let record = serde_json::json!({"values": values, "release": record["release"], "namespace": record["namespace"], "rendered": record["rendered_resource_managers"]});
        let got = judged(&record).1.configurations.swap_remove(0);
        assert_eq!(got.verdict, Verdict::Accepts, "{id}: {:?}\n{values}", got.messages);
        let got = slim(plain(&got.resolved.unwrap().0), false);
        let want = slim(record["rendered"].clone(), false);
        if let Some(difference) = first_difference(&got["resource_managers"], &want, "") {
            panic!("{id}{difference}");
        }
    }
}

/// The recorded cases, and more of the same form in files that `DETCTL_CHART_VERDICTS` names (separated by colons).
#[test]
fn recorded_values() {
    let more = std::env::var("DETCTL_CHART_VERDICTS").unwrap_or_default();
    let more = more.split(':').filter(|path| !path.is_empty()).map(str::to_owned);
    let mut differing = String::new();
    for name in ["hand", "random", "layers", "mutated"].map(fixture).into_iter().chain(more) {
        let records = records(&name);
        let differences: Vec<String> = records
            .iter()
            .filter_map(|record| difference(record).map(|text| format!("{}: {text}", record["id"].as_str().unwrap())))
            .collect();
        if !differences.is_empty() {
            let of = format!("{} of {} in {name}", differences.len(), records.len());
            differing.push_str(&format!("{of} differ:\n{}\n", differences.join("\n")));
        }
    }
    assert!(differing.is_empty(), "{differing}");
}

const VALUES: &str = "maxSlotsPerPod: 4\ninitialUserPassword: Sample9Word\n";

/// The words of Helm and the place of the finding of a rule.
fn answer(place: &Place, arguments: &[&str], rule: &str) -> (String, String) {
    let ran = place.run(&[&["validate", "--format=json", "--fail-on=never"], arguments].concat()).exits_with(0);
    let document = ran.json();
    let findings = document["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["rule"] == rule).unwrap_or_else(|| panic!("{document:#}"));
    let at = format!("{}:{}", finding["path"].as_str().unwrap(), finding["labels"][0]["line"]);
    let words = document["files"][0]["configurations"][0]["messages"][0].as_str().unwrap_or("");
    (words.to_owned(), at)
}

#[test]
fn arguments_that_do_not_fit_are_flagged() {
    let values = format!("{VALUES}additional_resource_managers:\n  - resource_manager: {{}}\n");
    let place = Place::with("values.yaml", values);
    let (words, at) = answer(&place, &["-f", "values.yaml", "--set", "additional_resource_managers.a=1"], "values-set");
    assert_eq!(
        words,
        "failed parsing --set data: unable to parse key: interface conversion: interface {} is []interface {}, not \
         map[string]interface {}"
    );
    assert_eq!(at, "values.yaml:3");
    let (words, at) = answer(&place, &["values.yaml", "--kind=helm-values", "--set-string", "a"], "values-set");
    assert_eq!(words, "failed parsing --set-string data: key \"a\" has no value");
    assert_eq!(at, "--set-string:1");
}

#[test]
fn layers_that_contradict_are_flagged() {
    let place = Place::with("base.yaml", format!("{VALUES}telemetry:\n  enabled: false\n"))
        .and("prod.yaml", "telemetry: off\n");
    let (_, at) = answer(&place, &["-f", "base.yaml", "-f", "prod.yaml"], "values-contradict");
    assert_eq!(at, "prod.yaml:1");
}

#[test]
fn later_layers_win_and_null_removes() {
    let place = Place::with("base.yaml", format!("{VALUES}clusterName: a\nresourceManager:\n  clusterName: one\n"))
        .and("prod.yaml", "resourceManager:\n  defaultNamespace: det\nmaxSlotsPerPod: null\n");
    let arguments = |more: &[&'static str]| {
        [&["validate", "--format=json", "--fail-on=never", "-f", "base.yaml", "-f", "prod.yaml"], more].concat()
    };
    let document = place.run(&arguments(&[])).exits_with(0).json();
    let configuration = &document["files"][0]["configurations"][0];
    assert_eq!(configuration["verdict"], "helm-fails");
    assert_eq!(document["findings"][0]["path"], "prod.yaml");
    let document = place.run(&arguments(&["--set", "maxSlotsPerPod=2,clusterName=b"])).exits_with(0).json();
    let resolved = &document["files"][0]["configurations"][0]["resolved"];
    assert_eq!(resolved["cluster_name"], "b");
    let manager = &resolved["resource_managers"][0];
    assert_eq!((&manager["cluster_name"], &manager["default_namespace"]), (&"one".into(), &"det".into()));
    assert_eq!(manager["max_slots_per_pod"], 2);
}

#[test]
fn an_installed_release_needs_no_password_but_for_a_database_elsewhere() {
    let place = Place::with("values.yaml", "maxSlotsPerPod: 4\n");
    let verdict = |arguments: &[&str]| {
        let all = [&["validate", "--format=json", "--fail-on=never", "-f", "values.yaml"], arguments].concat();
        let document = place.run(&all).exits_with(0).json();
        document["files"][0]["configurations"][0]["verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!(verdict(&[]), "helm-fails");
    assert_eq!(verdict(&["--installed"]), "accepts");
    assert_eq!(verdict(&["--installed", "--set", "db.hostAddress=postgres"]), "helm-fails");
}

#[test]
fn passwords_are_never_shown() {
    let place =
        Place::with("values.yaml", "initialUserPassword: hunter2\ndb:\n  password: hunter3\nmaxSlotsPerPod: 4\n");
    for format in ["human", "concise", "json"] {
        let ran = place.run(&["validate", "--format", format, "values.yaml", "--set", "db.password=hunter4"]);
        let all = format!("{}{}", ran.stdout, ran.stderr);
        assert!(!all.contains("hunter"), "{all}");
    }
}

/// Files without a key that tells, and one with as many keys of the master as of the chart.
const NOT_RECOGNISED: &[&str] = &["h077", "h289", "h290", "h291"];

/// Every other recorded file is told to be one of values.
#[test]
fn recorded_values_are_recognised() {
    let mut wrong = Vec::new();
    for record in ["hand", "random"].iter().flat_map(|name| records(&fixture(name))) {
        let text = record["values"].as_str().unwrap();
        let mut sources = SourceMap::new();
        let id = sources.add("values.yaml", text);
        let is_plain = !NOT_RECOGNISED.contains(&record["id"].as_str().unwrap());
        match judge::judge(&mut sources, id, None, &Options::default()) {
            Ok(judgement) if judgement.kind == Kind::HelmValues => {}
            other if is_plain => {
                wrong.push(format!("{}: {:?}\n{text}", record["id"], other.map(|judgement| judgement.why_kind)));
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn an_older_master_comes_with_another_chart() {
    let place = Place::with("values.yaml", VALUES);
    let note = |version: &str| place.run(&["validate", "values.yaml", "--master-version", version]).stderr;
    assert!(note("0.37.0").contains("an older chart differs in determinedMasterHost"));
    assert_eq!(note("0.38.0"), "");
}

/// Recorded values with pieces of others in them.
fn spoilt_values() -> impl Strategy<Value = String> {
    let texts: Vec<String> = ["hand", "random"]
        .iter()
        .flat_map(|name| records(&fixture(name)))
        .map(|record| record["values"].as_str().unwrap().to_owned())
        .collect();
    let piece = prop_oneof![
        Just(String::new()),
        prop::sample::select(vec![
            "\n",
            "\"",
            "'",
            "{{ x }}",
            "- ",
            ": ",
            "null",
            "<no value>",
            "\u{85}",
            "\r",
            "---\n",
            "&a ",
            "*a",
            "|\n",
            "é"
        ])
        .prop_map(str::to_owned),
        prop::sample::select(texts.clone()),
    ];
    (prop::sample::select(texts), any::<prop::sample::Index>(), 0usize..12, piece).prop_map(|(text, at, cut, piece)| {
        let characters: Vec<char> = text.chars().collect();
        let at = at.index(characters.len() + 1);
        let end = (at + cut).min(characters.len());
        characters[..at].iter().collect::<String>() + &piece + &characters[end..].iter().collect::<String>()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is in a file of values: there is an answer, and every place that it names lies in that file.
    #[test]
    fn findings_lie_in_the_values(text in spoilt_values()) {
        let mut sources = SourceMap::new();
        let id = sources.add("values.yaml", text.clone());
        let judgement = judge::judge(&mut sources, id, Some(Kind::HelmValues), &Options::default()).unwrap();
        for label in judgement.findings.iter().flat_map(|finding| &finding.labels) {
            prop_assert_eq!(label.span.source, id);
            prop_assert!(text.get(label.span.start as usize..label.span.end as usize).is_some(), "{:?}", label);
        }
        for edit in judgement.findings.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| &fix.edits) {
            prop_assert_eq!(edit.span.source, id);
        }
    }
}
