//! Clusters as they are now: the flags that all commands share, and the way from a kubeconfig to an API server.

mod files;
mod login;
mod meter;
mod proxy;
mod saving;

use std::path::{Path, PathBuf};
use std::time::Duration;

use self::meter::Meter;
use crate::cluster::{self, Endpoint, Failure, Pace, Program, Reading, Target};
use crate::error::Error;
use crate::io::Io;
use crate::kubeconfig::{Fault, FaultKind, Kubeconfig, Placed, confirm};
use crate::source::{SourceMap, Span};
use crate::spelling;

pub(super) use files::{Disk, merged, open_to_others};
pub(super) use saving::{Saved, refused};

pub(super) use proxy::from_environment as proxy_from_environment;

/// How clusters are asked.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Live clusters")]
pub struct Live {
    /// Look at clusters as they are now; nothing is created or changed
    #[arg(long)]
    pub live: bool,
    /// The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]
    #[arg(long, value_name = "FILE")]
    pub kubeconfig: Option<PathBuf>,
    /// How long each cluster may take: seconds, or such as 90s, 5m
    #[arg(long, value_name = "TIME", default_value = "2m", value_parser = duration)]
    pub timeout: Duration,
    /// Run the programs that kubeconfigs name to get credentials
    #[arg(long)]
    pub allow_exec: bool,
    /// Read the pods of a cluster in one answer of the API server's cache, which may be a moment old
    #[arg(long, conflicts_with = "save_snapshot")]
    pub fast: bool,
    /// Keep what was read of each cluster, without anything that no answer needs, for --snapshot DIR
    #[arg(long, value_name = "DIR")]
    pub save_snapshot: Option<PathBuf>,
}

pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = match text.strip_suffix(['s', 'm']) {
        Some(number) if text.ends_with('m') => (number, 60),
        Some(number) => (number, 1),
        None => (text, 1),
    };
    match number.parse::<u64>().ok().and_then(|number| number.checked_mul(unit)) {
        Some(seconds @ 1..=86_400) => Ok(Duration::from_secs(seconds)),
        Some(_) => Err("expected between a second and a day".to_owned()),
        None => Err("expected seconds, or such as 90s or 5m".to_owned()),
    }
}

/// Kubeconfigs that have been read.
pub(super) struct Kubeconfigs {
    config: Kubeconfig,
    /// How they are called in messages.
    name: String,
}

impl Live {
    /// The snapshot of a cluster that is to be saved, if one is.
    pub(super) fn saved(&self, cluster: &str) -> Result<Option<Saved>, Error> {
        self.save_snapshot.as_deref().map(|folder| Saved::in_folder(folder, cluster)).transpose()
    }

    /// How pods are to be read.
    pub(super) fn pace(&self) -> Pace {
        if self.fast { Pace::AtOnce } else { Pace::Pages }
    }

    /// Reads clusters at the same time, and shows how far they are.
    pub(super) fn read(
        &self,
        targets: Vec<Target>,
        names: Vec<String>,
        io: &mut Io<'_>,
    ) -> Vec<Result<Reading, Failure>> {
        let mut meter = Meter::new(io, names);
        cluster::read(targets, self.timeout, &mut |progress, elapsed| meter.show(progress, elapsed))
    }

    /// Only what is read of live clusters can be saved.
    pub(super) fn refuse_to_save(&self) -> Result<(), Error> {
        match &self.save_snapshot {
            Some(_) => Err(Error::new("--save-snapshot keeps what --live has read, and there is no --live")),
            None => Ok(()),
        }
    }

    /// Reads the kubeconfigs that `kubectl` would.
    pub(super) fn kubeconfigs(&self, sources: &mut SourceMap, io: &Io<'_>) -> Result<Kubeconfigs, Error> {
        let files::Merged { config, name, .. } = merged(self.kubeconfig.as_deref(), sources, io)?;
        Ok(Kubeconfigs { config, name })
    }

    /// Reads the kubeconfig of a configuration as the master does: alone, and with relative paths from where we are.
    pub(super) fn master_kubeconfig(&self, path: &Path, sources: &mut SourceMap) -> Result<Kubeconfigs, Error> {
        Ok(Kubeconfigs { config: files::alone(path, sources)?, name: shown(path) })
    }

    /// The way to the API server of a context; of the chosen one without a name.
    pub(super) fn access(
        &self,
        kubeconfigs: &Kubeconfigs,
        context: Option<&str>,
        io: &Io<'_>,
    ) -> Result<Access, Error> {
        let Kubeconfigs { config, name } = kubeconfigs;
        let mut config = config.clone();
        if let Some(context) = context {
            let found = kubeconfigs.context(context)?;
            config.current_context = Some(Placed { value: context.to_owned(), key: found, span: found });
        }
        let Some(chosen) = config.current_context.as_ref().map(|chosen| chosen.value.clone()) else {
            let hint = "name one with --context, or set current-context".to_owned();
            return Err(Error::with_hint(format!("{name}: no context is chosen"), Some(hint)));
        };
        let place = format!("context `{chosen}` of {name}");
        let client = confirm(&config, &Disk).map_err(|stop| {
            let has_none = |fault: &Fault| matches!(fault.kind, FaultKind::NoCluster | FaultKind::NoServer);
            let why = if stop.faults.iter().any(has_none) { "no server stands there: " } else { "" };
            let message = format!("{place} cannot be used: {why}{}", stop.words);
            Error::with_hint(message, Some("mend its entries in the kubeconfig".to_owned()))
        })?;
        login::access(&config, &client, &login::Means { live: self, io, place: &place })
    }

    /// The API server of a context with the credentials for it, by a program if need be.
    pub(super) fn endpoint(&self, kubeconfigs: &Kubeconfigs, context: &str, io: &Io<'_>) -> Result<Endpoint, Error> {
        let Access { endpoint, program } = self.access(kubeconfigs, Some(context), io)?;
        let Some(program) = program else { return Ok(endpoint) };
        let logged_in = program.log_in(endpoint, self.timeout);
        logged_in.map_err(|failure| Error::with_hint(failure.to_string(), failure.hint().map(str::to_owned)))
    }
}

/// The way to an API server.
pub(super) struct Access {
    /// The server, and who asks.
    pub(super) endpoint: Endpoint,
    /// What hands out the credentials, where a program does.
    pub(super) program: Option<Program>,
}

impl Kubeconfigs {
    /// Where a context is named.
    pub(super) fn context(&self, context: &str) -> Result<Span, Error> {
        let found = self.config.contexts.get(context);
        found.map(|found| found.name).ok_or_else(|| no_context(context, &self.config, &self.name))
    }
}

fn no_context(context: &str, config: &Kubeconfig, name: &str) -> Error {
    let names: Vec<&str> = config.contexts.keys().map(String::as_str).collect();
    let hint = match spelling::closest(context, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.is_empty() => "it has none".to_owned(),
        None => format!("contexts: {}", names.join(", ")),
    };
    Error::with_hint(format!("{name} has no context `{context}`"), Some(hint))
}

/// What of a cluster could not be read as it should be, for the user.
pub(super) fn notes(reading: &Reading) -> Vec<String> {
    let mut notes: Vec<String> = reading.not_read.iter().map(|not_read| not_read.failure.to_string()).collect();
    if reading.lists.iter().any(|(_, listed)| listed.is_blurred) {
        notes.push(
            "a list took longer than the API server keeps it; its end shows a later moment than its start".to_owned(),
        );
    }
    notes
}

/// A cluster that could not be read, as the end of the run.
pub(super) fn unreadable(cluster: &str, failure: &Failure) -> Error {
    Error::with_hint(format!("{cluster}: {failure}"), failure.hint().map(str::to_owned))
}

/// A path for people.
fn shown(path: &Path) -> String {
    path.display().to_string()
}
