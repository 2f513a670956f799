//! Old keys turned into new ones before decoding (facts §1.4): the schema of `scheduler` and `provisioner`,
//! `__internal.preemption_timeout`, and `determined_master_ip`.

use crate::decode::duration;
use crate::model::load::ShimEvent;
use crate::release::{Behaviour, Release};
use crate::source::Span;
use crate::value::{Member, Object, Value, ValueKind};

/// Converts in place; the last event is the one that ends the load, if one does.
pub(super) fn apply(root: &mut Object, release: Release) -> Vec<ShimEvent> {
    let mut events = Vec::new();
    if let Err(event) = old_schema(root, release, &mut events) {
        events.push(event);
        return events;
    }
    if release.has(Behaviour::ConvertsPreemptionTimeout)
        && let Some(panic) = preemption_timeout(root, &mut events)
    {
        events.push(panic);
        return events;
    }
    if release.has(Behaviour::ConvertsMasterIp) {
        master_ip(root, &mut events);
    }
    events
}

fn refused(text: &str, span: Span) -> ShimEvent {
    ShimEvent::Refused { text: text.to_owned(), span, other: None }
}

/// `scheduler` and `provisioner` at the root, the schema before resource managers.
fn old_schema(root: &mut Object, release: Release, events: &mut Vec<ShimEvent>) -> Result<(), ShimEvent> {
    let new = root.member("resource_manager").or_else(|| root.member("resource_pools")).map(|m| m.key_span);
    let scheduler = root.member("scheduler").cloned();
    let provisioner = root.member("provisioner").cloned();
    let Some(old) = scheduler.as_ref().or(provisioner.as_ref()).map(|member| member.key_span) else {
        return Ok(());
    };
    if new.is_some() {
        let text = "cannot use the old and the new configuration schema at the same time".to_owned();
        return Err(ShimEvent::Refused { text, span: old, other: new });
    }
    let place = Place::of(scheduler.as_ref().or(provisioner.as_ref()));
    let (manager, is_agent) = manager_of(scheduler.as_ref(), release, &place)?;
    root.insert(place.member("resource_manager", ValueKind::Object(manager)));
    if is_agent {
        let mut pool = vec![place.text("pool_name", "default")];
        if let Some(provisioner) = &provisioner {
            pool.push(provider_of(provisioner)?);
        }
        let pool = place.value(ValueKind::Object(Object::from_written(pool)));
        root.insert(place.member("resource_pools", ValueKind::Array(vec![pool])));
    }
    for old in [root.remove("scheduler"), root.remove("provisioner")].into_iter().flatten() {
        events.push(ShimEvent::Converted { key: old.key_span, into: "resource_manager and resource_pools" });
    }
    Ok(())
}

/// Where values that nobody wrote claim to stand.
struct Place {
    key: Span,
    value: Option<Value>,
}

impl Place {
    fn of(member: Option<&Member>) -> Self {
        let key = member.map_or_else(no_span, |member| member.key_span);
        Self { key, value: member.map(|member| member.value.clone()) }
    }

    fn value(&self, kind: ValueKind) -> Value {
        match &self.value {
            Some(value) => value.with_kind(kind),
            None => Value { span: self.key, node: crate::yaml::NodeId::default(), kind },
        }
    }

    fn member(&self, key: &str, kind: ValueKind) -> Member {
        Member { key: key.into(), key_span: self.key, value: self.value(kind) }
    }

    fn text(&self, key: &str, text: &str) -> Member {
        self.member(key, ValueKind::String(text.into()))
    }
}

fn no_span() -> Span {
    Span::empty(crate::source::SourceId::default(), 0)
}

/// The new `resource_manager`, and whether it is one of type agent.
fn manager_of(scheduler: Option<&Member>, release: Release, place: &Place) -> Result<(Object, bool), ShimEvent> {
    let mut fit = place.text("fitting_policy", "best");
    let policy = if release.has(Behaviour::AgentsSchedulePriority) { "priority" } else { "fair_share" };
    let mut kind = place.text("type", policy);
    let mut members = Vec::new();
    let mut is_agent = true;
    if let Some(member) = scheduler {
        let Some(object) = member.value.as_object() else {
            return Err(refused("wrong type for scheduler field", member.value.span));
        };
        if let Some(found) = object.get("fit") {
            fit.value = text_or(found, "wrong type for scheduler.fit field")?.clone();
        }
        if let Some(found) = object.get("type") {
            kind.value = text_or(found, "wrong type for scheduler.type field")?.clone();
        }
        let provider = object.get("resource_provider");
        is_agent = provider.map_or(Ok(true), provider_is_agent)?;
        if let (false, Some(found)) = (is_agent, provider.and_then(Value::as_object)) {
            members.extend(found.members().iter().filter(|member| &*member.key != "type").cloned());
        }
        if is_agent {
            members.push(place.text("default_cpu_resource_pool", "default"));
            members.push(place.text("default_gpu_resource_pool", "default"));
        }
    }
    members.push(place.text("type", if is_agent { "agent" } else { "kubernetes" }));
    let block = Object::from_written(vec![fit, kind]);
    members.push(place.member("scheduler", ValueKind::Object(block)));
    Ok((Object::from_written(members), is_agent))
}

fn text_or<'v>(value: &'v Value, error: &str) -> Result<&'v Value, ShimEvent> {
    match value.as_str() {
        Some(_) => Ok(value),
        None => Err(refused(error, value.span)),
    }
}

fn provider_is_agent(provider: &Value) -> Result<bool, ShimEvent> {
    let Some(object) = provider.as_object() else {
        return Err(refused("wrong type for scheduler.resource_provider field", provider.span));
    };
    let Some(kind) = object.get("type") else {
        return Ok(true);
    };
    match text_or(kind, "wrong type for scheduler.resource_provider.type field")?.as_str() {
        Some("default") => Ok(true),
        Some("kubernetes") => Ok(false),
        _ => Err(refused("wrong value for scheduler.resource_provider.type field", kind.span)),
    }
}

/// The pool's `provider`, with `provider` renamed to `type`.
fn provider_of(provisioner: &Member) -> Result<Member, ShimEvent> {
    let ValueKind::Object(object) = &provisioner.value.kind else {
        return Err(refused("wrong type for provisioner field", provisioner.value.span));
    };
    let mut object = object.clone();
    if let Some(found) = object.remove("provider") {
        match text_or(&found.value, "wrong type for provisioner.provider field")?.as_str() {
            Some("aws" | "gcp") => object.insert(Member { key: "type".into(), ..found }),
            _ => {
                return Err(refused("wrong value for provisioner.provider field", found.value.span));
            }
        }
    }
    let value = provisioner.value.with_kind(ValueKind::Object(object));
    Ok(Member { key: "provider".into(), key_span: provisioner.key_span, value })
}

/// `__internal.preemption_timeout` → `task_container_defaults.preemption_timeout`, in seconds.
fn preemption_timeout(root: &mut Object, events: &mut Vec<ShimEvent>) -> Option<ShimEvent> {
    let Some(Value { kind: ValueKind::Object(internal), .. }) = root.get_mut("__internal") else {
        return None;
    };
    let old = internal.remove("preemption_timeout")?;
    let Some(text) = old.value.as_str() else {
        let text = format!("interface conversion: interface {{}} is {}, not string", old.value.go_type());
        return Some(ShimEvent::Panicked { text, span: old.value.span });
    };
    let nanoseconds = duration::parse(text).ok()?;
    let Some(Value { kind: ValueKind::Object(defaults), .. }) = root.get_mut("task_container_defaults") else {
        return None;
    };
    if defaults.get("preemption_timeout").is_none_or(Value::is_null) {
        let value = old.value.with_kind(ValueKind::Int(nanoseconds / 1_000_000_000));
        defaults.insert(Member { key: "preemption_timeout".into(), key_span: old.key_span, value });
        events.push(ShimEvent::Converted { key: old.key_span, into: "task_container_defaults.preemption_timeout" });
    }
    None
}

/// `determined_master_ip` → `determined_master_host`, in the default resource manager only.
fn master_ip(root: &mut Object, events: &mut Vec<ShimEvent>) {
    let Some(Value { kind: ValueKind::Object(manager), .. }) = root.get_mut("resource_manager") else {
        return;
    };
    if manager.get("type").and_then(Value::as_str) != Some("kubernetes") {
        return;
    }
    let Some(old) = manager.remove("determined_master_ip") else {
        return;
    };
    match manager.member("determined_master_host") {
        Some(new) => events.push(ShimEvent::Ignored { key: old.key_span, by: new.key_span }),
        None => {
            events.push(ShimEvent::Converted { key: old.key_span, into: "determined_master_host" });
            manager.insert(Member { key: "determined_master_host".into(), ..old });
        }
    }
}
