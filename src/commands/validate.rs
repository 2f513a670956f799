//! `detctl validate`: what the master will do with a configuration, before deployment.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::PathBuf;

use clap::{CommandFactory as _, ValueEnum};

use super::environment;
use super::load::{self, Batch};
use crate::cli::{Cli, Global};
use crate::diagnostic::Severity;
use crate::error::{Error, Outcome};
use crate::io::{Io, Peer};
use crate::judge::{Effective, Options};
use crate::model::verdict::Kind;
use crate::release::Release;
use crate::report::{self, Detail, Format, Ink, Report, Selection, Style};
use crate::source::load::{Origin, STDIN};

/// Check configurations: the master's verdict, before deployment
///
/// Examples:
///   detctl validate master.yaml
///   detctl validate --format json deploy/
///   helm get values det | detctl validate --kind helm-values -
///
/// Exit codes: 0 no finding at or above --fail-on · 1 some · 2 usage, or some input could not be opened
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Files, folders (*.yaml and *.yml in them, as git sees them), or - for standard input
    paths: Vec<PathBuf>,
    /// How to report
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// The least severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    fail_on: FailOn,
    /// Show only findings of this rule; may be repeated
    #[arg(long, value_name = "RULE")]
    select: Vec<String>,
    /// Do not show findings of this rule; may be repeated
    #[arg(long, value_name = "RULE")]
    ignore: Vec<String>,
    /// Read every file as this kind instead of telling by its keys, and pass none over
    #[arg(long, value_name = "KIND")]
    kind: Option<Kind>,
    /// The release of the master that will read the files
    #[arg(long, value_name = "VERSION", default_value_t)]
    master_version: Release,
    #[command(flatten)]
    environment: environment::Variables,
}

/// From which severity on the answer is no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Errors
    Error,
    /// Errors and warnings
    Warning,
    /// Any finding
    Info,
    /// Whatever is found, the exit code is 0
    Never,
}

impl FailOn {
    fn is_met_by(self, worst: Option<Severity>) -> bool {
        match self {
            Self::Error => worst >= Some(Severity::Error),
            Self::Warning => worst >= Some(Severity::Warning),
            Self::Info => worst.is_some(),
            Self::Never => false,
        }
    }
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let selection = Selection { select: rules(&arguments.select)?, ignore: rules(&arguments.ignore)? };
    if arguments.paths.is_empty() && io.stdin_peer == Peer::Terminal {
        return help(io);
    }
    let style = style(global, io);
    let options = Options {
        release: arguments.master_version,
        effective: effective(arguments.format, style.detail),
        environment: environment::read(&arguments.environment, io)?,
    };
    let paths = if arguments.paths.is_empty() { vec![PathBuf::from("-")] } else { arguments.paths.clone() };
    let batch = load::judge_all(&paths, arguments.kind, &options, io);
    narrate(&batch, global, io);
    if arguments.paths.is_empty() && batch.judged.is_empty() {
        let hint = "name files or folders, or - for standard input".to_owned();
        let message = "no path was given, and standard input holds no configuration";
        return Err(Error::with_hint(message, Some(hint)));
    }

    let report = Report::new(&batch.judged, batch.skipped.len(), &selection);
    match report::write(arguments.format, &report, &style, io.stdout) {
        // Whoever read the output has seen enough; the answer stays the same.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        written => written?,
    }
    Ok(if !batch.errors.is_empty() {
        Outcome::Failure
    } else if arguments.fail_on.is_met_by(report.worst()) {
        Outcome::No
    } else {
        Outcome::Success
    })
}

/// Only the machine form and `-vv` show effective configurations.
fn effective(format: Format, detail: Detail) -> Effective {
    match (format, detail) {
        (Format::Json, _) | (Format::Human, Detail::Everything) => Effective::Shown,
        _ => Effective::Hidden,
    }
}

fn rules(ids: &[String]) -> Result<BTreeSet<&'static str>, Error> {
    ids.iter().map(|id| super::rule(id).map(|rule| rule.id)).collect()
}

/// Nothing was named and nobody will type a file in: show what could be named.
fn help(io: &mut Io<'_>) -> Result<Outcome, Error> {
    let mut root = Cli::command();
    root.build();
    if let Some(command) = root.find_subcommand_mut("validate") {
        write!(io.stderr, "{}", command.render_help())?;
    }
    Ok(Outcome::Failure)
}

fn style(global: &Global, io: &Io<'_>) -> Style {
    let detail = match (global.quiet, global.verbose) {
        (true, _) => Detail::Quiet,
        (false, 0) => Detail::Normal,
        (false, 1) => Detail::Verbose,
        (false, _) => Detail::Everything,
    };
    let ink = if io.colors(global.color) { Ink::Colored } else { Ink::Plain };
    Style { ink, width: io.width, detail }
}

/// What the user should know besides the report.
fn narrate(batch: &Batch, global: &Global, io: &mut Io<'_>) {
    for error in &batch.errors {
        io.complain(&Error::with_hint(error.to_string(), error.hint()));
    }
    if global.quiet {
        return;
    }
    for (path, kinds) in &batch.doubts {
        let (first, others) = kinds.split_first().map_or(("", Vec::new()), |(first, others)| {
            (first.as_str(), others.iter().map(|kind| kind.as_str()).collect::<Vec<_>>())
        });
        let others = others.join(" or ");
        io.note("note", format_args!("{path} was read as {first}; if it is {others}, say so with --kind"));
    }
    for skipped in &batch.skipped {
        let named = skipped.origin == Origin::Named && skipped.path != STDIN;
        if named || skipped.path == STDIN || global.verbose > 0 {
            let (path, why) = (&skipped.path, &skipped.why);
            io.note("note", format_args!("{path} was passed over: {why}; --kind has it checked all the same"));
        }
    }
    for judged in batch.judged.iter().filter(|_| global.verbose > 0) {
        let (path, kind, why) = (&judged.path, judged.judgement.kind.as_str(), &judged.judgement.why_kind);
        io.note("note", format_args!("{path} was read as {kind}: {why}"));
    }
}
