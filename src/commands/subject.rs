//! A configuration that is written again in another form: judged first, and refused while it has errors.

use std::path::Path;

use super::configuration::{self, Reading};
use crate::cli::Global;
use crate::diagnostic::Severity;
use crate::error::{Error, Outcome};
use crate::formats::helm_values::Request;
use crate::io::Io;
use crate::judge::Model;
use crate::release::Release;
use crate::render::Remark;
use crate::report::{self, Detail, Format, Ink, Judged, Report, Selection, Style, rendering};
use crate::source::load::STDIN;
use crate::source::{SourceFile, SourceId};

/// What happens to a configuration with errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gate {
    /// Its report is printed, and that is all.
    Closed,
    /// It is taken as it is.
    Open,
}

/// A configuration to go on with.
pub(super) struct Subject {
    /// The file with all that was said of it.
    pub(super) file: Judged,
    /// What it says.
    pub(super) model: Model,
    /// How to say something of it on standard error: standard output is for the product.
    pub(super) style: Style,
}

/// A configuration, or that it has errors and what they are has been told.
pub(super) enum Opened {
    /// It passed.
    Subject(Box<Subject>),
    /// It did not.
    Refused,
}

/// What is to be opened, and how.
pub(super) struct Opening<'a> {
    /// The file.
    pub(super) path: &'a Path,
    /// How it is read.
    pub(super) reading: &'a Reading,
    /// The release of the master that reads it.
    pub(super) release: Release,
    /// What Helm knows besides values.
    pub(super) request: Request,
    /// What happens when it has errors.
    pub(super) gate: Gate,
}

/// Reads and judges a file.
///
/// # Errors
/// When it cannot be read, holds no configuration of a master, or not the stage that was asked for.
pub(super) fn open(opening: Opening<'_>, global: &Global, io: &mut Io<'_>) -> Result<Opened, Error> {
    let Opening { path, reading, release, request, gate } = opening;
    let mut file = configuration::judge_file_for(path, reading, release, request, io)?;
    configuration::demand_master(&file, reading)?;
    let style = style(global, io);
    let has_errors = file.judgement.findings.iter().any(|finding| finding.severity == Severity::Error);
    if has_errors && gate == Gate::Closed {
        let files = [file];
        let report = Report::new(&files, 0, &Selection::default());
        report::write(Format::Human, &report, &style, io.stderr)?;
        if !global.quiet {
            io.note("note", "nothing was written; --force goes on all the same");
        }
        return Ok(Opened::Refused);
    }
    let model = configuration::choose(&mut file, reading)?;
    // Excerpts come from any of the texts, whether the judge found something there or not.
    file.judgement.secrets = file.judgement.hidden(&file.sources);
    Ok(Opened::Subject(Box::new(Subject { file, model, style })))
}

fn style(global: &Global, io: &Io<'_>) -> Style {
    let ink = if io.colors_errors(global.color) { Ink::Colored } else { Ink::Plain };
    let detail = if global.quiet { Detail::Quiet } else { Detail::Normal };
    Style { ink, width: io.width, detail }
}

impl Subject {
    /// The name of the file without its folder.
    pub(super) fn name(&self) -> &str {
        match &*self.file.path {
            STDIN => "standard input",
            path => Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path),
        }
    }

    /// The text that was read.
    pub(super) fn own_text(&self) -> &str {
        self.file.sources.iter().next().map_or("", |(_, file)| file.text())
    }

    /// The text that the master reads.
    pub(super) fn masters_text(&self) -> Option<(SourceId, &SourceFile)> {
        let own = self.file.sources.iter().next().map(|(id, _)| id)?;
        let id = self.model.written().unwrap_or(own);
        Some((id, self.file.sources.file(id)))
    }

    /// Tells of settings that do not stay what they are, each with its place.
    pub(super) fn excerpts(
        &self,
        remarks: &[Remark],
        severity: Severity,
        what: &str,
        io: &mut Io<'_>,
    ) -> Result<(), Error> {
        let home = |span| self.model.home(span);
        Ok(rendering::excerpts(&self.file, remarks, (severity, what), home, &self.style, io.stderr)?)
    }

    /// Tells something that `-q` silences.
    pub(super) fn note(&self, label: &str, text: impl std::fmt::Display, io: &mut Io<'_>) {
        if self.style.detail > Detail::Quiet {
            io.note(label, text);
        }
    }

    /// Tells a command to go on with, that `-q` silences.
    pub(super) fn instruct(&self, label: &str, command: impl std::fmt::Display, io: &mut Io<'_>) {
        if self.style.detail > Detail::Quiet {
            io.instruct(label, command);
        }
    }

    /// The answer when it is no.
    pub(super) fn refused(&self, why: &str, io: &mut Io<'_>) -> Outcome {
        self.note("note", format_args!("nothing was written: {why}"), io);
        Outcome::No
    }
}
