//! Two configurations held against each other: the effective ones, and all that is beside them, with the master's defaults
//! where nobody wrote anything.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::walk::walk;
use crate::decode::{Decoded, Entry, Record};
use crate::formats::master::resolved::{DIVIDED, resolved};
use crate::model::MultiRm;
use crate::model::confidential::arguments;
use crate::model::told::told;
use crate::model::verdict::Json;
use crate::source::Span;

/// A setting that is not the same in both.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Its path in the effective configuration, where it is a part of that; else the same as `setting`.
    pub path: String,
    /// Its path in `master.yaml`.
    pub setting: String,
    /// Where it was written in the first, or what is nearest.
    pub place: Span,
    /// Whether it was written in the first; else that says what the master implies.
    pub is_written: bool,
    /// What the first says; null for nothing. Whoever tells it asks [`Difference::told`].
    pub before: Json,
    /// What the second says; null for nothing.
    pub after: Json,
}

impl Difference {
    /// The same as it may be told: without secrets.
    #[must_use]
    pub fn told(&self) -> Self {
        let (before, after) = (told(&self.setting, self.before.clone()), told(&self.setting, self.after.clone()));
        Self { before, after, ..self.clone() }
    }
}

/// All differences: first those of the effective configurations, then those of what only the text holds.
#[must_use]
pub fn differences(before: &MultiRm, after: &MultiRm) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut effective = Vec::new();
    json(String::new(), &resolved(before).0, &resolved(after).0, &mut effective);
    for (path, first, second) in effective {
        let setting = setting_of(&path);
        let found_at = written(&before.root, &setting);
        let (is_written, place) = (found_at.is_ok(), found_at.unwrap_or_else(|near| near));
        found.push(Difference { path, setting, place, is_written, before: first, after: second });
    }
    found.extend(walk(before, after).into_iter().filter(|difference| !is_effective(&difference.setting)));
    found
}

pub(super) fn json(path: String, before: &Json, after: &Json, found: &mut Vec<(String, Json, Json)>) {
    match (before, after) {
        (Json::Object(first), Json::Object(second)) => {
            if first == second {
                return;
            }
            let pairs = pairs(first.iter().map(member), second.iter().map(member), &Json::Null);
            // Of pod specs the decoded ones say more.
            for (key, (first, second)) in pairs.into_iter().filter(|(key, _)| !key.ends_with("_pod_spec")) {
                let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
                json(path, first, second, found);
            }
        }
        // A list of arguments is told as a whole: some of them are secret because of others.
        (Json::Array(first), Json::Array(second))
            if first.len() == second.len() && !are_arguments(first) && !are_arguments(second) =>
        {
            for (at, (first, second)) in first.iter().zip(second).enumerate() {
                json(format!("{path}[{at}]"), first, second, found);
            }
        }
        (first, second) if first == second => {}
        (first, second) => found.push((path, first.clone(), second.clone())),
    }
}

fn are_arguments(items: &[Json]) -> bool {
    !arguments::among(items.iter().map(|item| item.as_str().unwrap_or(""))).is_empty()
}

fn member<'a>(member: &'a (Cow<'static, str>, Json)) -> (&'a str, &'a Json) {
    (&member.0, &member.1)
}

pub(super) fn entry((key, entry): &(String, Entry)) -> (&str, &Decoded) {
    (key, &entry.value)
}

/// The members of two mappings side by side; what one of them lacks is nothing. Of equal keys the first counts.
pub(super) fn pairs<'a, T>(
    first: impl DoubleEndedIterator<Item = (&'a str, &'a T)>,
    second: impl DoubleEndedIterator<Item = (&'a str, &'a T)>,
    nothing: &'a T,
) -> BTreeMap<&'a str, (&'a T, &'a T)> {
    let mut pairs: BTreeMap<&str, (&T, &T)> = first.rev().map(|(key, value)| (key, (value, nothing))).collect();
    for (key, value) in second.rev() {
        pairs.entry(key).or_insert((nothing, nothing)).1 = value;
    }
    pairs
}

/// The path in `master.yaml` of a setting of the effective configuration.
pub(super) fn setting_of(path: &str) -> String {
    let mut setting = path.to_owned();
    if let Some((index, rest)) = path.strip_prefix("resource_managers[").and_then(|rest| rest.split_once(']')) {
        let is_pools = rest.starts_with(".resource_pools");
        setting = match index.parse::<usize>().unwrap_or(0) {
            0 if is_pools => rest.trim_start_matches('.').to_owned(),
            0 => format!("resource_manager{rest}"),
            at if is_pools => format!("additional_resource_managers[{}]{rest}", at - 1),
            at => format!("additional_resource_managers[{}].resource_manager{rest}", at - 1),
        };
    }
    for (one, two) in DIVIDED {
        if let Some(start) = setting.strip_suffix(one) {
            setting = format!("{start}{two}");
        }
    }
    setting
}

/// Keys of managers that the effective configuration holds.
const OF_MANAGER: &[&str] = &[
    "type",
    "name",
    "cluster_name",
    "default_aux_resource_pool",
    "default_compute_resource_pool",
    "no_default_resource_pools",
    "metadata",
    "default_namespace",
    "namespace",
    "kubeconfig_path",
    "master_service_name",
    "determined_master_scheme",
    "determined_master_host",
    "determined_master_ip",
    "determined_master_port",
    "max_slots_per_pod",
    "slot_type",
    "slot_resource_requests",
    "default_scheduler",
    "leave_kubernetes_resources",
    "internal_task_gateway",
];

/// Keys of pools that it holds.
const OF_POOL: &[&str] = &[
    "pool_name",
    "description",
    "max_aux_containers_per_agent",
    "max_cpu_containers_per_agent",
    "scheduler",
    "agent_reconnect_wait",
];

/// Keys of task container defaults that it holds.
const OF_DEFAULTS: &[&str] = &["network_mode", "shm_size_bytes", "preemption_timeout", "kubernetes"];

/// Whether a setting is part of the effective configuration.
pub(crate) fn is_effective(setting: &str) -> bool {
    let mut keys = setting.split('.').map(|part| part.split('[').next().unwrap_or(part));
    let mut next = || keys.next().unwrap_or("");
    let mut key = next();
    if key == "additional_resource_managers" {
        key = next();
    }
    match key {
        "port" | "cluster_name" => true,
        "resource_manager" => match next() {
            // The whole block.
            "" => true,
            key => OF_MANAGER.contains(&key),
        },
        "resource_pools" => match next() {
            "" => true,
            "task_container_defaults" => OF_DEFAULTS.contains(&next()),
            key => OF_POOL.contains(&key),
        },
        "task_container_defaults" => OF_DEFAULTS.contains(&next()),
        _ => false,
    }
}

/// Where a setting was written: its key, or the nearest block around it.
pub(crate) fn place(root: &Record, setting: &str) -> Span {
    written(root, setting).unwrap_or_else(|near| near)
}

/// Where a setting was written: its key.
///
/// # Errors
/// The nearest block around it, when it was not.
pub(super) fn written(root: &Record, setting: &str) -> Result<Span, Span> {
    found(root, setting).map(|entry| entry.key.unwrap_or(entry.span))
}

/// What was written as a setting.
///
/// # Errors
/// The nearest block around it, when nobody wrote it.
pub(crate) fn found<'r>(root: &'r Record, setting: &str) -> Result<&'r Entry, Span> {
    let mut place = root.span;
    let mut at: Option<&Entry> = None;
    for part in setting.split(['.', '[', ']']).filter(|part| !part.is_empty()) {
        let record = at.map_or(Some(root), Entry::as_record);
        let entry = match (record, at.map(|entry| &entry.value)) {
            (Some(record), _) => {
                let own = record.entry(part);
                own.or_else(|| record.variant.as_ref().and_then(|(_, fields)| fields.entry(part)))
            }
            (None, Some(Decoded::List(items))) => part.parse::<usize>().ok().and_then(|at| items.get(at)),
            // What is said in one word is said of every part.
            (None, Some(Decoded::Text(_))) => return at.ok_or(place),
            (None, Some(Decoded::Map(entries))) => entries.iter().find(|(key, _)| key == part).map(|(_, entry)| entry),
            _ => None,
        };
        let Some(entry) = entry else { return Err(place) };
        place = entry.key.unwrap_or(entry.span);
        at = Some(entry);
    }
    at.ok_or(place)
}
