//! The release of kube-scheduler that a command goes by.

use crate::model::inventory::{Interest, InventoryBuilder, Rules};
use crate::model::kubernetes_version::KubernetesVersion;

/// A release as asked for, and the known one nearest to it.
#[derive(Clone, Debug)]
pub(super) struct AskedVersion {
    asked: String,
    /// The one whose rules are used.
    pub(super) used: KubernetesVersion,
}

impl AskedVersion {
    /// What was asked for, when its rules are not known.
    pub(super) fn unknown(&self) -> Option<&str> {
        (minor(&self.asked) != Some(self.used.minor())).then_some(&self.asked)
    }
}

/// An inventory for the rules that were asked for, else those of the cluster that a snapshot was saved of.
pub(super) fn builder(asked: Option<&AskedVersion>, interest: Interest) -> InventoryBuilder {
    let rules = if asked.is_some() { Rules::AsAsked } else { Rules::OfTheRecord };
    InventoryBuilder::new(asked.map(|version| version.used).unwrap_or_default(), interest).by(rules)
}

fn minor(text: &str) -> Option<u32> {
    let mut parts = text.strip_prefix('v').unwrap_or(text).splitn(3, '.');
    let (major, minor, patch) = (parts.next()?, parts.next()?, parts.next());
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_patch = |text: &str| is_number(text.split(['-', '+']).next().unwrap_or(text));
    let fits = major == "1" && is_number(minor) && patch.is_none_or(is_patch);
    if fits { minor.parse().ok() } else { None }
}

/// Reads `1.36`, `v1.36` or `v1.36.3`.
pub(super) fn parse(text: &str) -> Result<AskedVersion, String> {
    let minor = minor(text).ok_or_else(|| "expected a release such as 1.36".to_owned())?;
    Ok(AskedVersion { asked: text.to_owned(), used: KubernetesVersion::nearest(minor) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_taken_in_every_form_and_others_are_not() {
        for (text, used, is_known) in [
            ("1.36", 36, true),
            ("v1.33", 33, true),
            ("v1.37.2", 37, true),
            ("1.41", 37, false),
            ("1.20.0-rc.1", 33, false),
        ] {
            let asked = parse(text).unwrap();
            assert_eq!((asked.used.minor(), asked.unknown().is_none()), (used, is_known), "{text}");
        }
        for wrong in ["latest", "2.1", "1", "1.", "1.x", "1.36.3.1", "1.36.x", ""] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
