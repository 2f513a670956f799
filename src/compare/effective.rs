//! The effective configuration, taken apart into what is compared by itself.

use crate::formats::master::resolved::resolved;
use crate::model::MultiRm;
use crate::model::verdict::Json;

/// The effective settings of managers and pools, but for names, places and pools, which are compared by themselves.
pub(super) struct Effective(Vec<(Json, Vec<Json>)>);

impl Effective {
    pub(super) fn of(config: &MultiRm) -> Self {
        let managers = resolved(config).0.into_member("resource_managers").into_items();
        Self(managers.into_iter().map(Self::manager).collect())
    }

    fn manager(manager: Json) -> (Json, Vec<Json>) {
        let Json::Object(mut members) = manager else { return (manager, Vec::new()) };
        let at = members.iter().position(|(key, _)| key == "resource_pools");
        let pools = at.map_or(Json::Null, |at| members.swap_remove(at).1);
        (settings_only(Json::Object(members)), pools.into_items().into_iter().map(settings_only).collect())
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
