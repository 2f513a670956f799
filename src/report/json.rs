//! The machine form, version 1. Fields are only ever added.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

use super::covering::Secrets;
use super::{Entry, Judged, Report};
use crate::diagnostic::Label;
use crate::model::told::told;
use crate::model::verdict::{self, Json};

/// The number that changes when a field changes its meaning.
const VERSION: u32 = 1;

#[derive(serde::Serialize)]
struct Document<'a> {
    version: u32,
    files: Vec<File<'a>>,
    findings: Vec<Finding<'a>>,
    summary: Summary,
}

#[derive(serde::Serialize)]
struct File<'a> {
    path: &'a str,
    kind: &'static str,
    configurations: Vec<Configuration<'a>>,
}

#[derive(serde::Serialize)]
struct Configuration<'a> {
    stage: Option<&'a str>,
    verdict: &'static str,
    phase: &'static str,
    messages: Vec<Cow<'a, str>>,
    resolved: Option<Told>,
}

#[derive(serde::Serialize)]
struct Finding<'a> {
    rule: &'static str,
    severity: &'static str,
    effect: &'static str,
    message: Cow<'a, str>,
    path: &'a str,
    labels: Vec<Place<'a>>,
    help: Option<Cow<'a, str>>,
    facts: &'static [&'static str],
    fixable: Option<&'static str>,
}

#[derive(serde::Serialize)]
struct Place<'a> {
    start: u64,
    end: u64,
    line: u32,
    column: u32,
    text: Cow<'a, str>,
    primary: bool,
    /// Only where the place lies in another file than the finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
}

#[derive(serde::Serialize)]
struct Summary {
    files: usize,
    skipped: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    suppressed: usize,
    fixable_safe: usize,
    fixable_unsafe: usize,
    fixed: usize,
}

/// A value without its secrets.
struct Told(Json);

impl Told {
    fn of(value: &Json) -> Self {
        Self(told("", value.clone()))
    }
}

impl Serialize for Told {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value(&self.0).serialize(serializer)
    }
}

struct Value<'a>(&'a Json);

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Json::Null => serializer.serialize_unit(),
            Json::Bool(value) => serializer.serialize_bool(*value),
            Json::Int(value) => serializer.serialize_i64(*value),
            Json::Float(value) => serializer.serialize_f64(*value),
            Json::String(value) => serializer.serialize_str(value),
            Json::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(&Value(item)))?;
                list.end()
            }
            Json::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                members.iter().try_for_each(|(name, value)| map.serialize_entry(name, &Value(value)))?;
                map.end()
            }
        }
    }
}

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: VERSION,
        files: report.files.iter().map(file).collect(),
        findings: findings(report),
        summary: Summary {
            files: report.summary.files,
            skipped: report.summary.skipped,
            errors: report.summary.errors,
            warnings: report.summary.warnings,
            infos: report.summary.infos,
            suppressed: report.summary.suppressed,
            fixable_safe: report.summary.fixable_safe,
            fixable_unsafe: report.summary.fixable_unsafe,
            fixed: report.summary.fixed,
        },
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// A value alone, over several lines and without its secrets.
pub(super) fn pretty(value: &Json) -> String {
    serde_json::to_string_pretty(&Told::of(value)).unwrap_or_default()
}

fn file(file: &Judged) -> File<'_> {
    let secrets = Secrets::new(&file.sources, &file.judgement.secrets);
    let configuration = |configuration| one_configuration(configuration, &secrets);
    File {
        path: &file.path,
        kind: file.judgement.kind.as_str(),
        configurations: file.judgement.configurations.iter().map(configuration).collect(),
    }
}

fn one_configuration<'a>(configuration: &'a verdict::Configuration, secrets: &Secrets<'_>) -> Configuration<'a> {
    Configuration {
        stage: configuration.stage.as_deref(),
        verdict: configuration.verdict.as_str(),
        phase: configuration.phase.as_str(),
        messages: configuration.messages.iter().map(|message| secrets.covered(message)).collect(),
        resolved: configuration.resolved.as_deref().map(|resolved| Told::of(&resolved.0)),
    }
}

fn findings<'a>(report: &Report<'a>) -> Vec<Finding<'a>> {
    let mut all = Vec::with_capacity(report.findings.len());
    for same_file in report.findings.chunk_by(|a, b| std::ptr::eq(a.file, b.file)) {
        let Some(Entry { file, .. }) = same_file.first() else {
            continue;
        };
        let secrets = Secrets::new(&file.sources, &file.judgement.secrets);
        all.extend(same_file.iter().map(|entry| one_finding(*entry, &secrets)));
    }
    all
}

fn one_finding<'a>(entry: Entry<'a>, secrets: &Secrets<'_>) -> Finding<'a> {
    let finding = entry.finding;
    Finding {
        rule: finding.rule,
        severity: finding.severity.as_str(),
        effect: finding.effect.as_str(),
        message: secrets.covered(&finding.message),
        path: entry.path(),
        labels: finding.labels.iter().map(|label| place(entry, label, secrets)).collect(),
        help: finding.help.as_deref().map(|help| secrets.covered(help)),
        facts: finding.facts,
        fixable: finding.fix.as_ref().map(|fix| fix.applicability.as_str()),
    }
}

fn place<'a>(entry: Entry<'a>, label: &'a Label, secrets: &Secrets<'_>) -> Place<'a> {
    let position = entry.start_of(label);
    let path = entry.path_of(label);
    let file = entry.file.sources.file(label.span.source);
    Place {
        start: file.offset_in_file(label.span.start),
        end: file.offset_in_file(label.span.end),
        line: position.line,
        column: position.column,
        text: secrets.covered(&label.text),
        primary: label.primary,
        path: (path != entry.path()).then_some(path),
    }
}
