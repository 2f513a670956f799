//! A GitLab code quality report.

use std::io::{self, Write};

use super::covering::Secrets;
use super::fingerprint::Fingerprints;
use super::words::Said;
use super::{Entry, Report};
use crate::diagnostic::{Effect, Severity};

#[derive(serde::Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(serde::Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(serde::Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut fingerprints = Fingerprints::default();
    let mut issues = Vec::with_capacity(report.findings.len());
    for (file, entries) in report.by_file() {
        let secrets = Secrets::new(&file.sources, &file.judgement.secrets);
        issues.extend(entries.iter().map(|entry| issue(entry, report, &secrets, &mut fingerprints)));
    }
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}

/// GitLab does not show the name of the check, so the description starts with it.
fn issue(entry: &Entry<'_>, report: &Report<'_>, secrets: &Secrets<'_>, fingerprints: &mut Fingerprints) -> Issue {
    let finding = entry.finding;
    let (path, region) = entry.anchor();
    let path = report.project.path(path);
    let said = Said::of(entry, report, secrets);
    let mut description = format!("{}: {}", finding.rule, said.message);
    for place in said.elsewhere.iter().filter(|place| !place.text.is_empty()) {
        description.push_str(&format!("; {}: {}", place.place, place.text));
    }
    if let Some(help) = &said.help {
        description.push_str(&format!(" ({help})"));
    }
    Issue {
        description,
        check_name: finding.rule,
        fingerprint: fingerprints.of(entry, &path, secrets),
        severity: severity(finding.severity, finding.effect),
        location: Location { path, lines: Lines { begin: region.start.line, end: region.end.line } },
    }
}

fn severity(severity: Severity, effect: Effect) -> &'static str {
    match (severity, effect) {
        (Severity::Error, Effect::Crashes | Effect::Refuses) => "blocker",
        (Severity::Error, Effect::FailsAtStart) => "critical",
        (Severity::Error, _) => "major",
        (Severity::Warning, _) => "minor",
        (Severity::Info, _) => "info",
    }
}
