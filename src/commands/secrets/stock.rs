//! The Secrets that detctl has written, as they stand on the default cluster.

use std::path::PathBuf;
use std::time::Duration;

use super::access::{Contexts, Exec, Used};
use crate::cluster::{self, Kept, ToList};
use crate::commands::{ListFormat, live};
use crate::credentials::identity::{CLUSTER_NAME, MANAGED_BY, MANAGER, RELEASE, label};
use crate::credentials::record::Record;
use crate::credentials::secret::namespace_misfit;
use crate::error::Error;
use crate::io::Io;
use crate::report::secrets::list::Row;

/// A name that Kubernetes takes for a namespace.
fn namespace(text: &str) -> Result<String, String> {
    namespace_misfit(text).map_or_else(|| Ok(text.to_owned()), |misfit| Err(misfit.to_owned()))
}

/// Where they are.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Where the kubeconfigs are")]
pub(super) struct Place {
    /// The context of the default cluster, where the master runs
    #[arg(long, value_name = "CONTEXT")]
    pub(super) default_context: String,
    /// The namespace of the Helm release there
    #[arg(long, value_name = "NAMESPACE", value_parser = namespace)]
    pub(super) namespace: String,
    /// Those of this Helm release only
    #[arg(long, value_name = "NAME")]
    pub(super) release: Option<String>,
    /// The kubeconfig that has the context [default: those of KUBECONFIG, else ~/.kube/config]
    #[arg(long, value_name = "FILE")]
    kubeconfig: Option<PathBuf>,
    /// How long each cluster may take: seconds, or such as 90s, 5m
    #[arg(long, value_name = "TIME", default_value = "15s", value_parser = live::duration)]
    pub(super) timeout: Duration,
    /// Never run the plugin that the context names
    #[arg(long)]
    no_exec: bool,
    /// How the answer is written
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: ListFormat,
}

/// A Secret, with what was noted when it was written.
pub(super) struct Item {
    /// It.
    pub(super) kept: Kept,
    /// What was noted.
    pub(super) record: Record,
}

impl Item {
    /// All in a namespace, or those of a release; by name.
    ///
    /// # Errors
    /// When the cluster cannot be asked.
    pub(super) fn all(
        default: &Used,
        namespace: &str,
        release: Option<&str>,
        time: Duration,
    ) -> Result<Vec<Self>, Error> {
        let release = release.map(|release| format!(",{RELEASE}={}", label(release)));
        let target = ToList {
            endpoint: default.endpoint.clone(),
            namespace: namespace.to_owned(),
            selector: format!("{MANAGED_BY}={MANAGER}{}", release.unwrap_or_default()),
        };
        let found = cluster::list(target, time).map_err(|failure| live::unreadable("default cluster", &failure))?;
        found.iter().for_each(|kept| default.know(kept));
        Ok(found.into_iter().map(|kept| Self { record: Record::of(&kept.object), kept }).collect())
    }

    /// A label.
    fn label(&self, key: &str) -> String {
        self.kept.object["metadata"]["labels"][key].as_str().unwrap_or_default().to_owned()
    }

    /// It, as reports tell of it.
    pub(super) fn row(&self) -> Row {
        Row {
            cluster: self.cluster(),
            release: self.release(),
            secret: self.kept.name().to_owned(),
            record: self.record.clone(),
        }
    }

    /// The label of the Helm release that it is for.
    pub(super) fn release(&self) -> String {
        self.label(RELEASE)
    }

    /// Whether it is another one for the same resource manager.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        let is_same = self.release() == other.release() && self.cluster() == other.cluster();
        is_same && self.kept.name() != other.kept.name()
    }

    /// The resource manager that it is for.
    pub(super) fn cluster(&self) -> String {
        self.label(CLUSTER_NAME)
    }
}

impl Place {
    /// The kubeconfigs that have the contexts. What the user should know of the files is told.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(super) fn contexts(&self, io: &mut Io<'_>) -> Result<Contexts, Error> {
        let exec = if self.no_exec { Exec::Never } else { Exec::Run };
        let contexts = Contexts::read(self.kubeconfig.as_ref(), exec, self.timeout, io)?;
        contexts.warn(io);
        Ok(contexts)
    }

    /// The default cluster.
    ///
    /// # Errors
    /// When there is no such context, or it cannot be used.
    pub(super) fn default_cluster(&self, contexts: &Contexts, io: &Io<'_>) -> Result<Used, Error> {
        contexts.take(&self.default_context, io)
    }

    /// The Secrets, by name.
    ///
    /// # Errors
    /// When the cluster cannot be asked.
    pub(super) fn items(&self, default: &Used) -> Result<Vec<Item>, Error> {
        Item::all(default, &self.namespace, self.release.as_deref(), self.timeout)
    }
}
