//! Texts → files: the only place that writes any.
//!
//! A file is there whole or not at all: the text goes into a new file in the same folder, which then takes
//! the place of the old one. Whoever reads meanwhile gets the old text, and a full disk costs nothing.

use std::fmt;
use std::fs::{self, Metadata, Permissions};
use std::io::{self, BufWriter, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// Replaces what a file holds, or makes the file, and the folders that it lies in.
///
/// A symbolic link is followed: the file behind it is replaced. An existing file keeps its permissions and owner. What is
/// no file, such as `/dev/stderr` or a pipe, is written to.
///
/// # Errors
/// When the system does not let it; the file is then as it was.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(old) if old.is_dir() => Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
        Ok(old) if !old.is_file() => fs::OpenOptions::new().write(true).open(path)?.write_all(content),
        // A file that must not be written to is not written to, although its folder would allow it.
        Ok(old) if old.permissions().readonly() => Err(io::Error::from(io::ErrorKind::PermissionDenied)),
        Ok(old) => put(&fs::canonicalize(path)?, content, Some(&old)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let path = behind_link(path);
            if let Some(folder) = folder(&path) {
                fs::create_dir_all(folder)?;
            }
            put(&path, content, None)
        }
        Err(error) => Err(error),
    }
}

/// Does the same, but for symbolic links: what they lead to is left alone.
///
/// # Errors
/// As [`replace`], and when the path is a link.
pub fn replace_itself(path: &Path, content: &[u8]) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink()) {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "it is a symbolic link; name the file that it leads to",
        ));
    }
    replace(path, content)
}

/// A file that comes piece by piece: it takes its place when it is kept, and is gone when it is not.
#[derive(Debug)]
pub struct Incoming {
    new: BufWriter<NamedTempFile>,
    path: PathBuf,
}

impl Incoming {
    /// Starts a file, and makes the folders that it lies in.
    ///
    /// # Errors
    /// When the system does not let it, or something else than a file has that name.
    pub fn new(path: &Path) -> io::Result<Self> {
        if fs::symlink_metadata(path).is_ok_and(|old| !old.is_file()) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "something has that name that is not a file"));
        }
        let folder = folder(path).unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let new = Builder::new().prefix(".detctl-").tempfile_in(folder)?;
        Ok(Self { new: BufWriter::with_capacity(1 << 16, new), path: path.to_owned() })
    }

    /// Forgets what has come so far.
    ///
    /// # Errors
    /// When the system does not let it.
    pub fn start_anew(&mut self) -> io::Result<()> {
        self.new.flush()?;
        self.new.get_mut().rewind()?;
        self.new.get_ref().as_file().set_len(0)
    }

    /// Puts it in its place. Only its owner may read it.
    ///
    /// # Errors
    /// When the system does not let it; what was there before is left.
    pub fn keep(self) -> io::Result<()> {
        let new = self.new.into_inner().map_err(io::IntoInnerError::into_error)?;
        new.as_file().sync_all()?;
        new.persist(&self.path)?;
        Ok(())
    }
}

impl io::Write for Incoming {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.new.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.new.flush()
    }
}

/// Why a mended text was not written. The file is as it was.
#[derive(Debug)]
pub enum Refusal {
    /// It holds something else than what was read of it.
    Changed,
    /// It is not a file, but a pipe or a device.
    NotRegular,
    /// The system refuses.
    System(io::Error),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => write!(f, "it has changed since it was read"),
            Self::NotRegular => write!(f, "it is not a file"),
            Self::System(error) => write!(f, "{}", super::load::reason(error)),
        }
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// Puts a text in the place of the one that was read, as [`replace`] does.
///
/// # Errors
/// When the file is not what was read, or cannot be replaced.
pub fn exchange(path: &Path, read: &str, text: &str) -> Result<(), Refusal> {
    if !fs::metadata(path)?.is_file() {
        return Err(Refusal::NotRegular);
    }
    let holds = fs::read(path)?;
    if holds == text.as_bytes() {
        return Ok(());
    }
    if holds != read.as_bytes() {
        return Err(Refusal::Changed);
    }
    Ok(replace(path, text.as_bytes())?)
}

/// The folder that a path names; none for a bare name.
pub(super) fn folder(path: &Path) -> Option<&Path> {
    path.parent().filter(|parent| !parent.as_os_str().is_empty())
}

/// The file that a link names which leads to nothing yet.
fn behind_link(path: &Path) -> PathBuf {
    match fs::read_link(path) {
        Ok(target) => folder(path).map_or(target.clone(), |folder| folder.join(target)),
        Err(_) => path.to_owned(),
    }
}

fn put(path: &Path, content: &[u8], old: Option<&Metadata>) -> io::Result<()> {
    let mut builder = Builder::new();
    builder.prefix(".detctl-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // What a new file gets from everybody; the system takes off what the user does not grant.
        builder.permissions(Permissions::from_mode(0o666));
    }
    let mut new = builder.tempfile_in(folder(path).unwrap_or(Path::new(".")))?;
    new.write_all(content)?;
    if let Some(old) = old {
        keep_owner(new.path(), old)?;
        new.as_file().set_permissions(old.permissions())?;
    }
    new.as_file().sync_all()?;
    new.persist(path)?;
    Ok(())
}

#[cfg(unix)]
fn keep_owner(new: &Path, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let own = fs::metadata(new)?;
    if (own.uid(), own.gid()) == (old.uid(), old.gid()) {
        return Ok(());
    }
    chown(new, Some(old.uid()), Some(old.gid()))
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::replace;
    use std::fs;

    #[test]
    fn a_file_is_made_replaced_and_alone_in_its_folder() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a/b.txt");
        replace(&path, b"one, which is longer").unwrap();
        replace(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_is_left_alone() {
        let place = tempfile::tempdir().unwrap();
        assert!(replace(place.path(), b"x").is_err());
        assert!(place.path().is_dir());
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let place = tempfile::tempdir().unwrap();
        let (file, link, dangling) = (place.path().join("f"), place.path().join("l"), place.path().join("d"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("f", &link).unwrap();
        symlink("new", &dangling).unwrap();
        replace(&link, b"new").unwrap();
        replace(&dangling, b"made").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(fs::read(place.path().join("new")).unwrap(), b"made");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).unwrap();
        assert!(replace(&link, b"never").is_err(), "a file that nobody may write to");
    }
}
