//! The variables that devcluster would expand, from the command line.

use std::path::PathBuf;

use crate::error::Error;
use crate::formats::devcluster::Environment;
use crate::io::Io;
use crate::source::encoding::Decoded;
use crate::source::load::{self, Content};

/// Variables of devcluster files.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "devcluster files")]
pub(super) struct Variables {
    /// Set a variable that devcluster files use; may be repeated, and the last one counts
    #[arg(long, value_name = "NAME=VALUE", value_parser = assignment)]
    env: Vec<(String, String)>,
    /// Set variables from lines NAME=VALUE of a file, values as they stand; may be repeated
    #[arg(long, value_name = "FILE")]
    env_file: Vec<PathBuf>,
    /// Let devcluster files use the variables of this process, too
    #[arg(long)]
    inherit_env: bool,
}

fn assignment(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write it as NAME=VALUE".to_owned()),
    }
}

/// The process's variables, overridden by those of files, and those by single ones.
pub(super) fn read(arguments: &Variables, io: &Io<'_>) -> Result<Environment, Error> {
    let mut environment = Environment::default();
    if arguments.inherit_env {
        for (name, value) in &io.variables {
            environment.set(name, value);
        }
    }
    for path in &arguments.env_file {
        let shown = path.display().to_string();
        match load::read_file(path) {
            Ok(Content::Read(Decoded::Utf8(text) | Decoded::Utf16(text, _))) => environment.read_file(&shown, &text),
            Ok(_) => return Err(Error::with_hint(format!("{shown} is no text of variables"), None)),
            Err(error) => return Err(Error::with_hint(error.to_string(), error.hint())),
        }
    }
    for (name, value) in &arguments.env {
        environment.set(name, value);
    }
    Ok(environment)
}
