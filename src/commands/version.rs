//! `detctl version`.

use super::ListFormat;
use crate::error::{Error, Outcome};
use crate::io::Io;
use crate::release::Release;

/// Print the version of detctl and of the master that it takes for granted
///
/// Example:
///   detctl version --format json
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: ListFormat,
}

#[derive(serde::Serialize)]
struct Document {
    version: u32,
    detctl: &'static str,
    master: String,
}

pub(super) fn run(arguments: &Arguments, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let own = env!("CARGO_PKG_VERSION");
    let master = Release::default();
    match arguments.format {
        ListFormat::Human => {
            writeln!(io.stdout, "detctl {own}\nmaster {master} unless --master-version says otherwise")?;
        }
        ListFormat::Json => {
            let document = Document { version: 1, detctl: own, master: master.to_string() };
            let text = serde_json::to_string_pretty(&document).map_err(std::io::Error::from)?;
            writeln!(io.stdout, "{text}")?;
        }
    }
    Ok(Outcome::Success)
}
