//! Whether a master answers at an address.

use serde_json::Value;
use tokio::time::Instant;

use super::endpoint::{Compression, Endpoint, Login, Trust};
use super::failure::{Failure, Why};
use super::session::Session;

/// What the id of the deployment is called there, in either spelling (determined facts §8).
const NAMES_OF_ID: [&str; 2] = ["clusterId", "cluster_id"];

/// An address of a master.
#[derive(Clone, Debug)]
pub struct ToReach {
    /// `scheme://host:port`
    pub url: String,
    /// The proxy on the way.
    pub proxy: Option<String>,
}

/// Asks a master what it is, as tasks do first; it tells everybody.
pub(super) async fn reach(target: ToReach, deadline: Instant) -> Result<(), Failure> {
    let endpoint = Endpoint {
        server: target.url,
        trust: Trust::System,
        server_name: None,
        proxy: target.proxy,
        compression: Compression::Off,
        login: Login::default(),
    };
    let answer = Session::open(&endpoint, deadline)?.get("/info", "").await?;
    let info: Value = serde_json::from_slice(&answer).unwrap_or_default();
    let is_told = |name: &str| info[name].as_str().is_some_and(|text| !text.is_empty());
    match is_told("version") && NAMES_OF_ID.into_iter().any(is_told) {
        true => Ok(()),
        false => Err(Failure::before(Why::NotKubernetes, "it names no release and no cluster")),
    }
}
