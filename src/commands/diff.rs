//! `detctl diff`: two configurations compared by meaning.

use std::path::{Path, PathBuf};

use super::ListFormat;
use super::configuration::{self, Configured, Reading};
use super::sets::Sets;
use crate::cli::Global;
use crate::compare::{Comparison, compare, compare_values};
use crate::error::{Error, Outcome};
use crate::formats::helm_values::kubeconfig_secrets::Named;
use crate::io::Io;
use crate::model::MultiRm;
use crate::model::verdict::Kind;
use crate::release::Release;
use crate::render::causes::{self, Which};
use crate::report::compare::{Compared, File, human, json};

/// Compare two configurations by meaning, with what changes for requests
///
/// Examples:
///   detctl diff old/master.yaml new/master.yaml
///   detctl diff --format json devcluster.yaml values.yaml
///
/// They may be of different kinds. The order of resource managers, pools and
/// keys does not count, nor do comments and values that say what is implied
/// anyway. That a secret differs is told, and never what it is.
///
/// Beside values of the chart, what the chart sets by itself and secrets that
/// the values leave out are listed at the end, and do not count either.
///
/// Exit codes:
///   0  the same
///   1  they differ
///   2  could not run
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The configuration as it was, of any kind that `validate` reads; `-` reads standard input
    #[arg(value_name = "BEFORE")]
    before: PathBuf,
    /// The configuration as it is now
    #[arg(value_name = "AFTER")]
    after: PathBuf,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = ListFormat::Human)]
    format: ListFormat,
    /// The release of the master that reads them, 0.29.1 to 0.38.1
    #[arg(long, value_name = "VERSION", default_value_t)]
    master_version: Release,
    #[command(flatten)]
    sets: Sets,
    #[command(flatten)]
    reading: Reading,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let stdin = Path::new("-");
    if arguments.before == stdin && arguments.after == stdin {
        return Err(Error::new("standard input can be one of the two only".to_owned()));
    }
    let before = read(&arguments.before, arguments, global, io)?;
    let after = read(&arguments.after, arguments, global, io)?;
    let mut comparison = match (before.judgement.kind, after.judgement.kind) {
        (Kind::HelmValues, Kind::HelmValues) => compare_values(values(&before), values(&after)),
        _ => compare(&before.model.config, &after.model.config),
    };
    trace(&mut comparison, &before, &after);
    let compared = Compared {
        before: file(&before),
        after: file(&after),
        comparison: &comparison,
        release: arguments.master_version,
    };
    let text = match arguments.format {
        ListFormat::Human => human(&compared),
        ListFormat::Json => json(&compared),
    };
    io.stdout.write_all(text.as_bytes())?;
    Ok(if comparison.is_equal() { Outcome::Success } else { Outcome::No })
}

fn read(path: &Path, arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<Configured, Error> {
    let configured =
        configuration::read_among(path, &arguments.reading, arguments.master_version, arguments.sets.all(), io)?;
    if let Some(words) = configured.refusal().filter(|_| !global.quiet) {
        io.note("warning", format_args!("{}: {words}; {}", configured.name, configured.hint()));
    }
    Ok(configured)
}

/// Tells what the chart does by itself from what the files say.
fn trace(comparison: &mut Comparison, before: &Configured, after: &Configured) {
    let is_values = |of: &Configured| of.judgement.kind == Kind::HelmValues;
    let (which, values, other) = match (is_values(before), is_values(after)) {
        (false, false) => return,
        (true, true) => return causes::trace_secrets(comparison),
        (true, false) => (Which::Before, before, after),
        (false, true) => (Which::After, after, before),
    };
    causes::trace(comparison, which, &other.model.config, |span| !values.model.home(span).is_empty());
}

fn values(configured: &Configured) -> (&MultiRm, &[Named]) {
    (&configured.model.config, &configured.model.kubeconfigs)
}

fn file(configured: &Configured) -> File<'_> {
    File {
        name: &configured.name,
        kind: configured.judgement.kind,
        sources: &configured.sources,
        model: &configured.model,
    }
}
