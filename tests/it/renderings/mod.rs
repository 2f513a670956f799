//! Values made of configurations: that the chart and the master turn them back into the same ones.

mod awkward;
mod bases;
mod generated;
mod readers;
mod real_helm;
mod small_chart;
mod there_and_back;

use std::collections::BTreeSet;

use detctl::formats::helm_values::Request;
use detctl::formats::helm_values::set::{Set, Typing};
use detctl::judge::{self, Judgement, Options};
use detctl::model::verdict::{Kind, Verdict};
use detctl::naming::Template;
use detctl::release::Release;
use detctl::render::{self, Address, Base, Failure, Heading, Rendering, Task};
use detctl::source::SourceMap;
use serde_json::{Value, json};

use crate::verdicts::{first_difference, plain, records, slim};

fn request(release: &str, namespace: &str, set: &[(&str, &str)]) -> Request {
    let set = set.iter().map(|(name, value)| Set { text: format!("{name}={value}"), typing: Typing::Text });
    Request { release: release.to_owned(), namespace: namespace.to_owned(), set: set.collect(), ..Request::default() }
}

/// The values of a text.
fn render(text: &str, chart: &Request) -> Result<Rendering, Failure> {
    render_onto(text, chart, None)
}

/// The values of a text, laid into a file.
fn render_onto(text: &str, chart: &Request, base: Option<Base<'_>>) -> Result<Rendering, Failure> {
    as_task(text, chart, |task| render::render(&Task { base, ..task }))
}

fn as_task<T>(text: &str, chart: &Request, act: impl FnOnce(Task<'_>) -> T) -> T {
    let mut sources = SourceMap::new();
    let source = sources.add("master.yaml", text);
    act(Task {
        text,
        source,
        release: Release::default(),
        chart,
        secret_names: &Template::default(),
        named: &[],
        address: &Address::default(),
        heading: Heading { name: "master.yaml", digest: "0", schema: None },
        base: None,
    })
}

/// What `validate` says of a text of a kind.
fn judged(text: &str, kind: Kind, request: Request) -> Judgement {
    let mut sources = SourceMap::new();
    let id = sources.add("file", text);
    let options = Options { request, ..Options::default() };
    judge::judge(&mut sources, id, Some(kind), &options).unwrap()
}

fn resolved(judgement: &Judgement) -> Value {
    let configuration = &judgement.configurations[0];
    let resolved = configuration.resolved.as_ref().unwrap_or_else(|| panic!("{:?}", configuration.messages));
    slim(plain(&resolved.0), false)
}

/// All differences of two effective configurations, as the records list them.
fn differences(input: &Value, chart: &Value, path: &str, found: &mut Vec<(String, Value, Value)>) {
    match (input, chart) {
        (Value::Object(ours), Value::Object(theirs)) => {
            let keys: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
            for key in keys {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                differences(&input[key], &chart[key], &path, found);
            }
        }
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            for (at, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                differences(ours, theirs, &format!("{path}[{at}]"), found);
            }
        }
        _ if input == chart => {}
        _ => found.push((path.to_owned(), input.clone(), chart.clone())),
    }
}

/// What the real chart and master made of values by hand, they make of ours, field by field; and what differs from the
/// original is forced or lost just where the records say so.
#[test]
fn recorded_round_trips() {
    for record in records(&crate::charts::fixture("roundtrip")) {
        let id = record["id"].as_str().unwrap();
        let text = |key: &str| record[key].as_str().unwrap();
        let master = text("master_yaml");
        let rendering = match render(master, &request(text("release"), text("namespace"), &[])) {
            Ok(rendering) => rendering,
            Err(Failure::Impossible(remarks)) => {
                let lost: Vec<&str> = remarks.iter().map(|remark| remark.path.as_str()).collect();
                assert!(record["rule_lost"].as_array().unwrap().contains(&json!(lost[0])), "{id}: {lost:?}");
                assert!(lost[0].ends_with("].kubeconfig_path"), "{id}: {lost:?}");
                continue;
            }
            Err(failure) => panic!("{id}: {failure:?}"),
        };
        let given = request(text("release"), text("namespace"), &[("initialUserPassword", "Sample9Word")]);
        let chart = judged(&rendering.text, Kind::HelmValues, given);
        let (before, after) = (resolved(&judged(master, Kind::Master, Request::default())), resolved(&chart));
        let recorded = slim(record["rendered_resource_managers"].clone(), false);
        if let Some(difference) = first_difference(&after["resource_managers"], &recorded, "") {
            panic!("{id}{difference}\n{}", rendering.text);
        }
        let mut found = Vec::new();
        differences(&before, &after, "", &mut found);
        let mut found: Vec<Value> = found
            .into_iter()
            .map(|(path, input, chart)| {
                let is_lost = rendering.lost.iter().any(|remark| remark.path == path);
                let is_forced = rendering.forced.iter().any(|remark| remark.path == path);
                assert!(is_lost != is_forced, "{id}: {path}");
                slim(json!({"path": path, "input": input, "chart": chart, "class": if is_lost { "lost" } else { "forced" }}), false)
            })
            .collect();
        let Value::Array(mut recorded) = slim(record["differences"].clone(), false) else { panic!("{id}") };
        for list in [&mut found, &mut recorded] {
            list.sort_by_key(|difference| difference["path"].as_str().unwrap().to_owned());
        }
        assert_eq!(found, recorded, "{id}\n{}", rendering.text);
    }
}

/// Every recorded text that the real master accepts is proven or refused by name, and `validate` finds nothing in the
/// values that it does not find in the text.
#[test]
fn accepted_recorded_texts() {
    let (mut proven, mut refused) = (0, 0);
    let mut wrong = Vec::new();
    for record in ["hand", "generated", "random"].iter().flat_map(|name| records(&crate::verdicts::fixture(name))) {
        let text =
            record["yaml"].as_str().or_else(|| record["input"].as_str()).or_else(|| record["text"].as_str()).unwrap();
        let input = judged(text, Kind::Master, Request::default());
        if input.configurations[0].verdict != Verdict::Accepts {
            continue;
        }
        match render(text, &request("rel", "detns", &[])) {
            Ok(rendering) => {
                proven += 1;
                if let Err(why) = loads(&rendering) {
                    wrong.push(format!("{}: {why}\n{text}\n---\n{}", record["id"], rendering.text));
                }
            }
            Err(Failure::Impossible(_)) => refused += 1,
            Err(failure) => wrong.push(format!("{}: {failure:?}\n{text}", record["id"])),
        }
    }
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n"));
    assert!(proven > 50 && refused > 10, "{proven} proven, {refused} refused");
}

/// Whether values load, with their secrets given.
fn loads(rendering: &Rendering) -> Result<(), String> {
    let mut set = vec![("initialUserPassword", "Sample9Word")];
    set.extend(rendering.withheld.iter().map(|withheld| (withheld.value.as_str(), "Sample9Word")));
    let judgement = judged(&rendering.text, Kind::HelmValues, request("rel", "detns", &set));
    let configuration = &judgement.configurations[0];
    match configuration.verdict {
        Verdict::Accepts => Ok(()),
        verdict => Err(format!("{verdict:?}: {:?}", configuration.messages)),
    }
}

/// A text in double quotes that is the same to every reader, written independently of the program.
fn quoted(text: &str) -> String {
    let escaped = |c: char| match c {
        ' ' | 'a'..='z' | 'A'..='Z' | '0'..='9' => c.to_string(),
        c => format!("\\U{:08x}", u32::from(c)),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

/// A configuration as one line of YAML.
fn flow(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| format!("? {}\n: {}", quoted(key), flow(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// What comes back differs from the configuration in what is listed only; the answer lists what is lost.
fn holds(text: &str) -> Result<Vec<String>, String> {
    let rendering = match render(text, &request("rel", "detns", &[])) {
        Ok(rendering) => rendering,
        Err(Failure::Impossible(remarks)) => return Ok(remarks.into_iter().map(|remark| remark.setting).collect()),
        Err(failure) => return Err(format!("{failure:?}\n{text}")),
    };
    readers::agree(&rendering.text)?;
    let lost = rendering.lost.iter().map(|remark| remark.setting.clone()).collect();
    let input = judged(text, Kind::Master, Request::default());
    if input.configurations[0].resolved.is_none() {
        // The master refuses it; that the same is refused again was proven by the program alone.
        return Ok(lost);
    }
    let given = request("rel", "detns", &[("initialUserPassword", "Sample9Word")]);
    let chart = judged(&rendering.text, Kind::HelmValues, given);
    if chart.configurations[0].resolved.is_none() {
        return Err(format!("{:?}\n{text}\n{}", chart.configurations[0].messages, rendering.text));
    }
    let mut found = Vec::new();
    differences(&resolved(&input), &resolved(&chart), "", &mut found);
    let listed = |path: &str| rendering.lost.iter().chain(&rendering.forced).any(|remark| remark.path == path);
    found.retain(|(path, _, _)| !listed(path));
    match found.is_empty() {
        true => Ok(lost),
        false => Err(format!("{found:?}\n{text}\n{}", rendering.text)),
    }
}
