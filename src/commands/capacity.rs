//! `detctl capacity`: how many copies of a pod fit on a cluster.

use std::fmt;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::scheduler_version::{self, AskedVersion};
use crate::error::{Error, Outcome};
use crate::formats::snapshot::{self, ReadError};
use crate::io::Io;
use crate::model::inventory::{Interest, Inventory, InventoryBuilder};
use crate::model::kubernetes_version::KubernetesVersion;
use crate::model::pod::Pod;
use crate::report::capacity::{Answer, human, json};
use crate::scheduling::{Cluster, Copies};
use crate::source::stream;

/// Count how many copies of a pod fit on a cluster, on which nodes, and why not on the others
///
/// Example:
///   kubectl get nodes,pods,ns,limits,quota -A -o json > cluster.json
///   detctl capacity --pod pod.yaml --copies 16 --snapshot cluster.json
///
/// Exit codes: 0 all copies fit · 1 fewer fit · 2 could not run
#[derive(Args, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct CapacityArgs {
    /// The pod, as YAML or JSON; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub pod: PathBuf,
    /// How many copies are submitted [default: as many as fit, up to 100,000]
    #[arg(long, value_name = "K")]
    pub copies: Option<u64>,
    /// A Kubernetes List of the cluster's objects, as JSON or YAML; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub snapshot: PathBuf,
    /// The kube-scheduler release whose rules and words are used
    #[arg(long, value_name = "1.33…1.37", default_value = "1.37", value_parser = scheduler_version::parse)]
    scheduler_version: AskedVersion,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = CapacityFormat::Human)]
    pub format: CapacityFormat,
}

/// How the answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CapacityFormat {
    /// For people
    Human,
    /// One JSON document, fields only ever added
    Json,
}

/// Whether every copy fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CapacityOutcome {
    /// All copies fit; without a number of copies: at least one does.
    AllFit,
    /// Fewer fit.
    Fewer,
}

/// Why there is no answer.
#[derive(Debug)]
enum CapacityError {
    /// A file cannot be read or is not what it should be.
    Input {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        error: ReadError,
    },
    /// The answer cannot be written.
    Output(io::Error),
}

impl fmt::Display for CapacityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input { path, error } if error.line == 0 => {
                write!(f, "{}: {error}", path.display())
            }
            Self::Input { path, error } => {
                write!(f, "{}:{}:{}: {error}", path.display(), error.line, error.column)
            }
            Self::Output(error) => write!(f, "the answer cannot be written: {error}"),
        }
    }
}

impl std::error::Error for CapacityError {}

/// Runs the command. Nothing is written unless there is a whole answer.
///
/// # Errors
/// [`CapacityError`]; the exit code is then 2.
pub(super) fn run(args: &CapacityArgs, io: &mut Io<'_>) -> Result<Outcome, Error> {
    match answer(args, io.stdin, io.stdout) {
        Ok(CapacityOutcome::AllFit) => Ok(Outcome::Success),
        Ok(CapacityOutcome::Fewer) => Ok(Outcome::No),
        Err(CapacityError::Output(error)) => Err(Error::Output(error)),
        Err(error @ CapacityError::Input { .. }) => Err(Error::new(error.to_string())),
    }
}

fn answer(args: &CapacityArgs, stdin: &mut dyn Read, out: &mut dyn Write) -> Result<CapacityOutcome, CapacityError> {
    let pod = read_pod(&args.pod, stdin)?;
    let version = args.scheduler_version.used;
    let inventory = read_snapshot(&args.snapshot, stdin, version, &pod)?;
    let mut cluster = Cluster::new(&inventory);
    let copies = args.copies.map_or(Copies::AsManyAsFit, Copies::Exactly);
    let outcome = cluster.submit(&pod, copies);
    let answer = Answer {
        pod: &pod,
        cluster: &cluster,
        outcome: &outcome,
        version,
        version_asked: args.scheduler_version.unknown(),
    };
    let text = match args.format {
        CapacityFormat::Human => human(&answer),
        CapacityFormat::Json => json(&answer).map_err(|error| CapacityError::Output(error.into()))?,
    };
    out.write_all(text.as_bytes()).map_err(CapacityError::Output)?;
    Ok(if outcome.is_complete() { CapacityOutcome::AllFit } else { CapacityOutcome::Fewer })
}

fn read_pod(path: &Path, stdin: &mut dyn Read) -> Result<Pod, CapacityError> {
    let failed = |error: ReadError| CapacityError::Input { path: path.to_owned(), error };
    let mut text = String::new();
    let mut input = stream::open(path, stdin).map_err(|error| failed(error.into()))?;
    input.read_to_string(&mut text).map_err(|error| failed(error.into()))?;
    snapshot::read_pod(&text).map_err(failed)
}

fn read_snapshot(
    path: &Path,
    stdin: &mut dyn Read,
    version: KubernetesVersion,
    pod: &Pod,
) -> Result<Inventory, CapacityError> {
    let failed = |error: ReadError| CapacityError::Input { path: path.to_owned(), error };
    let input = stream::open(path, stdin).map_err(|error| failed(error.into()))?;
    let mut builder = InventoryBuilder::new(version, Interest::of([pod]));
    snapshot::read(input, &mut builder).map_err(failed)?;
    Ok(builder.finish())
}
