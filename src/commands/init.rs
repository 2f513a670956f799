//! `detctl init`: a first configuration to go on from.

use std::path::{Path, PathBuf};

use super::live::merged;
use super::output;
use crate::diagnostic::Severity;
use crate::error::{Error, Outcome};
use crate::io::Io;
use crate::judge::{self, Options};
use crate::model::verdict::{Kind, Verdict};
use crate::render::starting::{Start, starting};
use crate::source::SourceMap;
use crate::source::load::reason;
use crate::source::save;
use crate::spelling;

/// Write a first configuration for several clusters, with comments, to go on from
///
/// Examples:
///   detctl init --to helm-values --cluster main --cluster west=gke_west
///   detctl init --to devcluster --cluster one=kind-one --cluster two=kind-two
///
/// The first cluster is that of the default resource manager. Of kubeconfigs
/// only the names of contexts are read, and only where one is given.
///
/// Exit codes:
///   0  written
///   2  could not run
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The kind to write
    #[arg(long, value_name = "KIND", default_value = "master")]
    to: Kind,
    /// A cluster, and the context by which it is reached from here; repeatable
    #[arg(long = "cluster", value_name = "NAME[=CONTEXT]", required = true)]
    clusters: Vec<String>,
    /// The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]
    #[arg(long, value_name = "FILE")]
    kubeconfig: Option<PathBuf>,
    /// Write into this file, which must not be there yet, instead of to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let clusters = clusters(arguments, io)?;
    let text = starting(arguments.to, &clusters);
    prove(&text, arguments.to)?;
    match output::file(arguments.output.as_deref()) {
        None => io.stdout.write_all(text.as_bytes())?,
        Some(path) => write(path, &text)?,
    }
    Ok(Outcome::Success)
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    let cannot = |why: String| Error::new(format!("cannot write `{}`: {why}", path.display()));
    if path.symlink_metadata().is_ok() {
        return Err(cannot("it is there already".to_owned()));
    }
    save::replace(path, text.as_bytes()).map_err(|error| cannot(reason(&error)))
}

fn clusters(arguments: &Arguments, io: &Io<'_>) -> Result<Vec<Start>, Error> {
    let mut all: Vec<Start> = Vec::new();
    for written in &arguments.clusters {
        let (name, context) = match written.split_once('=') {
            Some((name, context)) => (name, Some(context)),
            None => (written.as_str(), None),
        };
        if name.is_empty() || context.is_some_and(str::is_empty) {
            return Err(Error::new(format!("--cluster takes NAME or NAME=CONTEXT, not `{written}`")));
        }
        if all.iter().any(|other| other.name == name) {
            return Err(Error::new(format!("--cluster {written}: there are two clusters `{name}`")));
        }
        all.push(Start { name: name.to_owned(), context: context.map(str::to_owned) });
    }
    if all.iter().any(|cluster| cluster.context.is_some()) {
        known(&all, arguments.kubeconfig.as_deref(), io)?;
    }
    Ok(all)
}

/// Contexts have to be there.
fn known(clusters: &[Start], kubeconfig: Option<&Path>, io: &Io<'_>) -> Result<(), Error> {
    let merged = merged(kubeconfig, &mut SourceMap::new(), io)?;
    let (config, name) = (merged.config, merged.name);
    for context in clusters.iter().filter_map(|cluster| cluster.context.as_deref()) {
        if !config.contexts.contains_key(context) {
            let near = spelling::closest(context, config.contexts.keys().map(String::as_str));
            let hint = near.map(|near| format!("did you mean `{near}`?"));
            return Err(Error::with_hint(format!("{name} has no context `{context}`"), hint));
        }
    }
    Ok(())
}

/// Names can be such that no file of that kind holds them.
fn prove(text: &str, kind: Kind) -> Result<(), Error> {
    let mut sources = SourceMap::new();
    let id = sources.add("the configuration", text.to_owned());
    let judgement = judge::judge(&mut sources, id, Some(kind), &Options::default())
        .map_err(|_| Error::new("the configuration cannot be read again".to_owned()))?;
    let fault = judgement.findings.iter().find(|finding| finding.severity == Severity::Error);
    let is_accepted = judgement.configurations.iter().all(|one| one.verdict == Verdict::Accepts);
    match fault {
        Some(fault) => {
            let hint = fault.help.as_deref().unwrap_or("choose other names").to_owned();
            Err(Error::with_hint(format!("with these names {}: {}", kind.as_str(), fault.message), Some(hint)))
        }
        None if !is_accepted => Err(Error::new(format!("a file of kind {} cannot hold these names", kind.as_str()))),
        None => Ok(()),
    }
}
