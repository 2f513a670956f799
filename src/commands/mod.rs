//! One file per command: its arguments and what it does with them.
//!
//! # Adding a command
//! A file here, a variant of [`Command`] and an arm in [`Command::run`]; a file of the same name under
//! `tests/it/cli`, which a test asks for. Help, completions and manual follow from the variant.

mod capacity;
mod clusters;
mod completions;
mod configuration;
mod convert;
mod diff;
mod environment;
mod explain;
mod fixing;
mod init;
mod live;
mod load;
mod man;
mod output;
mod render_helm;
mod route_dry_run;
mod rules;
mod scheduler_version;
mod schema;
mod secrets;
mod sets;
mod subject;
mod topology;
mod unreadable;
mod validate;
mod version;

use clap::Subcommand;

use crate::cli::Global;
use crate::error::{Error, Outcome};
use crate::io::Io;
use crate::rules::Rule;
use crate::spelling;

/// What detctl can do.
#[derive(Debug, Subcommand)]
#[expect(missing_docs, reason = "the help of a command stands with its arguments")]
pub enum Command {
    Validate(Box<validate::Arguments>),
    RouteDryRun(Box<route_dry_run::Arguments>),
    Capacity(capacity::CapacityArgs),
    Topology(Box<topology::Arguments>),
    RenderHelm(Box<render_helm::Arguments>),
    Convert(Box<convert::Arguments>),
    Init(init::Arguments),
    Diff(Box<diff::Arguments>),
    Secrets(secrets::Arguments),
    Rules(rules::Arguments),
    Explain(explain::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
    Version(version::Arguments),
}

impl Command {
    /// Runs it.
    ///
    /// # Errors
    /// When it cannot be run at all; what was found on the way is an [`Outcome`].
    pub fn run(&self, global: &Global, io: &mut Io<'_>) -> Result<Outcome, Error> {
        match self {
            Self::Validate(arguments) => validate::run(arguments, global, io),
            Self::RouteDryRun(arguments) => route_dry_run::run(arguments, global, io),
            Self::Capacity(arguments) => capacity::run(arguments, io),
            Self::Topology(arguments) => topology::run(arguments, global, io),
            Self::RenderHelm(arguments) => render_helm::run(arguments, global, io),
            Self::Convert(arguments) => convert::run(arguments, global, io),
            Self::Diff(arguments) => diff::run(arguments, global, io),
            Self::Init(arguments) => init::run(arguments, io),
            Self::Secrets(arguments) => secrets::run(arguments, global, io),
            Self::Rules(arguments) => rules::run(arguments, io),
            Self::Explain(arguments) => explain::run(arguments, global, io),
            Self::Schema(arguments) => schema::run(arguments, io),
            Self::Completions(arguments) => completions::run(arguments, io),
            Self::Man(arguments) => man::run(arguments, io),
            Self::Version(arguments) => version::run(arguments, io),
        }
    }
}

/// How lists are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum ListFormat {
    /// For people
    Human,
    /// One JSON document, fields only ever added
    Json,
}

/// The rule that a user named.
fn rule(id: &str) -> Result<&'static Rule, Error> {
    crate::rules::find(id).ok_or_else(|| {
        let similar = spelling::closest(id, crate::rules::all().iter().map(|rule| rule.id));
        let hint = match similar {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => "`detctl rules` lists them all".to_owned(),
        };
        Error::with_hint(format!("there is no rule `{id}`"), Some(hint))
    })
}
