//! `detctl completions`: a script from the same definition that parses the arguments.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::Cli;
use crate::error::{Error, Outcome};
use crate::io::Io;

/// Print a completion script for a shell
///
/// Example:
///   detctl completions bash > ~/.local/share/bash-completion/completions/detctl
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The shell to print it for
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "detctl", &mut script);
    io.stdout.write_all(&script)?;
    Ok(Outcome::Success)
}
