//! `detctl route-dry-run`: pool → resource manager → cluster → would it be placed now?

mod answers;
mod requests;
mod server;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::clusters::{self, Clusters, Sought, target};
use super::configuration::{self, Reading};
use super::live::Live;
use super::scheduler_version::{self, AskedVersion};
use crate::cli::Global;
use crate::error::{Error, Outcome};
use crate::io::Io;
use crate::model::MultiRm;
use crate::model::workload::{Task, Workload};
use crate::release::Release;
use crate::report::route::{Answered, Layout, Routes, github, human, json};
use crate::scheduling::Cluster;
use crate::scheduling::verdict::{Answer, Asking, Strictness, Verdict};
use crate::source::{SourceMap, Span};
use answers::{Mode, answers};

/// Tell where requests would go and whether they would be placed now; creates nothing
///
/// Examples:
///   detctl route-dry-run master.yaml --pool a100 --slots 16 --live \
///     --map west=gpu-west
///   detctl route-dry-run master.yaml --pool a100 --slots 16 \
///     --snapshot cluster.json
///
/// Exit codes:
///   0  every request fits now, or is routed when no cluster was looked at
///   1  otherwise
///   2  could not run, or not look at every cluster that it should have
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Arguments {
    /// The configuration, of any kind that `validate` reads; `-` reads standard input
    #[arg(value_name = "CONFIG")]
    config: PathBuf,
    /// Experiment or task files; without any, the flags below make one request
    #[arg(value_name = "WORKLOAD")]
    workloads: Vec<PathBuf>,
    /// Resource pool of the request
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pool: String,
    /// Slots of the request
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(i64).range(0..=1_000_000))]
    slots: Option<i64>,
    /// Keep the experiment in one pod
    #[arg(long)]
    single_node: bool,
    /// Kind of task
    #[arg(long, value_enum)]
    task: Option<TaskName>,
    /// Workspace that the request comes from
    #[arg(long, value_name = "NAME")]
    workspace: Option<String>,
    /// Default pool of that workspace
    #[arg(long, value_name = "NAME")]
    workspace_default_pool: Option<String>,
    /// Namespace that the workspace is bound to
    #[arg(long, value_name = "NAME")]
    namespace: Option<String>,
    /// Priority of the request, 1 to 99
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(i64).range(1..=99))]
    priority: Option<i64>,
    /// Pod spec of the request, laid over the defaults
    #[arg(long, value_name = "FILE")]
    pod_spec: Option<PathBuf>,
    /// Id of the Determined cluster, for the label that keeps blocked nodes out
    #[arg(long, value_name = "UUID")]
    cluster_id: Option<String>,
    /// Place the requests one after another instead of each alone
    #[arg(long)]
    together: bool,
    /// Ask the same of every pool; those where it fits come first
    #[arg(long, conflicts_with_all = ["pool", "together"])]
    all_pools: bool,
    /// Kubernetes Lists: a folder with one file a cluster, or one file
    #[arg(long, value_name = "DIR|FILE", conflicts_with = "live")]
    snapshot: Option<PathBuf>,
    /// The List of one cluster, with --live its context; repeatable
    #[arg(long = "map", value_name = "CLUSTER=FILE|CONTEXT")]
    maps: Vec<String>,
    /// Have each API server judge one pod of each request, without keeping it; needs the right to create pods
    #[arg(long, requires = "live")]
    server_dry_run: bool,
    /// Make a yes unknown when admission objects were not read
    #[arg(long)]
    strict: bool,
    /// Name all nodes
    #[arg(long)]
    explain_nodes: bool,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = RouteFormat::Human)]
    format: RouteFormat,
    /// Verdicts that make the exit code 1 [default: all but FITS_NOW and ROUTED]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "VERDICT")]
    fail_when: Vec<FailWhen>,
    /// The kube-scheduler release whose rules and words are used [default: each live cluster's, else 1.37]
    #[arg(long, value_name = "1.33…1.37", value_parser = scheduler_version::parse)]
    scheduler_version: Option<AskedVersion>,
    /// Release of the master, 0.29.1 to 0.38.1
    #[arg(long, value_name = "VERSION", default_value_t)]
    master_version: Release,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    live: Live,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum TaskName {
    Experiment,
    Command,
    Notebook,
    Shell,
    Tensorboard,
    CheckpointGc,
}

impl From<TaskName> for Task {
    fn from(name: TaskName) -> Self {
        match name {
            TaskName::Experiment => Self::Experiment,
            TaskName::Command => Self::Command,
            TaskName::Notebook => Self::Notebook,
            TaskName::Shell => Self::Shell,
            TaskName::Tensorboard => Self::Tensorboard,
            TaskName::CheckpointGc => Self::CheckpointGc,
        }
    }
}

/// How the answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RouteFormat {
    /// For people
    Human,
    /// One JSON document, fields only ever added
    Json,
    /// GitHub annotations
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailWhen {
    Partial,
    Busy,
    Never,
    Unknown,
    Rejected,
    Unroutable,
}

pub(super) fn run(arguments: &Arguments, _global: &Global, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let mut sources = SourceMap::new();
    let configured = configuration::read(&arguments.config, &arguments.reading, arguments.master_version, io)?;
    if let Some(refusal) = configured.refusal() {
        return Err(Error::with_hint(format!("{}: {refusal}", configured.name), Some(configured.hint())));
    }
    let config = configured.model.config;
    let workloads = requests::all(arguments, &config, &mut sources, io)?;
    let strictness = if arguments.strict { Strictness::Strict } else { Strictness::Marked };
    let asking = Asking { cluster_id: arguments.cluster_id.as_deref(), strictness, ..Asking::of(&config) };
    let prepared: Vec<Answer> = workloads.iter().map(|workload| asking.prepare(workload)).collect();
    let sought = Sought {
        config: &config,
        snapshot: arguments.snapshot.as_deref(),
        maps: &arguments.maps,
        live: &arguments.live,
        version: arguments.scheduler_version.as_ref(),
        prepared: &prepared,
        tried: &|manager| tried(asking, &workloads, manager),
    };
    let read = clusters::read(sought, io)?;
    let dead = dead(&config, &prepared, &read, io)?;
    let Clusters { origins, inventories, unread, reached, .. } = read;
    let clusters: Vec<Option<Cluster<'_>>> =
        inventories.iter().map(|inventory| inventory.as_ref().map(Cluster::new)).collect();
    let pools = config.managers.iter().map(|manager| manager.pools.len()).sum();
    let mode = match (arguments.all_pools, arguments.together) {
        (true, _) => Mode::EveryPool(pools),
        (_, true) => Mode::Together,
        _ => Mode::Alone,
    };
    let mut answers = answers(asking, mode, &workloads, &clusters);
    let unread: Vec<Option<String>> = unread.into_iter().map(|unread| Some(unread?.words)).collect();
    for answered in &mut answers {
        let is_dead = |manager: usize| unread.get(manager).is_some_and(Option::is_some);
        if answered.answer.verdict == Verdict::Routed && target(&answered.answer).is_some_and(is_dead) {
            answered.answer.verdict = Verdict::Unknown;
        }
    }
    if arguments.server_dry_run {
        server::ask(&mut answers, reached);
    }
    let outcome = if dead { Outcome::Failure } else { outcome(arguments, mode, &answers) };
    let unknown = arguments.scheduler_version.as_ref().and_then(AskedVersion::unknown);
    let routes = Routes::new(&config, &clusters, answers).read_from(&origins, &unread);
    let routes = routes.of_release(arguments.master_version).instead_of(unknown);
    let shown_nodes = if arguments.explain_nodes { usize::MAX } else { 5 };
    let text = match arguments.format {
        RouteFormat::Human => human(&routes, Layout { width: io.width, shown_nodes }),
        RouteFormat::Json => json(&routes),
        RouteFormat::Github => github(&routes, &configured.name, &io.project),
    };
    io.stdout.write_all(text.as_bytes())?;
    Ok(outcome)
}

/// Whether requests lead to clusters that could not be read, which the user hears of. When all do, there is no answer.
/// Of others it is told when the user named them.
fn dead(config: &MultiRm, prepared: &[Answer], read: &Clusters, io: &mut Io<'_>) -> Result<bool, Error> {
    let asked: Vec<usize> = prepared.iter().filter_map(target).collect();
    let why = |manager: usize| read.unread.get(manager).and_then(Option::as_ref);
    let mut errors = Vec::new();
    for manager in &config.managers {
        match why(manager.index) {
            Some(unread) if asked.contains(&manager.index) => {
                errors.push(clusters::unread(&manager.cluster_name.value, unread));
            }
            Some(unread) if unread.is_named => {
                io.remark(format_args!("{}: not read: {}", manager.cluster_name.value, unread.words));
            }
            _ => {}
        }
    }
    let Some(last) = errors.pop() else { return Ok(false) };
    for error in &errors {
        io.complain(error);
    }
    if asked.iter().all(|manager| why(*manager).is_some()) {
        return Err(last);
    }
    io.complain(&last);
    Ok(true)
}

fn outcome(arguments: &Arguments, mode: Mode, answers: &[Answered<'_>]) -> Outcome {
    let fails = |answered: &Answered<'_>| {
        let named = match answered.answer.verdict {
            Verdict::FitsNow | Verdict::Routed => return false,
            Verdict::Partial => FailWhen::Partial,
            Verdict::Busy => FailWhen::Busy,
            Verdict::Never => FailWhen::Never,
            Verdict::Unknown => FailWhen::Unknown,
            Verdict::Rejected => FailWhen::Rejected,
            Verdict::Unroutable => FailWhen::Unroutable,
        };
        arguments.fail_when.is_empty() || arguments.fail_when.contains(&named)
    };
    // Of all pools that the same is asked of, one that takes it is a yes.
    let no = match mode {
        Mode::EveryPool(pools) => answers.chunks(pools.max(1)).any(|request| request.iter().all(fails)),
        Mode::Alone | Mode::Together => answers.iter().any(fails),
    };
    if no { Outcome::No } else { Outcome::Success }
}

/// `file:line:column` of a place.
fn at(sources: &SourceMap, span: Span) -> String {
    let file = sources.file(span.source);
    let position = file.position(span.start);
    format!("{}:{}:{}", file.name(), position.line, position.column)
}

/// Everything that may be tried on a cluster: the requests in each of its pools.
fn tried(asking: Asking<'_>, workloads: &[Workload], manager: usize) -> Vec<Answer> {
    let pools = asking.config.managers.get(manager).map(|manager| manager.pools.as_slice()).unwrap_or_default();
    let in_pools = pools.iter().flat_map(|pool| {
        let moved = |workload: &Workload| Workload { pool: pool.name.value.clone(), ..workload.clone() };
        workloads.iter().map(moved)
    });
    workloads.iter().cloned().chain(in_pools).map(|workload| asking.prepare(&workload)).collect()
}
