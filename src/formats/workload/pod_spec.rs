//! The pod spec of a task: what the master decodes as a Pod, and Kubernetes takes for amounts (facts §2.7, §9).

use serde_json::Value as Json;

use super::{WorkloadError, at, json};
use crate::decode::{Problem, ProblemKind, go_json};
use crate::formats::master::schema::pod::POD;
use crate::model::pod::Pod;
use crate::model::quantity::Quantity;
use crate::value::{Value, ValueKind};

/// Reads a pod spec as the master does: keys in any case, those that it does not know dropped.
///
/// # Errors
/// The first value that a Pod does not take there, and the first amount that Kubernetes does not.
pub fn pod_spec(spec: &Value) -> Result<Json, WorkloadError> {
    if spec.as_object().is_none() {
        let message = format!("a pod spec is a mapping, not a {}", spec.json_kind());
        return Err(WorkloadError { message, span: spec.span });
    }
    let outcome = go_json::decode_leniently(spec, &POD);
    // The first that is written, whichever the master would name.
    let first = outcome.reported.iter().map(|index| &outcome.problems[*index]).chain(&outcome.problems);
    if let Some(problem) = first.filter(|problem| ends(problem)).min_by_key(|problem| problem.span.start) {
        return Err(WorkloadError { message: words(problem), span: problem.span });
    }
    amounts(spec)?;
    let spec_json = json(spec);
    shape(&spec_json).map_err(|message| WorkloadError { message, span: spec.span })?;
    Ok(spec_json)
}

fn ends(problem: &Problem) -> bool {
    !matches!(problem.kind, ProblemKind::DroppedKey { .. })
}

fn words(problem: &Problem) -> String {
    let path = &problem.path;
    match &problem.kind {
        ProblemKind::WrongType { found, wanted } => {
            let found = found.replace("array", "list").replace("object", "mapping");
            format!("`{path}` takes {}, not a {found}", for_people(wanted))
        }
        ProblemKind::Unreadable { what } => format!("`{path}` cannot be read as {what}"),
        _ => format!("`{path}` is none of what a Pod takes there"),
    }
}

/// The names of Go's types that people know under others.
fn for_people(go: &str) -> String {
    match go {
        "string" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "int32" | "int64" => "a whole number".to_owned(),
        go if go.starts_with("[]") => "a list".to_owned(),
        go if go.starts_with("map[") || go.starts_with("v1.") => "a mapping".to_owned(),
        go => go.to_owned(),
    }
}

/// Looks at all amounts of the containers: Go reads an amount below zero, and no API server takes it.
fn amounts(spec: &Value) -> Result<(), WorkloadError> {
    let Some(pod) = at(spec, "spec") else { return Ok(()) };
    for list in ["containers", "initContainers"] {
        let Some(ValueKind::Array(containers)) = at(pod, list).map(|list| &list.kind) else { continue };
        for container in containers {
            resources(at(container, "resources"))?;
        }
    }
    resources(at(pod, "resources"))?;
    at(pod, "overhead").map_or(Ok(()), of_each)
}

fn resources(resources: Option<&Value>) -> Result<(), WorkloadError> {
    let mut both = ["requests", "limits"].into_iter().filter_map(|name| at(resources?, name));
    both.try_for_each(of_each)
}

fn of_each(amounts: &Value) -> Result<(), WorkloadError> {
    let members = amounts.as_object().map_or(&[][..], |object| object.members());
    for amount in members.iter().map(|member| &member.value) {
        let text = match json(amount) {
            Json::String(text) => text,
            Json::Number(number) => number.to_string(),
            _ => continue,
        };
        if Quantity::parse(&text).is_ok_and(Quantity::is_negative) {
            let message = format!("`{text}`: an amount cannot be below zero");
            return Err(WorkloadError { message, span: amount.span });
        }
    }
    Ok(())
}

/// Whether it can be read once it is merged with others: they have the containers, where it has none.
fn shape(spec: &Json) -> Result<(), String> {
    let mut whole = serde_json::json!({"spec": {"containers": []}});
    for (key, value) in spec.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null()) {
        match (key.as_str(), value) {
            ("spec", Json::Object(members)) => {
                for (key, value) in members.iter().filter(|(_, value)| !value.is_null()) {
                    whole["spec"][key] = value.clone();
                }
            }
            _ => whole[key] = value.clone(),
        }
    }
    serde_json::from_value::<Pod>(whole).map(|_| ()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use crate::formats::workload::mapping;
    use crate::source::SourceId;

    fn read(text: &str) -> Result<(), (String, usize)> {
        let value = mapping(SourceId::default(), text).unwrap();
        super::pod_spec(&value).map(|_| ()).map_err(|error| (error.message, error.span.start as usize))
    }

    #[test]
    fn what_is_no_pod_is_told_with_its_place() {
        for good in [
            "spec: {nodeSelector: {a: b}}\n",
            "metadata: {labels: {a: b}}\nspec: null\n",
            "spec: {containers: [{name: c, resources: {requests: {cpu: 1, memory: 1Gi}}}]}\n",
            "spec: {tolerations: [{key: a, operator: Exists, tolerationSeconds: 3}], unknown: 7}\n",
        ] {
            assert_eq!(read(good), Ok(()), "{good}");
        }
        for (bad, message, place) in [
            ("spec: {containers: 7}\n", "`spec.containers` takes a list, not a number", 19),
            ("spec: 7\n", "`spec` takes a mapping, not a number", 6),
            ("spec: {nodeSelector: {a: 1}}\n", "`spec.nodeSelector.a` takes text, not a number", 25),
            ("spec: {hostNetwork: 7}\n", "`spec.hostNetwork` takes true or false, not a number", 20),
            (
                "spec: {containers: [{resources: {limits: {cpu: 1Q}}}]}\n",
                "`spec.containers[0].resources.limits.cpu` cannot be read as a quantity such as 500m, 2 or 4Gi",
                47,
            ),
            ("spec: {overhead: {cpu: -1}}\n", "`-1`: an amount cannot be below zero", 23),
        ] {
            assert_eq!(read(bad), Err((message.to_owned(), place)), "{bad}");
        }
    }
}
