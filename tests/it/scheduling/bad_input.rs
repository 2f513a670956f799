//! Files that are no snapshot or no pod: a message with the place, and nothing else.

use detctl::formats::snapshot;
use detctl::model::inventory::{Interest, InventoryBuilder};
use detctl::model::kubernetes_version::KubernetesVersion;

fn snapshot_error(text: &str) -> String {
    let mut builder = InventoryBuilder::new(KubernetesVersion::default(), Interest::default());
    let error = snapshot::read(text.as_bytes(), &mut builder).unwrap_err();
    format!("{}:{}: {error}", error.line, error.column)
}

fn pod_error(text: &str) -> String {
    let error = snapshot::read_pod(text).unwrap_err();
    format!("{}:{}: {error}", error.line, error.column)
}

const NODE: &str = r#"{"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n"}}"#;

#[test]
fn snapshots() {
    let list = |items: &str| format!("{{\"kind\": \"List\",\n \"items\": [\n{items}\n]}}");
    let pod = |cpu: &str| {
        format!(
            "{{\"kind\": \"Pod\", \"metadata\": {{\"name\": \"ä\"}},\n \"spec\": {{\"containers\": [{{\"name\": \"c\", \"resources\": {{\"requests\": {{\"cpu\": {cpu}}}}}}}]}}}}"
        )
    };
    let cases = [
        (String::new(), "1:1: the snapshot is empty"),
        ("[]".to_owned(), "1:1: "),
        (r#"{"kind": "Deployment", "spec": {}}"#.to_owned(), "this is a Deployment, not a List of the cluster's objects"),
        (list(&format!("{NODE},\n{NODE}")), "4:1: duplicate object: Node `n` is there already"),
        (list(NODE).trim_end_matches("\n]}").to_owned(), "the snapshot ends in the middle of an object"),
        (list(&NODE[..30]), "3:"),
        (list(&pod("\"1Q\"")), "4:"),
        (list(&pod("\"1Q\"")), "`1Q`: not a quantity: unknown suffix"),
        (list(&pod("\"-1\"")), "`-1`: an amount cannot be below zero"),
        (list(&pod("-1")), "`-1`: an amount cannot be below zero"),
        (list(r#"{"kind": "Pod", "metadata": {"name": "p"}, "spec": {"containers": "none"}}"#), "invalid type: string"),
        (list(r#"{"metadata": {"name": "p"}}"#), "an object without `kind`"),
        (list(r#"{"kind": "Node", "metadata": {}}"#), "Node without metadata.name"),
        (list(&format!("{NODE} {NODE}")), "expected `,` or `]`"),
        ("kind: List\nitems:\n- kind: Node\n  metadata: {name: n}\n- kind: Node\n  metadata: {name: n}\n".to_owned(), "duplicate object: Node `n` is there already"),
        ("kind: List\nitems:\n- kind: Pod\n  metadata: {name: n}\n  spec:\n    containers:\n    - name: c\n      resources: {limits: {cpu: 1Q}}\n".to_owned(), "8:"),
        ("kind: List\nitems: [\n".to_owned(), ""),
    ];
    for (text, expected) in cases {
        let error = snapshot_error(&text);
        assert!(error.contains(expected), "{text}\ngave {error}\nnot  {expected}");
    }
}

#[test]
fn pods() {
    let cases = [
        ("", "empty"),
        ("kind: Job\nspec: {}\n", "this is a Job, not a Pod"),
        ("kind: Pod\nmetadata: {name: p}\n", "missing field `spec`"),
        ("kind: Pod\nmetadata: {name: p}\nspec: {containers: []}\n", "at least one container"),
        ("kind: Pod\nspec:\n  containers:\n  - name: c\n", "a pod needs a name"),
        ("kind: Pod\nmetadata: {name: p}\nspec:\n  containers: none\n", "4:15: "),
        (
            "kind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    resources:\n      requests:\n        cpu: 1Q\n",
            "8:14: ",
        ),
        (
            "kind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n  - name: c\n    resources:\n      limits: {nvidia.com/gpu: -1}\n",
            "below zero",
        ),
        ("{\"kind\": \"Pod\", \"metadata\": {\"name\": \"p\"}, \"spec\": {\"containers\": [{\"name\": \"c\"}", ""),
    ];
    for (text, expected) in cases {
        let error = pod_error(text);
        assert!(error.contains(expected), "{text}\ngave {error}\nnot  {expected}");
    }
}

#[test]
fn every_form_of_a_snapshot_is_taken() {
    let forms = [
        format!(r#"{{"apiVersion": "v1", "items": [{NODE}], "kind": "List", "metadata": {{}}}}"#),
        format!("\u{feff} {{\"items\": [{NODE}]}}"),
        r#"{"kind": "NodeList", "items": [{"metadata": {"name": "n"}}]}"#.to_owned(),
        r#"{"kind": "List", "items": [{"spec": {}, "metadata": {"name": "n"}, "kind": "Node"}, {"kind": "ConfigMap", "spec": 7}]}"#.to_owned(),
        NODE.to_owned(),
        format!("{NODE}\n{{\"kind\": \"List\", \"items\": []}}\n"),
        "apiVersion: v1\nitems:\n- kind: Node\n  metadata:\n    name: n\n- {kind: Secret, spec: 7}\nkind: List\n".to_owned(),
        "---\nkind: Node\nmetadata: {name: n}\n---\nkind: NodeList\nitems: []\n---\n".to_owned(),
    ];
    for text in forms {
        let mut builder = InventoryBuilder::new(KubernetesVersion::default(), Interest::default());
        snapshot::read(text.as_bytes(), &mut builder).unwrap_or_else(|error| panic!("{text}\n{error}"));
        assert_eq!(builder.finish().nodes.len(), 1, "{text}");
    }
}

/// A reader that gives one byte at a time, so that every place is a border between two readings.
struct Drops<'a>(&'a [u8]);

impl std::io::Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let (Some((first, rest)), Some(slot)) = (self.0.split_first(), buffer.first_mut()) else {
            return Ok(0);
        };
        *slot = *first;
        self.0 = rest;
        Ok(1)
    }
}

#[test]
fn borders_between_readings_do_not_matter() {
    let scenario = super::records::read("live-random.ndjson.gz").remove(3);
    let text = serde_json::json!({"items": scenario.items(), "kind": "List"}).to_string();
    let read = |input: &mut dyn std::io::Read| {
        let mut builder = InventoryBuilder::new(KubernetesVersion::default(), Interest::default());
        snapshot::read(input, &mut builder).unwrap();
        format!("{:?}", builder.finish())
    };
    assert_eq!(read(&mut Drops(text.as_bytes())), read(&mut text.as_bytes()));
}
