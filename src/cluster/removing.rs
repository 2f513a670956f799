//! Objects that are taken away: only ours, and only the very ones that were looked at.

use tokio::time::Instant;

use super::endpoint::Endpoint;
use super::failure::Failure;
use super::objects::{Writing, exactly};
use super::session::Session;
use crate::credentials::identity::{Owner, Reference};
use crate::credentials::owner::{Found, found};

/// Objects of one cluster.
#[derive(Clone)]
pub struct ToRemove {
    /// The cluster, with the credentials of whoever runs detctl.
    pub endpoint: Endpoint,
    /// Whose they have to be.
    pub owner: Owner,
    /// The objects, in the order in which they go.
    pub objects: Vec<Reference>,
    /// Whether they really go.
    pub writing: Writing,
}

/// What became of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Removed {
    /// It went.
    Gone,
    /// It was not there.
    Absent,
    /// It is not ours.
    Foreign,
    /// It could not be taken away.
    Failed(Failure),
}

/// Takes them away, one after the other; one that fails does not keep the others.
pub(super) async fn remove(target: ToRemove, deadline: Instant) -> Result<Vec<Removed>, Failure> {
    let session = Session::open(&target.endpoint, deadline)?;
    let mut removed = Vec::new();
    for reference in &target.objects {
        removed.push(match session.object(reference).await {
            Err(failure) => Removed::Failed(failure),
            Ok(None) => Removed::Absent,
            Ok(Some(object)) if found(Some(&object), &target.owner) != Found::Ours => Removed::Foreign,
            // Whoever takes it over meanwhile keeps it.
            Ok(Some(object)) => match session.delete(reference, exactly(&object), target.writing).await {
                Ok(()) => Removed::Gone,
                Err(failure) => Removed::Failed(failure),
            },
        });
    }
    Ok(removed)
}
