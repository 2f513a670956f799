//! The Secrets on an additional cluster that credentials hang on.

use serde_json::Value;
use tokio::time::Instant;

use super::endpoint::Endpoint;
use super::failure::Failure;
use super::objects::uid_of;
use super::session::Session;
use crate::credentials::identity::{Owner, Reference, core};

/// The type of Secrets that the token controller fills.
const TOKEN: &str = "kubernetes.io/service-account-token";

/// Whose credentials are looked for.
#[derive(Clone)]
pub struct ToGather {
    /// The additional cluster, with the credentials of whoever runs detctl.
    pub endpoint: Endpoint,
    /// Whose.
    pub owner: Owner,
    /// The namespace of the identity.
    pub namespace: String,
}

/// A Secret that a credential hangs on; without what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// It.
    pub reference: Reference,
    /// Its uid.
    pub uid: String,
}

/// All of them, by name.
pub(super) async fn gather(target: ToGather, deadline: Instant) -> Result<Vec<Hold>, Failure> {
    let session = Session::open(&target.endpoint, deadline)?;
    let items = session.secrets(&target.namespace, &target.owner.selector()).await?;
    let hold = |item: &Value| {
        let name = item["metadata"]["name"].as_str().unwrap_or_default();
        Hold { reference: core("Secret", "secrets", &target.namespace, name), uid: uid_of(item) }
    };
    // A kubeconfig that is stored for the same cluster would have the same labels.
    let is_hold =
        |item: &&Value| item["type"] == TOKEN || item["data"].as_object().is_none_or(serde_json::Map::is_empty);
    let mut found: Vec<Hold> = items.iter().filter(is_hold).map(hold).collect();
    found.sort_by(|one, other| one.reference.cmp(&other.reference));
    Ok(found)
}
