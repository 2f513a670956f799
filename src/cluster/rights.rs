//! Which lists are permitted, by the server's own word: access reviews create nothing, and everybody may ask for them.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use super::failure::{Failure, Why};
use super::list::Listing;
use super::session::Session;

const PATH: &str = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

/// How long the reviews may take (scheduling facts §3.6). The lists tell as well, only later.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Default, Deserialize)]
#[serde(default)]
struct Review {
    status: Option<Status>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Status {
    allowed: bool,
    reason: String,
}

/// Asks about several lists at the same time: for each, why it is not permitted, or nothing. A server that cannot be
/// asked, or takes its time, is asked for the lists themselves.
pub(super) async fn refusals(session: &Session, listings: &[Listing]) -> Vec<Option<Failure>> {
    let session = session.hurried(PATIENCE);
    let ask = |listing: &Listing| {
        let (session, listing) = (session.clone(), listing.clone());
        tokio::spawn(async move { refusal(&session, &listing).await })
    };
    let asked: Vec<_> = listings.iter().map(ask).collect();
    let mut refusals = Vec::new();
    for answer in asked {
        refusals.push(answer.await.ok().flatten());
    }
    refusals
}

async fn refusal(session: &Session, listing: &Listing) -> Option<Failure> {
    let resource = listing.resource;
    let attributes = json!({
        "verb": "list", "group": resource.group, "version": resource.version, "resource": resource.plural,
        "namespace": listing.namespace.as_deref().unwrap_or_default(),
    });
    let review = json!({
        "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
        "spec": {"resourceAttributes": attributes},
    });
    let answer = session.post(PATH, review.to_string().as_bytes(), "access review").await.ok()?;
    let status = serde_json::from_slice::<Review>(&answer).ok()?.status?;
    if status.allowed {
        return None;
    }
    let reason = if status.reason.is_empty() { "by an access review" } else { &status.reason };
    Some(Failure::before(Why::Forbidden, reason).asking(&listing.name()))
}
