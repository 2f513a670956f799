//! Planes as such, and beside each other.

use serde_json::json;

use crate::plane::client::{Client, Login};
use crate::plane::programs::{Version, minor};
use crate::plane::shared;

fn says_its_release(version: Version) {
    let plane = shared(version);
    let said = plane.api.get("/version").expect(200);
    let release = version.said_by("kube-apiserver");
    assert_eq!(said["gitVersion"], *release);
    assert_eq!(format!("{}.{}", said["major"].as_str().unwrap(), said["minor"].as_str().unwrap()), minor(&release));
    assert_eq!(version == Version::Older, minor(&release) == minor(Version::Older.name()), "{release}");
}

pub(crate) fn the_newer_release() {
    says_its_release(Version::Newer);
}

pub(crate) fn the_older_release() {
    says_its_release(Version::Older);
}

/// Two clusters of one deployment, of different age.
pub(crate) fn two_share_nothing() {
    let (one, other) = (shared(Version::Newer), shared(Version::Older));
    let namespace = one.namespace("only-here");
    assert_eq!(other.api.get(&format!("/api/v1/namespaces/{namespace}")).status, 404);
    let token = Login::Token(one.token(&namespace, "determined"));
    assert_eq!(one.client(&token).get("/api/v1/namespaces/default").status, 403);
    assert_eq!(other.client(&token).get("/api/v1/namespaces/default").status, 401);
    let misled = Client::new(&other.server, one.authority(), &token).ask("GET", "/version", None);
    let error = misled.unwrap_err();
    assert!(error.contains("UnknownIssuer") || error.contains("BadSignature"), "{error}");
    let uid = |plane: &crate::plane::ControlPlane| {
        plane.api.get("/api/v1/namespaces/kube-system").expect(200)["metadata"]["uid"].clone()
    };
    assert_ne!(uid(&one), uid(&other), "the uid of kube-system tells clusters apart");
}

/// A cluster that has been asked too much of answers with an error; the client of the tests does not hide it.
pub(crate) fn what_is_not_there_is_not_found() {
    let plane = shared(Version::Newer);
    let reply = plane.api.get("/api/v1/namespaces/default/pods/none");
    assert_eq!((reply.status, reply.body["reason"].as_str()), (404, Some("NotFound")));
    let wrong = plane.api.post("/api/v1/namespaces", &json!({"metadata": {"name": "Not A Name"}}));
    assert_eq!(wrong.status, 422, "{wrong}");
}
