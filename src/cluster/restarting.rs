//! The master on the default cluster: its pods looked at, started anew as `kubectl rollout restart` does, waited for.

use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::endpoint::Endpoint;
use super::failure::{Failure, Why};
use super::session::Session;
use crate::credentials::identity::{Reference, master_deployment};
use crate::credentials::rotation::{Running, Standing, mounts, pods};

/// The annotation of `kubectl rollout restart`.
const RESTARTED_AT: &str = "kubectl.kubernetes.io/restartedAt";
/// Between two looks.
const WAIT: Duration = Duration::from_secs(1);

/// Which master.
#[derive(Clone)]
pub struct ToWatch {
    /// The default cluster.
    pub endpoint: Endpoint,
    /// The namespace of the release.
    pub namespace: String,
    /// The release.
    pub release: String,
}

/// Which one is started anew, and how often: once for each stamp.
#[derive(Clone)]
pub struct ToRestart {
    /// It.
    pub master: ToWatch,
    /// What is written at its pods.
    pub stamp: String,
}

/// Which one is waited for.
#[derive(Clone)]
pub struct ToAwait {
    /// It.
    pub master: ToWatch,
    /// When Secrets were written, and since when each can be read live.
    pub written: Vec<(String, String)>,
}

impl ToWatch {
    fn deployment(&self) -> Reference {
        master_deployment(&self.namespace, &self.release)
    }
}

/// The master as it runs; `None` where there is no Deployment of this release.
pub(super) async fn watch(target: ToWatch, deadline: Instant) -> Result<Option<Running>, Failure> {
    let session = Session::open(&target.endpoint, deadline)?;
    look(&session, &target).await
}

async fn look(session: &Session, target: &ToWatch) -> Result<Option<Running>, Failure> {
    let Some(deployment) = session.object(&target.deployment()).await? else { return Ok(None) };
    let labels = deployment["spec"]["selector"]["matchLabels"].as_object();
    let label = |(key, value): (&String, &Value)| format!("{key}={}", value.as_str().unwrap_or_default());
    let selector = labels.into_iter().flatten().map(label).collect::<Vec<_>>().join(",");
    let selector = utf8_percent_encode(&selector, NON_ALPHANUMERIC);
    let path = format!("/api/v1/namespaces/{}/pods?labelSelector={selector}", target.namespace);
    let items = session.items(&path, "list of the master's pods").await?;
    Ok(Some(Running { pods: pods(&items), mounts: mounts(&deployment) }))
}

/// Starts it anew; with the same stamp it is started once.
pub(super) async fn restart(target: ToRestart, deadline: Instant) -> Result<(), Failure> {
    let session = Session::open(&target.master.endpoint, deadline)?;
    // Kubernetes counts in seconds: pods of the second in which a Secret was written would not count as new.
    sleep(2 * WAIT).await;
    let change = json!({"spec": {"template": {"metadata": {"annotations": {RESTARTED_AT: target.stamp}}}}});
    session.merge(&target.master.deployment(), &change).await.map(|_| ())
}

/// Waits until no pod uses what was there before, and one is ready; the last look, also when there was no time left.
pub(super) async fn wait(target: ToAwait, deadline: Instant) -> Result<Running, Failure> {
    let session = Session::open(&target.master.endpoint, deadline)?;
    let mut last = Err(Failure::before(Why::TimeOut, "the master was not looked at"));
    loop {
        match look(&session, &target.master).await {
            Ok(Some(running)) => {
                let is_old = |(written, since): &(String, String)| {
                    matches!(running.standing(written, since), Standing::Old(_) | Standing::Starting)
                };
                if !target.written.iter().any(is_old) {
                    return Ok(running);
                }
                last = Ok(running);
            }
            Ok(None) => {
                let title = target.master.deployment().title();
                return Err(Failure::before(Why::NotFound, "it was deleted meanwhile").asking(&title));
            }
            // An API server that is away for a moment says nothing about the master.
            Err(failure) if last.is_err() => last = Err(failure),
            Err(_) => {}
        }
        if Instant::now() + WAIT >= deadline {
            return last;
        }
        sleep(WAIT).await;
    }
}
