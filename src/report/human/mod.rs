//! Findings for people, drawn by miette: the only room that names it.

mod drawing;

use std::io::{self, Write};

use miette::{GraphicalReportHandler, GraphicalTheme};

use drawing::Drawing;

use super::covering::Secrets;
use super::excerpt::{Mark, excerpt};
use super::json;
use super::plain::{line, lines};
use super::words::{counted, meaning, sentence};
use super::{Detail, Entry, Ink, Judged, Report, Style, Summary};
use crate::diagnostic::{Finding, Label, Severity};
use crate::model::verdict::{Configuration, Verdict};

/// Wider text than this is hard to read, however wide the terminal is.
const TEXT_WIDTH: usize = 100;

pub(super) fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let pen = Pen::new(style);
    let mut findings = report.findings.as_slice();
    for file in report.files {
        let count = findings.iter().take_while(|entry| std::ptr::eq(entry.file, file)).count();
        let (of_file, rest) = findings.split_at(count);
        findings = rest;
        let secrets = Secrets::new(&file.sources, &file.judgement.secrets);
        for entry in of_file {
            pen.finding(*entry, &secrets, out)?;
        }
        pen.verdicts(file, &secrets, out)?;
    }
    pen.summary(report, out)
}

/// Draws findings that stand for no rule, each under a title of its own.
pub(super) fn titled(
    file: &Judged,
    findings: &[(String, Finding)],
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let pen = Pen::new(style);
    let secrets = Secrets::new(&file.sources, &file.judgement.secrets);
    for (title, finding) in findings {
        let head = pen.paint(ink(finding.severity), finding.severity.as_str());
        writeln!(out, "{head}: {}", line(title))?;
        pen.drawn(Entry { file, finding }, &secrets, out)?;
        writeln!(out)?;
    }
    Ok(())
}

struct Pen {
    handler: GraphicalReportHandler,
    style: Style,
}

impl Pen {
    fn new(style: &Style) -> Self {
        let theme = match style.ink {
            Ink::Colored => GraphicalTheme::unicode(),
            Ink::Plain => GraphicalTheme::unicode_nocolor(),
        };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_links(false)
            .with_wrap_lines(false)
            .without_syntax_highlighting();
        Self { handler, style: *style }
    }

    fn paint(&self, code: &str, text: &str) -> String {
        match self.style.ink {
            Ink::Colored => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            Ink::Plain => text.to_owned(),
        }
    }

    fn finding(&self, entry: Entry<'_>, secrets: &Secrets<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.head(entry, out)?;
        self.drawn(entry, secrets, out)?;
        if entry.finding.labels.is_empty() {
            writeln!(out, "    in {}", line(entry.path()))?;
        }
        self.references(entry.finding, out)?;
        writeln!(out)
    }

    fn drawn(&self, entry: Entry<'_>, secrets: &Secrets<'_>, out: &mut dyn Write) -> io::Result<()> {
        let drawing = self.drawing(entry, secrets);
        let mut text = String::new();
        self.handler.render_report(&mut text, &drawing).map_err(io::Error::other)?;
        out.write_all(without_trailing_blanks(&text).as_bytes())
    }

    fn head(&self, entry: Entry<'_>, out: &mut dyn Write) -> io::Result<()> {
        let finding = entry.finding;
        let head = format!("{}[{}]", finding.severity.as_str(), finding.rule);
        let head = self.paint(ink(finding.severity), &head);
        let configurations = &entry.file.judgement.configurations;
        if configurations.iter().all(|configuration| configuration.verdict == Verdict::Unknown) {
            return writeln!(out, "{head}");
        }
        writeln!(out, "{head} {}: {}", finding.effect.as_str(), meaning(finding.effect))
    }

    fn drawing<'a>(&self, entry: Entry<'a>, secrets: &Secrets<'_>) -> Drawing<'a> {
        let finding = entry.finding;
        // Gutter and frame take six columns and the digits of the line number.
        let digits = entry.position().line.ilog10() as usize + 1;
        let columns = self.style.width.saturating_sub(6 + digits).max(30);
        let excerpt = excerpt(entry.file, &finding.labels, secrets, columns);
        let wrapped = |text: &str, indent: usize| {
            let room = self.style.width.min(TEXT_WIDTH).saturating_sub(indent);
            wrap(&lines(&secrets.covered(text)), room)
        };
        let label = |(label, mark): (&Label, &Mark)| {
            let room = columns.saturating_sub(mark.column + 6);
            wrap(&line(&secrets.covered(&label.text)), room.clamp(24, TEXT_WIDTH))
        };
        Drawing {
            message: wrapped(&finding.message, 5),
            help: finding.help.as_deref().map(|help| wrapped(help, 9)),
            labels: finding.labels.iter().zip(&excerpt.marks).map(label).collect(),
            excerpt,
            finding,
        }
    }

    fn references(&self, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
        if self.style.detail == Detail::Quiet {
            return Ok(());
        }
        let facts = if self.style.detail >= Detail::Verbose && !finding.facts.is_empty() {
            format!(" (facts {})", finding.facts.join(", "))
        } else {
            String::new()
        };
        let more = format!("   more: detctl explain {}{facts}", finding.rule);
        writeln!(out, "{}", self.paint("2", &more))
    }

    /// The consumer's own words, by which the finding can be found again in its log.
    fn verdicts(&self, file: &Judged, secrets: &Secrets<'_>, out: &mut dyn Write) -> io::Result<()> {
        if self.style.detail == Detail::Quiet {
            return Ok(());
        }
        for configuration in &file.judgement.configurations {
            if configuration.verdict != Verdict::Accepts || self.style.detail >= Detail::Verbose {
                self.verdict(file, configuration, secrets, out)?;
            }
        }
        Ok(())
    }

    fn verdict(
        &self,
        file: &Judged,
        configuration: &Configuration,
        secrets: &Secrets<'_>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let stage = configuration.stage.as_deref().map(|stage| format!(" (stage {})", line(stage)));
        let prints = if configuration.messages.is_empty() { "" } else { " and prints" };
        let says = sentence(configuration, file.judgement.kind);
        let path = self.paint("1", &line(&file.path));
        writeln!(out, "{path}{}: {says}{prints}", stage.unwrap_or_default())?;
        let shown = if self.style.detail >= Detail::Verbose { usize::MAX } else { 1 };
        for message in configuration.messages.iter().take(shown) {
            let message = message.replace('\t', "    ");
            for part in lines(&secrets.covered(&message)).lines() {
                writeln!(out, "  │ {part}")?;
            }
        }
        if let Some(resolved) = self.effective(configuration) {
            for part in lines(&secrets.covered(&resolved)).lines() {
                writeln!(out, "  │ {part}")?;
            }
        }
        let more = configuration.messages.len().saturating_sub(shown);
        if more > 0 {
            writeln!(out, "  or one of {more} more (-v shows them)")?;
        }
        writeln!(out)
    }

    fn effective(&self, configuration: &Configuration) -> Option<String> {
        let resolved = configuration.resolved.as_deref()?;
        (self.style.detail >= Detail::Everything).then(|| json::pretty(&resolved.0))
    }

    fn summary(&self, report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
        if self.style.detail == Detail::Quiet {
            return Ok(());
        }
        let summary = &report.summary;
        if summary.files + summary.skipped == 0 {
            return Ok(());
        }
        let counted = |count: usize, one: &str, color: &str| {
            let text = counted(count, one);
            if count == 0 { text } else { self.paint(color, &text) }
        };
        write!(
            out,
            "{} checked: {}, {}, {}",
            counted(summary.files, "file", "1"),
            counted(summary.errors, "error", ink(Severity::Error)),
            counted(summary.warnings, "warning", ink(Severity::Warning)),
            counted(summary.infos, "info", ink(Severity::Info)),
        )?;
        let asides = [
            (summary.skipped > 0).then(|| format!("{} passed over", counted(summary.skipped, "other file", "0"))),
            (summary.suppressed > 0).then(|| format!("{} suppressed", summary.suppressed)),
            (summary.fixed > 0).then(|| format!("{} fixed", summary.fixed)),
        ];
        let asides: Vec<String> = asides.into_iter().flatten().collect();
        if !asides.is_empty() {
            write!(out, " ({})", asides.join(", "))?;
        }
        writeln!(out)?;
        match fixable(summary) {
            Some(hint) => writeln!(out, "{hint}"),
            None => Ok(()),
        }
    }
}

/// What `--fix` would do.
fn fixable(summary: &Summary) -> Option<String> {
    match (summary.fixable_safe, summary.fixable_unsafe) {
        (0, 0) => None,
        (0, guesses) => Some(format!("{guesses} fixable with --fix --unsafe-fixes")),
        (safe, 0) => Some(format!("{safe} fixable with --fix")),
        (safe, guesses) => Some(format!("{safe} fixable with --fix, {guesses} more with --unsafe-fixes")),
    }
}

fn ink(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Info => "1;36",
    }
}

/// Lines of at most `room` columns, broken at spaces only, so that names can be copied.
fn wrap(text: &str, room: usize) -> String {
    let options = textwrap::Options::new(room)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::fill(text, options)
}

/// A note for a terminal: further lines stand further in, and names and commands stay whole.
#[must_use]
pub fn wrapped(text: &str, width: usize) -> String {
    wrap(text, width.max(NARROWEST).saturating_sub(FURTHER_IN.len())).replace('\n', &format!("\n{FURTHER_IN}"))
}

/// What stands before further lines of a note.
const FURTHER_IN: &str = "  ";

/// No terminal is taken for narrower.
const NARROWEST: usize = 20;

/// miette pads the gutter of lines without text.
fn without_trailing_blanks(text: &str) -> String {
    let mut trimmed = String::with_capacity(text.len());
    for line in text.lines() {
        trimmed.push_str(line.trim_end_matches(' '));
        trimmed.push('\n');
    }
    trimmed
}
