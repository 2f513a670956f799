//! `detctl diff`: two configurations compared by meaning.

use std::path::{Path, PathBuf};

use super::ListFormat;
use super::configuration::{self, Configured, Reading};
use crate::cli::Global;
use crate::compare::compare;
use crate::error::{Error, Outcome};
use crate::io::Io;
use crate::release::Release;
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
    reading: Reading,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let stdin = Path::new("-");
    if arguments.before == stdin && arguments.after == stdin {
        return Err(Error::new("standard input can be one of the two only".to_owned()));
    }
    let before = read(&arguments.before, arguments, global, io)?;
    let after = read(&arguments.after, arguments, global, io)?;
    let comparison = compare(&before.model.config, &after.model.config);
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
    Ok(if comparison.changes.is_empty() { Outcome::Success } else { Outcome::No })
}

fn read(path: &Path, arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<Configured, Error> {
    let configured = configuration::read_among(path, &arguments.reading, arguments.master_version, io)?;
    if let Some(words) = configured.refusal().filter(|_| !global.quiet) {
        io.note("warning", format_args!("{}: {words}; {}", configured.name, configured.hint()));
    }
    Ok(configured)
}

fn file(configured: &Configured) -> File<'_> {
    File {
        name: &configured.name,
        kind: configured.judgement.kind,
        sources: &configured.sources,
        model: &configured.model,
    }
}
