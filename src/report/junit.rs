//! JUnit XML: one suite a file, one case a finding.
//!
//! Only what the schema of Jenkins knows is written. Findings below `--fail-on` are cases that pass, with their words as
//! output, so that a CI system and the exit code agree.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::covering::Secrets;
use super::plain::{harmless, line};
use super::words::{self, Said};
use super::{Entry, Judged, Report};
use crate::model::verdict::Verdict;
use crate::source::load::LoadError;

/// A suite, ready to write.
struct Suite {
    name: String,
    cases: Vec<Case>,
    output: String,
}

struct Case {
    name: String,
    result: CaseResult,
}

enum CaseResult {
    Passed(Option<String>),
    Failed { kind: &'static str, message: String, text: String },
    Broken(String),
}

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let unopened = report.unopened.iter().map(|error| unopened(error, report));
    let suites: Vec<Suite> = unopened.chain(report.all_files().map(|(file, all)| suite(file, all, report))).collect();
    let count = |of: fn(&Case) -> bool| suites.iter().flat_map(|suite| &suite.cases).filter(|case| of(case)).count();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<testsuites name="detctl" tests="{}" failures="{}" errors="{}" time="0">"#,
        count(|_| true),
        count(Case::is_failed),
        count(Case::is_broken),
    )?;
    suites.iter().try_for_each(|suite| suite.write(out))?;
    writeln!(out, "</testsuites>")
}

fn unopened(error: &LoadError, report: &Report<'_>) -> Suite {
    let case = Case { name: "can be opened".to_owned(), result: CaseResult::Broken(error.to_string()) };
    Suite { name: report.project.path(&error.path), cases: vec![case], output: String::new() }
}

/// A file without findings has one case that passes: a suite without cases is a failure to some.
fn suite(file: &Judged, entries: &[Entry<'_>], report: &Report<'_>) -> Suite {
    let secrets = Secrets::new(&file.sources, &file.judgement.secrets);
    let mut names = BTreeMap::new();
    let mut cases: Vec<Case> = entries.iter().map(|entry| case(entry, report, &secrets, &mut names)).collect();
    if cases.is_empty() {
        cases.push(Case { name: "no findings".to_owned(), result: CaseResult::Passed(None) });
    }
    Suite { name: report.project.path(&file.path), cases, output: verdicts(file, &secrets) }
}

/// Names have no lines in them, so that the history of a case goes on when lines move.
fn case(entry: &Entry<'_>, report: &Report<'_>, secrets: &Secrets<'_>, names: &mut BTreeMap<String, u32>) -> Case {
    let finding = entry.finding;
    let said = Said::of(entry, report, secrets);
    let mut name = format!("{}: {}", finding.rule, said.message);
    let count = names.entry(name.clone()).or_default();
    *count += 1;
    if *count > 1 {
        name.push_str(&format!(" ({count})"));
    }
    let (path, region) = entry.anchor();
    let (path, position) = (report.project.path(path), region.start);
    let text = format!("{}:{}:{}: {}", line(&path), position.line, position.column, said.lines());
    let fails = report.fails_from.is_some_and(|least| finding.severity >= least);
    let result = match fails {
        true => CaseResult::Failed { kind: finding.effect.as_str(), message: said.message, text },
        false => CaseResult::Passed(Some(text)),
    };
    Case { name, result }
}

/// What the consumer prints, which people look for in its log.
fn verdicts(file: &Judged, secrets: &Secrets<'_>) -> String {
    let mut text = String::new();
    for configuration in file.judgement.configurations.iter().filter(|one| one.verdict != Verdict::Accepts) {
        let stage = configuration.stage.as_deref().map(|stage| format!("stage {stage}: ")).unwrap_or_default();
        text.push_str(&format!("{stage}{}\n", words::sentence(configuration, file.judgement.kind)));
        for message in configuration.messages.iter().take(1) {
            text.push_str(&secrets.covered(message));
            text.push('\n');
        }
    }
    text
}

impl Case {
    fn is_failed(&self) -> bool {
        matches!(self.result, CaseResult::Failed { .. })
    }

    fn is_broken(&self) -> bool {
        matches!(self.result, CaseResult::Broken(_))
    }

    fn write(&self, suite: &str, out: &mut dyn Write) -> io::Result<()> {
        write!(out, r#"    <testcase name="{}" classname="{}" time="0""#, attribute(&self.name), attribute(suite))?;
        match &self.result {
            CaseResult::Passed(None) => writeln!(out, "/>"),
            CaseResult::Passed(Some(text)) => {
                writeln!(out, ">\n      <system-out>{}</system-out>\n    </testcase>", content(text))
            }
            CaseResult::Failed { kind, message, text } => writeln!(
                out,
                ">\n      <failure message=\"{}\" type=\"{kind}\">{}</failure>\n    </testcase>",
                attribute(message),
                content(text)
            ),
            CaseResult::Broken(message) => {
                writeln!(out, ">\n      <error message=\"{}\" type=\"unopened\"/>\n    </testcase>", attribute(message))
            }
        }
    }
}

impl Suite {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let count = |of: fn(&Case) -> bool| self.cases.iter().filter(|case| of(case)).count();
        writeln!(
            out,
            r#"  <testsuite name="{}" tests="{}" failures="{}" errors="{}" time="0">"#,
            attribute(&self.name),
            self.cases.len(),
            count(Case::is_failed),
            count(Case::is_broken),
        )?;
        self.cases.iter().try_for_each(|case| case.write(&self.name, out))?;
        if !self.output.is_empty() {
            writeln!(out, "    <system-out>{}</system-out>", content(&self.output))?;
        }
        writeln!(out, "  </testsuite>")
    }
}

fn content(text: &str) -> String {
    escaped(text, |character| match character {
        '\n' => Some("\n"),
        '\t' => Some("\t"),
        _ => None,
    })
}

fn attribute(text: &str) -> String {
    escaped(text, |character| match character {
        '"' => Some("&quot;"),
        '\n' => Some("&#10;"),
        '\t' => Some("&#9;"),
        _ => None,
    })
}

/// Characters that XML 1.0 has no way to write are shown by a stand-in, as everywhere else.
fn escaped(text: &str, special: impl Fn(char) -> Option<&'static str>) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match (special(character), character) {
            (Some(written), _) => escaped.push_str(written),
            (None, '&') => escaped.push_str("&amp;"),
            (None, '<') => escaped.push_str("&lt;"),
            (None, '>') => escaped.push_str("&gt;"),
            (None, '\u{FFFE}' | '\u{FFFF}') => escaped.push('\u{FFFD}'),
            (None, other) => escaped.push(harmless(other).unwrap_or(other)),
        }
    }
    escaped
}
