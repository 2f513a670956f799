//! `detctl capacity`: how many copies of a pod fit on a cluster.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::clusters;
use super::live::{self, Access, Live};
use super::scheduler_version::{self, AskedVersion};
use crate::cluster::{Reading, Target, Wanted};
use crate::error::{Error, Outcome};
use crate::formats::snapshot::{self, ReadError};
use crate::io::Io;
use crate::model::inventory::{Interest, Inventory, Kind, Refused};
use crate::model::kubernetes_version::KubernetesVersion;
use crate::model::pod::Pod;
use crate::report::capacity::{Answer, human, json};
use crate::scheduling::{Cluster, Copies, needs, verdict};
use crate::source::{SourceMap, stream};

/// Count how many copies of a pod fit on a cluster, on which nodes, and why not on the others
///
/// Examples:
///   detctl capacity --pod pod.yaml --copies 16 --context gpu-west
///
///   kubectl get nodes,pods,ns,limits,quota -A -o json > cluster.json
///   detctl capacity --pod pod.yaml --copies 16 --snapshot cluster.json
///
/// Exit codes:
///   0  all copies fit
///   1  fewer fit, or what may be read does not tell
///   2  could not run
#[derive(Args, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct CapacityArgs {
    /// The pod, as YAML or JSON; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub pod: PathBuf,
    /// How many copies are submitted [default: as many as fit, up to 100,000]
    #[arg(long, value_name = "K")]
    pub copies: Option<u64>,
    /// A Kubernetes List of the cluster's objects, as JSON or YAML, or the folder of one that was saved; `-` reads
    /// standard input
    #[arg(long, value_name = "FILE|DIR", required_unless_present_any = ["live", "context"])]
    #[arg(conflicts_with_all = ["live", "context"])]
    pub snapshot: Option<PathBuf>,
    /// The kube-scheduler release whose rules and words are used [default: the live cluster's, else 1.37]
    #[arg(long, value_name = "1.33…1.37", value_parser = scheduler_version::parse)]
    scheduler_version: Option<AskedVersion>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = CapacityFormat::Human)]
    pub format: CapacityFormat,
    /// The context of the live cluster, instead of the current one; implies --live
    #[arg(long, value_name = "NAME", help_heading = "Live clusters")]
    pub context: Option<String>,
    /// How the live cluster is asked.
    #[command(flatten)]
    pub live: Live,
}

/// How the answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CapacityFormat {
    /// For people
    Human,
    /// One JSON document, fields only ever added
    Json,
}

/// Why there is no answer: a file cannot be read or is not what it should be.
fn input(path: &Path, error: &ReadError) -> Error {
    let path = path.display();
    Error::new(match error.line {
        0 => format!("{path}: {error}"),
        line => format!("{path}:{line}:{}: {error}", error.column),
    })
}

/// Runs the command. Nothing is written unless there is a whole answer.
///
/// # Errors
/// The pod, the snapshot or the cluster cannot be read.
pub(super) fn run(args: &CapacityArgs, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let pod = read_pod(&args.pod, io.stdin)?;
    let copies = args.copies.map_or(Copies::AsManyAsFit, Copies::Exactly);
    let (inventory, said) = match &args.snapshot {
        Some(path) => read_snapshot(path, args, &pod, io)?,
        None => read_cluster(args, &pod, copies, io)?,
    };
    let mut cluster = Cluster::new(&inventory);
    let outcome = cluster.submit(&pod, copies);
    let answer = Answer {
        pod: &pod,
        cluster: &cluster,
        outcome: &outcome,
        version: inventory.version,
        version_asked: args.scheduler_version.as_ref().and_then(AskedVersion::unknown).or(said.as_deref()),
    };
    let text = match args.format {
        CapacityFormat::Human => human(&answer, io.width),
        CapacityFormat::Json => json(&answer).map_err(io::Error::from)?,
    };
    io.stdout.write_all(text.as_bytes())?;
    // Where pods were not all read, what fits is at most this much.
    let is_yes = outcome.is_complete() && !inventory.is_unread(Kind::Pod);
    Ok(if is_yes { Outcome::Success } else { Outcome::No })
}

fn read_pod(path: &Path, stdin: &mut dyn Read) -> Result<Pod, Error> {
    let mut text = String::new();
    let mut opened = stream::open(path, stdin).map_err(|error| input(path, &error.into()))?;
    opened.read_to_string(&mut text).map_err(|error| input(path, &error.into()))?;
    snapshot::read_pod(&text).map_err(|error| input(path, &error))
}

/// A snapshot, and the release of its cluster where that was saved and its rules are not known.
fn read_snapshot(
    path: &Path,
    args: &CapacityArgs,
    pod: &Pod,
    io: &mut Io<'_>,
) -> Result<(Inventory, Option<String>), Error> {
    args.live.refuse_to_save()?;
    let path = &snapshot_file(path)?;
    let opened = stream::open(path, io.stdin).map_err(|error| input(path, &error.into()))?;
    let mut builder = scheduler_version::builder(args.scheduler_version.as_ref(), Interest::of([pod]));
    snapshot::read(opened, &mut builder).map_err(|error| input(path, &error))?;
    let mut inventory = builder.finish();
    let Some(record) = inventory.record.take() else { return Ok((inventory, None)) };
    let name = record.context.unwrap_or_default();
    if let Some(unread) = record.unread {
        return Err(clusters::unread(&name, &unread));
    }
    suffices(pod, &inventory, &name, &record.refused)?;
    for note in record.notes {
        io.remark(format!("{name}: {note}"));
    }
    let said = record.server_version.filter(|said| args.scheduler_version.is_none() && is_unknown(said));
    Ok((inventory, said))
}

/// Whether the rules of a release are not known.
fn is_unknown(said: &str) -> bool {
    KubernetesVersion::minor_of(said).is_some_and(|minor| KubernetesVersion::nearest(minor).minor() != minor)
}

/// The snapshot itself, where a path is the folder that it was saved in.
fn snapshot_file(path: &Path) -> Result<PathBuf, Error> {
    if !stream::is_folder(path) {
        return Ok(path.to_owned());
    }
    let mut found = stream::files(path, &["json", "yaml", "yml"]).map_err(|error| input(path, &error.into()))?;
    match (found.pop(), found.pop()) {
        (Some(only), None) => Ok(only),
        (None, _) => Err(Error::new(format!("{}: there is no snapshot in this folder", path.display()))),
        (Some(one), Some(other)) => {
            let hint = format!("name one of them, such as {} or {}", other.display(), one.display());
            Err(Error::with_hint(format!("{}: there are several snapshots in this folder", path.display()), Some(hint)))
        }
    }
}

/// Refuses an answer that what was read does not suffice for.
fn suffices(pod: &Pod, inventory: &Inventory, cluster: &str, refused: &[Refused]) -> Result<(), Error> {
    let kind = |name: &str| Kind::ALL.into_iter().find(|kind| kind.to_string() == name);
    let lacking = refused.iter().find(|it| kind(&it.kind).is_some_and(|kind| decides(pod, inventory, kind)));
    match lacking {
        Some(lacking) => Err(Error::with_hint(format!("{cluster}: {}", lacking.words), lacking.hint.clone())),
        None => Ok(()),
    }
}

/// Whether objects of a kind decide about a pod and were not all read.
fn decides(pod: &Pod, inventory: &Inventory, kind: Kind) -> bool {
    let is_named = match kind {
        Kind::PriorityClass => !pod.spec.priority_class_name.is_empty(),
        Kind::RuntimeClass => pod.spec.runtime_class_name.is_some(),
        _ => false,
    };
    match kind {
        // What others take is at least what was read of it, unless the pod has to be beside them.
        Kind::Pod => needs::looks_at_pods(pod),
        _ => verdict::unread(pod, inventory).contains(&kind) || is_named && inventory.is_unread(kind),
    }
}

/// The live cluster, and its release where its rules are not known.
fn read_cluster(
    args: &CapacityArgs,
    pod: &Pod,
    copies: Copies,
    io: &mut Io<'_>,
) -> Result<(Inventory, Option<String>), Error> {
    let kubeconfigs = args.live.kubeconfigs(&mut SourceMap::new(), io)?;
    let Access { endpoint, program } = args.live.access(&kubeconfigs, args.context.as_deref(), io)?;
    let name = args.context.as_deref().unwrap_or("the current context");
    let saved = args.live.saved(args.context.as_deref().unwrap_or("cluster"))?;
    let wanted = Wanted {
        version: args.scheduler_version.as_ref().map(|version| version.used),
        pods: vec![(pod.clone(), copies)],
        classes: Vec::new(),
        pace: args.live.pace(),
        saver: saved.as_ref().map(|saved| saved.start(name)).transpose()?,
    };
    let readings = args.live.read(vec![Target { endpoint, program, wanted }], vec![name.to_owned()], io);
    let Some(reading) = readings.into_iter().next() else { return Err(Error::new("no cluster was read")) };
    let mut reading = reading.map_err(|failure| live::unreadable(name, &failure))?;
    let notes = live::notes(&reading);
    if let Some(saved) = saved {
        saved.finish(&mut reading, &notes)?;
    }
    let refused = live::refused(&reading);
    let Reading { builder, version, .. } = reading;
    let inventory = builder.finish();
    suffices(pod, &inventory, name, &refused)?;
    for note in notes {
        io.remark(format!("{name}: {note}"));
    }
    let is_unknown = version.minor.is_some_and(|minor| minor != version.used.minor());
    Ok((inventory, (is_unknown && args.scheduler_version.is_none()).then_some(version.said)))
}
