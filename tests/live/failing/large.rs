//! A made-up cluster of any size: its pages are written as they are asked for, of objects that are as long as real ones.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::http::{Answer, Request};

/// So many nodes and pods.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Large {
    pub(crate) nodes: usize,
    pub(crate) pods: usize,
}

/// What managers of fields write into an object; nobody reads it.
const MANAGED: &str = r#"{"manager":"kubelet","operation":"Update","apiVersion":"v1","time":"2026-11-23T10:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:status":{"f:conditions":{"k:{\"type\":\"Ready\"}":{".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}}},"f:containerStatuses":{},"f:hostIP":{},"f:phase":{},"f:podIP":{},"f:podIPs":{".":{},"k:{\"ip\":\"10.1.2.3\"}":{".":{},"f:ip":{}}},"f:startTime":{}}},"subresource":"status"}"#;

impl Large {
    pub(super) fn answer(self, request: &Request) -> Answer {
        let path = request.path.split('?').next().unwrap_or_default();
        let body = match path {
            "/version" => r#"{"major":"1","minor":"37","gitVersion":"v1.37.2"}"#.to_owned(),
            "/api/v1/nodes" => page(request, "NodeList", self.nodes, node),
            "/api/v1/pods" => page(request, "PodList", self.pods, |at, text| pod(at, self.nodes, text)),
            "/api/v1/namespaces" => page(request, "NamespaceList", 1, |_, text| {
                text.push_str(r#"{"metadata":{"name":"default","uid":"large"}}"#);
            }),
            "/api/v1/namespaces/default/limitranges" => page(request, "LimitRangeList", 0, |_, _| {}),
            "/api/v1/namespaces/default/resourcequotas" => page(request, "ResourceQuotaList", 0, |_, _| {}),
            _ => return Answer::new(404, "application/json", r#"{"kind":"Status","code":404,"message":"not here"}"#),
        };
        if request.header("accept-encoding").is_some_and(|value| value.contains("gzip")) && body.len() > 128 << 10 {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(body.as_bytes()).unwrap();
            return Answer::new(200, "application/json", encoder.finish().unwrap()).with("content-encoding", "gzip");
        }
        Answer::new(200, "application/json", body)
    }
}

fn page(request: &Request, kind: &str, count: usize, write: impl Fn(usize, &mut String)) -> String {
    let number = |name: &str| request.parameter(name).and_then(|value| value.parse::<usize>().ok());
    let from = number("continue").unwrap_or(0);
    let to = count.min(from + number("limit").unwrap_or(count));
    let next = if to < count { to.to_string() } else { String::new() };
    let mut text = format!(
        r#"{{"kind":"{kind}","apiVersion":"v1","metadata":{{"resourceVersion":"7","continue":"{next}"}},"items":["#
    );
    for at in from..to {
        if at > from {
            text.push(',');
        }
        write(at, &mut text);
    }
    text.push_str("]}");
    text
}

fn node(at: usize, text: &mut String) {
    let _ = write!(
        text,
        r#"{{"metadata":{{"name":"node-{at:05}","labels":{{"kubernetes.io/hostname":"node-{at:05}","topology.kubernetes.io/zone":"z{}"}},"managedFields":[{MANAGED},{MANAGED}]}},"spec":{{}},"status":{{"allocatable":{{"cpu":"96","memory":"768Gi","pods":"110","nvidia.com/gpu":"8"}},"conditions":[{{"type":"Ready","status":"True"}}],"images":["#,
        at % 3
    );
    for image in 0..50 {
        let comma = if image > 0 { "," } else { "" };
        let _ = write!(
            text,
            r#"{comma}{{"names":["registry.example/team/image-{image}@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","registry.example/team/image-{image}:v1"],"sizeBytes":123456789}}"#
        );
    }
    text.push_str("]}}");
}

/// The first pods hold the GPUs of every node but the last.
fn pod(at: usize, nodes: usize, text: &mut String) {
    let gpus = if at + 1 < nodes { 8 } else { 0 };
    let node = at % nodes.max(1);
    let _ = write!(
        text,
        r#"{{"metadata":{{"name":"pod-{at:06}","namespace":"team-{}","uid":"00000000-0000-0000-0000-{at:012}","labels":{{"app":"app-{}","pod-template-hash":"{at:010}"}},"ownerReferences":[{{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"app","uid":"u","controller":true}}],"managedFields":[{MANAGED},{MANAGED},{MANAGED}]}},"spec":{{"nodeName":"node-{node:05}","serviceAccountName":"default","restartPolicy":"Always","schedulerName":"default-scheduler","priority":0,"tolerations":[{{"key":"node.kubernetes.io/not-ready","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}}],"volumes":[{{"name":"token","projected":{{"sources":[{{"serviceAccountToken":{{"expirationSeconds":3607,"path":"token"}}}}]}}}}],"containers":[{{"name":"main","image":"registry.example/team/image:v1","resources":{{"requests":{{"cpu":"100m","memory":"128Mi","nvidia.com/gpu":"{gpus}"}},"limits":{{"nvidia.com/gpu":"{gpus}"}}}},"env":["#,
        at % 50,
        at % 400
    );
    for variable in 0..30 {
        let comma = if variable > 0 { "," } else { "" };
        let _ = write!(
            text,
            r#"{comma}{{"name":"DET_VARIABLE_{variable}","value":"some value that nobody reads, number {variable}"}}"#
        );
    }
    let _ = write!(
        text,
        r#"]}}]}},"status":{{"phase":"Running","hostIP":"10.0.0.1","podIP":"10.1.2.3","conditions":[{{"type":"PodScheduled","status":"True"}},{{"type":"Ready","status":"True"}}],"containerStatuses":[{{"name":"main","ready":true,"restartCount":0,"image":"registry.example/team/image:v1","imageID":"sha256:0123456789abcdef","state":{{"running":{{"startedAt":"2026-11-23T10:00:00Z"}}}}}}]}}}}"#
    );
}
