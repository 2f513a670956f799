//! Where the values go: to standard output, into a file, or beside a file that should hold them already.

use std::path::{Path, PathBuf};

use crate::commands::output;
use crate::error::{Error, Outcome};
use crate::formats::{Detection, detect, master};
use crate::io::Io;
use crate::judge::{self, Options};
use crate::model::verdict::Kind;
use crate::render::Overwrite;
use crate::report::{self, Ink, Judged};
use crate::source::encoding::Decoded;
use crate::source::load::{self, Content};
use crate::source::{SourceId, SourceMap};

/// Where the values go.
#[derive(Debug, clap::Args)]
pub(super) struct Target {
    /// Write the values into this file instead of to standard output, which `-` is too
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write nothing, and show how this file differs from the values
    #[arg(long, value_name = "FILE", conflicts_with_all = ["output", "diff"])]
    check: Option<PathBuf>,
    /// Write nothing, and show what would change in the file of --output
    #[arg(long, requires = "output")]
    diff: bool,
    /// Lay the values into this file: whatever they do not set stays byte for byte
    #[arg(long, value_name = "FILE")]
    base: Option<PathBuf>,
    /// Replace what the base sets otherwise
    #[arg(long, requires = "base")]
    overwrite: bool,
}

/// A file of values that is kept.
pub(super) struct Kept {
    path: PathBuf,
    pub(super) text: String,
    pub(super) overwrite: Overwrite,
}

impl Kept {
    /// Tells what the base sets otherwise.
    pub(super) fn conflicts(&self, paths: &[String], text: &str, ink: Ink, io: &mut Io<'_>) -> Result<Outcome, Error> {
        let _ = compare(&self.path, &self.text, text, ink, io)?;
        io.stdout.flush()?;
        let name = self.path.display();
        io.note("error", format_args!("{name} sets {} otherwise; --overwrite replaces it", paths.join(", ")));
        Ok(Outcome::No)
    }

    /// Whether the master speaks TLS by these values (facts §6.1).
    pub(super) fn has_tls(&self) -> bool {
        let source = SourceId::default();
        let (tree, _) = master::read(source, &self.text);
        let value = master::value(source, &self.text, &tree).ok();
        let secret = value.as_ref().and_then(|value| value.as_object()?.get("tlsSecret")?.as_str());
        secret.is_some_and(|name| !name.is_empty())
    }

    /// The error about a base that cannot be used.
    pub(super) fn fault(&self, why: &str) -> Error {
        Error::new(format!("{} is no base: {why}", self.path.display()))
    }
}

impl Target {
    /// A file, or standard output.
    pub(super) fn of(output: Option<PathBuf>) -> Self {
        Self { output, check: None, diff: false, base: None, overwrite: false }
    }

    fn file(&self) -> Option<&Path> {
        output::file(self.output.as_deref())
    }

    /// The file with the values, for a line to go on with.
    pub(super) fn name(&self) -> String {
        self.file().map_or_else(|| "values.yaml".to_owned(), |path| path.display().to_string())
    }

    /// Whether anything is written.
    pub(super) fn is_written(&self) -> bool {
        self.check.is_none() && !self.diff
    }

    /// The file that the values are laid into.
    ///
    /// # Errors
    /// When it cannot be read, or is a file of another kind.
    pub(super) fn base(&self) -> Result<Option<Kept>, Error> {
        let Some(path) = &self.base else { return Ok(None) };
        let overwrite = if self.overwrite { Overwrite::Allowed } else { Overwrite::Refused };
        let kept = Kept { path: path.clone(), text: read(path)?, overwrite };
        let (tree, syntax) = master::read(SourceId::default(), &kept.text);
        match detect(&tree, &kept.text, syntax.as_ref()) {
            Detection::Plain(kind, why) if kind != Kind::HelmValues => {
                Err(kept.fault(&format!("it is a file of kind {}: {why}", kind.as_str())))
            }
            _ => Ok(Some(kept)),
        }
    }

    /// Looks whether the values can go there.
    ///
    /// # Errors
    /// When they would overwrite the configuration, or there is no file to compare them with.
    pub(super) fn check(&self, config: &Path) -> Result<(), Error> {
        if self.diff && self.file().is_none() {
            return Err(Error::new("--diff compares with a file, and `--output -` is standard output".to_owned()));
        }
        output::refuse_clash(self.output.as_deref().filter(|_| self.is_written()), config)
    }

    /// Hands the values out, or compares.
    pub(super) fn hand_out(&self, text: &str, ink: Ink, io: &mut Io<'_>) -> Result<Outcome, Error> {
        match (&self.check, self.file()) {
            (Some(path), _) => compare(path, &read(path)?, text, ink, io),
            (None, Some(path)) if self.diff => {
                let is_new = matches!(load::read_file(path), Err(error) if error.is_missing());
                let before = if is_new { String::new() } else { read(path)? };
                compare(path, &before, text, ink, io)
            }
            (None, path) => output::write(path, text, io).map(|()| Outcome::Success),
        }
    }
}

fn read(path: &Path) -> Result<String, Error> {
    match load::read_file(path).map_err(|error| Error::with_hint(error.to_string(), error.hint()))? {
        Content::Read(Decoded::Utf8(text)) => Ok(text),
        _ => Err(Error::new(format!("{}: it is no text in UTF-8", path.display()))),
    }
}

/// Shows how two texts of values differ, without the secrets that people keep in them.
fn compare(path: &Path, before: &str, after: &str, ink: Ink, io: &mut Io<'_>) -> Result<Outcome, Error> {
    if before == after {
        return Ok(Outcome::Success);
    }
    let (before, after) = (judged(path, before), judged(path, after));
    if let (Some(before), Some(after)) = (before, after) {
        report::diff::write(&before, &after, ink, io.stdout)?;
    }
    Ok(Outcome::No)
}

fn judged(path: &Path, text: &str) -> Option<Judged> {
    let mut sources = SourceMap::new();
    let path = path.display().to_string();
    let id = sources.add(path.clone(), text);
    let judgement = judge::judge(&mut sources, id, Some(Kind::HelmValues), &Options::default()).ok()?;
    Some(Judged { path, sources, judgement })
}
