//! `detctl secrets show`: what is in a stored kubeconfig, but for what is secret.

use super::ListFormat;
use super::stock::{Item, Place};
use crate::error::{Error, Outcome};
use crate::io::Io;
use crate::report::secrets::show::{self as report, Shown};
use crate::spelling;

/// Show what is in stored kubeconfigs; everything secret is told by its size
///
/// Example:
///   detctl secrets show west-kubeconfig --default-context main --namespace det
///
/// Exit codes:
///   0  shown
///   1  there is no such Secret
///   2  the default cluster could not be asked
#[derive(Debug, clap::Args)]
#[command(
    verbatim_doc_comment,
    override_usage = "detctl secrets show [OPTIONS] --default-context <CONTEXT>\n       --namespace <NAMESPACE> [SECRET]"
)]
pub(super) struct Arguments {
    /// The Secret; all that detctl has written, without one
    #[arg(value_name = "SECRET")]
    name: Option<String>,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let place = &arguments.place;
    let contexts = place.contexts(io)?;
    let items = place.items(&place.default_cluster(&contexts, io)?)?;
    let is_wanted = |item: &&Item| arguments.name.as_ref().is_none_or(|name| item.kept.name() == name);
    let all: Vec<Shown<'_>> =
        items.iter().filter(is_wanted).map(|item| Shown { row: item.row(), data: &item.kept.data }).collect();
    if let (Some(name), true) = (&arguments.name, all.is_empty()) {
        io.complain(&none(name, &items, &place.namespace));
        return Ok(Outcome::No);
    }
    let text = match place.format {
        ListFormat::Human => report::human(&all, &place.namespace),
        ListFormat::Json => report::json(&all, &place.namespace).map_err(std::io::Error::from)?,
    };
    io.stdout.write_all(text.as_bytes())?;
    Ok(Outcome::Success)
}

fn none(name: &str, items: &[Item], namespace: &str) -> Error {
    let names = || items.iter().map(|item| item.kept.name());
    let hint = match spelling::closest(name, names()) {
        Some(near) => Some(format!("did you mean `{near}`?")),
        None if items.is_empty() => None,
        None => Some(format!("there are {}", names().collect::<Vec<_>>().join(", "))),
    };
    Error::with_hint(format!("detctl has written no Secret {name} in namespace {namespace}"), hint)
}
