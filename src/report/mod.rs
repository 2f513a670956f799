//! Everything that a person or a CI system reads.
//!
//! # Adding a format
//! One file here with `pub(super) fn write(&Report, &mut dyn Write) -> io::Result<()>`, one
//! variant of [`Format`] with its arms, one arm in [`write()`]. The command line, the completions and
//! the tests that run all formats follow from [`Format::ALL`].
//!
//! What several formats need stands once: `words` (what is said of a finding), `plain` (texts made harmless, secrets
//! covered), `project` (paths from the top of the checkout), `region` (places), `fingerprint` (what survives moved lines)
//! and `workflow_command` (what a GitHub runner must not take for a command).

pub mod admission_words;
pub mod capacity;
mod caveat_words;
pub mod compare;
mod concise;
mod covering;
pub mod dates;
pub mod diff;
mod excerpt;
mod exclusions;
mod fingerprint;
mod github;
mod gitlab;
mod hanging;
mod human;
mod json;
mod junit;
pub mod kubeconfig;
mod markdown;
mod plain;
mod project;
mod region;
pub mod rendering;
pub mod route;
mod sarif;
pub mod scheduler_words;
pub mod secrets;
mod security_words;
pub mod topology;
mod words;
mod workflow_command;

pub use human::wrapped;
pub use plain::{line, lines};
pub use project::Project;
pub use words::no_snapshot;

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::diagnostic::{Applicability, Finding, Fix, Label, Severity};
use crate::judge::Judgement;
use crate::source::load::LoadError;
use crate::source::{Position, SourceMap};

/// A file with what becomes of it.
#[derive(Debug)]
pub struct Judged {
    /// The path as the user wrote it, or `<stdin>`.
    pub path: String,
    /// The texts that the findings point into; may be empty when there are no findings.
    pub sources: SourceMap,
    /// What becomes of it.
    pub judgement: Judgement,
}

/// Which findings are shown and counted. Verdicts do not depend on it.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these rules; all if empty.
    pub select: BTreeSet<&'static str>,
    /// Not these.
    pub ignore: BTreeSet<&'static str>,
}

impl Selection {
    /// Whether findings of a rule are shown.
    #[must_use]
    pub fn shows(&self, rule: &str) -> bool {
        (self.select.is_empty() || self.select.contains(rule)) && !self.ignore.contains(rule)
    }
}

/// A finding with the file that it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The file.
    pub file: &'a Judged,
    /// The finding.
    pub finding: &'a Finding,
}

impl<'a> Entry<'a> {
    /// The file that the primary label lies in: as a rule the judged one.
    #[must_use]
    pub fn path(&self) -> &'a str {
        self.finding.primary().map_or(&self.file.path, |span| self.file.sources.file(span.source).name())
    }

    /// Where the finding starts; the start of the file if it has no place.
    #[must_use]
    pub fn position(&self) -> Position {
        self.finding.labels.first().map_or(Position { line: 1, column: 1 }, |label| self.start_of(label))
    }

    fn start_of(&self, label: &Label) -> Position {
        self.file.sources.file(label.span.source).position(label.span.start)
    }

    fn path_of(&self, label: &Label) -> &'a str {
        self.file.sources.file(label.span.source).name()
    }
}

/// How much there was of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files judged.
    pub files: usize,
    /// Files passed over.
    pub skipped: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity info.
    pub infos: usize,
    /// Findings that a comment in the file hides.
    pub suppressed: usize,
    /// Findings with a fix that may be applied unseen.
    pub fixable_safe: usize,
    /// Findings with a fix that is a good guess.
    pub fixable_unsafe: usize,
    /// Findings that this run has mended; they are no longer among the others.
    pub fixed: usize,
}

/// What there is to report.
#[derive(Debug)]
pub struct Report<'a> {
    /// The files in the order of the input.
    pub files: &'a [Judged],
    /// The selected findings by file, position and rule.
    pub findings: Vec<Entry<'a>>,
    /// The counts.
    pub summary: Summary,
    /// What could not be read.
    pub unopened: &'a [LoadError],
    /// The least severity that makes the answer no, for formats that know failures only.
    pub fails_from: Option<Severity>,
    /// Where the run takes place, for formats that programs read.
    pub project: Project,
}

impl<'a> Report<'a> {
    /// Selects, sorts and counts.
    #[must_use]
    pub fn new(files: &'a [Judged], skipped: usize, selection: &Selection) -> Self {
        let mut findings: Vec<Entry<'a>> = Vec::new();
        for file in files {
            let shown = file.judgement.findings.iter().filter(|finding| selection.shows(finding.rule));
            let mut entries: Vec<Entry<'a>> = shown.map(|finding| Entry { file, finding }).collect();
            entries.sort_by_key(|entry| (entry.finding.primary(), entry.finding.rule));
            findings.append(&mut entries);
        }
        let hidden = files.iter().flat_map(|file| &file.judgement.suppressed);
        let fixable = |applicability| {
            let is_such = |fix: &Fix| fix.applicability == applicability;
            findings.iter().filter(|entry| entry.finding.fix.as_deref().is_some_and(is_such)).count()
        };
        let count = |severity| findings.iter().filter(|entry| entry.finding.severity == severity).count();
        let summary = Summary {
            files: files.len(),
            skipped,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            suppressed: hidden.filter(|finding| selection.shows(finding.rule)).count(),
            fixable_safe: fixable(Applicability::Safe),
            fixable_unsafe: fixable(Applicability::Unsafe),
            fixed: 0,
        };
        let (unopened, fails_from, project) = (&[][..], Some(Severity::Error), Project::default());
        Self { files, findings, summary, unopened, fails_from, project }
    }

    /// The findings by file; files without findings are left out.
    fn by_file(&self) -> impl Iterator<Item = (&'a Judged, &[Entry<'a>])> {
        let chunks = self.findings.chunk_by(|a, b| std::ptr::eq(a.file, b.file));
        chunks.filter_map(|entries| entries.first().map(|entry| (entry.file, entries)))
    }

    /// All files with their findings.
    fn all_files(&self) -> impl Iterator<Item = (&'a Judged, &[Entry<'a>])> {
        let mut findings = self.findings.as_slice();
        self.files.iter().map(move |file| {
            let count = findings.iter().take_while(|entry| std::ptr::eq(entry.file, file)).count();
            let (of_file, rest) = findings.split_at(count);
            findings = rest;
            (file, of_file)
        })
    }

    /// The worst severity among the selected findings.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|entry| entry.finding.severity).max()
    }
}

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Excerpts with underlines, for people.
    Human,
    /// One line per finding.
    Concise,
    /// One JSON document.
    Json,
    /// A SARIF 2.1.0 log.
    Sarif,
    /// Annotations of a GitHub workflow.
    Github,
    /// A GitLab code quality report.
    Gitlab,
    /// JUnit XML.
    Junit,
    /// A summary for a pull request or a job page.
    Markdown,
}

impl Format {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Human, Self::Concise, Self::Json, Self::Sarif, Self::Github, Self::Gitlab, Self::Junit, Self::Markdown];

    /// The word used by `--format`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Markdown => "markdown",
        }
    }

    /// What it is, for `--help`.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::Human => "excerpts with underlines, for people",
            Self::Concise => "one line per finding",
            Self::Json => "one JSON document, fields only ever added",
            Self::Sarif => "a SARIF 2.1.0 log, for code scanning",
            Self::Github => "annotations of a GitHub workflow",
            Self::Gitlab => "a GitLab code quality report",
            Self::Junit => "JUnit XML, one suite a file",
            Self::Markdown => "a summary for a pull request or a job page",
        }
    }
}

/// How much to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Findings only.
    Quiet,
    /// Findings, the consumer's words and a summary.
    Normal,
    /// Also what is well, and the facts.
    Verbose,
    /// Also the effective configurations.
    Everything,
}

/// How to lay text out; formats for machines do not look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// With or without colour.
    pub ink: Ink,
    /// Columns.
    pub width: usize,
    /// How much to say.
    pub detail: Detail,
}

/// With or without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// ANSI colours.
    Colored,
    /// Plain characters.
    Plain,
}

/// Writes the report.
///
/// # Errors
/// When the writer fails.
pub fn write(format: Format, report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Human => human::write(report, style, out),
        Format::Concise => concise::write(report, out),
        Format::Json => json::write(report, out),
        Format::Sarif => sarif::write(report, out),
        Format::Github => github::write(report, style, out),
        Format::Gitlab => gitlab::write(report, out),
        Format::Junit => junit::write(report, out),
        Format::Markdown => markdown::write(report, out),
    }
}
