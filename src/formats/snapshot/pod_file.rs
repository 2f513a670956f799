//! The pod to be placed, as JSON or YAML.

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::{ReadError, json, yaml};
use crate::model::pod::Pod;

#[derive(Deserialize)]
struct Header {
    kind: Option<String>,
    #[serde(rename = "apiVersion")]
    api_version: Option<String>,
}

/// Reads one pod. A file without `kind` is taken for a pod.
///
/// # Errors
/// The text is not well-formed, is no pod, or is a pod of the wrong shape.
pub fn read_pod(text: &str) -> Result<Pod, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(problem("the pod file is empty"));
    }
    let header: Header = parse(text)?;
    if let Some(kind) = header.kind.filter(|kind| kind != "Pod") {
        return Err(problem(&format!("this is a {kind}, not a Pod")));
    }
    if let Some(version) = header.api_version.filter(|version| version != "v1") {
        return Err(problem(&format!("a Pod has the apiVersion v1, not {version}")));
    }
    let pod: Pod = parse(text)?;
    if pod.spec.containers.is_empty() {
        return Err(problem("spec.containers: a pod needs at least one container"));
    }
    if pod.metadata.name.is_empty() && pod.metadata.generate_name.is_empty() {
        return Err(problem("metadata.name: a pod needs a name"));
    }
    Ok(pod)
}

/// A problem of the file as a whole.
fn problem(message: &str) -> ReadError {
    ReadError { line: 1, column: 1, message: message.to_owned() }
}

/// Reads the only document of a text.
fn parse<T: DeserializeOwned>(text: &str) -> Result<T, ReadError> {
    if text.trim_start().starts_with('{') {
        match serde_json::from_str(text) {
            Ok(value) => return Ok(value),
            // A flow mapping of YAML also starts with a brace; it is no JSON, but may be a pod.
            Err(error) if error.is_syntax() && serde_yaml::from_str::<IgnoredAny>(text).is_ok() => {}
            Err(error) => return Err(json::placed(error, 1, 1)),
        }
    }
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else {
        return Err(problem("the pod file is empty"));
    };
    let value = T::deserialize(first).map_err(yaml::placed)?;
    for other in documents {
        if Option::<IgnoredAny>::deserialize(other).map_err(yaml::placed)?.is_some() {
            return Err(problem("the file holds more than one document; one pod is expected"));
        }
    }
    Ok(value)
}
