//! Kubeconfigs behind `kubeconfig_path`, read where they can be. They add findings and never change a verdict.

use std::path::{Component, Path, PathBuf};

use super::Options;
use crate::diagnostic::Finding;
use crate::kubeconfig::address::Server;
use crate::kubeconfig::worth::{ReleasedPod, Surroundings, worth};
use crate::kubeconfig::{FileAnswer, Files, Loading, NoFiles, Secret, confirm, load};
use crate::model::MultiRm;
use crate::model::verdict::Kind;
use crate::rules::followed::{Followed, Found, Place, Text};
use crate::rules::{self, Context};
use crate::source::load::{self as files, Bytes};
use crate::source::{SourceFile, SourceId};

/// Where the files of the master's machine are, and when it is.
#[derive(Clone, Debug)]
pub struct Follow {
    /// A folder that holds the file system of the container, or that part of it where kubeconfigs are.
    pub root: Option<PathBuf>,
    /// What `~` stands for.
    pub home: Option<PathBuf>,
    /// Seconds since 1970.
    pub now: i64,
}

/// Everything that rules have to say of a configuration, and of the kubeconfigs that it names.
pub(super) fn check(context: &Context<'_>, kind: Kind, options: &Options) -> Vec<Finding> {
    let mut findings = rules::check(context);
    if let (Some(config), Some(follow)) = (context.config(), &options.follow) {
        findings.extend(rules::check_followed(context, &read(config, kind, follow)));
    }
    findings
}

/// All kubeconfigs of a configuration that can be read.
fn read(config: &MultiRm, kind: Kind, follow: &Follow) -> Vec<Followed> {
    let managers = config.managers.iter().filter_map(|manager| Some((manager.index, manager.kubernetes()?)));
    let paths = managers.filter(|(_, kubernetes)| kubernetes.kubeconfig_path.is_written());
    paths.filter_map(|(index, kubernetes)| file(index, &kubernetes.kubeconfig_path.value, kind, follow)).collect()
}

fn file(manager: usize, path: &str, kind: Kind, follow: &Follow) -> Option<Followed> {
    let place = match (kind, &follow.root) {
        (Kind::Devcluster, _) => Place::Here,
        (_, Some(_)) => Place::Pod,
        // The paths that the chart writes are those of its container.
        (Kind::HelmValues, None) => return None,
        (Kind::Master, None) => Place::Unknown,
    };
    let opened = located(path, follow)?;
    let found = match files::read_bytes(&opened) {
        Ok(Bytes::Read(bytes)) => {
            let around = Around { kind, place, follow };
            Found::Text(Box::new(text(&opened.to_string_lossy(), bytes, &around)?))
        }
        Err(error) if matches!(error.problem, files::Problem::Missing(_)) && follow.root.is_some() => Found::Missing,
        _ => return None,
    };
    Some(Followed { manager, path: opened.to_string_lossy().into_owned(), place, found })
}

/// Where a path of the master's machine is to be found (facts §3.5).
fn located(path: &str, follow: &Follow) -> Option<PathBuf> {
    match (&follow.root, path.strip_prefix("~/")) {
        (Some(root), None) => Some(below(root, path)),
        // Where the home in a container is nobody can tell.
        (Some(_), Some(_)) => None,
        (None, Some(rest)) => follow.home.as_ref().map(|home| home.join(rest)),
        (None, None) => Some(PathBuf::from(path)).filter(|_| !path.is_empty()),
    }
}

/// A path below a folder that stands for the root of all; nothing leads out of it.
fn below(root: &Path, path: &str) -> PathBuf {
    let mut inner = PathBuf::new();
    for component in Path::new(path).components() {
        match component {
            Component::Normal(name) => inner.push(name),
            Component::ParentDir => {
                inner.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::CurDir => {}
        }
    }
    root.join(inner)
}

fn text(name: &str, bytes: Vec<u8>, around: &Around<'_>) -> Option<Text> {
    // client-go decodes no other encodings; a file of one has words of its own that few will meet.
    let text = String::from_utf8(bytes).ok()?;
    let loading = load(SourceId::default(), &text);
    let worth = worth(&loading, around, around.follow.now);
    let server = server(&loading);
    Some(Text { file: SourceFile::new(name, text), loading, worth, server, now: around.follow.now })
}

fn server(loading: &Loading) -> Option<(Server, Vec<String>)> {
    let client = confirm(&loading.config, &NoFiles).ok().filter(|_| loading.faults.is_empty())?;
    let fingerprints = client.authorities.iter().map(|authority| authority.fingerprint.clone()).collect();
    Some((client.server, fingerprints))
}

/// What is around the master, seen from here.
struct Around<'a> {
    kind: Kind,
    place: Place,
    follow: &'a Follow,
}

impl Files for Around<'_> {
    fn read(&self, path: &str) -> FileAnswer {
        let is_absolute = Path::new(path).is_absolute();
        let opened = match (self.place, &self.follow.root) {
            (Place::Here | Place::Pod, Some(root)) if is_absolute => Some(below(root, path)),
            (Place::Here, None) if is_absolute => Some(PathBuf::from(path)),
            // Nobody knows the working directory of the master.
            _ => None,
        };
        match opened.map(|opened| files::read_bytes(&opened)) {
            Some(Ok(Bytes::Read(bytes))) => FileAnswer::Content(Secret::new(bytes)),
            Some(Err(_)) if self.place == Place::Here && self.follow.root.is_none() => {
                FileAnswer::Refused("no such file or directory".to_owned())
            }
            // The chart mounts nothing else.
            _ if self.kind == Kind::HelmValues => ReleasedPod.read(path),
            _ => FileAnswer::Unknown,
        }
    }
}

impl Surroundings for Around<'_> {
    fn has_program(&self, command: &str) -> Option<bool> {
        if self.place == Place::Pod { ReleasedPod.has_program(command) } else { None }
    }

    fn is_pod(&self) -> bool {
        self.place == Place::Pod
    }
}
