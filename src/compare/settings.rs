//! Two configurations held against each other: the effective ones, and all that was written.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::decode::schema::{Trait, Type};
use crate::decode::{Decoded, Entry, Record};
use crate::formats::master::resolved::resolved;
use crate::model::MultiRm;
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
    /// What the first says; null for nothing.
    pub before: Json,
    /// What the second says; null for nothing.
    pub after: Json,
}

/// All differences: first those of the effective configurations, then those of what only the text holds.
#[must_use]
pub fn differences(before: &MultiRm, after: &MultiRm) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut effective = Vec::new();
    json(String::new(), &resolved(before).0, &resolved(after).0, &mut effective);
    for (path, first, second) in effective {
        let setting = setting_of(&path);
        let place = place(&before.root, &setting);
        found.push(Difference { path, setting, place, before: first, after: second });
    }
    let mut written = Vec::new();
    Walk { root: &before.root, found: &mut written }.records(&before.root, &after.root, "");
    found.extend(written.into_iter().filter(|difference| !is_effective(&difference.setting)));
    found
}

pub(super) fn json(path: String, before: &Json, after: &Json, found: &mut Vec<(String, Json, Json)>) {
    match (before, after) {
        (Json::Object(first), Json::Object(second)) => {
            if first == second {
                return;
            }
            let pairs = pairs(first.iter().map(member), second.iter().map(member), &Json::Null);
            for (key, (first, second)) in pairs {
                let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
                json(path, first, second, found);
            }
        }
        (Json::Array(first), Json::Array(second)) if first.len() == second.len() => {
            for (at, (first, second)) in first.iter().zip(second).enumerate() {
                json(format!("{path}[{at}]"), first, second, found);
            }
        }
        (first, second) if first == second => {}
        (first, second) => found.push((path, first.clone(), second.clone())),
    }
}

fn member<'a>(member: &'a (Cow<'static, str>, Json)) -> (&'a str, &'a Json) {
    (&member.0, &member.1)
}

fn entry((key, entry): &(String, Entry)) -> (&str, &Decoded) {
    (key, &entry.value)
}

/// The members of two mappings side by side; what one of them lacks is nothing. Of equal keys the first counts.
fn pairs<'a, T>(
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

/// Names of the effective configuration that `master.yaml` divides.
const DIVIDED: &[(&str, &str)] = &[
    ("slot_resource_requests_cpu", "slot_resource_requests.cpu"),
    ("kubernetes_max_slots_per_pod", "kubernetes.max_slots_per_pod"),
    ("provider_set", "provider"),
];

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

/// Whether a setting was compared in its effective form already.
fn is_effective(setting: &str) -> bool {
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
    let mut place = root.span;
    let mut at: Option<&Decoded> = None;
    let mut record = Some(root);
    for part in setting.split(['.', '[', ']']).filter(|part| !part.is_empty()) {
        let entry = match (record, at) {
            (Some(record), _) => {
                let own = record.entry(part);
                own.or_else(|| record.variant.as_ref().and_then(|(_, fields)| fields.entry(part)))
            }
            (None, Some(Decoded::List(items))) => part.parse::<usize>().ok().and_then(|at| items.get(at)),
            (None, Some(Decoded::Map(entries))) => entries.iter().find(|(key, _)| key == part).map(|(_, entry)| entry),
            _ => None,
        };
        let Some(entry) = entry else { return Err(place) };
        place = entry.key.unwrap_or(entry.span);
        at = Some(&entry.value);
        record = entry.as_record();
    }
    Ok(place)
}

/// What is said of a secret.
const HIDDEN: &str = "********";

/// Goes through two structs at once.
struct Walk<'a> {
    root: &'a Record,
    found: &'a mut Vec<Difference>,
}

impl Walk<'_> {
    fn records(&mut self, before: &Record, after: &Record, path: &str) {
        for field in before.of.fields {
            let (first, second) = (before.entry(field.key), after.entry(field.key));
            if first.is_none() && second.is_none() {
                continue;
            }
            let path = if path.is_empty() { field.key.to_owned() } else { format!("{path}.{}", field.key) };
            if field.trait_ == Trait::Secret {
                self.secrets(first, second, field.ty, path);
            } else {
                self.entries(first, second, field.ty, path);
            }
        }
        match (&before.variant, &after.variant) {
            (Some((one, first)), Some((other, second))) if one.tag == other.tag => self.records(first, second, path),
            (None, None) => {}
            (one, other) => {
                let tag = |variant: &Option<(&'static crate::decode::schema::Variant, _)>| {
                    variant.as_ref().map_or(Json::Null, |(variant, _)| Json::String(variant.tag.to_owned()))
                };
                self.push(format!("{path}.type"), tag(one), tag(other));
            }
        }
    }

    /// What differs in a secret is not told.
    fn secrets(&mut self, before: Option<&Entry>, after: Option<&Entry>, ty: &Type, path: String) {
        let mut found = Vec::new();
        Walk { root: self.root, found: &mut found }.entries(before, after, ty, path.clone());
        let hidden = |value: &Json| match value {
            Json::Null => Json::Null,
            _ => Json::String(HIDDEN.to_owned()),
        };
        if let Some(difference) = found.first() {
            self.push(path, hidden(&difference.before), hidden(&difference.after));
        }
    }

    fn entries(&mut self, before: Option<&Entry>, after: Option<&Entry>, ty: &Type, path: String) {
        let is_pointer = matches!(ty, Type::Pointer(_)) || NOT_ZERO.contains(&&*path);
        let is_nothing = |value: &Decoded| match value {
            Decoded::Null => true,
            Decoded::Bool(_) | Decoded::Int(_) | Decoded::Float(_) | Decoded::Text(_) if is_pointer => false,
            value => is_zero(value),
        };
        let before = before.map_or(&Decoded::Null, |entry| &entry.value);
        let after = after.map_or(&Decoded::Null, |entry| &entry.value);
        if is_nothing(before) && is_nothing(after) {
            return;
        }
        self.values(before, after, path);
    }

    fn values(&mut self, before: &Decoded, after: &Decoded, path: String) {
        match (before, after) {
            (Decoded::Record(first), Decoded::Record(second)) => self.records(first, second, &path),
            // What was not written as a block is a block without anything.
            (Decoded::Null, Decoded::Record(second)) => {
                self.records(&Record::new(second.of, second.span), second, &path);
            }
            (Decoded::Record(first), Decoded::Null) => self.records(first, &Record::new(first.of, first.span), &path),
            // One image for all types of slots, and one each.
            (Decoded::Text(_), Decoded::Record(second)) => {
                for field in second.of.fields {
                    let after = second.entry(field.key).map_or(&Decoded::Null, |entry| &entry.value);
                    self.values(before, after, format!("{path}.{}", field.key));
                }
            }
            (Decoded::List(first), Decoded::List(second)) if first.len() == second.len() => {
                for (at, (first, second)) in first.iter().zip(second).enumerate() {
                    self.values(&first.value, &second.value, format!("{path}[{at}]"));
                }
            }
            (Decoded::Map(first), Decoded::Map(second)) => {
                let pairs = pairs(first.iter().map(entry), second.iter().map(entry), &Decoded::Null);
                for (key, (first, second)) in pairs {
                    self.values(first, second, format!("{path}.{key}"));
                }
            }
            (first, second) if is_same(first, second) => {}
            (first, second) => self.push(path, shown(first), shown(second)),
        }
    }

    fn push(&mut self, path: String, before: Json, after: Json) {
        let place = place(self.root, &path);
        self.found.push(Difference { path: path.clone(), setting: path, place, before, after });
    }
}

/// Settings that are something else than nothing when nobody writes them.
const NOT_ZERO: &[&str] = &[
    "log.color",
    "log.level",
    "tensorboard_timeout",
    "checkpoint_storage.save_trial_best",
    "checkpoint_storage.save_trial_latest",
    "telemetry.enabled",
    "launch_error",
    "observability.enable_prometheus",
    "retention_policy.log_retention_days",
    "db.port",
    "root",
];

fn is_zero(value: &Decoded) -> bool {
    match value {
        Decoded::Null => true,
        Decoded::Broken => false,
        Decoded::Bool(truth) => !truth,
        Decoded::Int(number) => *number == 0,
        Decoded::Float(number) => *number == 0.0,
        Decoded::Text(text) => text.is_empty(),
        Decoded::List(items) => items.is_empty(),
        Decoded::Map(entries) => entries.is_empty(),
        Decoded::Record(of) => of.variant.is_none() && of.fields().iter().all(|(_, entry)| is_zero(&entry.value)),
    }
}

fn is_same(first: &Decoded, second: &Decoded) -> bool {
    match (first, second) {
        (Decoded::Null, Decoded::Null) => true,
        (Decoded::Bool(first), Decoded::Bool(second)) => first == second,
        (Decoded::Int(first), Decoded::Int(second)) => first == second,
        (Decoded::Float(first), Decoded::Float(second)) => first.to_bits() == second.to_bits(),
        (Decoded::Text(first), Decoded::Text(second)) => first == second,
        // The same mistake twice is the same.
        (Decoded::Broken, Decoded::Broken) => true,
        _ => is_zero(first) && is_zero(second),
    }
}

/// What is said of a value; only scalars are looked at.
fn shown(value: &Decoded) -> Json {
    match value {
        Decoded::Null | Decoded::Broken => Json::Null,
        Decoded::Bool(truth) => Json::Bool(*truth),
        Decoded::Int(number) => Json::Int(*number),
        Decoded::Float(number) => Json::Float(*number),
        Decoded::Text(text) => Json::String(text.to_string()),
        Decoded::List(items) => Json::Array(items.iter().map(|item| shown(&item.value)).collect()),
        Decoded::Map(entries) => {
            Json::Object(entries.iter().map(|(key, entry)| (Cow::Owned(key.clone()), shown(&entry.value))).collect())
        }
        Decoded::Record(_) => Json::Object(Vec::new()),
    }
}
