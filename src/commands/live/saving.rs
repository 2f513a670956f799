//! `--save-snapshot`: what was read of a cluster, kept for another time.

use std::path::{Path, PathBuf};

use crate::cluster::Reading;
use crate::error::Error;
use crate::formats::snapshot::Saver;
use crate::model::inventory::{Record, Refused, Unread};
use crate::source::save::Incoming;

/// What could not be read, by kind.
pub(in crate::commands) fn refused(reading: &Reading) -> Vec<Refused> {
    let refused = reading.not_read.iter().map(|not_read| Refused {
        kind: not_read.kind.to_string(),
        words: not_read.failure.to_string(),
        hint: not_read.failure.hint().map(str::to_owned),
    });
    refused.collect()
}

/// The snapshot of one cluster that is about to be saved.
pub(in crate::commands) struct Saved {
    path: PathBuf,
}

impl Saved {
    /// In a folder, under the name of the cluster.
    pub(in crate::commands) fn in_folder(folder: &Path, cluster: &str) -> Result<Self, Error> {
        let is_name = !cluster.is_empty() && !cluster.starts_with('.') && !cluster.contains(['/', '\\', '\0']);
        if !is_name {
            return Err(Error::new(format!("--save-snapshot: no file can be called `{cluster}`")));
        }
        Ok(Self { path: folder.join(format!("{cluster}.json")) })
    }

    /// What it is written with.
    pub(in crate::commands) fn start(&self, context: &str) -> Result<Saver, Error> {
        self.saver(&Record { context: Some(context.to_owned()), ..Record::default() })
    }

    /// Ends it with what is known of the reading.
    pub(in crate::commands) fn finish(&self, reading: &mut Reading, notes: &[String]) -> Result<(), Error> {
        let Some(mut saver) = reading.saver.take() else { return Ok(()) };
        let (read, partly) = reading.builder.extent();
        saver.record(&Record {
            read: read.iter().map(ToString::to_string).collect(),
            partly: partly.iter().map(ToString::to_string).collect(),
            notes: notes.to_vec(),
            refused: refused(reading),
            ..Record::default()
        });
        saver.finish().map_err(|error| self.fault(&error))
    }

    /// Says why there is nothing.
    pub(in crate::commands) fn unread(&self, why: &Unread) -> Result<(), Error> {
        let saver = self.saver(&Record { unread: Some(why.clone()), ..Record::default() })?;
        saver.finish().map_err(|error| self.fault(&error))
    }

    fn saver(&self, record: &Record) -> Result<Saver, Error> {
        let mut saver = Saver::new(Incoming::new(&self.path).map_err(|error| self.fault(&error))?);
        saver.record(record);
        Ok(saver)
    }

    fn fault(&self, error: &std::io::Error) -> Error {
        Error::new(format!("{}: the snapshot cannot be saved: {error}", self.path.display()))
    }
}
