//! Files that only their owner may read: one that another program writes, and new ones that hold secrets.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempDir};

use super::save;

/// A folder that only its owner may enter, with one empty file that only its owner may read. Gone when it is dropped.
#[derive(Debug)]
pub struct PrivateFile {
    path: PathBuf,
    // What the folder holds goes with it.
    _folder: TempDir,
}

impl PrivateFile {
    /// Makes them, where temporary files go.
    ///
    /// # Errors
    /// When the system does not let it.
    pub fn new(name: &str) -> io::Result<Self> {
        let mut builder = Builder::new();
        builder.prefix(".detctl-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = builder.tempdir()?;
        let path = folder.path().join(name);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path)?;
        Ok(Self { path, _folder: folder })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Makes a file that only its owner may read. It is there whole or not at all; whatever has its name is left alone, a link
/// as well.
///
/// # Errors
/// When something has its name, or the system does not let it.
pub fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    // Such files are readable for their owner alone, whatever the umask.
    let mut new = Builder::new().prefix(".detctl-").tempfile_in(folder(path))?;
    new.write_all(content)?;
    new.as_file().sync_all()?;
    new.persist_noclobber(path)?;
    Ok(())
}

/// Whether a file of this name can be made.
///
/// # Errors
/// Why not.
pub fn is_free(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(_) => Err(io::Error::new(io::ErrorKind::AlreadyExists, "there is something of that name already")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::metadata(folder(path)).map(|_| ()),
        Err(error) => Err(error),
    }
}

/// The permissions of a file that others than its owner may read or change.
#[must_use]
pub fn mode_for_others(path: &Path) -> Option<u32> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(path).ok()?.permissions().mode() & 0o7777;
        (mode & 0o077 != 0).then_some(mode)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

/// Whether others may replace what is in the folder of a file.
#[must_use]
pub fn is_open_to_others(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(folder(path)).map_or(0, |metadata| metadata.permissions().mode());
        // In a folder such as /tmp everybody may write, and replace their own files only.
        mode & 0o022 != 0 && mode & 0o1000 == 0
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

fn folder(path: &Path) -> &Path {
    save::folder(path).unwrap_or(Path::new("."))
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::fs::symlink;

    use super::{PrivateFile, create, is_free, is_open_to_others};

    #[test]
    fn nobody_else_comes_near_it_and_nothing_stays() {
        let file = PrivateFile::new("config").unwrap();
        let folder = file.path().parent().unwrap().to_owned();
        let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(file.path()), mode(&folder)), (0o600, 0o700));
        fs::write(file.path(), "x").unwrap();
        fs::write(folder.join("beside"), "y").unwrap();
        drop(file);
        assert!(!folder.exists());
    }

    /// T6: whoever looks finds it whole and closed, and nothing is written over.
    #[test]
    fn t6_a_new_file_is_whole_closed_and_takes_nothing_away() {
        let place = tempfile::tempdir().unwrap();
        let [new, old, link, dangling] = ["new", "old", "link", "dangling"].map(|name| place.path().join(name));
        fs::write(&old, "theirs").unwrap();
        fs::set_permissions(&old, fs::Permissions::from_mode(0o644)).unwrap();
        symlink(&old, &link).unwrap();
        symlink(place.path().join("nowhere"), &dangling).unwrap();
        for taken in [&old, &link, &dangling] {
            assert!(is_free(taken).is_err() && create(taken, b"secret").is_err(), "{taken:?}");
        }
        assert_eq!(fs::read(&old).unwrap(), b"theirs");
        assert!(!place.path().join("nowhere").exists());
        is_free(&new).unwrap();
        create(&new, b"secret").unwrap();
        assert_eq!(fs::metadata(&new).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!((fs::read(&new).unwrap(), fs::read_dir(place.path()).unwrap().count()), (b"secret".to_vec(), 4));
        assert!(is_free(&place.path().join("no/folder")).is_err());
    }

    #[test]
    fn folders_that_are_open_to_others_are_known() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("new");
        for (mode, open) in [(0o700, false), (0o755, false), (0o770, true), (0o777, true), (0o1777, false)] {
            fs::set_permissions(place.path(), fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(is_open_to_others(&path), open, "{mode:o}");
        }
    }
}
