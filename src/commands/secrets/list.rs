//! `detctl secrets list`: which kubeconfigs are stored, where they lead and until when they hold.

use super::ListFormat;
use super::stock::{Item, Place};
use crate::error::{Error, Outcome};
use crate::io::Io;
use crate::report::secrets::list::{self as report, Row};

/// List the kubeconfigs that are stored for a master: where they lead, as whom, and until when
///
/// Only what was noted when they were written is told; `detctl secrets check` asks
/// the clusters. Nothing is changed.
///
/// Example:
///   detctl secrets list --default-context main --namespace det
///
/// Exit codes:
///   0  listed
///   2  the default cluster could not be asked
#[derive(Debug, clap::Args)]
#[command(
    verbatim_doc_comment,
    override_usage = "detctl secrets list [OPTIONS] --default-context <CONTEXT>\n       --namespace <NAMESPACE>"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let place = &arguments.place;
    let contexts = place.contexts(io)?;
    let items = place.items(&place.default_cluster(&contexts, io)?)?;
    let rows: Vec<Row> = items.iter().map(Item::row).collect();
    let text = match place.format {
        ListFormat::Human => report::human(&rows, &place.namespace, io.now),
        ListFormat::Json => report::json(&rows, &place.namespace).map_err(std::io::Error::from)?,
    };
    io.stdout.write_all(text.as_bytes())?;
    Ok(Outcome::Success)
}
