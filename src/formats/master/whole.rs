//! What the master makes of resource managers and pools (`resolved`), with what was written beside that.

use std::borrow::Cow;

use super::resolved::{DIVIDED, resolved};
use crate::decode::Record;
use crate::model::MultiRm;
use crate::model::config::{Manager, Pool};
use crate::model::told::{decoded, told};
use crate::model::verdict::Json;
use crate::model::whole::{Effective, Settings, Whole};

/// Members that are told apart, or are no settings.
const APART: [&str; 4] = ["index", "pool_name", "provider_set", POOLS];

/// Settings of pools that only agents take notice of.
const OF_AGENTS: [&str; 2] = ["agent_reconnect_wait", "max_aux_containers_per_agent"];

const POOLS: &str = "resource_pools";

/// All resource managers in order.
#[must_use]
pub fn whole(config: &MultiRm) -> Vec<Whole> {
    let effective = resolved(config).0.into_member("resource_managers").into_items();
    let of_manager = |(manager, effective): (&Manager, Json)| {
        let mut settings = settings(block(config, manager), &effective);
        if manager.kubernetes().is_some() {
            // The records leave it out where there is none.
            let none = Effective { value: Json::Null, written: None };
            let _ = settings.entry("internal_task_gateway".to_owned()).or_insert(none);
        }
        let pools = manager.pools.iter().zip(effective.into_member(POOLS).into_items());
        let is_idle = |key: &str, value: &Json| {
            *value == Json::Null || manager.kubernetes().is_some() && OF_AGENTS.contains(&key)
        };
        let of_pool = |(pool, effective): (&Pool, Json)| {
            let mut settings = self::settings(Some(&pool.written), &effective);
            // There are many pools, and this says nothing of them.
            settings.retain(|key, one| one.written.is_some() || !is_idle(key, &one.value));
            settings
        };
        let pools = pools.map(of_pool).collect();
        Whole { settings, pools }
    };
    config.managers.iter().zip(effective).map(of_manager).collect()
}

/// The block of a resource manager.
fn block<'c>(config: &'c MultiRm, manager: &Manager) -> Option<&'c Record> {
    match manager.index.checked_sub(1) {
        None => config.root.record("resource_manager"),
        Some(at) => config.root.list("additional_resource_managers")?.get(at)?.as_record()?.record("resource_manager"),
    }
}

fn settings(block: Option<&Record>, effective: &Json) -> Settings {
    let mut all = Settings::new();
    let Json::Object(members) = effective else { return all };
    for (key, value) in members.iter().filter(|(key, _)| !APART.contains(&key.as_ref())) {
        let divided = DIVIDED.iter().find(|(one, _)| one == key).map_or(&**key, |(_, two)| *two);
        all.insert(divided.to_owned(), Effective { value: told(key, value.clone()), written: None });
    }
    let own = block.and_then(|block| block.variant.as_ref()).map(|(_, fields)| &**fields);
    for (key, entry) in block.into_iter().chain(own).flat_map(Record::fields).filter(|(key, _)| !APART.contains(key)) {
        let value = told(key, decoded(&entry.value));
        let known = all.remove(*key).map_or(Json::Null, |known| known.value);
        let written = Some(entry.key.unwrap_or(entry.span));
        all.insert((*key).to_owned(), Effective { value: laid_over(known, value), written });
    }
    all
}

/// Of some blocks more was written than the effective configuration shows.
fn laid_over(effective: Json, written: Json) -> Json {
    match (effective, written) {
        (Json::Object(mut effective), Json::Object(written)) => {
            let is_known =
                |key: &Cow<'_, str>, of: &[(Cow<'static, str>, Json)]| of.iter().any(|(known, _)| known == key);
            let more: Vec<_> = written.into_iter().filter(|(key, _)| !is_known(key, &effective)).collect();
            effective.extend(more);
            Json::Object(effective)
        }
        (Json::Null, written) => written,
        (effective, _) => effective,
    }
}
