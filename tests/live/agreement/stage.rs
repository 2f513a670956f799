//! One scenario on a real plane: the cluster is set up, seen by the scheduler, and the copies are submitted.

use serde_json::{Value, json};

use super::generator::{self, Existing, Scenario};
use crate::plane::client::wait_for;
use crate::plane::kubeconfig::Stanza;
use crate::plane::{ControlPlane, Options, objects, programs::Version};

/// A plane on which one scenario after another is played.
pub(super) struct Stage {
    plane: ControlPlane,
}

/// A cluster that was set up.
pub(super) struct Set {
    /// The namespace of the copies.
    pub(super) own: String,
    /// Every object, as a list shows it.
    pub(super) items: Vec<Value>,
}

/// What became of the copies.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    /// How many the API server accepted.
    pub(super) created: u64,
    /// Why it did not accept one.
    pub(super) rejected: Option<String>,
    /// The node of every copy, until the first that got none.
    pub(super) placed: Vec<String>,
    /// `Reason: text` of the first accepted copy that got none.
    pub(super) message: Option<String>,
    /// The first accepted copy as the server keeps it.
    pub(super) admitted: Value,
}

const LISTS: &[(&str, &str, &str)] = &[
    ("Node", "v1", "/api/v1/nodes"),
    ("Pod", "v1", "/api/v1/pods"),
    ("Namespace", "v1", "/api/v1/namespaces"),
    ("LimitRange", "v1", "/api/v1/limitranges"),
    ("ResourceQuota", "v1", "/api/v1/resourcequotas"),
    ("PriorityClass", "scheduling.k8s.io/v1", "/apis/scheduling.k8s.io/v1/priorityclasses"),
    ("RuntimeClass", "node.k8s.io/v1", "/apis/node.k8s.io/v1/runtimeclasses"),
];

impl Stage {
    pub(super) fn new(version: Version) -> Self {
        let plane = ControlPlane::start(&Options::new(version).with_scheduler());
        for (path, object) in generator::classes() {
            plane.api.post(path, &object).expect(201);
        }
        Self { plane }
    }

    /// The admin's kubeconfig.
    pub(super) fn kubeconfig(&self) -> String {
        self.plane.kubeconfig(Stanza::CertificateData(self.plane.admin().clone())).yaml()
    }

    /// Sets the cluster up, and returns when the scheduler knows all of it.
    pub(super) fn set(&self, scenario: &Scenario) -> Set {
        let (own, other) = (self.plane.namespace(&scenario.name), self.plane.namespace("other"));
        let team = json!({"metadata": {"labels": {"team": "other"}}});
        self.plane.api.patch(&format!("/api/v1/namespaces/{other}"), &team).expect(200);
        for node in &scenario.nodes {
            self.plane.api.post("/api/v1/nodes", node).expect(201);
        }
        for existing in &scenario.pods {
            self.add(existing, &own, &other);
        }
        for policy in &scenario.policies {
            self.allow(policy, &own);
        }
        self.until_seen(scenario.nodes.len());
        let items = self.items(&[&own, &other]);
        Set { own, items }
    }

    fn add(&self, existing: &Existing, own: &str, other: &str) {
        let namespace = if existing.pod["metadata"]["namespace"] == "own" { own } else { other };
        let pods = format!("/api/v1/namespaces/{namespace}/pods");
        let mut pod = existing.pod.clone();
        pod["metadata"]["namespace"] = namespace.into();
        let nominated = pod["status"].take();
        self.plane.api.post(&pods, &pod).expect(201);
        let path = format!("{pods}/{}", pod["metadata"]["name"].as_str().unwrap());
        let mut status = json!({"phase": existing.phase});
        if let Some(node) = nominated["nominatedNodeName"].as_str() {
            status["nominatedNodeName"] = node.into();
        }
        self.plane.api.patch(&format!("{path}/status"), &json!({"status": status})).expect(200);
        if existing.is_deleted {
            self.plane.api.delete(&path).expect(200);
        }
    }

    /// Makes a LimitRange or a quota; a quota is waited for until it is counted.
    fn allow(&self, policy: &Value, namespace: &str) {
        let resource = if policy["kind"] == "LimitRange" { "limitranges" } else { "resourcequotas" };
        let folder = format!("/api/v1/namespaces/{namespace}/{resource}");
        self.plane.api.post(&folder, policy).expect(201);
        if resource == "resourcequotas" {
            wait_for("the quota to be counted", || {
                let quota = self.plane.api.get(&format!("{folder}/budget")).expect(200);
                (quota["status"]["hard"] == quota["spec"]["hard"] && quota["status"]["used"].is_object()).then_some(())
            });
        }
    }

    /// Pods come to the scheduler in one stream and nodes in another. A pod that fits nowhere tells how many nodes
    /// it knows; the pods before it are then known too.
    fn until_seen(&self, nodes: usize) {
        let wanted = match nodes {
            0 => "no nodes available to schedule pods".to_owned(),
            count => format!("0/{count} nodes are available"),
        };
        let pods = "/api/v1/namespaces/default/pods";
        wait_for(&wanted, || {
            let mut probe = objects::pod("probe", &json!({}));
            probe["spec"]["nodeSelector"] = json!({"probe": "fits-nowhere"});
            self.plane.api.post(pods, &probe).expect(201);
            let path = format!("{pods}/probe");
            let (_, message) = self.verdict(&path);
            self.plane.api.delete(&format!("{path}?gracePeriodSeconds=0")).expect(200);
            message.contains(&wanted).then_some(())
        });
    }

    /// The node of a pod and the scheduler's words, as soon as there is either.
    fn verdict(&self, path: &str) -> (Option<String>, String) {
        wait_for("a verdict of the scheduler", || {
            let pod = self.plane.api.get(path).expect(200);
            if let Some(node) = pod["spec"]["nodeName"].as_str() {
                return Some((Some(node.to_owned()), String::new()));
            }
            let conditions = pod["status"]["conditions"].as_array()?;
            let scheduled = conditions.iter().find(|condition| condition["type"] == "PodScheduled")?;
            let text = |name: &str| scheduled[name].as_str().unwrap_or_default();
            Some((None, format!("{}: {}", text("reason"), text("message"))))
        })
    }

    fn items(&self, namespaces: &[&str]) -> Vec<Value> {
        let mut items = Vec::new();
        for (kind, version, path) in LISTS {
            for item in self.plane.api.get(path).items() {
                let namespace = item["metadata"]["namespace"].as_str().or(item["metadata"]["name"].as_str());
                let is_foreign = matches!(*kind, "Namespace" | "Pod" | "LimitRange" | "ResourceQuota")
                    && !namespace.is_some_and(|name| namespaces.contains(&name));
                if !is_foreign {
                    items.push(typed(kind, version, item));
                }
            }
        }
        items
    }

    /// Submits the copies one after another, each after the verdict on the one before.
    pub(super) fn play(&self, scenario: &Scenario, set: &Set) -> Verdict {
        let pods = format!("/api/v1/namespaces/{}/pods", set.own);
        let mut verdict = Verdict::default();
        for copy in 0..scenario.copies {
            let mut pod = scenario.pod.clone();
            pod["metadata"]["name"] = format!("det-{copy}").into();
            let reply = self.plane.api.post(&pods, &pod);
            if reply.status != 201 {
                verdict.rejected = Some(reply.message().to_owned());
                break;
            }
            if verdict.created == 0 {
                verdict.admitted = admitted(&reply.body);
            }
            verdict.created += 1;
            // After the first refusal the rest is only counted.
            if verdict.message.is_none() {
                match self.verdict(&format!("{pods}/det-{copy}")) {
                    (Some(node), _) => verdict.placed.push(node),
                    (None, message) => verdict.message = Some(message),
                }
            }
        }
        verdict
    }

    /// Removes what the scenario made, but for its namespaces.
    pub(super) fn clear(&self, set: &Set) {
        let namespaces = set.items.iter().filter(|item| item["kind"] == "Namespace");
        for namespace in namespaces.filter_map(|item| item["metadata"]["name"].as_str()) {
            let path = format!("/api/v1/namespaces/{namespace}/pods?gracePeriodSeconds=0");
            self.plane.api.delete(&path).expect(200);
        }
        self.plane.api.delete("/api/v1/nodes").expect(200);
        self.until_seen(0);
    }
}

/// An item of a list lacks what the list says for all.
fn typed(kind: &str, version: &str, item: Value) -> Value {
    let mut typed = json!({"apiVersion": version, "kind": kind});
    if let (Some(typed), Value::Object(item)) = (typed.as_object_mut(), item) {
        typed.extend(item);
    }
    if let Some(metadata) = typed["metadata"].as_object_mut() {
        metadata.remove("managedFields");
    }
    typed
}

/// The spec of a pod as it was let in.
fn admitted(pod: &Value) -> Value {
    json!({"metadata": {"labels": pod["metadata"]["labels"]}, "spec": pod["spec"]})
}
