//! The recorded scenarios of `fixtures/scheduler`.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use serde_json::{Value, json};

/// The verdict of one release.
#[derive(Clone, serde::Deserialize)]
pub(crate) struct Verdict {
    #[serde(default)]
    pub(crate) created: Option<u64>,
    pub(crate) bound: u64,
    #[serde(default)]
    pub(crate) placed: Vec<Option<String>>,
    pub(crate) message: Option<String>,
    #[serde(default)]
    pub(crate) rejected: Option<String>,
    #[serde(default)]
    pub(crate) pod_admitted: Option<Value>,
}

/// One scenario.
#[derive(Clone, serde::Deserialize)]
pub(crate) struct Scenario {
    pub(crate) name: String,
    pub(crate) k: u64,
    pub(crate) pod: Value,
    pub(crate) nodes: Vec<Value>,
    pub(crate) pods: Vec<Value>,
    #[serde(default)]
    pub(crate) namespace_objects: Vec<Value>,
    #[serde(default)]
    pub(crate) namespace_objects_stored: Vec<Value>,
    #[serde(default)]
    pub(crate) cluster_objects: Vec<Value>,
    #[serde(default)]
    pub(crate) pod_admitted: Option<Value>,
    pub(crate) expect: BTreeMap<String, Verdict>,
}

impl Scenario {
    /// The objects of the cluster, as a list of them would show them.
    pub(crate) fn items(&self) -> Vec<Value> {
        let typed = |kind: &str, object: &Value| {
            let mut typed = json!({"apiVersion": "v1", "kind": kind});
            for (key, value) in object.as_object().unwrap() {
                typed[key] = value.clone();
            }
            typed
        };
        let namespaces = self.namespace_objects.iter().filter(|object| object["kind"] == "Namespace");
        let rest = namespaces.chain(&self.namespace_objects_stored).chain(&self.cluster_objects).cloned();
        let nodes = self.nodes.iter().map(|node| typed("Node", node));
        let pods = self.pods.iter().map(|pod| typed("Pod", pod));
        rest.chain(nodes).chain(pods).collect()
    }
}

/// The scenarios of a file in `fixtures/scheduler`, or of any other; compressed or not.
pub(crate) fn read(file: &str) -> Vec<Scenario> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/scheduler").join(file);
    let mut text = String::new();
    let mut opened = std::fs::File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    if path.extension().is_some_and(|extension| extension == "gz") {
        flate2::read::GzDecoder::new(opened).read_to_string(&mut text).unwrap();
    } else {
        opened.read_to_string(&mut text).unwrap();
    }
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The histogram in a message of the scheduler; a text without counts gets the count 0.
pub(crate) fn histogram(message: Option<&str>) -> BTreeMap<String, u64> {
    let Some(message) = message.filter(|message| !message.is_empty()) else {
        return BTreeMap::new();
    };
    let mut text = message.split_once(": ").map_or(message, |(_, text)| text);
    if let Some((_, reasons)) = text.split_once(" nodes are available: ") {
        text = reasons;
    }
    for end in [" no new claims to deallocate", " preemption:"] {
        text = text.find(end).map_or(text, |at| &text[..at]);
    }
    let text = text.strip_suffix(" not found").filter(|text| text.ends_with('.')).unwrap_or(text);
    let text = text.strip_suffix('.').unwrap_or(text);
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return BTreeMap::from([(text.to_owned(), 0)]);
    }
    let mut counts = BTreeMap::new();
    let mut items: Vec<String> = Vec::new();
    for part in text.split(", ") {
        let starts_item = part.split_once(' ').is_some_and(|(count, _)| count.parse::<u64>().is_ok());
        match items.last_mut() {
            Some(last) if !starts_item => *last = format!("{last}, {part}"),
            _ => items.push(part.to_owned()),
        }
    }
    for item in items {
        let (count, reason) = item.split_once(' ').unwrap();
        *counts.entry(reason.to_owned()).or_insert(0) += count.parse::<u64>().unwrap();
    }
    counts
}
