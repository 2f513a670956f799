//! The file system and the programs of this machine.

use std::path::{Path, PathBuf};

use crate::kubeconfig::worth::Surroundings;
use crate::kubeconfig::{FileAnswer, Files, Secret};
use crate::source::load::{self, Bytes, Problem};
use crate::source::stream;

/// This machine.
pub(super) struct Here {
    /// Where programs are looked for: the variable `PATH`.
    pub(super) search: Vec<PathBuf>,
}

impl Here {
    pub(super) fn new(variables: &[(String, String)]) -> Self {
        let path = variables.iter().find(|(name, _)| name == "PATH").map_or("", |(_, value)| value.as_str());
        Self { search: path.split(':').filter(|folder| !folder.is_empty()).map(PathBuf::from).collect() }
    }
}

impl Files for Here {
    fn read(&self, path: &str) -> FileAnswer {
        match load::read_bytes(Path::new(path)) {
            Ok(Bytes::Read(bytes)) => FileAnswer::Content(Secret::new(bytes)),
            Ok(Bytes::TooLarge) => FileAnswer::Refused("it is too large".to_owned()),
            Err(error) => FileAnswer::Refused(match error.problem {
                Problem::Missing(_) => "no such file or directory".to_owned(),
                Problem::Loop => "too many levels of symbolic links".to_owned(),
                Problem::NotRegular("a folder") | Problem::NothingInside => "is a directory".to_owned(),
                Problem::NotRegular(what) => format!("it is {what}"),
                Problem::Unclear(why, _) => why,
                Problem::System(error) => load::reason(&error),
            }),
        }
    }
}

impl Surroundings for Here {
    fn has_program(&self, command: &str) -> Option<bool> {
        if command.contains(std::path::is_separator) {
            return Some(stream::exists(Path::new(command)));
        }
        Some(self.search.iter().any(|folder| stream::exists(&folder.join(command))))
    }

    fn is_pod(&self) -> bool {
        false
    }
}
