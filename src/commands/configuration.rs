//! One file of any kind → the configuration that the master will have, for commands that go on with it.

use std::path::Path;

use super::environment::{self, Variables};
use crate::error::Error;
use crate::formats::helm_values::set::Set;
use crate::formats::helm_values::{Request, Secrets, State};
use crate::formats::{Detection, master};
use crate::io::Io;
use crate::judge::{self, Effective, Judgement, Model, Models, Options};
use crate::model::verdict::{Configuration, Kind, Verdict};
use crate::release::Release;
use crate::report::{self, Judged};
use crate::source::encoding::Decoded;
use crate::source::load::{self, Content};
use crate::source::{SourceId, SourceMap};

/// How a configuration is read.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Reading {
    /// Read the file as this kind instead of telling by its keys
    #[arg(long, value_name = "KIND")]
    kind: Option<Kind>,
    /// The master stage of a devcluster file that has several
    #[arg(long, value_name = "NAME")]
    stage: Option<String>,
    #[command(flatten)]
    environment: Variables,
}

/// A configuration with everything that was said of it.
pub(super) struct Configured {
    /// The file as the user calls it.
    pub(super) name: String,
    /// Its texts.
    pub(super) sources: SourceMap,
    /// What was said of it.
    pub(super) judgement: Judgement,
    /// What it says.
    pub(super) model: Model,
}

impl Configured {
    /// What the master says when it does not load it, in one line.
    pub(super) fn refusal(&self) -> Option<String> {
        let configuration = self.judgement.configurations.get(self.model.configuration)?;
        (configuration.verdict != Verdict::Accepts).then(|| words(configuration))
    }

    /// How to see where it is wrong.
    pub(super) fn hint(&self) -> String {
        hint(&self.name, self.judgement.kind)
    }
}

/// Reads and judges a file.
///
/// # Errors
/// When it cannot be read, or is not understood so far that there is a model of it.
pub(super) fn read(path: &Path, reading: &Reading, release: Release, io: &mut Io<'_>) -> Result<Configured, Error> {
    let Judged { path: name, sources, mut judgement } = judge_file(path, reading, release, io)?;
    let models = std::mem::take(&mut judgement.models);
    let model = chosen(models, &judgement, reading.stage.as_deref(), &name)?;
    Ok(Configured { name, sources, judgement, model })
}

/// The same of one file among others, not all of which have stages to choose from.
///
/// # Errors
/// As above.
pub(super) fn read_among(
    path: &Path,
    reading: &Reading,
    release: Release,
    set: Vec<Set>,
    io: &mut Io<'_>,
) -> Result<Configured, Error> {
    let request = Request { set, ..assumed() };
    let Judged { path: name, sources, mut judgement } = judge_file_for(path, reading, release, request, io)?;
    let models = std::mem::take(&mut judgement.models);
    let stage = reading.stage.as_deref().filter(|_| judgement.kind == Kind::Devcluster);
    let model = chosen(models, &judgement, stage, &name)?;
    Ok(Configured { name, sources, judgement, model })
}

/// Reads and judges a file, with the models of all its masters.
///
/// # Errors
/// When it cannot be read.
pub(super) fn judge_file(path: &Path, reading: &Reading, release: Release, io: &mut Io<'_>) -> Result<Judged, Error> {
    judge_file_for(path, reading, release, assumed(), io)
}

/// A release that is there: whether a password is given matters to the installation only.
pub(super) fn installed() -> Request {
    Request { state: State::Installed, ..Request::default() }
}

/// The same, with something in place of the secrets that are given to Helm.
pub(super) fn assumed() -> Request {
    Request { secrets: Secrets::Assumed, ..installed() }
}

/// The same, for a release of the chart.
///
/// # Errors
/// When it cannot be read.
pub(super) fn judge_file_for(
    path: &Path,
    reading: &Reading,
    release: Release,
    request: Request,
    io: &mut Io<'_>,
) -> Result<Judged, Error> {
    let options = Options {
        release,
        effective: Effective::Hidden,
        models: Models::Kept,
        request,
        environment: environment::read(&reading.environment, io)?,
        follow: None,
    };
    let (name, text) = text(path, io)?;
    let mut sources = SourceMap::new();
    let id = sources.add(name.clone(), text);
    let judgement = judged(&mut sources, id, &name, reading.kind, &options)?;
    Ok(Judged { path: name, sources, judgement })
}

/// The model that is asked for.
///
/// # Errors
/// When there are several and none was chosen, or none.
pub(super) fn choose(file: &mut Judged, reading: &Reading) -> Result<Model, Error> {
    let models = std::mem::take(&mut file.judgement.models);
    chosen(models, &file.judgement, reading.stage.as_deref(), &file.path)
}

/// Without signs of another kind, a file that somebody names is meant to be a master's.
fn judged(
    sources: &mut SourceMap,
    id: SourceId,
    name: &str,
    kind: Option<Kind>,
    options: &Options,
) -> Result<Judgement, Error> {
    let unsure = match judge::judge(sources, id, kind, options) {
        Ok(judgement) => return Ok(judgement),
        Err(unsure) => unsure,
    };
    if let Detection::Ambiguous(kinds) = unsure {
        let (why, hint) = Detection::doubt(&kinds);
        return Err(Error::with_hint(format!("cannot tell what `{name}` is: {why}"), Some(hint)));
    }
    let mut judgement = judge::judge(sources, id, Some(Kind::Master), options)
        .map_err(|_| Error::new(format!("{name}: it cannot be read as a configuration")))?;
    // A text that is no YAML may be anything; the report says where it is wrong.
    if master::read(id, sources.file(id).text()).1.is_none() {
        NO_SIGN.clone_into(&mut judgement.why_kind);
    }
    Ok(judgement)
}

/// Why a file is taken for a master's that has no sign of any kind.
const NO_SIGN: &str = "no sign of another kind";

/// Whether a file holds a master at all, and the one that is asked for.
///
/// # Errors
/// When it has no sign of one, or not this stage.
pub(super) fn demand_master(file: &Judged, reading: &Reading) -> Result<(), Error> {
    let Judged { path: name, judgement, .. } = file;
    if let (Some(stage), true) = (&reading.stage, judgement.kind != Kind::Devcluster) {
        let hint = format!("only devcluster files have stages, and it is of kind {}", judgement.kind.as_str());
        return Err(Error::with_hint(format!("{name}: there is no master stage `{stage}`"), Some(hint)));
    }
    if judgement.why_kind == NO_SIGN {
        let hint = "`--kind master` reads it as the configuration of a master all the same".to_owned();
        return Err(Error::with_hint(format!("{name}: it holds no configuration of a master"), Some(hint)));
    }
    wanted(judgement, reading.stage.as_deref(), name).map(|_| ())
}

/// Which of the configurations is asked for.
fn wanted(judgement: &Judgement, stage: Option<&str>, name: &str) -> Result<usize, Error> {
    let all = &judgement.configurations;
    let stage_of = |configuration: &Configuration| configuration.stage.clone().unwrap_or_default();
    let stages: Vec<String> = all.iter().filter(|it| it.stage.is_some()).map(stage_of).collect();
    if stages.len() > 1 && stage.is_none() {
        let hint = format!("choose one with --stage: {}", stages.join(", "));
        return Err(Error::with_hint(format!("{name}: it has several master stages"), Some(hint)));
    }
    let wanted = all.iter().position(|it| stage.is_none_or(|stage| it.stage.as_deref() == Some(stage)));
    wanted.ok_or_else(|| {
        let known =
            if stages.is_empty() { "it has none".to_owned() } else { format!("there is {}", stages.join(", ")) };
        let message = format!("{name}: there is no master stage `{}`", stage.unwrap_or_default());
        Error::with_hint(message, Some(known))
    })
}

/// The one model, or that of the stage.
fn chosen(models: Vec<Model>, judgement: &Judgement, stage: Option<&str>, name: &str) -> Result<Model, Error> {
    let wanted = wanted(judgement, stage, name)?;
    let all = &judgement.configurations;
    let why = all.get(wanted).filter(|it| it.verdict != Verdict::Accepts).map(words);
    models.into_iter().find(|model| model.configuration == wanted).ok_or_else(|| {
        let why = why.unwrap_or_else(|| "it holds no configuration of a master".to_owned());
        Error::with_hint(format!("{name}: {why}"), Some(hint(name, judgement.kind)))
    })
}

fn hint(name: &str, kind: Kind) -> String {
    format!("`detctl validate --kind {} {name}` shows where", kind.as_str())
}

/// The consumer's words in one line.
fn words(configuration: &Configuration) -> String {
    let consumer = match configuration.verdict {
        Verdict::HelmFails => "Helm does not render it",
        Verdict::DevclusterFails => "devcluster does not start with it",
        _ => "the master does not load it",
    };
    let message = configuration.messages.first().map_or("it cannot be read", |message| message);
    let lines: Vec<&str> = message.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    format!("{consumer}: {}", report::line(&lines.join(" ")))
}

/// A whole text with the name that people know it by.
pub(super) fn text(path: &Path, io: &mut Io<'_>) -> Result<(String, String), Error> {
    let (name, content) = if path == Path::new("-") {
        (load::STDIN.to_owned(), load::read_stdin(io.stdin))
    } else {
        (path.display().to_string(), load::read_file(path))
    };
    match content.map_err(|error| Error::with_hint(error.to_string(), error.hint()))? {
        Content::Read(Decoded::Utf8(text) | Decoded::Utf16(text, _)) => Ok((name, text)),
        _ => Err(Error::new(format!("{name}: it is no text that can be read"))),
    }
}
