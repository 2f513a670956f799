//! What `Config.Resolve` fills in once everything is decoded (facts §1.7). What it refuses is told by rules.

use super::lift::{DEFAULT, nothing};
use crate::model::config::{Manager, ManagerKind, MultiRm, Pool};
use crate::model::{Origin, Setting, Why};
use crate::release::{Behaviour, Release};
use crate::source::Span;

/// Fills in names, the default pool, the port and the slots per pod.
pub(super) fn resolve(config: &mut MultiRm, release: Release) {
    port(config);
    if let Some(manager) = config.managers.first_mut() {
        name_of_default(manager);
        pool_of_default(manager);
    }
    if release.has(Behaviour::NamedByClusterName) {
        config.managers.iter_mut().skip(1).for_each(name_of_additional);
    }
    if let [only] = config.managers.as_mut_slice() {
        share_max_slots(only, &mut config.task_defaults.max_slots_per_pod);
    }
}

fn port(config: &mut MultiRm) {
    if config.port.value != 0 || config.port.is_broken() {
        return;
    }
    config.port.value = if config.tls().is_some() { 8443 } else { 8080 };
    config.port.origin = Origin::Implied { near: config.port.span(), why: Why::Default };
}

/// Root only: `cluster_name`, else `name`, else `default`.
fn name_of_default(manager: &mut Manager) {
    name_of_additional(manager);
    if manager.cluster_name.value.is_empty() && !manager.cluster_name.is_broken() {
        let near = manager.cluster_name.span();
        manager.cluster_name =
            Setting { value: DEFAULT.to_owned(), origin: Origin::Implied { near, why: Why::Default } };
    }
}

/// `ClusterName()` falls back on `name`, for every manager; but for additional ones only after the check
/// that wants a `cluster_name` (§1.7), so the origin keeps saying that none was written.
fn name_of_additional(manager: &mut Manager) {
    if manager.cluster_name.value.is_empty() && !manager.name.value.is_empty() {
        manager.cluster_name = Setting {
            value: manager.name.value.clone(),
            origin: Origin::Implied { near: manager.name.span(), why: Why::FromName },
        };
    }
}

fn pool_of_default(manager: &mut Manager) {
    let wants_pool = matches!(manager.kind, ManagerKind::Agent(_) | ManagerKind::Kubernetes(_));
    if let (true, Origin::Implied { near, .. }) = (wants_pool, manager.pools_origin) {
        manager.pools = vec![default_pool(near)];
    }
}

fn default_pool(near: Span) -> Pool {
    Pool {
        span: near,
        name: Setting::default_near(DEFAULT.to_owned(), near),
        scheduler: None,
        provider: None,
        task_defaults: None,
        written: nothing(near),
    }
}

/// With exactly one resource manager the two places for `max_slots_per_pod` stand for each other.
fn share_max_slots(manager: &mut Manager, root: &mut Setting<Option<i64>>) {
    let ManagerKind::Kubernetes(kubernetes) = &mut manager.kind else {
        return;
    };
    let own = &mut kubernetes.max_slots_per_pod;
    let copy = |from: &Setting<Option<i64>>| Setting {
        value: from.value,
        origin: Origin::Implied { near: from.span(), why: Why::FromTaskDefaults },
    };
    match (own.value, root.value) {
        (Some(_), None) => *root = copy(own),
        (None, Some(_)) => *own = copy(root),
        _ => {}
    }
}
