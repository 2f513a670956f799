//! A volume of a pod: which kind of source it has, and the claim that it names.

use std::fmt;

use serde::{Deserialize, Deserializer, de};

/// A volume: its name and where it comes from.
#[derive(Clone, Debug, Default)]
pub struct Volume {
    /// Name within the pod.
    pub name: String,
    /// The API's name of the source, such as `hostPath`; empty when there is none.
    pub source: String,
    /// The claim of a `persistentVolumeClaim` source.
    pub claim_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClaimSource {
    claim_name: String,
}

struct VolumeVisitor;

impl<'de> de::Visitor<'de> for VolumeVisitor {
    type Value = Volume;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a volume")
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Volume, A::Error> {
        let mut volume = Volume::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "name" => volume.name = map.next_value()?,
                "persistentVolumeClaim" => {
                    if let Some(claim) = map.next_value::<Option<ClaimSource>>()? {
                        volume.claim_name = Some(claim.claim_name);
                        volume.source = key;
                    }
                }
                _ => {
                    if map.next_value::<Option<de::IgnoredAny>>()?.is_some() {
                        volume.source = key;
                    }
                }
            }
        }
        Ok(volume)
    }
}

impl<'de> Deserialize<'de> for Volume {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(VolumeVisitor)
    }
}
