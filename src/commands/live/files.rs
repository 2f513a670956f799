//! Which kubeconfigs there are, as `kubectl` finds and merges them (credentials facts §2.2).

use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::shown;
use crate::error::Error;
use crate::io::Io;
use crate::kubeconfig::{FileAnswer, Files, Kubeconfig, Loading, Search, Secret, load, merge, search};
use crate::source::SourceMap;
use crate::source::encoding::Decoded;
use crate::source::load::{self, Content};
use crate::source::private;
use crate::source::stream;

/// The file system that we see.
#[derive(Clone, Copy, Debug)]
pub(in crate::commands) struct Disk;

/// The largest certificate or token file, in bytes.
const LARGEST: u64 = 1 << 20;

impl Files for Disk {
    fn read(&self, path: &str) -> FileAnswer {
        let mut bytes = Vec::new();
        let read = stream::open(Path::new(path), &mut std::io::empty())
            .and_then(|file| file.take(LARGEST).read_to_end(&mut bytes));
        match read {
            Ok(_) => FileAnswer::Content(Secret::new(bytes)),
            Err(error) => FileAnswer::Refused(load::reason(&error)),
        }
    }
}

/// Kubeconfigs as one.
pub(in crate::commands) struct Merged {
    /// What they say.
    pub(in crate::commands) config: Kubeconfig,
    /// How they are called in messages.
    pub(in crate::commands) name: String,
    /// What the user should know of them.
    pub(in crate::commands) warnings: Vec<String>,
}

/// The kubeconfigs as one. A named one has to be there; of those in the environment the
/// ones that are not there do not matter.
pub(in crate::commands) fn merged(named: Option<&Path>, sources: &mut SourceMap, io: &Io<'_>) -> Result<Merged, Error> {
    let paths: Vec<PathBuf> = match search(named, io.variable("KUBECONFIG"), io.variable("HOME")) {
        Search::Explicit(path) => vec![path],
        Search::List(paths) => paths.into_iter().filter(|path| stream::exists(path)).collect(),
    };
    if paths.is_empty() {
        let hint = "name one with --kubeconfig, or set KUBECONFIG".to_owned();
        return Err(Error::with_hint("there is no kubeconfig", Some(hint)));
    }
    let (mut found, mut warnings) = (Vec::new(), Vec::new());
    for path in &paths {
        found.push(read(path, sources, &mut warnings)?);
        warnings.extend(open_to_others(path));
    }
    let names: Vec<String> = paths.iter().map(|path| shown(path)).collect();
    let config = merge(found);
    for secret in config.material() {
        io.secrets.know(secret.expose());
    }
    Ok(Merged { config, name: names.join(", "), warnings })
}

/// What to say of a file that others may read.
pub(in crate::commands) fn open_to_others(path: &Path) -> Option<String> {
    let mode = private::mode_for_others(path)?;
    Some(format!("{}: others may read it (mode {mode:04o}); chmod 600 keeps it to yourself", shown(path)))
}

/// One kubeconfig as it stands: files that it names are found from where we are.
pub(super) fn alone(path: &Path, sources: &mut SourceMap) -> Result<Kubeconfig, Error> {
    parsed(path, sources).map(|loading| loading.config)
}

fn parsed(path: &Path, sources: &mut SourceMap) -> Result<Loading, Error> {
    let name = shown(path);
    let text = match load::read_file(path) {
        Ok(Content::Read(Decoded::Utf8(text))) => text,
        Ok(_) => return Err(Error::new(format!("{name} is no kubeconfig: it is no text in UTF-8"))),
        Err(error) => return Err(Error::with_hint(error.to_string(), error.hint())),
    };
    let source = sources.add(name.clone(), text.as_str());
    let loading = load(source, &text);
    if let Some(fault) = loading.faults.first() {
        let place = fault.span.map(|span| {
            let position = sources.file(span.source).position(span.start);
            format!(":{}:{}", position.line, position.column)
        });
        return Err(Error::new(format!("{name}{}: {}", place.unwrap_or_default(), fault.words)));
    }
    Ok(loading)
}

/// One kubeconfig, with the files that it names found from its own folder.
fn read(path: &Path, sources: &mut SourceMap, warnings: &mut Vec<String>) -> Result<Kubeconfig, Error> {
    let Loading { mut config, second_document, .. } = parsed(path, sources)?;
    if let Some(span) = second_document {
        let line = sources.file(span.source).position(span.start).line;
        warnings.push(format!("{}:{line}: only the first document is read, as kubectl does", shown(path)));
    }
    config.resolve_paths(path.parent().unwrap_or(Path::new("")));
    Ok(config)
}
