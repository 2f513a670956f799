//! The pod to be placed, as JSON or YAML.

use serde::Deserialize;

use super::ReadError;
use super::yaml::placed;
use crate::model::pod::Pod;

#[derive(Deserialize)]
struct PodFile {
    kind: Option<String>,
    #[serde(rename = "apiVersion")]
    api_version: Option<String>,
}

/// Reads one pod. JSON is read as the YAML that it is, so that errors of both carry the place.
///
/// # Errors
/// The text is not well-formed, is no pod, or is a pod of the wrong shape.
pub fn read_pod(text: &str) -> Result<Pod, ReadError> {
    let problem = |message: String| ReadError { line: 1, column: 1, message };
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else { return Err(problem("the pod file is empty".to_owned())) };
    let PodFile { kind, api_version } = PodFile::deserialize(first).map_err(placed)?;
    if let Some(kind) = kind.filter(|kind| kind != "Pod") {
        return Err(problem(format!("this is a {kind}, not a Pod")));
    }
    if let Some(version) = api_version.filter(|version| version != "v1") {
        return Err(problem(format!("a Pod has the apiVersion v1, not {version}")));
    }
    if documents.next().is_some_and(|document| !matches!(Option::<serde::de::IgnoredAny>::deserialize(document), Ok(None))) {
        return Err(problem("the file holds more than one document; one pod is expected".to_owned()));
    }
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else { return Err(problem("the pod file is empty".to_owned())) };
    let pod = Pod::deserialize(first).map_err(placed)?;
    if pod.spec.containers.is_empty() {
        return Err(problem("spec.containers: a pod needs at least one container".to_owned()));
    }
    if pod.metadata.name.is_empty() && pod.metadata.generate_name.is_empty() {
        return Err(problem("metadata.name: a pod needs a name".to_owned()));
    }
    Ok(pod)
}
