//! A place for what another program has to write into a file and nobody else may see.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempDir};

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

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::PrivateFile;

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
}
