//! `detctl secrets explain`: what a master makes of a kubeconfig, without asking anybody.

use std::path::{Path, PathBuf};

use super::ListFormat;
use super::here::Here;
use crate::commands::live;
use crate::error::{Error, Outcome};
use crate::io::Io;
use crate::kubeconfig::worth::{ReleasedPod, Surroundings, Verdict, worth};
use crate::kubeconfig::{Fault, FaultKind, Loading, load};
use crate::report::kubeconfig::{Judged, human, json};
use crate::source::SourceMap;
use crate::source::encoding::Decoded;
use crate::source::load::{self, Content, LIMIT};

/// Tell what a master makes of a kubeconfig: whether it starts, and what each part is worth to it
///
/// Nothing is contacted and no plugin is started. No line of the file is shown, and
/// nothing secret.
///
/// Example:
///   detctl secrets explain west.kubeconfig
///
/// Exit codes:
///   0  the master starts with it
///   1  it does not
///   2  the file could not be read
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Arguments {
    /// The kubeconfig; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Where the master runs
    #[arg(long, value_enum, value_name = "PLACE", default_value_t = Place::Pod)]
    master: Place,
    /// How the answer is written
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: ListFormat,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Place {
    /// In the pod of the chart, with the released image and the kubeconfig from a Secret
    Pod,
    /// On this machine, in this folder, as devcluster runs it
    Here,
}

pub(super) fn run(arguments: &Arguments, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let mut sources = SourceMap::new();
    let name =
        if arguments.file == Path::new("-") { load::STDIN.to_owned() } else { arguments.file.display().to_string() };
    let loading = read(&arguments.file, &name, &mut sources, io)?;
    let here = Here::new(&io.variables);
    let (surroundings, place): (&dyn Surroundings, _) = match arguments.master {
        Place::Pod => (&ReleasedPod, "in its pod"),
        Place::Here => (&here, "on this machine"),
    };
    let worth = worth(&loading, surroundings, io.now);
    let judged = Judged { path: &name, sources: &sources, worth: &worth, place };
    let text = match arguments.format {
        ListFormat::Human => human(&judged, io.width),
        ListFormat::Json => json(&judged).map_err(std::io::Error::from)?,
    };
    io.stdout.write_all(text.as_bytes())?;
    Ok(if matches!(worth.verdict, Verdict::Ends(_)) { Outcome::No } else { Outcome::Success })
}

fn read(path: &Path, name: &str, sources: &mut SourceMap, io: &mut Io<'_>) -> Result<Loading, Error> {
    let content = if path == Path::new("-") { load::read_stdin(io.stdin) } else { load::read_file(path) };
    match content {
        Ok(Content::Read(Decoded::Utf8(text) | Decoded::Utf16(text, _))) => {
            let id = sources.add(name, text.as_str());
            let loading = load(id, &text);
            // What holds nothing secret may be read by everybody.
            let file = Some(path).filter(|path| *path != Path::new("-") && !loading.config.material().is_empty());
            file.and_then(live::open_to_others).iter().for_each(|warning| io.note("warning", warning));
            Ok(loading)
        }
        Ok(Content::Read(Decoded::Broken(broken))) => {
            let words = format!("yaml: {}", broken.go_yaml);
            Ok(Loading { faults: vec![Fault { kind: FaultKind::Syntax, span: None, words }], ..Loading::default() })
        }
        Ok(Content::TooLarge(_)) => Err(Error::new(format!("`{name}` is larger than {} MiB", LIMIT >> 20))),
        Err(error) => Err(Error::with_hint(error.to_string(), error.hint())),
    }
}
