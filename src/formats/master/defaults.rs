//! What the master says where the file does not, of the settings beside resource managers (`DefaultConfig` of release
//! 0.38.1, §2.11).
//!
//! Whatever does not stand here is empty, zero or false, or nothing at all where the setting is behind a pointer. What the
//! master makes up anew at each start (`webhooks.signing_key`) and what it overwrites (`db.migrations`) is no default.

/// A value that nobody wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Implied {
    /// true or false
    Truth(bool),
    /// A whole number.
    Whole(i64),
    /// Text.
    Text(&'static str),
}

use Implied::{Text, Truth, Whole};

/// Sorted by the path of the setting.
static DEFAULTS: &[(&str, Implied)] = &[
    ("cache.cache_dir", Text("/var/cache/determined")),
    ("checkpoint_storage.save_experiment_best", Whole(0)),
    ("checkpoint_storage.save_trial_best", Whole(1)),
    ("checkpoint_storage.save_trial_latest", Whole(1)),
    ("db.ssl_mode", Text("disable")),
    ("launch_error", Truth(true)),
    ("log.color", Truth(true)),
    ("log.level", Text("info")),
    ("logging.type", Text("default")),
    ("observability.enable_prometheus", Truth(true)),
    ("oidc.authentication_claim", Text("email")),
    ("oidc.scim_authentication_attribute", Text("userName")),
    ("root", Text("/usr/share/determined/master")),
    ("security.authz.fallback", Text("basic")),
    ("security.authz.type", Text("basic")),
    ("security.authz.workspace_creator_assign_role.enabled", Truth(true)),
    ("security.authz.workspace_creator_assign_role.role_id", Whole(2)),
    ("security.default_task.group", Text("root")),
    ("security.default_task.user", Text("root")),
    ("security.ssh.key_type", Text("ED25519")),
    ("security.token.default_lifespan_days", Whole(30)),
    ("security.token.max_lifespan_days", Whole(30)),
    ("telemetry.enabled", Truth(true)),
    ("telemetry.otel_endpoint", Text("localhost:4317")),
    ("tensorboard_timeout", Whole(300)),
];

/// What a setting says when nobody writes it.
#[must_use]
pub fn of(setting: &str) -> Option<Implied> {
    let at = DEFAULTS.binary_search_by_key(&setting, |(path, _)| path).ok()?;
    DEFAULTS.get(at).map(|(_, implied)| *implied)
}

#[cfg(test)]
mod tests {
    use super::{DEFAULTS, of};
    use crate::decode::schema::{Struct, Type};
    use crate::formats::master::table;

    #[test]
    fn every_default_is_found_and_is_one_of_a_setting() {
        for (path, implied) in DEFAULTS {
            assert_eq!(of(path), Some(*implied), "{path}");
            assert!(is_setting(table(), path), "{path}");
        }
        assert_eq!(of("notebook_timeout"), None);
    }

    fn is_setting(of: &Struct, path: &str) -> bool {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        let Some(field) = of.fields.iter().find(|field| field.key == first) else { return false };
        match field.ty {
            _ if rest.is_empty() => true,
            Type::Struct(of) => is_setting(of, rest),
            Type::Union(of) => rest == of.tag || is_setting(of.common, rest),
            _ => false,
        }
    }
}
