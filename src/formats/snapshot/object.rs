//! From an object of a known kind to the builder.

use std::cell::Cell;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Error as _, IgnoredAny};

use crate::model::inventory::{BuildError, InventoryBuilder, Kind};

/// The kinds by their names in the API; nothing for kinds that no rule asks for.
pub(super) fn kind_of(name: &str) -> Option<Kind> {
    Some(match name {
        "Namespace" => Kind::Namespace,
        "Node" => Kind::Node,
        "Pod" => Kind::Pod,
        "LimitRange" => Kind::LimitRange,
        "ResourceQuota" => Kind::ResourceQuota,
        "PriorityClass" => Kind::PriorityClass,
        "RuntimeClass" => Kind::RuntimeClass,
        "PersistentVolumeClaim" => Kind::VolumeClaim,
        "PersistentVolume" => Kind::Volume,
        "StorageClass" => Kind::StorageClass,
        "DeviceClass" => Kind::DeviceClass,
        "CSINode" => Kind::CsiNode,
        "CSIStorageCapacity" => Kind::StorageCapacity,
        "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration" => Kind::AdmissionWebhook,
        "MutatingAdmissionPolicy" | "ValidatingAdmissionPolicy" => Kind::AdmissionPolicy,
        _ => return None,
    })
}

/// Reads an object and takes it in.
pub(super) fn absorb<'de, D: Deserializer<'de>>(
    kind: Option<Kind>,
    deserializer: D,
    builder: &mut InventoryBuilder,
) -> Result<(), D::Error> {
    fn take<'de, D, T>(deserializer: D, take: impl FnOnce(T) -> Result<(), BuildError>) -> Result<(), D::Error>
    where
        D: Deserializer<'de>,
        T: Deserialize<'de>,
    {
        take(T::deserialize(deserializer)?).map_err(D::Error::custom)
    }
    let Some(kind) = kind else {
        return IgnoredAny::deserialize(deserializer).map(|_| ());
    };
    match kind {
        Kind::Namespace => take(deserializer, |object| builder.add_namespace(object)),
        Kind::Node => take(deserializer, |object| builder.add_node(object)),
        Kind::Pod => take(deserializer, |object| builder.add_pod(object)),
        Kind::LimitRange => take(deserializer, |object| builder.add_limit_range(object)),
        Kind::ResourceQuota => take(deserializer, |object| builder.add_quota(object)),
        Kind::PriorityClass => take(deserializer, |object| builder.add_priority_class(object)),
        Kind::RuntimeClass => take(deserializer, |object| builder.add_runtime_class(object)),
        Kind::VolumeClaim => take(deserializer, |object| builder.add_claim(object)),
        Kind::Volume => take(deserializer, |object| builder.add_volume(object)),
        Kind::StorageClass => take(deserializer, |object| builder.add_storage_class(object)),
        Kind::DeviceClass
        | Kind::CsiNode
        | Kind::StorageCapacity
        | Kind::AdmissionWebhook
        | Kind::AdmissionPolicy => {
            IgnoredAny::deserialize(deserializer)?;
            builder.count(kind);
            Ok(())
        }
    }
}

/// The name of an object's kind, read up to the place where it stands.
pub(super) fn peek_kind<'de>(deserializer: impl Deserializer<'de>) -> Option<String> {
    let found = Cell::new(None);
    // Once the kind is found the rest is of no interest; the error only ends the reading.
    let _ = deserializer.deserialize_map(Peek { found: &found });
    found.into_inner()
}

struct Peek<'a> {
    found: &'a Cell<Option<String>>,
}

impl<'de> de::Visitor<'de> for Peek<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            if key == "kind" {
                self.found.set(Some(map.next_value()?));
                return Err(A::Error::custom("found"));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}
