//! Pods that an API server is asked to admit, and not to keep.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use tokio::time::Instant;

use super::endpoint::Endpoint;
use super::failure::{Failure, Speaker, Why};
use super::session::Session;

/// What is to be tried.
#[derive(Clone)]
pub struct ToTry {
    /// The cluster.
    pub endpoint: Endpoint,
    /// Each with its namespace.
    pub pods: Vec<(String, Value)>,
}

/// What the server says to a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tried {
    /// It would take it.
    Taken,
    /// It would not, with its words.
    Refused(String),
    /// It does not say, and why.
    Unknown(String),
}

/// Tries all pods, one after another.
pub(super) async fn try_out(target: ToTry, deadline: Instant) -> Result<Vec<Tried>, Failure> {
    let session = Session::open(&target.endpoint, deadline)?;
    let mut tried = Vec::new();
    for (namespace, pod) in &target.pods {
        let namespace = utf8_percent_encode(namespace, NON_ALPHANUMERIC);
        // Nothing that is sent here is ever kept.
        let path = format!("/api/v1/namespaces/{namespace}/pods?dryRun=All");
        tried.push(match session.create(&path, pod, "dry run of a pod").await {
            Ok(_) => Tried::Taken,
            Err(failure) => said(failure),
        });
    }
    Ok(tried)
}

/// Whether the server refuses the pod, or the question.
fn said(failure: Failure) -> Tried {
    let is_right = failure.words.contains("cannot create resource");
    match failure.why {
        Why::Forbidden if is_right => Tried::Unknown(failure.to_string()),
        // What has other words for it is something on the way.
        Why::Forbidden | Why::NotFound | Why::Status(400..=499) if failure.speaker == Speaker::Server => {
            Tried::Refused(failure.words)
        }
        _ => Tried::Unknown(failure.to_string()),
    }
}
