//! Whether a master answers at an address.

use tokio::time::Instant;

use super::endpoint::{Compression, Endpoint, Login, Trust};
use super::failure::Failure;
use super::session::Session;

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
    Session::open(&endpoint, deadline)?.get("/info", "").await.map(|_| ())
}
