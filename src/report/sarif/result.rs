//! Findings as results.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::TOP;
use super::line_hash::line_hashes;
use super::rules::level;
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::report::covering::Secrets;
use crate::report::fingerprint::Fingerprints;
use crate::report::region::{Region, is_option};
use crate::report::words::Said;
use crate::report::{Entry, Judged, Report};
use crate::rules::Rule;
use crate::source::{SourceId, Span};

/// The results of a report.
pub(super) fn all(report: &Report<'_>, rules: &[&Rule]) -> Vec<Value> {
    let mut fingerprints = Fingerprints::default();
    let mut results = Vec::with_capacity(report.findings.len());
    for (file, entries) in report.by_file() {
        let secrets = Secrets::new(&file.sources, &file.judgement.secrets);
        let mut writer = Writer { report, rules, secrets, hashes: BTreeMap::new() };
        results.extend(entries.iter().map(|entry| writer.result(entry, file, &mut fingerprints)));
    }
    results
}

/// Writes the results of one file.
struct Writer<'a> {
    report: &'a Report<'a>,
    rules: &'a [&'a Rule],
    secrets: Secrets<'a>,
    /// GitHub's hashes of the lines of each source that was needed.
    hashes: BTreeMap<SourceId, Vec<String>>,
}

impl Writer<'_> {
    fn result(&mut self, entry: &Entry<'_>, file: &Judged, fingerprints: &mut Fingerprints) -> Value {
        let finding = entry.finding;
        let said = Said::of(entry, self.report, &self.secrets);
        let (path, region) = entry.anchor();
        let mut result = json!({
            "ruleId": finding.rule,
            "ruleIndex": self.rules.iter().position(|rule| rule.id == finding.rule),
            "level": level(finding.severity),
            "message": { "text": message(&said) },
            "locations": [{ "physicalLocation": self.place(path, region) }],
            "partialFingerprints": {
                "detctl/v1": fingerprints.of(entry, &self.report.project.path(path), &self.secrets),
                "primaryLocationLineHash": self.line_hash(entry, file),
            },
            "properties": { "effect": finding.effect.as_str(), "facts": finding.facts },
        });
        let related = self.related(entry, &said);
        let fix = finding.fix.as_ref().and_then(|fix| self.fix(entry, fix));
        if let Some(members) = result.as_object_mut() {
            if !related.is_empty() {
                members.insert("relatedLocations".to_owned(), related.into());
            }
            if let Some(fix) = fix {
                members.insert("fixes".to_owned(), json!([fix]));
            }
        }
        result
    }

    fn artifact(&self, path: &str) -> Value {
        let uri = self.report.project.uri(path);
        match uri.starts_with("file://") {
            true => json!({ "uri": uri }),
            false => json!({ "uri": uri, "uriBaseId": TOP }),
        }
    }

    fn place(&self, path: &str, region: Region) -> Value {
        json!({ "artifactLocation": self.artifact(path), "region": as_json(region) })
    }

    fn related(&self, entry: &Entry<'_>, said: &Said) -> Vec<Value> {
        let places = said.elsewhere.iter().filter_map(|place| {
            let label = entry.finding.labels.get(place.label).filter(|label| !is_option(entry.path_of(label)))?;
            let mut location = json!({
                "id": place.label,
                "physicalLocation": self.place(entry.path_of(label), entry.region_of(label)),
            });
            if let (false, Some(members)) = (place.text.is_empty(), location.as_object_mut()) {
                members.insert("message".to_owned(), json!({ "text": place.text }));
            }
            Some(location)
        });
        places.collect()
    }

    /// A mend whose text is secret, which replaces a secret, or which changes no file is left out.
    fn fix(&self, entry: &Entry<'_>, fix: &Fix) -> Option<Value> {
        let is_secret = |edit: &Edit| {
            self.secrets.within(edit.span).next().is_some()
                || self.secrets.covered(&edit.replacement) != edit.replacement
        };
        let is_in_option = |edit: &Edit| is_option(entry.file.sources.file(edit.span.source).name());
        if fix.edits.iter().any(|edit| is_secret(edit) || is_in_option(edit)) {
            return None;
        }
        let mut changes: BTreeMap<SourceId, Vec<Value>> = BTreeMap::new();
        for edit in &fix.edits {
            changes.entry(edit.span.source).or_default().push(json!({
                "deletedRegion": as_json(entry.region_of_edit(edit.span)),
                "insertedContent": { "text": edit.replacement },
            }));
        }
        let changes: Vec<Value> = changes
            .into_iter()
            .map(|(source, replacements)| {
                let name = entry.file.sources.file(source).name();
                json!({ "artifactLocation": self.artifact(name), "replacements": replacements })
            })
            .collect();
        let applicability = match fix.applicability {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
        };
        Some(json!({
            "description": { "text": self.secrets.covered(&fix.title) },
            "artifactChanges": changes,
            "properties": { "applicability": applicability },
        }))
    }

    /// Of the text without its secrets: a hash of few characters gives them away.
    fn line_hash(&mut self, entry: &Entry<'_>, file: &Judged) -> String {
        let Some(span) = entry.finding.primary() else {
            return line_hashes("").swap_remove(0);
        };
        let source = file.sources.file(span.source);
        let secrets = &self.secrets;
        let hashes = self.hashes.entry(span.source).or_insert_with(|| {
            let end = u32::try_from(source.text().len()).unwrap_or(u32::MAX);
            line_hashes(&secrets.masked(source.text(), Span::new(span.source, 0, end)))
        });
        let index = entry.region().start.line.saturating_sub(1) as usize;
        hashes.get(index).or(hashes.last()).cloned().unwrap_or_default()
    }
}

fn as_json(region: Region) -> Value {
    json!({
        "startLine": region.start.line,
        "startColumn": region.start.column,
        "endLine": region.end.line,
        "endColumn": region.end.column,
    })
}

/// All that is said, with links to the other places.
fn message(said: &Said) -> String {
    let mut text = sentence(&said.message);
    if !said.here.is_empty() {
        text.push_str(&format!(" Here: {}", sentence(&said.here)));
    }
    for place in &said.elsewhere {
        let words = if place.text.is_empty() { "see there" } else { &place.text };
        let words = match place.is_file {
            true => format!("[{}]({})", in_link(words), place.label),
            false => words.to_owned(),
        };
        text.push_str(&format!(" {}: {words}.", capital(&place.place)));
    }
    if let Some(help) = &said.help {
        text.push_str(&format!(" Help: {}", sentence(help)));
    }
    text
}

/// As a sentence, in which nothing is taken for a link.
fn sentence(text: &str) -> String {
    let stop = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{}{stop}", text.replace("](", "\\]("))
}

fn capital(text: &str) -> String {
    match text.strip_prefix("line ") {
        Some(row) => format!("Line {row}"),
        None => sentence(text).trim_end_matches('.').to_owned(),
    }
}

fn in_link(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}
