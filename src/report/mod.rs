//! Everything that a person or a CI system reads.
//!
//! # Adding a format
//! One file here with `pub(super) fn write(&Report, &Style, &mut dyn Write) -> io::Result<()>`, one
//! variant of [`Format`] with its arms, one arm in [`write()`]. The command line, the completions and
//! the test that runs all formats follow from [`Format::ALL`].

pub mod admission_words;
pub mod capacity;
mod concise;
mod excerpt;
mod human;
mod json;
mod plain;
pub mod route;
pub mod scheduler_words;
mod security_words;
pub mod topology;

pub use plain::{line, lines};

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::diagnostic::{Finding, Label, Severity};
use crate::judge::Judgement;
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
        let count = |severity| findings.iter().filter(|entry| entry.finding.severity == severity).count();
        let summary = Summary {
            files: files.len(),
            skipped,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
        };
        Self { files, findings, summary }
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
}

impl Format {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Human, Self::Concise, Self::Json];

    /// The word used by `--format`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Concise => "concise",
            Self::Json => "json",
        }
    }

    /// What it is, for `--help`.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::Human => "excerpts with underlines, for people",
            Self::Concise => "one line per finding",
            Self::Json => "one JSON document, fields only ever added",
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
    }
}
