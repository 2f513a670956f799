//! From an object of a known kind to the builder.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeOwned, Deserializer, Error as _, IgnoredAny};

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
        RECORD => Kind::Record,
        _ => return None,
    })
}

/// The kind of what a saved snapshot says of its reading.
pub(super) const RECORD: &str = "DetctlRecord";

/// A text that one object can be read from.
pub(super) trait Source {
    /// What can go wrong.
    type Error: de::Error;

    /// Reads the object.
    fn read<T: DeserializeOwned>(self) -> Result<T, Self::Error>;
}

/// A deserializer as a source.
pub(super) struct Whole<'de, D>(D, PhantomData<&'de ()>);

impl<'de, D: Deserializer<'de>> Whole<'de, D> {
    /// All of what a deserializer has.
    pub(super) fn new(deserializer: D) -> Self {
        Self(deserializer, PhantomData)
    }
}

impl<'de, D: Deserializer<'de>> Source for Whole<'de, D> {
    type Error = D::Error;

    fn read<T: DeserializeOwned>(self) -> Result<T, D::Error> {
        T::deserialize(self.0)
    }
}

/// Reads an object and takes it in.
pub(super) fn absorb<S: Source>(kind: Option<Kind>, source: S, builder: &mut InventoryBuilder) -> Result<(), S::Error> {
    fn take<S, T>(source: S, take: impl FnOnce(T) -> Result<(), BuildError>) -> Result<(), S::Error>
    where
        S: Source,
        T: DeserializeOwned,
    {
        take(source.read()?).map_err(S::Error::custom)
    }
    let Some(kind) = kind else {
        return source.read::<IgnoredAny>().map(|_| ());
    };
    match kind {
        Kind::Namespace => take(source, |object| builder.add_namespace(object)),
        Kind::Node => take(source, |object| builder.add_node(object)),
        Kind::Pod => take(source, |object| builder.add_pod(object)),
        Kind::LimitRange => take(source, |object| builder.add_limit_range(object)),
        Kind::ResourceQuota => take(source, |object| builder.add_quota(object)),
        Kind::PriorityClass => take(source, |object| builder.add_priority_class(object)),
        Kind::RuntimeClass => take(source, |object| builder.add_runtime_class(object)),
        Kind::VolumeClaim => take(source, |object| builder.add_claim(object)),
        Kind::Volume => take(source, |object| builder.add_volume(object)),
        Kind::StorageClass => take(source, |object| builder.add_storage_class(object)),
        Kind::Record => take(source, |record| {
            builder.add_record(record);
            Ok(())
        }),
        Kind::DeviceClass | Kind::CsiNode | Kind::StorageCapacity | Kind::AdmissionWebhook | Kind::AdmissionPolicy => {
            source.read::<IgnoredAny>()?;
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
