//! Single objects: looked at, applied, deleted.

use http::Method;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::failure::{Failure, Why};
use super::session::{Sent, Session};
use crate::credentials::identity::{MANAGER, Reference};

/// Whether a change is only tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// The server does all but keep it.
    Dry,
    /// It is kept.
    Real,
}

/// What becomes of fields that others have set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflicts {
    /// They stop the change.
    Stop,
    /// They are taken over.
    TakeOver,
}

/// Server-side apply.
const APPLY: &str = "application/apply-patch+yaml";
/// RFC 7386.
const MERGE: &str = "application/merge-patch+json";

impl Session {
    /// An object, `None` if it is not there.
    pub(super) async fn object(&self, reference: &Reference) -> Result<Option<Value>, Failure> {
        let title = reference.title();
        match self.get(&reference.path(), &title).await {
            Ok(body) => read(&body, &title).map(Some),
            Err(failure) if failure.why == Why::NotFound => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// Applies an object; the answer is what is there now.
    pub(super) async fn apply(
        &self,
        reference: &Reference,
        manifest: &Value,
        writing: Writing,
        conflicts: Conflicts,
    ) -> Result<Value, Failure> {
        let dry = if writing == Writing::Dry { "&dryRun=All" } else { "" };
        let force = if conflicts == Conflicts::TakeOver { "&force=true" } else { "" };
        let path = format!("{}?fieldManager={MANAGER}&fieldValidation=Strict{dry}{force}", reference.path());
        self.patch(&path, manifest, APPLY, &reference.title()).await
    }

    /// Sets and removes members.
    pub(super) async fn merge(&self, reference: &Reference, change: &Value) -> Result<Value, Failure> {
        let path = format!("{}?fieldManager={MANAGER}", reference.path());
        self.patch(&path, change, MERGE, &reference.title()).await
    }

    async fn patch(&self, path: &str, body: &Value, media: &'static str, title: &str) -> Result<Value, Failure> {
        let body = body.to_string();
        let sent = Sent { method: Method::PATCH, path, body: body.as_bytes(), media };
        let answer = self.ask(&sent, title).await?;
        read(&answer, title)
    }

    /// Posts an object and reads the one that comes back.
    pub(super) async fn create(&self, path: &str, body: &Value, title: &str) -> Result<Value, Failure> {
        let answer = self.post(path, body.to_string().as_bytes(), title).await?;
        read(&answer, title)
    }

    /// Deletes exactly the object of this uid, and where it is given, in this version; what is gone already is fine.
    pub(super) async fn delete(
        &self,
        reference: &Reference,
        (uid, version): (&str, Option<&str>),
        writing: Writing,
    ) -> Result<(), Failure> {
        let path = reference.path();
        let mut options = json!({
            "apiVersion": "v1", "kind": "DeleteOptions", "preconditions": {"uid": uid},
            "propagationPolicy": "Background",
        });
        if let Some(version) = version {
            options["preconditions"]["resourceVersion"] = json!(version);
        }
        // API servers take no notice of the query where there is a body: there a trial would delete.
        if writing == Writing::Dry {
            options["dryRun"] = json!(["All"]);
        }
        let body = options.to_string();
        let sent = Sent { method: Method::DELETE, path: &path, body: body.as_bytes(), media: "application/json" };
        match self.ask(&sent, &format!("deletion of {}", reference.title())).await {
            Err(failure) if failure.why != Why::NotFound => Err(failure),
            _ => Ok(()),
        }
    }

    /// Makes an object that is not there yet.
    pub(super) async fn make(&self, reference: &Reference, manifest: &Value) -> Result<Value, Failure> {
        let path = format!("{}?fieldManager={MANAGER}", reference.folder());
        self.create(&path, manifest, &reference.title()).await
    }

    /// The Secrets of a namespace with these labels, `KEY=VALUE,…`.
    pub(super) async fn secrets(&self, namespace: &str, labels: &str) -> Result<Vec<Value>, Failure> {
        let [namespace, labels] = [namespace, labels].map(|text| utf8_percent_encode(text, NON_ALPHANUMERIC));
        let path = format!("/api/v1/namespaces/{namespace}/secrets?labelSelector={labels}");
        self.items(&path, "list of Secrets").await
    }

    /// A list as it comes.
    pub(super) async fn list(&self, path: &str, title: &str) -> Result<Value, Failure> {
        read(&self.get(path, title).await?, title)
    }

    /// The items of a list.
    pub(super) async fn items(&self, path: &str, title: &str) -> Result<Vec<Value>, Failure> {
        match self.list(path, title).await?["items"].take() {
            Value::Array(items) => Ok(items),
            _ => Ok(Vec::new()),
        }
    }
}

fn read(body: &[u8], title: &str) -> Result<Value, Failure> {
    serde_json::from_slice(body).map_err(|_| Failure::before(Why::Malformed, "it is no object").asking(title))
}

/// The uid of an object.
pub(super) fn uid_of(object: &Value) -> String {
    object["metadata"]["uid"].as_str().unwrap_or_default().to_owned()
}

/// The object as it was seen, and no other: its uid and its resourceVersion.
pub(super) fn exactly(object: &Value) -> (&str, Option<&str>) {
    let metadata = &object["metadata"];
    (metadata["uid"].as_str().unwrap_or_default(), metadata["resourceVersion"].as_str())
}
