//! The master's address from its Service: the second step of the documentation page.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::cluster::{self, Found, ToFind};
use crate::commands::live::{self, Live};
use crate::error::Error;
use crate::formats::helm_values::Request;
use crate::io::Io;
use crate::source::SourceMap;

/// Whether and how the Service is asked.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Wish {
    /// Take host and port from the master's Service: of --release in --namespace, on the cluster of this context
    #[arg(long, value_name = "CONTEXT", conflicts_with_all = ["master_host", "master_port"])]
    master_from_service: Option<String>,
    /// The kubeconfig that has the context [default: those of KUBECONFIG, else ~/.kube/config]
    #[arg(long, value_name = "FILE", requires = "master_from_service")]
    kubeconfig: Option<PathBuf>,
    /// How long to wait for the address of a load balancer: seconds, or such as 90s, 5m [default: 2m]
    #[arg(long, value_name = "TIME", requires = "master_from_service", value_parser = live::duration)]
    timeout: Option<Duration>,
    /// Run the program that the kubeconfig names to get credentials
    #[arg(long, requires = "master_from_service")]
    allow_exec: bool,
}

/// As long as every cluster may take.
const TIMEOUT: Duration = Duration::from_secs(120);

impl Wish {
    /// The context that is asked.
    pub(super) fn context(&self) -> Option<&str> {
        self.master_from_service.as_deref()
    }

    /// The file that has the context, if one was named.
    pub(super) fn kubeconfig(&self) -> Option<&Path> {
        self.kubeconfig.as_deref()
    }

    /// What the Service says, if it is to be asked.
    ///
    /// # Errors
    /// When it cannot be asked, or others cannot reach it.
    pub(super) fn found(&self, release: &Request, io: &Io<'_>) -> Result<Option<Found>, Error> {
        let Some(context) = self.context() else { return Ok(None) };
        let timeout = self.timeout.unwrap_or(TIMEOUT);
        let live = Live {
            live: true,
            kubeconfig: self.kubeconfig.clone(),
            timeout,
            allow_exec: self.allow_exec,
            fast: false,
            save_snapshot: None,
        };
        let kubeconfigs = live.kubeconfigs(&mut SourceMap::new(), io)?;
        let endpoint = live.endpoint(&kubeconfigs, context, io)?;
        let (namespace, name) = (release.namespace.clone(), format!("determined-master-service-{}", release.release));
        let title = format!("context `{context}`");
        let service = format!("{title}: Service {namespace}/{name}");
        match cluster::find_master(ToFind { endpoint, namespace, name }, timeout) {
            Ok(Ok(found)) => Ok(Some(found)),
            Ok(Err(why)) => {
                let hint = "give the address with --master-host and --master-port".to_owned();
                Err(Error::with_hint(format!("{service}: {why}"), Some(hint)))
            }
            Err(failure) if failure.why == cluster::Why::NotFound => {
                let hint = "install the chart first, and say which with --release and --namespace".to_owned();
                Err(Error::with_hint(format!("{service} is not there"), Some(hint)))
            }
            Err(failure) => Err(live::unreadable(&title, &failure)),
        }
    }
}
