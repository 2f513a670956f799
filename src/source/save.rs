//! Texts → files: the only place that writes any.
//!
//! A file is there whole or not at all: the text goes into a new file in the same folder, which then takes
//! the place of the old one. Whoever reads meanwhile gets the old text, and a full disk costs nothing.

use std::fs::{self, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::Builder;

/// Replaces what a file holds, or makes the file, and the folders that it lies in.
///
/// A symbolic link is followed: the file behind it is replaced. An existing file keeps its permissions. What is
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
        Ok(old) => put(&fs::canonicalize(path)?, content, Some(old.permissions())),
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

fn folder(path: &Path) -> Option<&Path> {
    path.parent().filter(|parent| !parent.as_os_str().is_empty())
}

/// The file that a link names which leads to nothing yet.
fn behind_link(path: &Path) -> PathBuf {
    match fs::read_link(path) {
        Ok(target) => folder(path).map_or(target.clone(), |folder| folder.join(target)),
        Err(_) => path.to_owned(),
    }
}

fn put(path: &Path, content: &[u8], permissions: Option<Permissions>) -> io::Result<()> {
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
    if let Some(permissions) = permissions {
        new.as_file().set_permissions(permissions)?;
    }
    new.as_file().sync_all()?;
    new.persist(path)?;
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
