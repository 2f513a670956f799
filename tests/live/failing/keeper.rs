//! A made-up API server that keeps what it is given: preconditions, dry runs, server-side apply by one manager, token
//! Secrets that are filled, tokens that die with their Secret, and a Deployment that starts anew. What real servers do is tested
//! on planes; here requests can be broken one by one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::http::{Answer, Request};

/// The token of whoever runs detctl.
pub(crate) const ADMIN: &str = "secret-token";

/// It; clones keep the same.
#[derive(Clone)]
pub(crate) struct Keeper {
    objects: Arc<Mutex<Objects>>,
    /// How long each answer takes.
    pub(crate) pace: Duration,
}

struct Objects {
    name: String,
    version: u64,
    /// By path.
    all: BTreeMap<String, Value>,
    /// Verb and resource of what nobody may do.
    denied: Vec<(&'static str, &'static str)>,
}

impl Keeper {
    /// With the namespaces that every cluster has, and these.
    pub(crate) fn new(name: &str, namespaces: &[&str]) -> Self {
        let objects = Objects { name: name.to_owned(), version: 100, all: BTreeMap::new(), denied: Vec::new() };
        let keeper = Self { objects: Arc::new(Mutex::new(objects)), pace: Duration::ZERO };
        for namespace in ["kube-system", "default"].iter().chain(namespaces) {
            keeper.put(&format!("/api/v1/namespaces/{namespace}"), json!({"metadata": {"name": namespace}}));
        }
        keeper
    }

    /// Puts an object there, whatever is there.
    pub(crate) fn put(&self, path: &str, object: Value) {
        self.lock().keep(path, object, None);
    }

    /// Nobody may do this any more, by the word of access reviews.
    pub(crate) fn deny(&self, verb: &'static str, resource: &'static str) {
        self.lock().denied.push((verb, resource));
    }

    /// Takes an object away.
    pub(crate) fn remove(&self, path: &str) {
        self.lock().all.remove(path);
    }

    /// What is there.
    pub(crate) fn get(&self, path: &str) -> Option<Value> {
        self.lock().all.get(path).cloned()
    }

    /// The names below a folder.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        let below = |path: &String| path.strip_prefix(folder)?.strip_prefix('/').map(str::to_owned);
        self.lock().all.keys().filter_map(below).filter(|name| !name.contains('/')).collect()
    }

    /// Whether a token counts.
    pub(crate) fn takes(&self, token: &str) -> bool {
        self.lock().account(token).is_some()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Objects> {
        self.objects.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn answer(&self, request: &Request) -> Answer {
        std::thread::sleep(self.pace);
        self.lock().answer(request)
    }
}

/// A moment as API servers write it, so many seconds after 2026.
fn now() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    detctl::report::dates::date(i64::try_from(since.as_secs()).unwrap())
}

fn refusal(code: u16, message: &str) -> Answer {
    Answer::json(code, &json!({"kind": "Status", "code": code, "message": message}))
}

fn labels_match(object: &Value, selector: &str) -> bool {
    let has = |pair: &str| {
        let (key, value) = pair.split_once('=').unwrap();
        object["metadata"]["labels"][key] == value
    };
    selector.split(',').filter(|pair| !pair.is_empty()).all(has)
}

impl Objects {
    fn answer(&mut self, request: &Request) -> Answer {
        let token = request.header("authorization").unwrap_or_default().trim_start_matches("Bearer ").to_owned();
        let Some(account) = self.account(&token) else { return refusal(401, "Unauthorized") };
        let path = request.path.split('?').next().unwrap_or_default();
        let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        if path.ends_with("/selfsubjectreviews") {
            let user = json!({"username": account.0, "uid": account.1, "groups": ["system:authenticated"]});
            return Answer::json(201, &json!({"status": {"userInfo": user}}));
        }
        if path.ends_with("/selfsubjectaccessreviews") {
            let of = |key: &str| body["spec"]["resourceAttributes"][key].as_str().unwrap_or_default();
            let is_excess = of("resource") == "secrets"
                || ["escalate", "impersonate"].contains(&of("verb"))
                || of("subresource") == "token";
            let is_denied =
                self.denied.iter().any(|&(verb, resource)| (of("verb"), of("resource")) == (verb, resource));
            let allowed = !is_denied && (token == ADMIN || !is_excess);
            return Answer::json(201, &json!({"status": {"allowed": allowed}}));
        }
        let is_dry = request.parameter("dryRun").is_some();
        match request.method.as_str() {
            "GET" => self.look(&path, request),
            "POST" if path.ends_with("/token") => self.token(&path, &body),
            "POST" => {
                let path = format!("{path}/{}", body["metadata"]["name"].as_str().unwrap());
                if self.all.contains_key(&path) {
                    return refusal(409, "it already exists");
                }
                Answer::json(201, &self.keep(&path, body, None))
            }
            "PATCH" => self.patch(&path, body, request, is_dry),
            "DELETE" => {
                let Some(there) = self.all.get(&path) else { return refusal(404, "not found") };
                if !is_met(&body["preconditions"], there) {
                    return refusal(409, "the precondition failed");
                }
                // As API servers do: where there is a body, the query does not count.
                if body["dryRun"][0] != "All" {
                    self.all.remove(&path);
                }
                Answer::json(200, &json!({"kind": "Status", "status": "Success"}))
            }
            other => refusal(405, other),
        }
    }

    fn look(&self, path: &str, request: &Request) -> Answer {
        if let Some(object) = self.all.get(path) {
            return Answer::json(200, object);
        }
        if !["/secrets", "/pods", "/jobs", "/configmaps", "/nodes"].iter().any(|end| path.ends_with(end)) {
            return refusal(404, "not found");
        }
        let selector = request.parameter("labelSelector").unwrap_or_default();
        let selector = percent_decode_str(selector).decode_utf8_lossy().replace("determined", "");
        let selector = if selector.contains('=') { selector } else { String::new() };
        let below = |(key, object): &(&String, &Value)| {
            key.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')) && labels_match(object, &selector)
        };
        let items: Vec<&Value> = self.all.iter().filter(below).map(|(_, object)| object).collect();
        Answer::json(200, &json!({"kind": "List", "metadata": {}, "items": items}))
    }

    fn patch(&mut self, path: &str, body: Value, request: &Request, is_dry: bool) -> Answer {
        let there = self.all.get(path).cloned();
        let metadata = &body["metadata"];
        let asks = ["uid", "resourceVersion"].iter().any(|key| metadata[*key].is_string());
        match &there {
            None if asks => return refusal(409, "uid mismatch: it is not there"),
            Some(there) if !is_met(metadata, there) => return refusal(409, "the object has been modified"),
            _ => {}
        }
        let is_merge = request.header("content-type").is_some_and(|kind| kind.contains("merge-patch"));
        let mut object = there.clone().unwrap_or_default();
        if is_merge {
            merge(&mut object, &body);
        } else {
            if there.as_ref().is_some_and(|there| there["immutable"] == true) {
                return refusal(422, "field is immutable when `immutable` is set");
            }
            for (key, value) in body.as_object().unwrap().iter().filter(|(key, _)| *key != "metadata") {
                object[key] = value.clone();
            }
            for key in ["name", "namespace", "labels", "annotations"] {
                object["metadata"][key] = body["metadata"][key].clone();
            }
        }
        if is_dry {
            return Answer::json(200, &object);
        }
        let kept = self.keep(path, object, Some(is_merge));
        if path.contains("/deployments/") {
            self.start_pods(path);
        }
        Answer::json(200, &kept)
    }

    /// Keeps an object as an API server does, and does what controllers do.
    fn keep(&mut self, path: &str, mut object: Value, merge: Option<bool>) -> Value {
        self.version += 1;
        let before = self.all.get(path);
        let metadata = &mut object["metadata"];
        let is_same =
            before.is_some_and(|before| before["metadata"]["uid"] == metadata["uid"] || metadata["uid"].is_null());
        let old = before.filter(|_| is_same).map(|before| before["metadata"].clone()).unwrap_or_default();
        let uid = old["uid"].as_str().map_or_else(|| format!("{}-{}", self.name, self.version), str::to_owned);
        metadata["uid"] = json!(uid);
        metadata["resourceVersion"] = json!(self.version.to_string());
        if metadata["creationTimestamp"].is_null() {
            metadata["creationTimestamp"] =
                old["creationTimestamp"].as_str().map_or_else(|| json!(now()), |at| json!(at));
        }
        if merge == Some(false) {
            metadata["managedFields"] = json!([{"manager": "detctl", "operation": "Apply", "time": now()}]);
        }
        let name = metadata["name"].clone();
        if object["type"] == "kubernetes.io/service-account-token" {
            let token = STANDARD.encode(format!("token-of-{}", name.as_str().unwrap()));
            object["data"] = json!({"token": token, "ca.crt": "eA=="});
        }
        self.all.insert(path.to_owned(), object.clone());
        object
    }

    fn token(&self, path: &str, body: &Value) -> Answer {
        let _ = path;
        let secret = body["spec"]["boundObjectRef"]["name"].as_str().unwrap();
        Answer::json(201, &json!({"status": {"token": format!("token-of-{secret}")}}))
    }

    /// Name and uid of whom a token stands for; none where its Secret is gone.
    fn account(&self, token: &str) -> Option<(String, String)> {
        if token == ADMIN {
            return Some(("admin".to_owned(), String::new()));
        }
        let name = token.strip_prefix("token-of-")?;
        let (path, _) = self.all.iter().find(|(path, _)| path.ends_with(&format!("/secrets/{name}")))?;
        let namespace = path.split('/').nth(4)?;
        let folder = format!("/api/v1/namespaces/{namespace}/serviceaccounts/");
        let (_, account) = self.all.iter().find(|(path, _)| {
            path.strip_prefix(&folder).is_some_and(|account| name.starts_with(&format!("{account}-")))
        })?;
        let text = |key: &str| account["metadata"][key].as_str().unwrap_or_default().to_owned();
        Some((format!("system:serviceaccount:{namespace}:{}", text("name")), text("uid")))
    }

    /// One pod of the Deployment, made now.
    fn start_pods(&mut self, path: &str) {
        let namespace = path.split('/').nth(5).unwrap();
        let folder = format!("/api/v1/namespaces/{namespace}/pods/");
        self.all.retain(|key, _| !key.starts_with(&folder));
        let name = format!("master-{}", self.version);
        let pod = json!({
            "metadata": {"name": name, "labels": {"app": "master"}},
            "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]},
        });
        self.keep(&format!("{folder}{name}"), pod, None);
    }
}

/// Whether uid and version are as asked for, where they are.
fn is_met(asked: &Value, there: &Value) -> bool {
    let is = |key: &str| asked[key].is_null() || asked[key] == there["metadata"][key];
    is("uid") && is("resourceVersion")
}

/// RFC 7386.
fn merge(object: &mut Value, change: &Value) {
    let Value::Object(members) = change else {
        *object = change.clone();
        return;
    };
    if !object.is_object() {
        *object = json!({});
    }
    for (key, value) in members {
        if value.is_null() {
            object.as_object_mut().unwrap().remove(key);
        } else {
            merge(&mut object[key], value);
        }
    }
}
