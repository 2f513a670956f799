//! `detctl convert`: the same configuration as another kind of file.

use std::path::PathBuf;

use super::configuration::Reading;
use super::output;
use super::render_helm::{self, Installation};
use super::subject::{self, Gate, Opened, Subject};
use crate::cli::Global;
use crate::diagnostic::Severity;
use crate::error::{Error, Outcome};
use crate::io::Io;
use crate::model::verdict::Kind;
use crate::release::Release;
use crate::render::{Failure, forms};
use crate::shell;

/// Write a configuration as another kind of file, proven to be the same
///
/// Examples:
///   detctl convert --to devcluster master.yaml > devcluster.yaml
///   helm get values det -o yaml | detctl convert --to master -
///   detctl convert --to master --set-string db.password=… values.yaml
///
/// Comments are not taken along, and of a devcluster file only one master.
/// Values are those of `detctl render-helm`.
///
/// Exit codes:
///   0  written
///   1  refused: the file has errors, or that kind cannot say it
///   2  could not run
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The configuration, of any kind that `validate` reads; `-` reads standard input
    #[arg(value_name = "CONFIG")]
    config: PathBuf,
    /// The kind to write
    #[arg(long, value_name = "KIND")]
    to: Kind,
    /// Write into this file instead of to standard output, which `-` is too
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Go on although `validate` finds errors
    #[arg(long)]
    force: bool,
    /// To helm-values: leave out what the chart cannot say, and list it
    #[arg(long)]
    allow_lossy: bool,
    /// The release of the master that will read the configuration, 0.29.1 to 0.38.1
    #[arg(long, value_name = "VERSION", default_value_t)]
    master_version: Release,
    #[command(flatten)]
    installation: Installation,
    #[command(flatten)]
    reading: Reading,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<Outcome, Error> {
    output::refuse_clash(arguments.output.as_deref(), &arguments.config)?;
    if arguments.to == Kind::HelmValues {
        return render_helm::run(&render_helm::Arguments::from(arguments), global, io);
    }
    let gate = if arguments.force { Gate::Open } else { Gate::Closed };
    let opening = subject::Opening {
        path: &arguments.config,
        reading: &arguments.reading,
        release: arguments.master_version,
        request: arguments.installation.of_input(),
        gate,
    };
    let opened = subject::open(opening, global, io)?;
    let Opened::Subject(subject) = opened else { return Ok(Outcome::No) };
    match written(&subject, arguments) {
        Ok(text) => output::write(arguments.output.as_deref(), &text, io).map(|()| Outcome::Success),
        Err(failure) => fail(&subject, failure, io),
    }
}

fn written(subject: &Subject, arguments: &Arguments) -> Result<String, Failure> {
    let Some((source, file)) = subject.masters_text() else { return Err(Failure::Unreadable) };
    let kind = match arguments.to {
        Kind::Devcluster => "A devcluster file",
        _ => "A configuration of the master",
    };
    let heading = format!("{kind}, made by `detctl convert` of {}", crate::emit::word(subject.name()));
    let original = forms::Original { text: file.text(), source, release: arguments.master_version, heading: &heading };
    let demanded = forms::demanded(&original);
    if !demanded.is_empty() {
        return Err(Failure::Demanded(demanded));
    }
    match arguments.to {
        Kind::Devcluster => forms::devcluster(&original),
        _ => forms::master(&original),
    }
}

fn fail(subject: &Subject, failure: Failure, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let name = &subject.file.path;
    match failure {
        Failure::Unproven(remarks) | Failure::Impossible(remarks) => {
            subject.excerpts(&remarks, Severity::Error, "does not stay what it is", io)?;
            Ok(subject.refused("it would be another configuration", io))
        }
        Failure::Stopped(words) => {
            io.note("error", format_args!("{name}: {words}"));
            Ok(subject.refused("it would be another configuration", io))
        }
        Failure::Demanded(values) => {
            let option = |value: &&str| format!("--set-string {}", shell::word(&format!("{value}=…")));
            let options: Vec<String> = values.iter().map(option).collect();
            io.note("error", format_args!("{name}: the chart demands {}, and no value says it", values.join(" and ")));
            Ok(subject.refused(&format!("give it as to Helm: {}", options.join(" ")), io))
        }
        _ => Err(Error::new(format!("{name}: it holds no configuration of a master"))),
    }
}

impl From<&Arguments> for render_helm::Arguments {
    fn from(arguments: &Arguments) -> Self {
        let Arguments { config, output, force, allow_lossy, master_version, installation, reading, .. } = arguments;
        let mut all = Self::of(config.clone(), output.clone(), installation.clone(), reading.clone());
        (all.force, all.allow_lossy, all.master_version) = (*force, *allow_lossy, *master_version);
        all
    }
}
