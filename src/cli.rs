//! The command line as the user sees it: the root, what all commands share, and the words of the value
//! enums. No logic of any command.

use std::ffi::OsString;

use clap::builder::PossibleValue;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, ValueEnum};

use crate::commands::Command;
use crate::error::{Error, Outcome};
use crate::io::{Chatter, ColorChoice, Io};
use crate::model::verdict::Kind;
use crate::report::Format;

/// Check Determined AI deployments that span several Kubernetes clusters
///
/// Examples:
///   detctl validate deploy/                      what the master says to files
///   detctl route-dry-run master.yaml --slots 8   which cluster, and does it fit
///   detctl topology master.yaml                  a picture of clusters and pools
///   detctl help secrets create                   all about one command
///
/// Exit codes:
///   0  ok
///   1  the answer is no
///   2  usage, or some input could not be read
///   3  partly applied
#[derive(Debug, Parser)]
#[command(name = "detctl", version, verbatim_doc_comment, arg_required_else_help = true)]
#[command(max_term_width = 100)]
pub struct Cli {
    /// What every command understands.
    #[command(flatten, next_help_heading = "Global options")]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every command understands.
#[derive(Debug, clap::Args)]
pub struct Global {
    /// Colour the output: auto honours NO_COLOR and CLICOLOR_FORCE and is off on pipes
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
    /// Say more: files passed over and why, verdicts, facts; twice: effective configurations
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// Say only what was asked for: no notes, no summary
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
}

/// Runs one command line, program name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>, io: &mut Io<'_>) -> Outcome {
    let outcome = match parse(arguments, io) {
        Ok(cli) => {
            if cli.global.quiet {
                io.chatter = Chatter::Unwanted;
            }
            cli.command.run(&cli.global, io)
        }
        Err(error) => show(&error, io),
    };
    let result = outcome.and_then(|outcome| match io.stdout.flush() {
        // Whoever read the output has seen enough; the answer stays the same.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(outcome),
        flushed => Ok(flushed.map(|()| outcome)?),
    });
    match result {
        Ok(outcome) => outcome,
        Err(error) if error.is_closed_pipe() => Outcome::Success,
        Err(error) => {
            io.complain(&error);
            Outcome::Failure
        }
    }
}

fn parse(arguments: impl IntoIterator<Item = OsString>, io: &Io<'_>) -> Result<Cli, clap::Error> {
    let mut command = Cli::command().term_width(io.width.min(100));
    let matches = command.try_get_matches_from_mut(arguments)?;
    Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

/// Help and version are what was asked for; everything else is a complaint.
fn show(error: &clap::Error, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let text = error.render();
    let text = if io.colors(ColorChoice::Auto) { text.ansi().to_string() } else { text.to_string() };
    if error.use_stderr() {
        let _ = io.stderr.write_all(text.as_bytes());
        return Ok(Outcome::Failure);
    }
    io.stdout.write_all(text.as_bytes())?;
    Ok(Outcome::Success)
}

impl ValueEnum for ColorChoice {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Auto, Self::Always, Self::Never]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }))
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()).help(self.description()))
    }
}

impl ValueEnum for Kind {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Master, Self::HelmValues, Self::Devcluster]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()).help(match self {
            Self::Master => "the master's own master.yaml",
            Self::HelmValues => "values of the Determined Helm chart",
            Self::Devcluster => "a devcluster file",
        }))
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::Cli;

    /// What is laid out by hand is wrapped once more where it is wider, and falls apart.
    #[test]
    fn what_commands_say_of_themselves_fits_eighty_columns() {
        let mut wide = Vec::new();
        let mut waiting = vec![Cli::command()];
        while let Some(command) = waiting.pop() {
            let about = command.get_long_about().map(ToString::to_string).unwrap_or_default();
            let lines = about.lines().skip(1).filter(|line| line.chars().count() > 80);
            wide.extend(lines.map(|line| format!("{}: {line}", command.get_name())));
            waiting.extend(command.get_subcommands().cloned());
        }
        assert!(wide.is_empty(), "{wide:#?}");
    }
}
