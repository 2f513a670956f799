//! Opens texts that are too large to be kept whole.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Opens a file for reading from front to back; `-` is standard input, which comes as `stdin`.
///
/// # Errors
/// The file does not exist, may not be read, or is no file (a folder, a device, a pipe without a writer).
pub fn open<'r>(path: &Path, stdin: &'r mut dyn Read) -> io::Result<Box<dyn Read + 'r>> {
    if path == Path::new("-") {
        return Ok(Box::new(stdin));
    }
    let kind = std::fs::metadata(path)?.file_type();
    if !kind.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
    }
    Ok(Box::new(File::open(path)?))
}

/// Whether a path is a folder.
#[must_use]
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// The files of a folder with one of these endings, sorted by name.
///
/// # Errors
/// The folder cannot be read.
pub fn files(folder: &Path, endings: &[&str]) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let has_ending = path.extension().and_then(|it| it.to_str()).is_some_and(|it| endings.contains(&it));
        if has_ending && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Whether there is a file of this name.
#[must_use]
pub fn exists(path: &Path) -> bool {
    path.is_file()
}
