//! The effective configuration, taken apart into what is compared by itself.

use crate::formats::master::resolved::resolved;
use crate::model::MultiRm;
use crate::model::verdict::Json;

/// The effective settings of managers and pools, but for names, places and pools, which are compared by themselves.
pub(super) struct Effective(Vec<(Json, Vec<Json>)>);

impl Effective {
    pub(super) fn of(config: &MultiRm) -> Self {
        let managers = items(member(resolved(config).0, "resource_managers"));
        Self(managers.into_iter().map(Self::manager).collect())
    }

    fn manager(manager: Json) -> (Json, Vec<Json>) {
        let Json::Object(mut members) = manager else { return (manager, Vec::new()) };
        let at = members.iter().position(|(key, _)| key == "resource_pools");
        let pools = at.map_or(Json::Null, |at| members.swap_remove(at).1);
        (settings_only(Json::Object(members)), items(pools).into_iter().map(settings_only).collect())
    }

    pub(super) fn get(&self, manager: usize, pool: Option<usize>) -> &Json {
        let own = self.0.get(manager).and_then(|(manager, pools)| match pool {
            None => Some(manager),
            Some(pool) => pools.get(pool),
        });
        own.unwrap_or(&Json::Null)
    }
}

fn settings_only(of: Json) -> Json {
    const APART: &[&str] = &["index", "cluster_name", "name", "pool_name"];
    match of {
        Json::Object(members) => {
            Json::Object(members.into_iter().filter(|(key, _)| !APART.contains(&key.as_ref())).collect())
        }
        other => other,
    }
}

fn member(of: Json, key: &str) -> Json {
    match of {
        Json::Object(members) => {
            members.into_iter().find(|(name, _)| name == key).map_or(Json::Null, |(_, value)| value)
        }
        _ => Json::Null,
    }
}

fn items(of: Json) -> Vec<Json> {
    match of {
        Json::Array(items) => items,
        _ => Vec::new(),
    }
}
