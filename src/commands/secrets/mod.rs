//! `detctl secrets`: the credentials by which a master reaches its additional clusters.

mod access;
mod check;
mod create;
mod delete;
mod explain;
mod here;
mod list;
mod opened;
mod orphans;
mod reachable;
mod rotate;
mod show;
mod stock;
mod unstored;

use std::path::Path;

use clap::Subcommand;

use super::ListFormat;
use crate::cli::Global;
use crate::error::{Error, Outcome};
use crate::io::Io;
use crate::source::encoding::Decoded;
use crate::source::load::{self, Content};

/// Look after the credentials by which a master reaches its additional clusters
///
/// Example:
///   detctl secrets explain west.kubeconfig
///   detctl secrets check --default-context main --namespace det
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment, arg_required_else_help = true, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Create(Box<create::Arguments>),
    Explain(explain::Arguments),
    List(list::Arguments),
    Show(show::Arguments),
    Check(check::Arguments),
    Rotate(Box<rotate::Arguments>),
    Delete(delete::Arguments),
}

/// The text of a file of values. Its places lead back to its bytes, so it has to be UTF-8.
fn values_text(path: &Path) -> Result<String, Error> {
    match load::read_file(path) {
        Ok(Content::Read(Decoded::Utf8(text))) => Ok(text),
        Ok(_) => Err(Error::new(format!("{}: it is no text in UTF-8", path.display()))),
        Err(error) => Err(Error::with_hint(error.to_string(), error.hint())),
    }
}

pub(super) fn run(arguments: &Arguments, _: &Global, io: &mut Io<'_>) -> Result<Outcome, Error> {
    match &arguments.command {
        Command::Create(arguments) => create::run(arguments, io),
        Command::Explain(arguments) => explain::run(arguments, io),
        Command::List(arguments) => list::run(arguments, io),
        Command::Show(arguments) => show::run(arguments, io),
        Command::Check(arguments) => check::run(arguments, io),
        Command::Rotate(arguments) => rotate::run(arguments, io),
        Command::Delete(arguments) => delete::run(arguments, io),
    }
}
