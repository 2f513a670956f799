//! Who one is and what one may do, by the server's own word. Reviews leave nothing behind.

use serde_json::{Value, json};

use super::failure::{Failure, Why};
use super::session::Session;
use crate::credentials::rights::{Right, Scope};

const ACCESS: &str = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
const SELF: &str = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

/// Whom a server takes one for.
#[derive(Clone, Debug, Default)]
pub(super) struct Oneself {
    pub(super) username: String,
    pub(super) uid: String,
    pub(super) groups: Vec<String>,
}

impl Session {
    /// Those of the rights that one does not have.
    pub(super) async fn lacking(&self, rights: &[Right]) -> Result<Vec<Right>, Failure> {
        let asked: Vec<_> = rights
            .iter()
            .map(|right| {
                let (session, right) = (self.clone(), right.clone());
                tokio::spawn(async move { session.may(&right).await.map(|may| (!may).then_some(right)) })
            })
            .collect();
        let mut lacking = Vec::new();
        for answer in asked {
            let answer = answer.await.map_err(|_| Failure::before(Why::Broken, "the reader stopped"))?;
            lacking.extend(answer?);
        }
        Ok(lacking)
    }

    /// Whether one has a right.
    pub(super) async fn may(&self, right: &Right) -> Result<bool, Failure> {
        let (resource, subresource) = right.resource.split_once('/').unwrap_or((right.resource, ""));
        let namespace = match &right.scope {
            Scope::Cluster => "",
            Scope::Namespace(name) => name.as_str(),
        };
        let review = json!({
            "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
            "spec": {"resourceAttributes": {
                "group": right.group, "resource": resource, "subresource": subresource, "verb": right.verb,
                "namespace": namespace,
            }},
        });
        let answer = self.create(ACCESS, &review, "access review").await?;
        Ok(answer["status"]["allowed"] == true)
    }

    /// Whom the server takes one for; `None` from a server that does not tell (before 1.28).
    pub(super) async fn oneself(&self) -> Result<Option<Oneself>, Failure> {
        let review = json!({"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"});
        let answer = match self.create(SELF, &review, "self review").await {
            Err(failure) if failure.why == Why::NotFound => return Ok(None),
            answer => answer?,
        };
        let user = &answer["status"]["userInfo"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let groups = user["groups"].as_array().map(|groups| groups.iter().map(text).collect()).unwrap_or_default();
        Ok(Some(Oneself { username: text(&user["username"]), uid: text(&user["uid"]), groups }))
    }
}
