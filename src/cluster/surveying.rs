//! An additional cluster, looked at before anything is changed.

use std::collections::BTreeSet;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use tokio::time::Instant;

use super::endpoint::Endpoint;
use super::failure::{Failure, Why};
use super::objects::uid_of;
use super::serving::{port, served};
use super::session::Session;
use crate::credentials::identity::Reference;
use crate::credentials::rights::{Right, Scope};
use crate::credentials::survey::{GatewaySeen, Survey, TaskSpace};
use crate::kubeconfig::address::Server;

/// What is to be found out.
#[derive(Clone)]
pub struct ToSurvey {
    /// The cluster, with the credentials of whoever runs detctl.
    pub endpoint: Endpoint,
    /// The server that the master will use.
    pub stored: Server,
    /// Objects that may be there already; no Secrets.
    pub objects: Vec<Reference>,
    /// The namespace of the identity.
    pub namespace: Option<String>,
    /// What has to be done there.
    pub deeds: Vec<Right>,
    /// What is granted there.
    pub grants: Vec<Right>,
    /// The rights to grant what one does not have, one for each role.
    pub escalations: Vec<Right>,
    /// Namespaces of tasks.
    pub tasks: Vec<String>,
    /// Namespace and name of the Gateway.
    pub gateway: Option<(String, String)>,
}

/// Most names that are told of a list, and most beginnings of names.
const MOST: usize = 50;
/// Objects of a page.
const PAGE: usize = 200;

pub(super) async fn survey(target: ToSurvey, deadline: Instant) -> Result<Survey, Failure> {
    let session = Session::open(&target.endpoint, deadline)?;
    // The first answer tells whether anything can be found out at all.
    let uid = match namespace(&session, "kube-system").await {
        Ok(found) => found.map(|object| uid_of(&object)),
        Err(failure) if failure.why == Why::Forbidden => None,
        Err(failure) => return Err(failure),
    };
    let mut found = Survey { uid, ..Survey::default() };
    if let Some(name) = &target.namespace {
        // Whoever may not look will be told so by the rights.
        found.has_namespace = !matches!(namespace(&session, name).await, Ok(None));
    }
    for reference in &target.objects {
        let object = match session.object(reference).await {
            Err(failure) if failure.why == Why::Forbidden => None,
            object => object?,
        };
        found.objects.push((reference.clone(), object));
    }
    found.lacking = session.lacking(&target.deeds).await?;
    found.lacking.extend(cannot_grant(&session, &target).await?);
    found.tasks = task_spaces(&session, &target.tasks).await?;
    if let Some((namespace, name)) = &target.gateway {
        found.gateway = Some(gateway(&session, namespace, name).await);
    }
    found.served = served(&target.endpoint, deadline).await;
    found.resolved = resolved(&target.stored, deadline).await;
    Ok(found)
}

pub(super) async fn namespace(session: &Session, name: &str) -> Result<Option<Value>, Failure> {
    let reference = Reference {
        api_version: "v1",
        kind: "Namespace",
        plural: "namespaces",
        namespace: None,
        name: name.to_owned(),
    };
    session.object(&reference).await
}

/// RBAC lets one grant what one has, and everything with `escalate`; where there is neither, what is missing.
async fn cannot_grant(session: &Session, target: &ToSurvey) -> Result<Vec<Right>, Failure> {
    let missing = session.lacking(&target.grants).await?;
    if missing.is_empty() {
        return Ok(missing);
    }
    let no_escalation = session.lacking(&target.escalations).await?;
    let is_covered = |right: &Right| !no_escalation.iter().any(|escalation| escalation.scope == right.scope);
    Ok(missing.into_iter().filter(|right| !is_covered(right)).collect())
}

/// Where tasks may run.
#[derive(Clone)]
pub struct ToSpot {
    /// The cluster, with the credentials of whoever runs detctl.
    pub endpoint: Endpoint,
    /// The namespaces.
    pub namespaces: Vec<String>,
}

/// What bears the master's label in each namespace.
pub(super) async fn spot(target: ToSpot, deadline: Instant) -> Result<Vec<TaskSpace>, Failure> {
    let session = Session::open(&target.endpoint, deadline)?;
    task_spaces(&session, &target.namespaces).await
}

pub(super) async fn task_spaces(session: &Session, names: &[String]) -> Result<Vec<TaskSpace>, Failure> {
    let mut spaces = Vec::new();
    for name in names {
        let is_there = match namespace(session, name).await {
            Ok(found) => Some(found.is_some()),
            Err(failure) if failure.why == Why::Forbidden => None,
            Err(failure) => return Err(failure),
        };
        let jobs = marked(session, &format!("/apis/batch/v1/namespaces/{name}/jobs"), "Job").await?;
        let maps = marked(session, &format!("/api/v1/namespaces/{name}/configmaps"), "ConfigMap").await?;
        let marked = jobs.zip(maps).map(|(jobs, maps)| jobs.into_iter().chain(maps).collect());
        spaces.push(TaskSpace { name: name.clone(), is_there, marked });
    }
    Ok(spaces)
}

/// What bears the label by which the master knows its own: of all pages the first names, and those after them that begin
/// as no other does, as jobs of another master do.
async fn marked(session: &Session, path: &str, kind: &str) -> Result<Option<Vec<String>>, Failure> {
    let (mut names, mut starts, mut next) = (Vec::new(), BTreeSet::new(), String::new());
    loop {
        let page = format!("{path}?labelSelector=determined&limit={PAGE}{next}");
        let list = match session.list(&page, &format!("list of {kind}s")).await {
            Ok(list) => list,
            Err(failure) if failure.why == Why::Forbidden => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let items = list["items"].as_array().into_iter().flatten();
        for name in items.filter_map(|item| item["metadata"]["name"].as_str()) {
            let start = name.match_indices('-').nth(1).and_then(|(end, _)| name.get(..end)).unwrap_or(name);
            let is_new = starts.len() < MOST && starts.insert(start.to_owned());
            if names.len() < MOST || is_new {
                names.push(format!("{kind} {name}"));
            }
        }
        match list["metadata"]["continue"].as_str() {
            Some(token) if !token.is_empty() => {
                next = format!("&continue={}", utf8_percent_encode(token, NON_ALPHANUMERIC));
            }
            _ => return Ok(Some(names)),
        }
    }
}

async fn gateway(session: &Session, namespace: &str, name: &str) -> GatewaySeen {
    const GROUP: &str = "/apis/gateway.networking.k8s.io";
    match look_at_gateway(session, GROUP, namespace, name).await {
        Ok(seen) => seen,
        Err(failure) => GatewaySeen { unseen: Some(failure.to_string()), ..GatewaySeen::default() },
    }
}

async fn look_at_gateway(session: &Session, group: &str, namespace: &str, name: &str) -> Result<GatewaySeen, Failure> {
    let has_gateways = has(session, &format!("{group}/v1"), "gateways").await?;
    let has_routes = has(session, &format!("{group}/v1alpha2"), "tcproutes").await?;
    let reference = Reference {
        api_version: "gateway.networking.k8s.io/v1",
        kind: "Gateway",
        plural: "gateways",
        namespace: Some(namespace.to_owned()),
        name: name.to_owned(),
    };
    let object = if has_gateways { session.object(&reference).await? } else { None };
    let listeners = object.map(|object| {
        let listener =
            |one: &Value| (one["name"].as_str().unwrap_or_default().to_owned(), one["port"].as_i64().unwrap_or(0));
        object["spec"]["listeners"].as_array().map(|all| all.iter().map(listener).collect()).unwrap_or_default()
    });
    Ok(GatewaySeen { has_gateways, has_routes, listeners, unseen: None })
}

/// Whether a version of a group has a resource.
async fn has(session: &Session, path: &str, resource: &str) -> Result<bool, Failure> {
    match session.get(path, "discovery").await {
        Ok(body) => {
            let list: Value = serde_json::from_slice(&body).unwrap_or_default();
            let resources = list["resources"].as_array();
            Ok(resources.is_some_and(|all| all.iter().any(|one| one["name"] == resource)))
        }
        Err(failure) if failure.why == Why::NotFound => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// The addresses of a server's name, seen from here.
async fn resolved(server: &Server, deadline: Instant) -> Vec<std::net::IpAddr> {
    let Some(host) = server.host() else { return Vec::new() };
    let found = tokio::time::timeout_at(deadline, tokio::net::lookup_host((host, port(server.expose())))).await;
    found.ok().and_then(Result::ok).map(|found| found.map(|address| address.ip()).collect()).unwrap_or_default()
}

/// What nobody but an administrator should be allowed to do.
pub(super) fn excesses(namespace: &str) -> Vec<Right> {
    use crate::credentials::rights::Need;
    let right =
        |group, resource, verb, scope, without| Right { group, resource, verb, scope, need: Need::Optional, without };
    let rbac = "rbac.authorization.k8s.io";
    vec![
        right("", "secrets", "get", Scope::Cluster, "it could read every secret"),
        right(
            "",
            "secrets",
            "get",
            Scope::Namespace(namespace.to_owned()),
            "it could read its own token and those of others",
        ),
        right(rbac, "clusterroles", "escalate", Scope::Cluster, "it could give itself any right"),
        right("", "users", "impersonate", Scope::Cluster, "it could act as anybody"),
        right("", "serviceaccounts", "impersonate", Scope::Cluster, "it could act as any account"),
        right("", "serviceaccounts/token", "create", Scope::Cluster, "it could make tokens of any account"),
    ]
}
