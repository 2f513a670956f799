//! `detctl schema`: JSON Schemas for editors.

use crate::error::{Error, Outcome};
use crate::io::Io;
use crate::release::Release;
use crate::schema;

/// Print a JSON Schema of configuration files, for editors
///
/// Example:
///   detctl schema master > master.schema.json
///
/// and in the first line of a master.yaml:
///   # yaml-language-server: $schema=master.schema.json
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The kind of files
    #[arg(value_name = "KIND")]
    kind: SchemaKind,
    /// The release of the master that will read the files, 0.29.1 to 0.38.1
    #[arg(long, value_name = "VERSION", default_value_t)]
    master_version: Release,
}

/// The kinds of files that there are schemas of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum SchemaKind {
    /// The master's own master.yaml
    Master,
    /// Values of the Determined Helm chart
    HelmValues,
    /// A devcluster file
    Devcluster,
}

pub(super) fn run(arguments: &Arguments, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let schema = match arguments.kind {
        SchemaKind::Master => schema::master(arguments.master_version),
        SchemaKind::HelmValues => schema::helm_values(arguments.master_version),
        SchemaKind::Devcluster => schema::devcluster(arguments.master_version),
    };
    writeln!(io.stdout, "{schema:#}")?;
    Ok(Outcome::Success)
}
