//! `cargo bench`: what a run is made of. `peers.sh` beside this file compares whole runs with other
//! programs.

use std::fs;
use std::io;
use std::path::Path;

use detctl::diagnostic::{Effect, Finding, Label, Severity};
use detctl::io::Io;
use detctl::judge::{self, Judgement, Options};
use detctl::model::verdict::{Configuration, Kind, Phase, Verdict};
use detctl::report::{self, Detail, Format, Ink, Judged, Report, Selection, Style};
use detctl::source::{SourceMap, Span};
use detctl::yaml::parse::{Limits, parse};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// A configuration of about `size` bytes; each pool has a name of its own.
fn configuration(size: usize) -> String {
    let mut text = String::from("resource_manager:\n  type: kubernetes\n  max_slots_per_pod: 8\nresource_pools:\n");
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&format!(
            "  - pool_name: pool-{number}\n    description: \"GPUs of rack {number}\" # comment\n    max_aux_containers_per_agent: 100\n"
        ));
    }
    text
}

#[divan::bench(args = [7_300, 100_000, 1_000_000, 10_000_000], sample_count = 10)]
fn bare_parse(bencher: Bencher<'_, '_>, size: usize) {
    let text = configuration(size);
    let mut sources = SourceMap::new();
    let id = sources.add("a.yaml", text.clone());
    let bencher = bencher.counter(BytesCount::of_str(&text));
    bencher.bench_local(|| parse(id, sources.file(id).text(), Limits::default()));
}

/// The same by a library, into a tree without places.
#[divan::bench(args = [7_300, 100_000, 1_000_000, 10_000_000], sample_count = 10)]
fn library_parse(bencher: Bencher<'_, '_>, size: usize) {
    let text = configuration(size);
    let bencher = bencher.counter(BytesCount::of_str(&text));
    bencher.bench_local(|| serde_yaml::from_str::<serde_yaml::Value>(&text));
}

#[divan::bench(args = [7_300, 100_000, 1_000_000, 10_000_000], sample_count = 10)]
fn judge(bencher: Bencher<'_, '_>, size: usize) {
    let text = configuration(size);
    let mut sources = SourceMap::new();
    let id = sources.add("a.yaml", text.clone());
    let bencher = bencher.counter(BytesCount::of_str(&text));
    bencher.bench_local(|| judge::judge(&mut sources, id, Some(Kind::Master), &Options::default()));
}

/// Values of the chart of about `size` bytes: two additional resource managers, most pools in them.
fn values(size: usize) -> String {
    let mut text = String::from("maxSlotsPerPod: 8\ninitialUserPassword: Sample9Word\nadditional_resource_managers:\n");
    for manager in ["west", "east"] {
        text.push_str(&format!(
            "  - resource_manager:\n      type: kubernetes\n      cluster_name: {manager}\n      max_slots_per_pod: 8\n"
        ));
        text.push_str(&format!("      kubeconfig_secret_name: {manager}\n      kubeconfig_secret_value: config\n"));
        text.push_str("    resource_pools:\n");
        let end = text.len() + size / 2;
        for number in 0.. {
            if text.len() >= end {
                break;
            }
            text.push_str(&format!(
                "      - pool_name: {manager}-{number}\n        description: \"GPUs of rack {number}\" # comment\n        max_aux_containers_per_agent: 100\n"
            ));
        }
    }
    text
}

#[divan::bench(args = [7_300, 100_000, 1_000_000], sample_count = 10)]
fn values_bare_parse(bencher: Bencher<'_, '_>, size: usize) {
    let text = values(size);
    let mut sources = SourceMap::new();
    let id = sources.add("values.yaml", text.clone());
    let bencher = bencher.counter(BytesCount::of_str(&text));
    bencher.bench_local(|| parse(id, sources.file(id).text(), Limits::default()));
}

#[divan::bench(args = [7_300, 100_000, 1_000_000], sample_count = 10)]
fn values_judge(bencher: Bencher<'_, '_>, size: usize) {
    let text = values(size);
    let bencher = bencher.counter(BytesCount::of_str(&text));
    bencher.bench_local(|| {
        let mut sources = SourceMap::new();
        let id = sources.add("values.yaml", text.clone());
        judge::judge(&mut sources, id, Some(Kind::HelmValues), &Options::default())
    });
}

#[divan::bench(sample_count = 10)]
fn thousand_files(bencher: Bencher<'_, '_>) {
    let Ok(folder) = files(1_000) else { return };
    bencher.bench_local(|| validate(folder.path(), Kind::Master));
}

#[divan::bench(sample_count = 10)]
fn thousand_files_of_values(bencher: Bencher<'_, '_>) {
    let Ok(folder) = files_of(1_000, values) else { return };
    bencher.bench_local(|| validate(folder.path(), Kind::HelmValues));
}

/// The folder is there as long as the value is.
fn files(count: usize) -> io::Result<tempfile::TempDir> {
    files_of(count, configuration)
}

fn files_of(count: usize, text: fn(usize) -> String) -> io::Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    for number in 0..count {
        fs::write(folder.path().join(format!("{number}.yaml")), text(7_300))?;
    }
    Ok(folder)
}

fn validate(folder: &Path, kind: Kind) -> u8 {
    let arguments = ["detctl".to_owned(), "validate".to_owned(), format!("--kind={}", kind.as_str())].map(Into::into);
    let (mut stdin, mut stdout, mut stderr) = (io::empty(), io::sink(), io::sink());
    let mut io = Io::unattended(&mut stdin, &mut stdout, &mut stderr);
    detctl::run(arguments.into_iter().chain([folder.into()]), &mut io).code()
}

#[divan::bench(args = Format::ALL, sample_count = 10)]
fn report_of_1000_findings_in_10_mb(bencher: Bencher<'_, '_>, format: Format) {
    let files = [thousand_findings(configuration(10_000_000))];
    bencher.bench_local(|| render(format, &files));
}

#[divan::bench(sample_count = 10)]
fn report_of_1000_findings_on_one_line_of_10_mb(bencher: Bencher<'_, '_>) {
    let files = [thousand_findings(configuration(10_000_000).replace('\n', " "))];
    bencher.bench_local(|| render(Format::Human, &files));
}

fn render(format: Format, files: &[Judged]) -> Vec<u8> {
    let report = Report::new(files, 0, &Selection::default());
    let style = Style { ink: Ink::Colored, width: 80, detail: Detail::Normal };
    let mut out = Vec::new();
    // A vector takes everything.
    let _ = report::write(format, &report, &style, &mut out);
    out
}

/// Every finding has two labels, far from each other, and every pool name is a secret.
fn thousand_findings(text: String) -> Judged {
    let mut sources = SourceMap::new();
    let id = sources.add("a.yaml", text);
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let names: Vec<Span> = sources
        .file(id)
        .text()
        .match_indices("pool-")
        .map(|(at, word)| Span::new(id, offset(at), offset(at + word.len())))
        .collect();
    let label = |span: &Span, primary| Label { span: *span, text: "here".into(), primary };
    let step = (names.len() / 1_000).max(1);
    let pairs = names.iter().step_by(step).zip(names.iter().rev().step_by(step)).take(1_000);
    let findings = pairs
        .map(|(one, other)| Finding {
            rule: "duplicate-pool-name",
            severity: Severity::Error,
            effect: Effect::Refuses,
            message: "two pools have the same name".to_owned(),
            labels: vec![label(one, true), label(other, false)],
            help: Some("rename one of them".into()),
            facts: &["E-V4"],
            fix: None,
            load: None,
        })
        .collect();
    let configuration = Configuration {
        stage: None,
        verdict: Verdict::Refuses,
        phase: Phase::Validate,
        messages: Vec::new(),
        resolved: None,
    };
    let judgement = Judgement {
        kind: Kind::Master,
        configurations: vec![configuration],
        findings,
        suppressed: Vec::new(),
        models: Vec::new(),
        secrets: names,
        why_kind: String::new(),
    };
    Judged { path: "a.yaml".to_owned(), sources, judgement }
}
