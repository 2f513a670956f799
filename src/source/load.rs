//! Paths and standard input → texts: the only place that reads files.
//!
//! Nothing here waits for something that may never come: pipes and devices are refused unless they
//! are already open (`-`, `/dev/stdin`, `/dev/fd/N`), and no more than [`LIMIT`] bytes are read of
//! anything.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::encoding::{self, Decoded};
use crate::spelling;

/// The largest file that is read, in bytes (64 MiB).
pub const LIMIT: u64 = 64 * 1024 * 1024;

/// The name that standard input goes by.
pub const STDIN: &str = "<stdin>";

/// How the user came to name a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// By its own path.
    Named,
    /// By a folder that holds it.
    Walked,
}

/// Where a text comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

impl Place {
    /// The path as the user wrote it, or [`STDIN`].
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => STDIN.to_owned(),
            Self::File(path) => path.to_string_lossy().into_owned(),
        }
    }
}

/// One text to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Where it comes from.
    pub place: Place,
    /// How the user came to name it.
    pub origin: Origin,
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Bytes, and what they say.
    Read(Decoded),
    /// More bytes than [`LIMIT`]; the size where the file system tells it.
    TooLarge(Option<u64>),
}

/// Why an input could not be read.
#[derive(Debug)]
pub struct LoadError {
    /// The path as the user wrote it.
    pub path: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with a path.
#[derive(Debug)]
pub enum Problem {
    /// There is nothing of that name, but perhaps something of a similar one.
    Missing(Option<String>),
    /// It leads back to itself.
    Loop,
    /// Neither a file nor a folder; the word for what it is.
    NotRegular(&'static str),
    /// A folder without a file to check.
    NothingInside,
    /// What it is cannot be told: why, and how to say it.
    Unclear(String, String),
    /// Anything else that the system says.
    System(io::Error),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        match &self.problem {
            Problem::Missing(_) => write!(f, "there is no file or folder `{path}`"),
            Problem::Loop => write!(f, "cannot open `{path}`: its symbolic links lead in a circle"),
            Problem::NotRegular(what) => write!(f, "`{path}` is {what}, not a file or folder"),
            Problem::NothingInside => write!(f, "there is no *.yaml or *.yml file in `{path}`"),
            Problem::Unclear(why, _) => write!(f, "cannot tell what `{path}` is: {why}"),
            Problem::System(error) => write!(f, "cannot read `{path}`: {}", reason(error)),
        }
    }
}

impl LoadError {
    /// Whether there is nothing of that name.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self.problem, Problem::Missing(_))
    }

    /// How to go on.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match &self.problem {
            Problem::Missing(similar) => similar.as_ref().map(|name| format!("did you mean `{name}`?")),
            Problem::NotRegular(_) => Some("pipe the text in and name it `-`".to_owned()),
            Problem::NothingInside => Some(
                "hidden files and files that git ignores are passed over; name a file itself to check it".to_owned(),
            ),
            Problem::Unclear(_, hint) => Some(hint.clone()),
            Problem::Loop | Problem::System(_) => None,
        }
    }
}

/// The system's words without the number that Rust adds.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let end = text.find(" (os error").unwrap_or(text.len());
    text.get(..end).unwrap_or(&text).to_lowercase()
}

/// The files behind the paths, each once, in the order of the paths and by name within a folder; and
/// the paths behind which there is none.
#[must_use]
pub fn expand(paths: &[PathBuf]) -> (Vec<Target>, Vec<LoadError>) {
    let mut seen = BTreeSet::new();
    let mut targets = Vec::new();
    let mut errors = Vec::new();
    for path in paths {
        for found in look_behind(path) {
            match found {
                Ok(target) if seen.insert(target.place.clone()) => targets.push(target),
                Ok(_) => {}
                Err(error) => errors.push(error),
            }
        }
    }
    (targets, errors)
}

fn look_behind(path: &Path) -> Vec<Result<Target, LoadError>> {
    if path == Path::new("-") {
        return vec![Ok(Target { place: Place::Stdin, origin: Origin::Named })];
    }
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_dir() => walk(path),
        Ok(_) => vec![Ok(Target { place: Place::File(path.to_owned()), origin: Origin::Named })],
        Err(error) => vec![Err(cannot_open(path, error))],
    }
}

/// Links to files are followed, as a mounted Kubernetes volume consists of them; links to folders are
/// not, so that no circle can arise.
fn walk(folder: &Path) -> Vec<Result<Target, LoadError>> {
    let mut found = Vec::new();
    let walker =
        WalkBuilder::new(folder).follow_links(false).require_git(false).sort_by_file_name(std::ffi::OsStr::cmp).build();
    for entry in walker {
        match entry {
            Ok(entry) if entry.depth() > 0 => {
                found.extend(yaml_file(entry.path(), entry.file_type()));
            }
            Ok(_) => {}
            Err(error) => found.push(Err(cannot_walk(folder, error))),
        }
    }
    if found.is_empty() {
        found.push(Err(LoadError { path: folder.to_string_lossy().into_owned(), problem: Problem::NothingInside }));
    }
    found
}

fn yaml_file(path: &Path, file_type: Option<FileType>) -> Option<Result<Target, LoadError>> {
    let extension = path.extension()?.to_str()?;
    if !matches!(extension, "yaml" | "yml") {
        return None;
    }
    let target = || Target { place: Place::File(path.to_owned()), origin: Origin::Walked };
    let file_type = file_type?;
    if file_type.is_symlink() {
        return match fs::metadata(path) {
            Ok(behind) => behind.is_file().then(|| Ok(target())),
            Err(error) => Some(Err(cannot_open(path, error))),
        };
    }
    file_type.is_file().then(|| Ok(target()))
}

fn cannot_walk(folder: &Path, error: ignore::Error) -> LoadError {
    let path = match &error {
        ignore::Error::WithPath { path, .. } => path.clone(),
        _ => folder.to_owned(),
    };
    let text = error.to_string();
    cannot_open(&path, error.into_io_error().unwrap_or_else(|| io::Error::other(text)))
}

fn cannot_open(path: &Path, error: io::Error) -> LoadError {
    let problem = match error.kind() {
        io::ErrorKind::NotFound if fs::symlink_metadata(path).is_ok() => {
            Problem::System(io::Error::new(error.kind(), "the file that this symbolic link names does not exist"))
        }
        io::ErrorKind::NotFound => Problem::Missing(similar_name(path)),
        // Rust has no stable kind for ELOOP; its text is the same on every Unix.
        _ if error.to_string().contains("symbolic link") => Problem::Loop,
        _ => Problem::System(error),
    };
    LoadError { path: path.to_string_lossy().into_owned(), problem }
}

fn similar_name(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let mut names: Vec<String> = fs::read_dir(folder.unwrap_or(Path::new(".")))
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    let name = spelling::closest(path.file_name()?.to_str()?, names.iter().map(String::as_str))?;
    Some(folder.map_or_else(|| name.to_owned(), |folder| folder.join(name).to_string_lossy().into_owned()))
}

/// Reads one file.
///
/// # Errors
/// When it cannot be opened, or is neither a file nor a stream that is already open.
pub fn read_file(path: &Path) -> Result<Content, LoadError> {
    let failed = |error| cannot_open(path, error);
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() && !is_open_stream(path) {
        let problem = Problem::NotRegular(describe(metadata.file_type()));
        return Err(LoadError { path: path.to_string_lossy().into_owned(), problem });
    }
    if metadata.is_file() && metadata.len() > LIMIT {
        return Ok(Content::TooLarge(Some(metadata.len())));
    }
    let file = File::open(path).map_err(failed)?;
    read_stream(file, usize::try_from(metadata.len()).unwrap_or(0)).map_err(failed)
}

/// The bytes of a file as they are.
#[derive(Clone)]
pub enum Bytes {
    /// All of them.
    Read(Vec<u8>),
    /// More than [`LIMIT`].
    TooLarge,
}

/// Whether two paths lead to one file that exists.
#[must_use]
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// Reads a file whose bytes are no text, or not ours to decode. A folder is no file.
///
/// # Errors
/// When it cannot be opened, or is neither a file nor a stream that is already open.
pub fn read_bytes(path: &Path) -> Result<Bytes, LoadError> {
    let failed = |error| cannot_open(path, error);
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() && !is_open_stream(path) {
        let problem = Problem::NotRegular(describe(metadata.file_type()));
        return Err(LoadError { path: path.to_string_lossy().into_owned(), problem });
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes)).map_err(failed)?;
    Ok(if bytes.len() as u64 > LIMIT { Bytes::TooLarge } else { Bytes::Read(bytes) })
}

/// Reads standard input to its end.
///
/// # Errors
/// When the system fails to.
pub fn read_stdin(stdin: &mut dyn Read) -> Result<Content, LoadError> {
    read_stream(stdin, 0).map_err(|error| LoadError { path: STDIN.to_owned(), problem: Problem::System(error) })
}

fn read_stream(stream: impl Read, expected: usize) -> io::Result<Content> {
    let mut bytes = Vec::with_capacity(expected + 1);
    stream.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        return Ok(Content::TooLarge(None));
    }
    Ok(Content::Read(encoding::decode(bytes)))
}

/// What a shell's `<(command)` turns into: the other end is open, so reading comes to an end.
fn is_open_stream(path: &Path) -> bool {
    path == Path::new("/dev/stdin") || path.starts_with("/dev/fd") || path.starts_with("/proc/self/fd")
}

fn describe(file_type: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if file_type.is_fifo() {
            return "a named pipe";
        }
        if file_type.is_socket() {
            return "a socket";
        }
        if file_type.is_char_device() || file_type.is_block_device() {
            return "a device";
        }
    }
    if file_type.is_dir() { "a folder" } else { "something else" }
}
