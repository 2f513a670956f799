//! Texts → files, whole or not at all.

use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// Why a file was not written. It is as it was.
#[derive(Debug)]
pub enum SaveError {
    /// It holds something else than what was read of it.
    Changed,
    /// It is not a file, but a pipe or a device.
    NotRegular,
    /// Nobody may write it.
    ReadOnly,
    /// The system refuses.
    System(io::Error),
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => write!(f, "it has changed since it was read"),
            Self::NotRegular => write!(f, "it is not a file"),
            Self::ReadOnly => write!(f, "it is write-protected"),
            Self::System(error) => write!(f, "{}", super::load::reason(error)),
        }
    }
}

impl From<io::Error> for SaveError {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// Puts a new text in the place of the one that was read. Readers see the one or the other, never a part: the text is
/// written beside the file and takes its name in one step. Permissions and owner stay; of a symbolic link the file
/// behind it is replaced, and the link stays.
///
/// # Errors
/// When the file is not what was read, or cannot be replaced.
pub fn replace(path: &Path, read: &str, text: &str) -> Result<(), SaveError> {
    let target = fs::canonicalize(path)?;
    let metadata = fs::metadata(&target)?;
    if !metadata.is_file() {
        return Err(SaveError::NotRegular);
    }
    if metadata.permissions().readonly() {
        return Err(SaveError::ReadOnly);
    }
    let holds = fs::read(&target)?;
    if holds == text.as_bytes() {
        return Ok(());
    }
    if holds != read.as_bytes() {
        return Err(SaveError::Changed);
    }
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut beside = tempfile::Builder::new().prefix(".detctl-").tempfile_in(folder)?;
    beside.write_all(text.as_bytes())?;
    keep_owner(beside.path(), &metadata)?;
    beside.as_file().set_permissions(metadata.permissions())?;
    beside.as_file().sync_all()?;
    beside.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(unix)]
fn keep_owner(beside: &Path, of: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let own = fs::metadata(beside)?;
    if (own.uid(), own.gid()) == (of.uid(), of.gid()) {
        return Ok(());
    }
    chown(beside, Some(of.uid()), Some(of.gid()))
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &fs::Metadata) -> io::Result<()> {
    Ok(())
}
