//! Annotations of a GitHub workflow, one a finding.

use std::io::{self, Write};

use super::covering::Secrets;
use super::region::Region;
use super::words::{self, Said};
use super::workflow_command::Command;
use super::{Detail, Entry, Report, Style};
use crate::diagnostic::Severity;
use crate::source::load::STDIN;

/// How many annotations of one level GitHub shows for a step.
const SHOWN: usize = 10;

pub(super) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for error in report.unopened {
        let properties = vec![("file", report.project.path(&error.path)), ("title", "cannot be opened".to_owned())];
        out.write_all(Command { name: "error", properties, message: &error.to_string() }.text().as_bytes())?;
    }
    for (file, entries) in report.by_file() {
        let secrets = Secrets::new(&file.sources, &file.judgement.secrets);
        for entry in entries {
            out.write_all(annotation(entry, report, &secrets).as_bytes())?;
        }
    }
    if style.detail == Detail::Quiet { Ok(()) } else { write_summary(report, out) }
}

fn annotation(entry: &Entry<'_>, report: &Report<'_>, secrets: &Secrets<'_>) -> String {
    let finding = entry.finding;
    let title = format!("{}: {}", finding.rule, words::meaning(finding.effect));
    let message = Said::of(entry, report, secrets).lines();
    let mut properties = Vec::new();
    let (path, region) = entry.anchor();
    if path != STDIN {
        properties.push(("file", report.project.path(path)));
        properties.extend(place(region));
    }
    properties.push(("title", title));
    Command { name: level(finding.severity), properties, message: &message }.text()
}

/// GitHub shows an annotation below its last line, so one about a whole block is put at its first; columns are
/// allowed within one line only.
fn place(region: Region) -> Vec<(&'static str, String)> {
    let line = region.start.line.to_string();
    if !region.is_in_one_line() || region.start == region.end {
        return vec![("line", line)];
    }
    vec![
        ("line", line.clone()),
        ("endLine", line),
        ("col", region.start.column.to_string()),
        ("endColumn", region.end.column.to_string()),
    ]
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    }
}

/// For the log: nothing in it comes from a file.
fn write_summary(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", words::summary(report))?;
    let summary = &report.summary;
    if summary.errors.max(summary.warnings).max(summary.infos) > SHOWN {
        writeln!(out, "GitHub shows the first {SHOWN} annotations of each level of a step; all are in the log above")?;
    }
    Ok(())
}
