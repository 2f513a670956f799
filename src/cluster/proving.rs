//! A credential, tried out through the address that is stored.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::endpoint::Endpoint;
use super::failure::Failure;
use super::serving::served;
use super::session::Session;
use super::surveying::{excesses, task_spaces};
use crate::credentials::rights::Right;
use crate::credentials::survey::Proof;

/// What is to be proven.
#[derive(Clone)]
pub struct ToProve {
    /// The server and the credential as they are stored.
    pub endpoint: Endpoint,
    /// What it must be allowed to do.
    pub needed: Vec<Right>,
    /// The namespace of the identity.
    pub namespace: String,
    /// Namespaces of tasks.
    pub tasks: Vec<String>,
    /// Whether rights were given a moment ago.
    pub age: Age,
}

/// How old the rights of an identity are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Given a moment ago; the server may not have heard of them.
    New,
    /// Given long ago.
    Old,
}

/// How long a server may take to hear of new rights.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn prove(target: ToProve, deadline: Instant) -> Result<Proof, Failure> {
    let session = Session::open(&target.endpoint, deadline)?;
    let oneself = session.oneself().await?;
    let until = Instant::now() + if target.age == Age::New { PATIENCE } else { Duration::ZERO };
    let mut lacking = session.lacking(&target.needed).await?;
    while !lacking.is_empty() && Instant::now() < until.min(deadline) {
        sleep(Duration::from_millis(100)).await;
        lacking = session.lacking(&lacking).await?;
    }
    let excesses = excesses(&target.namespace);
    let denied = session.lacking(&excesses).await?;
    let excess = excesses.into_iter().filter(|right| !denied.contains(right)).collect();
    let tasks = task_spaces(&session, &target.tasks).await?;
    let served = served(&target.endpoint, deadline).await;
    let (username, uid, groups) = match oneself {
        Some(oneself) => (Some(oneself.username), Some(oneself.uid), oneself.groups),
        None => (None, None, Vec::new()),
    };
    Ok(Proof { username, uid, groups, lacking, excess, tasks, served })
}
