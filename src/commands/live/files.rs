//! Which kubeconfigs there are, as `kubectl` finds and merges them (credentials facts §2.2).

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::shown;
use crate::error::Error;
use crate::io::Io;
use crate::kubeconfig::{FileAnswer, Files, Kubeconfig, Named, Placed, Secret, load};
use crate::source::SourceMap;
use crate::source::encoding::Decoded;
use crate::source::load::{self, Content};
use crate::source::stream;

/// The file system that we see.
#[derive(Clone, Copy, Debug)]
pub(super) struct Disk;

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

/// The kubeconfigs as one, and their name for messages. A named one has to be there; of those in the environment the
/// ones that are not there do not matter.
pub(super) fn merged(
    named: Option<&Path>,
    sources: &mut SourceMap,
    io: &Io<'_>,
) -> Result<(Kubeconfig, String), Error> {
    if let Some(path) = named {
        return Ok((read(path, sources)?, shown(path)));
    }
    let paths: Vec<PathBuf> = from_environment(io).into_iter().filter(|path| stream::exists(path)).collect();
    if paths.is_empty() {
        let hint = "name one with --kubeconfig, or set KUBECONFIG".to_owned();
        return Err(Error::with_hint("there is no kubeconfig", Some(hint)));
    }
    let mut merged = Kubeconfig::default();
    for path in &paths {
        let next = read(path, sources)?;
        take(&mut merged.clusters, next.clusters);
        take(&mut merged.users, next.users);
        take(&mut merged.contexts, next.contexts);
        merged.current_context = merged.current_context.or(next.current_context);
    }
    let names: Vec<String> = paths.iter().map(|path| shown(path)).collect();
    Ok((merged, names.join(", ")))
}

/// One kubeconfig as it stands: files that it names are found from where we are.
pub(super) fn alone(path: &Path, sources: &mut SourceMap) -> Result<Kubeconfig, Error> {
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
    Ok(loading.config)
}

/// One kubeconfig, with the files that it names found from its own folder.
fn read(path: &Path, sources: &mut SourceMap) -> Result<Kubeconfig, Error> {
    let mut config = alone(path, sources)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    for cluster in config.clusters.values_mut() {
        rebase(&mut cluster.item.authority, folder);
    }
    for user in config.users.values_mut() {
        let user = &mut user.item;
        rebase(&mut user.certificate, folder);
        rebase(&mut user.private_key, folder);
        rebase(&mut user.token_file, folder);
        if let Some(exec) = &mut user.exec
            && exec.value.command.as_ref().is_some_and(|command| command.value.contains(['/', '\\']))
        {
            rebase(&mut exec.value.command, folder);
        }
    }
    Ok(config)
}

fn rebase(path: &mut Option<Placed<String>>, folder: &Path) {
    if let Some(path) = path {
        path.value = shown(&folder.join(&path.value));
    }
}

/// The first file that has an entry of a name has it for all.
fn take<T>(into: &mut BTreeMap<String, Named<T>>, from: BTreeMap<String, Named<T>>) {
    for (name, entry) in from {
        into.entry(name).or_insert(entry);
    }
}

fn from_environment(io: &Io<'_>) -> Vec<PathBuf> {
    let separator = if cfg!(windows) { ';' } else { ':' };
    let mut paths: Vec<PathBuf> = Vec::new();
    match io.variable("KUBECONFIG") {
        Some(list) => {
            for path in list.split(separator).filter(|path| !path.is_empty()).map(PathBuf::from) {
                if !paths.contains(&path) {
                    paths.push(path);
                }
            }
        }
        None => paths.extend(io.variable("HOME").map(|home| Path::new(home).join(".kube/config"))),
    }
    paths
}
