//! A made-up cluster: it lists what it is given, page by page, as an API server does.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::http::{Answer, Request};

/// The lists that it has: where they are, and of which kind they are.
const LISTS: &[(&str, &str, &str)] = &[
    ("/api/v1", "nodes", "NodeList"),
    ("/api/v1", "pods", "PodList"),
    ("/api/v1", "namespaces", "NamespaceList"),
    ("/api/v1", "limitranges", "LimitRangeList"),
    ("/api/v1", "resourcequotas", "ResourceQuotaList"),
    ("/api/v1", "persistentvolumeclaims", "PersistentVolumeClaimList"),
    ("/api/v1", "persistentvolumes", "PersistentVolumeList"),
    ("/apis/storage.k8s.io/v1", "storageclasses", "StorageClassList"),
    ("/apis/scheduling.k8s.io/v1", "priorityclasses", "PriorityClassList"),
    ("/apis/node.k8s.io/v1", "runtimeclasses", "RuntimeClassList"),
    ("/apis/resource.k8s.io/v1", "deviceclasses", "DeviceClassList"),
    ("/apis/batch/v1", "jobs", "JobList"),
    ("/api/v1", "configmaps", "ConfigMapList"),
    (ADMISSION, "mutatingwebhookconfigurations", "MutatingWebhookConfigurationList"),
    (ADMISSION, "validatingwebhookconfigurations", "ValidatingWebhookConfigurationList"),
    (ADMISSION, "validatingadmissionpolicies", "ValidatingAdmissionPolicyList"),
];

const ADMISSION: &str = "/apis/admissionregistration.k8s.io/v1";

/// Whether lists of something, in a namespace or (empty) in all, are permitted.
type Rights = dyn Fn(&str, &str) -> bool + Send + Sync;

/// A cluster.
#[derive(Clone)]
pub(crate) struct Scripted {
    /// Items by the kind of their list.
    items: BTreeMap<&'static str, Vec<Value>>,
    /// How many objects a page has at most, whatever is asked for.
    pub(crate) page: usize,
    rights: Arc<Rights>,
    version: String,
}

impl Scripted {
    /// Three namespaces, and nodes of 8 GPUs that are free.
    pub(crate) fn new(nodes: usize) -> Self {
        let namespaces = ["default", "kube-system", "other"].map(|name| json!({"metadata": {"name": name}}));
        let room = json!({"cpu": "32", "memory": "128Gi", "pods": "1000", "nvidia.com/gpu": "8"});
        let node = |at: usize| {
            let name = format!("node-{at}");
            let ready = json!([{"type": "Ready", "status": "True"}]);
            json!({"metadata": {"name": name, "labels": {"kubernetes.io/hostname": name}},
                "status": {"allocatable": room, "capacity": room, "conditions": ready}})
        };
        let items = BTreeMap::from([
            ("NamespaceList", namespaces.to_vec()),
            ("NodeList", (0..nodes).map(node).collect()),
            ("PodList", Vec::new()),
        ]);
        Self { items, page: usize::MAX, rights: Arc::new(|_, _| true), version: "v1.37.2".to_owned() }
    }

    /// Of another release, such as `v1.33.13`.
    pub(crate) fn saying(self, version: &str) -> Self {
        Self { version: version.to_owned(), ..self }
    }

    /// Set apart from other clusters.
    pub(crate) fn identified(mut self, uid: &str) -> Self {
        for namespace in self.items.entry("NamespaceList").or_default() {
            namespace["metadata"]["uid"] = format!("{uid}-{}", namespace["metadata"]["name"]).into();
        }
        self
    }

    /// With fewer rights: by the name in paths and the namespace, empty for all.
    pub(crate) fn permitting(self, rights: impl Fn(&str, &str) -> bool + Send + Sync + 'static) -> Self {
        Self { rights: Arc::new(rights), ..self }
    }

    /// All objects, as a snapshot.
    pub(crate) fn snapshot(&self) -> Value {
        let items = self.items.iter().flat_map(|(list, items)| {
            items.iter().map(|item| {
                let mut item = item.clone();
                item["kind"] = list.trim_end_matches("List").into();
                item
            })
        });
        json!({"apiVersion": "v1", "kind": "List", "items": items.collect::<Vec<_>>()})
    }

    /// With further objects.
    pub(crate) fn with(mut self, list: &'static str, items: impl IntoIterator<Item = Value>) -> Self {
        self.items.entry(list).or_default().extend(items);
        self
    }

    pub(super) fn answer(&self, request: &Request) -> Answer {
        let path = request.path.split('?').next().unwrap_or_default();
        if path == "/version" {
            return Answer::json(200, &json!({"major": "1", "minor": "", "gitVersion": self.version}));
        }
        if path.ends_with("/selfsubjectaccessreviews") {
            return self.review(request);
        }
        let mut parts = path.rsplit('/');
        let plural = parts.next().unwrap_or_default();
        let namespace =
            path.split_once("/namespaces/").and_then(|(_, rest)| rest.split('/').next()).unwrap_or_default();
        if !(self.rights)(plural, namespace) {
            let message = format!("{plural} is forbidden: User \"somebody\" cannot list it");
            return Answer::json(
                403,
                &json!({"kind": "Status", "code": 403, "reason": "Forbidden", "message": message}),
            );
        }
        if let Some(namespace) = path.strip_prefix("/api/v1/namespaces/").filter(|rest| !rest.contains('/')) {
            let mut all = self.items.get("NamespaceList").into_iter().flatten();
            let found = all.find(|item| item["metadata"]["name"] == namespace);
            return found.map_or_else(|| Answer::json(404, &json!({"kind": "Status"})), |item| Answer::json(200, item));
        }
        let found = LISTS.iter().find(|(root, name, _)| path.starts_with(root) && plural == *name);
        let Some((.., kind)) = found else {
            let message = "the server could not find the requested resource";
            return Answer::json(404, &json!({"kind": "Status", "code": 404, "message": message}));
        };
        let body = self.list(kind, namespace, request).to_string();
        let takes_gzip = request.header("accept-encoding").is_some_and(|value| value.contains("gzip"));
        if takes_gzip && body.len() > 128 << 10 {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(body.as_bytes()).unwrap();
            return Answer::new(200, "application/json", encoder.finish().unwrap()).with("content-encoding", "gzip");
        }
        Answer::new(200, "application/json", body)
    }

    fn review(&self, request: &Request) -> Answer {
        let mut review: Value = serde_json::from_slice(&request.body).unwrap();
        let attributes = &review["spec"]["resourceAttributes"];
        let of = |name: &str| attributes[name].as_str().unwrap_or_default();
        assert_eq!(of("verb"), "list");
        let allowed = (self.rights)(of("resource"), of("namespace"));
        review["status"] = json!({"allowed": allowed});
        Answer::json(201, &review)
    }

    fn list(&self, kind: &str, namespace: &str, request: &Request) -> Value {
        let parameter = |name: &str| {
            request.parameter(name).map(|value| percent_decode_str(value).decode_utf8_lossy().into_owned())
        };
        let fields = parameter("fieldSelector").unwrap_or_default();
        let is_here = |item: &Value| namespace.is_empty() || item["metadata"]["namespace"] == namespace;
        let all: Vec<&Value> = self
            .items
            .get(kind)
            .into_iter()
            .flatten()
            .filter(|item| is_here(item) && is_selected(item, &fields))
            .collect();
        let from: usize = parameter("continue").map_or(0, |token| token.trim_start_matches("from ").parse().unwrap());
        let limit: usize = parameter("limit").map_or(usize::MAX, |limit| limit.parse().unwrap()).min(self.page);
        let items: Vec<&Value> = all.iter().skip(from).take(limit).copied().collect();
        let left = all.len().saturating_sub(from + items.len());
        let next = (left > 0).then(|| format!("from {}", from + items.len()));
        let mut head = json!({"resourceVersion": "4711", "continue": next.unwrap_or_default()});
        if left > 0 && fields.is_empty() {
            head["remainingItemCount"] = left.into();
        }
        json!({"kind": kind, "apiVersion": "v1", "metadata": head, "items": items})
    }
}

/// As much of field selectors as is asked for.
fn is_selected(item: &Value, fields: &str) -> bool {
    fields.split(',').filter(|term| !term.is_empty()).all(|term| {
        let (field, value, wanted) = match term.split_once("!=") {
            Some((field, value)) => (field, value, false),
            None => term.split_once('=').map(|(field, value)| (field, value, true)).unwrap(),
        };
        let found = item.pointer(&format!("/{}", field.replace('.', "/"))).and_then(Value::as_str).unwrap_or_default();
        (found == value) == wanted
    })
}
