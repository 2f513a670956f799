//! Logging in: the program that a kubeconfig names is run once, beside what else is going on.

use std::time::Duration;

use tokio::time::Instant;

use super::endpoint::Endpoint;
use super::failure::{Failure, Why};
use super::plugin::{self, Voice};
use crate::kubeconfig::Exec;

/// Somebody who has to know secrets, so that nothing shows them.
pub type Listener = Box<dyn Fn(&[u8]) + Send>;

/// A program that hands out the credentials for an endpoint.
pub struct Program {
    /// How it is run.
    pub exec: Exec,
    /// Who names it, for messages.
    pub place: String,
    /// Hears of each secret before it is used.
    pub learn: Listener,
}

impl Program {
    /// The endpoint with what the program hands out.
    ///
    /// # Errors
    /// The program is not there, fails, takes longer than this time, or says something else than a credential.
    pub fn log_in(self, mut endpoint: Endpoint, time: Duration) -> Result<Endpoint, Failure> {
        let credential = plugin::ask(&self.exec, &endpoint.server, time, Voice::Loud).map_err(|words| {
            Failure::before(Why::Login { hint: plugin::hint(&self.exec) }, format!("{}: {words}", self.place))
        })?;
        let login = &mut endpoint.login;
        login.token = credential.token.or(login.token.take());
        login.certificate = credential.certificate.or(login.certificate.take());
        login.secrets().for_each(|secret| (self.learn)(secret));
        Ok(endpoint)
    }
}

/// The endpoint with its credentials.
pub(super) async fn log_in(
    endpoint: Endpoint,
    program: Option<Program>,
    deadline: Instant,
) -> Result<Endpoint, Failure> {
    let Some(program) = program else { return Ok(endpoint) };
    let left = deadline.saturating_duration_since(Instant::now());
    let run = tokio::task::spawn_blocking(move || program.log_in(endpoint, left));
    run.await.map_err(|_| Failure::before(Why::Broken, "the reader stopped"))?
}
