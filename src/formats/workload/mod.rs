//! Experiment and task files → requests (facts §9).

mod pod_spec;

use serde_json::Value as Json;

pub use self::pod_spec::pod_spec;
use crate::model::workload::{Task, Workload, Workspace};
use crate::source::{SourceId, Span};
use crate::value::{Value, ValueKind, from_tree};
use crate::yaml::parse::{Limits, parse};

/// Why a file is no request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkloadError {
    /// What is wrong, one sentence without a final stop.
    pub message: String,
    /// Where.
    pub span: Span,
}

/// Reads a request. `task` overrides what the file looks like; `name` is what reports call it.
///
/// # Errors
/// The first thing that does not fit.
pub fn read(source: SourceId, text: &str, name: &str, task: Option<Task>) -> Result<Workload, WorkloadError> {
    workload(&mapping(source, text)?, name, task)
}

/// Reads a file that is one mapping.
///
/// # Errors
/// When it is none.
pub fn mapping(source: SourceId, text: &str) -> Result<Value, WorkloadError> {
    let parsed = parse(source, text, Limits::default());
    if let Some(error) = parsed.error {
        return Err(WorkloadError { message: error.message, span: error.span });
    }
    let whole = Span::empty(source, 0);
    let root = parsed.tree.documents().first().and_then(|document| document.root);
    let root = root.ok_or_else(|| WorkloadError { message: "the file is empty".to_owned(), span: whole })?;
    let value = from_tree(&parsed.tree, text, root)
        .map_err(|failure| WorkloadError { message: failure.text, span: failure.span })?;
    if value.as_object().is_none() {
        let message = format!("the file has to be a mapping, not a {}", value.json_kind());
        return Err(WorkloadError { message, span: value.span });
    }
    Ok(value)
}

fn workload(root: &Value, name: &str, task: Option<Task>) -> Result<Workload, WorkloadError> {
    let resources = at(root, "resources");
    let task = task.unwrap_or_else(|| looks_like(root, resources));
    let slots_key = if task == Task::Experiment { "slots_per_trial" } else { "slots" };
    let slots = number(resources, slots_key)?.unwrap_or(1);
    let spec = at(root, "environment").and_then(|environment| at(environment, "pod_spec"));
    if task.is_single_pod()
        && let Some(value) = given(resources, "is_single_node")
    {
        let message = "`is_single_node` is for experiments; the master refuses it here".to_owned();
        return Err(WorkloadError { message, span: value.span });
    }
    Ok(Workload {
        name: name.to_owned(),
        pool: text(resources, "resource_pool")?.unwrap_or_default(),
        single_node: truth(resources, "is_single_node")?.unwrap_or(false),
        workspace: Workspace { name: text(Some(root), "workspace")?, ..Workspace::default() },
        priority: priority(resources)?,
        pod_spec: spec.filter(|spec| !spec.is_null()).map(pod_spec).transpose()?,
        ports: ports(at(root, "environment"))?,
        host_paths: host_paths(root)?,
        ..Workload::new(task, slots)
    })
}

fn priority(resources: Option<&Value>) -> Result<Option<i64>, WorkloadError> {
    let priority = number(resources, "priority")?;
    match given(resources, "priority") {
        Some(value) if priority.is_some_and(|priority| !(1..=99).contains(&priority)) => {
            let message = "`priority` takes a whole number from 1 to 99".to_owned();
            Err(WorkloadError { message, span: value.span })
        }
        _ => Ok(priority),
    }
}

/// `environment.ports`: numbers by name.
fn ports(environment: Option<&Value>) -> Result<Vec<u16>, WorkloadError> {
    let Some(value) = given(environment, "ports") else { return Ok(Vec::new()) };
    let names = value.as_object().ok_or_else(|| wrong(value, "ports", "a mapping of names to numbers"))?;
    let numbers = names.members().iter().map(|member| match member.value.kind {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a port")]
        ValueKind::Number(number) if number.fract() == 0.0 && (1.0..=65535.0).contains(&number) => Ok(number as u16),
        _ => Err(wrong(&member.value, &member.key, "a port from 1 to 65535")),
    });
    numbers.collect()
}

/// Bind mounts, and the folder of a shared file system for checkpoints.
fn host_paths(root: &Value) -> Result<Vec<String>, WorkloadError> {
    let mut paths = Vec::new();
    if let Some(value) = given(Some(root), "bind_mounts") {
        let ValueKind::Array(items) = &value.kind else { return Err(wrong(value, "bind_mounts", "a list")) };
        for item in items {
            paths.extend(text(Some(item), "host_path")?);
        }
    }
    let storage = at(root, "checkpoint_storage");
    if text(storage, "type").ok().flatten().as_deref() == Some("shared_fs") {
        paths.extend(text(storage, "host_path")?);
    }
    Ok(paths)
}

/// Experiments have a searcher or trials; anything else is a command.
fn looks_like(root: &Value, resources: Option<&Value>) -> Task {
    let trials = resources.and_then(|resources| at(resources, "slots_per_trial")).is_some();
    if trials || at(root, "searcher").is_some() { Task::Experiment } else { Task::Command }
}

fn at<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    value.as_object().and_then(|object| object.get(key))
}

fn wrong(value: &Value, key: &str, wanted: &str) -> WorkloadError {
    WorkloadError { message: format!("`{key}` takes {wanted}, not a {}", value.json_kind()), span: value.span }
}

fn given<'v>(block: Option<&'v Value>, key: &str) -> Option<&'v Value> {
    block.and_then(|block| at(block, key)).filter(|value| !value.is_null())
}

fn number(block: Option<&Value>, key: &str) -> Result<Option<i64>, WorkloadError> {
    let Some(value) = given(block, key) else { return Ok(None) };
    let ValueKind::Number(number) = value.kind else { return Err(wrong(value, key, "a whole number")) };
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
    let whole = number as i64;
    if number < 0.0 || number.fract() != 0.0 || number > 1e9 {
        let message = format!("`{key}` takes a whole number from 0 on");
        return Err(WorkloadError { message, span: value.span });
    }
    Ok(Some(whole))
}

fn text(block: Option<&Value>, key: &str) -> Result<Option<String>, WorkloadError> {
    let Some(value) = given(block, key) else { return Ok(None) };
    value.as_str().map(|text| Some(text.to_owned())).ok_or_else(|| wrong(value, key, "text"))
}

fn truth(block: Option<&Value>, key: &str) -> Result<Option<bool>, WorkloadError> {
    match given(block, key) {
        None => Ok(None),
        Some(Value { kind: ValueKind::Bool(truth), .. }) => Ok(Some(*truth)),
        Some(value) => Err(wrong(value, key, "true or false")),
    }
}

/// A value as plain JSON.
#[must_use]
pub fn json(value: &Value) -> Json {
    match &value.kind {
        ValueKind::Null => Json::Null,
        ValueKind::Bool(truth) => Json::from(*truth),
        #[expect(clippy::cast_possible_truncation, reason = "whole numbers of pod specs are small")]
        ValueKind::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => Json::from(*number as i64),
        ValueKind::Number(number) => Json::from(*number),
        ValueKind::Int(number) => Json::from(*number),
        ValueKind::String(text) => Json::from(&**text),
        ValueKind::Array(items) => items.iter().map(json).collect(),
        ValueKind::Object(object) => {
            object.members().iter().map(|member| (member.key.to_string(), json(&member.value))).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_with_the_defaults_of_their_kind() {
        let read = |text: &str| read(SourceId::default(), text, "w", None);
        let experiment =
            read("searcher: {name: single}\nresources: {slots_per_trial: 16, resource_pool: a}\n").unwrap();
        assert_eq!((experiment.task, experiment.slots, &*experiment.pool), (Task::Experiment, 16, "a"));
        let command = read("resources: {slots: 2}\n").unwrap();
        assert_eq!((command.task, command.slots, &*command.pool), (Task::Command, 2, ""));
        assert_eq!(read("description: x\n").unwrap().slots, 1);
        let more = read("environment: {ports: {tb: 6006}}\nbind_mounts: [{host_path: /data, container_path: /d}]\ncheckpoint_storage: {type: shared_fs, host_path: /ckpt}\n").unwrap();
        assert_eq!((more.ports, more.host_paths), (vec![6006], vec!["/data".to_owned(), "/ckpt".to_owned()]));
        for wrong in [
            "resources: {slots: -1}\n",
            "resources: {slots: two}\n",
            "resources: {slots: 1.5}\n",
            "- a\n",
            "",
            "resources: {resource_pool: on}\n",
            "resources: {priority: 100}\n",
            "resources: {is_single_node: true}\n",
            "environment: {ports: {tb: 0}}\n",
            "environment: {pod_spec: {spec: {containers: 7}}}\n",
            "bind_mounts: /data\n",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
