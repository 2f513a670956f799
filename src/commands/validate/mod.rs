//! `detctl validate`: what the master will do with a configuration, before deployment.

mod live;
mod secrets;

use std::collections::BTreeSet;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::str::FromStr;

use clap::{CommandFactory as _, ValueEnum};

use super::environment;
use super::fixing::{self, Done, Mode};
use super::live::Live;
use super::load::{self, Batch};
use super::sets::sets;
use crate::cli::{Cli, Global};
use crate::diagnostic::Severity;
use crate::error::{Error, Outcome};
use crate::formats::helm_values::{Request, State};
use crate::io::{Io, Peer};
use crate::judge::{Effective, Follow, Models, Options};
use crate::model::verdict::Kind;
use crate::release::{Release, keys};
use crate::report::{self, Detail, Format, Ink, Report, Selection, Style};
use crate::source::load::{Origin, STDIN, reason};
use crate::source::{save, stream};
use crate::spelling;

/// Check configurations: the master's verdict, before deployment
///
/// Examples:
///   detctl validate master.yaml
///   detctl validate --format json deploy/
///   helm get values det | detctl validate --kind helm-values -
///   detctl validate --diff master.yaml
///   detctl validate --format github --report sarif=detctl.sarif deploy/
///
/// Exit codes:
///   0  no finding at or above --fail-on
///   1  some
///   2  usage, or some input could not be read
/// With --diff:
///   0  nothing to change
///   1  something
///   2  as above
/// With --fix also:
///   3  some files could not be written
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Files, folders (*.yaml and *.yml in them, as git sees them), or - for standard input
    paths: Vec<PathBuf>,
    /// How to report
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Also write a report into a file; may be repeated
    #[arg(long = "report", value_name = "FORMAT=PATH")]
    reports: Vec<ReportFile>,
    /// The least severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    fail_on: FailOn,
    /// Show only findings of these rules, divided by commas; may be repeated
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    select: Vec<String>,
    /// Do not show findings of these rules, divided by commas; may be repeated
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Read every file as this kind instead of telling by its keys, and pass none over
    #[arg(long, value_name = "KIND")]
    kind: Option<Kind>,
    /// The release of the master that will read the files, 0.29.1 to 0.38.1
    #[arg(long, value_name = "VERSION", default_value_t)]
    master_version: Release,
    /// A folder that stands for `/` where the master runs: paths of kubeconfigs are looked up below it
    #[arg(long, value_name = "DIR")]
    kubeconfig_root: Option<PathBuf>,
    #[command(flatten)]
    fixes: fixing::Fixes,
    /// With --live: the context of a cluster, where the kubeconfig that the configuration names is not here; repeatable
    #[arg(long = "map", value_name = "CLUSTER=CONTEXT", requires = "live")]
    maps: Vec<String>,
    #[command(flatten)]
    live: Live,
    #[command(flatten)]
    chart: Chart,
    #[command(flatten)]
    environment: environment::Variables,
}

/// What Helm knows besides the values.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Helm values")]
struct Chart {
    /// The name of the release
    #[arg(long, value_name = "NAME", default_value = "determined")]
    release: String,
    /// The namespace of the release
    #[arg(long, value_name = "NAMESPACE", default_value = "default")]
    namespace: String,
    /// A file of values; several are one deployment, the later ones laid over the earlier ones
    #[arg(short = 'f', long, value_name = "FILE")]
    values: Vec<PathBuf>,
    /// Sets values on top of every file of values: a.b=1,c[0].d=x; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// The same, with every value as text; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    set_string: Vec<String>,
    /// The release exists: no initial password is demanded, unless the database is elsewhere
    #[arg(long)]
    installed: bool,
}

impl Chart {
    fn request(&self) -> Request {
        let state = if self.installed { State::Installed } else { State::New };
        let set = sets(&self.set, &self.set_string);
        Request { release: self.release.clone(), namespace: self.namespace.clone(), state, set, ..Request::default() }
    }
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

/// A report that goes into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ReportFile {
    format: Format,
    path: PathBuf,
}

impl FromStr for ReportFile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (format, path) = text.split_once('=').ok_or("expected a format and a file, such as sarif=detctl.sarif")?;
        let format = <Format as ValueEnum>::from_str(format, false).map_err(|_| {
            let words = || Format::ALL.iter().map(|format| format.as_str());
            let near = spelling::closest(format, words()).map(|near| format!(", perhaps {near}"));
            let all = words().collect::<Vec<_>>().join(", ");
            format!("there is no format `{format}`{}; there are {all}", near.unwrap_or_default())
        })?;
        match path {
            "" => Err("the name of the file is missing".to_owned()),
            "-" => Err(format!("standard output is what --format {} is for", format.as_str())),
            path => Ok(Self { format, path: path.into() }),
        }
    }
}

impl FailOn {
    fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }

    fn is_met_by(self, worst: Option<Severity>) -> bool {
        self.least().is_some_and(|least| worst >= Some(least))
    }
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let selection = Selection { select: rules(&arguments.select)?, ignore: rules(&arguments.ignore)? };
    if arguments.paths.is_empty() && arguments.chart.values.is_empty() && io.stdin_peer == Peer::Terminal {
        return help(io);
    }
    let style = style(global, io);
    let formats = || std::iter::once(arguments.format).chain(arguments.reports.iter().map(|report| report.format));
    let options = Options {
        release: arguments.master_version,
        effective: effective(formats(), style.detail),
        request: arguments.chart.request(),
        models: if arguments.live.live { Models::Kept } else { Models::Dropped },
        environment: environment::read(&arguments.environment, io)?,
        follow: Some(follow(arguments, io)?),
    };
    let layers = &arguments.chart.values;
    let paths = match (&*arguments.paths, layers.is_empty()) {
        ([], true) => &[PathBuf::from("-")],
        (paths, _) => paths,
    };
    let mode = arguments.fixes.mode();
    let mut piped = fixing::Piped::read(&mode, paths, layers, io)?;
    let judge = |io: &mut Io<'_>| {
        load::judge_layers(layers, &options, io).and(load::judge_all(paths, arguments.kind, &options, io))
    };
    let mut batch = match &mut piped {
        Some(piped) => judge(&mut io.reading(&mut piped.stdin())),
        None => judge(io),
    };
    narrate(&batch, global, io);
    if !global.quiet {
        tell_chart(&batch, arguments.master_version, io);
    }
    if arguments.paths.is_empty() && layers.is_empty() && batch.judged.is_empty() {
        let hint = "name files or folders, or - for standard input".to_owned();
        let message = "no path was given, and standard input holds no configuration";
        return Err(Error::with_hint(message, Some(hint)));
    }

    if arguments.live.live {
        let release_namespace = &arguments.chart.namespace;
        let look = live::Look { live: &arguments.live, maps: &arguments.maps, release_namespace };
        for file in &mut batch.judged {
            look.at(file, io)?;
        }
    } else {
        arguments.live.refuse_to_save()?;
    }
    let run = fixing::Run { selection: &selection, options: &options, style: &style };
    let done = match mode {
        Mode::Check => Done::default(),
        Mode::Diff(level) => return run.diff(&batch, level, io),
        Mode::Fix(level) => run.fix(&mut batch, level, piped.as_ref(), io)?,
    };
    let mut report = Report::new(&batch.judged, batch.skipped.len(), &selection);
    report.summary.fixed = done.findings;
    report.unopened = &batch.errors;
    report.fails_from = arguments.fail_on.least();
    report.project = io.project.clone();
    refuse_clashes(arguments, &report)?;
    let all_written = write_files(arguments, &report, style.detail, io);
    // A mended text on standard output is followed by nothing else.
    let out: &mut dyn Write = if piped.is_some() { &mut *io.stderr } else { &mut *io.stdout };
    match report::write(arguments.format, &report, &style, out) {
        // Whoever read the output has seen enough; the answer stays the same.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        written => written?,
    }
    Ok(if done.unwritten > 0 && done.findings > 0 {
        Outcome::Partial
    } else if !batch.errors.is_empty() || !all_written || done.unwritten > 0 {
        Outcome::Failure
    } else if arguments.fail_on.is_met_by(report.worst()) {
        Outcome::No
    } else {
        Outcome::Success
    })
}

/// Where kubeconfigs are looked for.
fn follow(arguments: &Arguments, io: &Io<'_>) -> Result<Follow, Error> {
    let root = arguments.kubeconfig_root.clone();
    if let Some(root) = root.as_deref().filter(|root| !stream::is_folder(root)) {
        return Err(Error::new(format!("--kubeconfig-root: `{}` is no folder", root.display())));
    }
    let home = io.variables.iter().find(|(name, value)| name == "HOME" && !value.is_empty());
    Ok(Follow { root, home: home.map(|(_, value)| PathBuf::from(value)), now: io.now })
}

/// Columns of a report for people in a file, whatever the terminal is like.
const FILE_WIDTH: usize = 100;

/// A report must not take the place of a file that was just checked, nor of another report.
fn refuse_clashes(arguments: &Arguments, report: &Report<'_>) -> Result<(), Error> {
    let mut taken: BTreeSet<String> = report.files.iter().map(|file| report.project.path(&file.path)).collect();
    let layers = arguments.chart.values.iter().map(|path| report.project.path(&path.to_string_lossy()));
    taken.extend(layers);
    for ReportFile { path, .. } in &arguments.reports {
        if !taken.insert(report.project.path(&path.to_string_lossy())) {
            let message = format!("`{}` is the name of a file that was read, or of two reports", path.display());
            return Err(Error::with_hint(message, Some("give every --report a file of its own".to_owned())));
        }
    }
    Ok(())
}

/// Writes the reports that go into files. Whoever waits for one of them gets it although another fails.
fn write_files(arguments: &Arguments, report: &Report<'_>, detail: Detail, io: &mut Io<'_>) -> bool {
    let style = Style { ink: Ink::Plain, width: FILE_WIDTH, detail };
    let mut all = true;
    for ReportFile { format, path } in &arguments.reports {
        let mut content = Vec::new();
        let written = report::write(*format, report, &style, &mut content).and_then(|()| save::replace(path, &content));
        if let Err(error) = written {
            io.complain(&Error::new(format!("cannot write `{}`: {}", path.display(), reason(&error))));
            all = false;
        }
    }
    all
}

/// Only the machine form and `-vv` show effective configurations.
fn effective(mut formats: impl Iterator<Item = Format>, detail: Detail) -> Effective {
    let shows = |format| match format {
        Format::Json => true,
        Format::Human => detail >= Detail::Everything,
        _ => false,
    };
    if formats.any(shows) { Effective::Shown } else { Effective::Hidden }
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

/// Charts before 0.38 render other files than the one that is modelled.
fn tell_chart(batch: &Batch, release: Release, io: &mut Io<'_>) {
    let has_values = batch.judged.iter().any(|judged| judged.judgement.kind == Kind::HelmValues);
    if has_values && !keys::MASTER_HOST.contains(release) {
        let what =
            "determinedMasterHost and the keys beside it, the preemption scheduler before 0.36 and the keys of 0.33";
        io.note("note", format_args!("values are rendered with the chart of 0.38; an older chart differs in {what}"));
    }
}

/// What the user should know besides the report.
fn narrate(batch: &Batch, global: &Global, io: &mut Io<'_>) {
    for error in &batch.errors {
        io.complain(&Error::with_hint(error.to_string(), error.hint()));
    }
    if global.quiet {
        return;
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
