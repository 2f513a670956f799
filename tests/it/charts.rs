//! Replays what Helm, the chart and the master did with recorded values files.

use detctl::formats::helm_values::Request;
use detctl::judge::{self, Judgement, Options};
use detctl::model::verdict::{Kind, Verdict};
use detctl::source::SourceMap;
use serde_json::Value;

use crate::verdicts::{first_difference, plain, records, slim, sorted_lists};

/// The recorded values files of this name.
pub(crate) fn fixture(name: &str) -> String {
    format!("{}/fixtures/verdicts/chart/{name}.ndjson.gz", env!("CARGO_MANIFEST_DIR"))
}

fn judged(record: &Value) -> (SourceMap, Judgement) {
    let mut sources = SourceMap::new();
    let id = sources.add("values.yaml", record["values"].as_str().unwrap());
    let name = |key: &str| record[key].as_str().unwrap().to_owned();
    let request = Request { release: name("release"), namespace: name("namespace"), ..Request::default() };
    let options = Options { request, ..Options::default() };
    let judgement = judge::judge(&mut sources, id, Some(Kind::HelmValues), &options).unwrap();
    (sources, judgement)
}

/// What differs from a record.
fn difference(record: &Value) -> Option<String> {
    let (sources, judgement) = judged(record);
    let got = &judgement.configurations[0];
    for finding in &judgement.findings {
        for label in &finding.labels {
            let name = sources.file(label.span.source).name();
            if name != "values.yaml" {
                return Some(format!("{} points into {name}", finding.rule));
            }
        }
    }
    let message = got.messages.first().map_or("", String::as_str);
    if record["outcome"] == "helm-error" {
        let same = got.verdict == Verdict::HelmFails && record["helm_error"] == message;
        return (!same).then(|| format!("{:?} {message:?}\n   not helm-fails {}", got.verdict, record["helm_error"]));
    }
    if let (Some(text), Some((_, file))) = (record["master_yaml"].as_str(), sources.iter().nth(1))
        && file.text() != text
    {
        let at = file.text().lines().zip(text.lines()).position(|(ours, theirs)| ours != theirs);
        let line = |text: &str| text.lines().nth(at.unwrap_or(0)).map(str::to_owned);
        return Some(format!("rendered, line {at:?}: {:?}\n   not {:?}", line(file.text()), line(text)));
    }
    let master = &record["master"];
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

/// The recorded cases, and more of the same form in files that `DETCTL_CHART_VERDICTS` names (separated by colons).
#[test]
fn recorded_values() {
    let more = std::env::var("DETCTL_CHART_VERDICTS").unwrap_or_default();
    let more = more.split(':').filter(|path| !path.is_empty()).map(str::to_owned);
    let mut differing = String::new();
    for name in [fixture("hand"), fixture("random")].into_iter().chain(more) {
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
