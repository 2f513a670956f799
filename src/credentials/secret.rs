//! The Secret on the default cluster: `data` only, as server-side apply leaves keys behind that were once set by
//! `stringData`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::identity::{Owner, Reference, core};
use super::record::Record;
use crate::kubeconfig;

/// Most bytes that the data of a Secret may have (`MaxSecretSize`).
pub const MOST: usize = 1 << 20;
/// Most bytes that all annotations of an object may have.
const MOST_ANNOTATIONS: usize = 256 << 10;
/// Longest key of a Secret.
const LONGEST_KEY: usize = 253;

/// A Secret with kubeconfig and perhaps token.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The namespace of the release.
    pub namespace: String,
    /// Its name.
    pub name: String,
    /// Whom it is for.
    pub owner: Owner,
    /// The keys with what they hold.
    pub data: Vec<(String, kubeconfig::Secret)>,
    /// What is told of it.
    pub record: Record,
    /// Whether it can be changed once it is there.
    pub life: Life,
}

/// Whether a Secret can be changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Life {
    /// It can.
    #[default]
    Mutable,
    /// It cannot; each change is a Secret of another name.
    Immutable,
}

impl Stored {
    /// What it is found by.
    #[must_use]
    pub fn reference(&self) -> Reference {
        core("Secret", "secrets", &self.namespace, &self.name)
    }

    /// The manifest without data, to be shown: sizes in its place.
    #[must_use]
    pub fn shown(&self) -> Value {
        let sizes: Map<String, Value> =
            self.data.iter().map(|(key, value)| (key.clone(), json!(format!("<{} bytes>", value.len())))).collect();
        self.manifest(sizes)
    }

    /// The manifest as it is sent. Holds the secret.
    #[must_use]
    pub fn exposed(&self) -> Value {
        let data: Map<String, Value> =
            self.data.iter().map(|(key, value)| (key.clone(), json!(STANDARD.encode(value.expose())))).collect();
        self.manifest(data)
    }

    /// The manifest of a Secret that has nothing in it yet, but shows whose it is.
    #[must_use]
    pub fn claim(&self) -> Value {
        json!({
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": {"name": self.name, "namespace": self.namespace, "labels": self.owner.labels()},
            "type": "Opaque",
        })
    }

    fn manifest(&self, data: Map<String, Value>) -> Value {
        let mut manifest = json!({
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": {
                "name": self.name,
                "namespace": self.namespace,
                "labels": self.owner.labels(),
                "annotations": self.record.annotations(),
            },
            "type": "Opaque",
            "data": data,
        });
        if self.life == Life::Immutable {
            manifest["immutable"] = json!(true);
        }
        manifest
    }

    /// Why Kubernetes would not take it, if it would not.
    #[must_use]
    pub fn excess(&self) -> Option<String> {
        let bytes: usize = self.data.iter().map(|(_, value)| value.len()).sum();
        if bytes > MOST {
            return Some(format!("its data has {bytes} bytes, and a Secret holds {MOST} at most"));
        }
        let notes: usize = self.record.annotations().iter().map(|(key, value)| key.len() + value.len()).sum();
        (notes > MOST_ANNOTATIONS)
            .then(|| format!("its annotations have {notes} bytes, and an object holds {MOST_ANNOTATIONS} at most"))
    }
}

/// Letters behind the name of a Secret that never changes, by which it is told from those of before and after it.
const MARK: usize = 10;

/// The name of a Secret that never changes: what it is called, and a mark of what it is of, none of which may be
/// secret.
#[must_use]
pub fn marked(name: &str, of: &[&str]) -> String {
    let digest = Sha256::digest(of.join("\0").as_bytes());
    let mark: String = digest.iter().take(MARK / 2).map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{mark}", unmarked(name))
}

/// The same without a mark; a name that has none stays as it is.
#[must_use]
pub fn unmarked(name: &str) -> &str {
    let is_mark = |mark: &str| mark.len() == MARK && mark.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'));
    match name.rsplit_once('-') {
        Some((rest, mark)) if is_mark(mark) && !rest.is_empty() => rest,
        _ => name,
    }
}

/// Why a text cannot be a key of a Secret, if it cannot.
#[must_use]
pub fn key_misfit(key: &str) -> Option<&'static str> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    match key {
        "" => Some("it is empty"),
        _ if key.len() > LONGEST_KEY => Some("it has more than 253 characters"),
        "." | ".." => Some("it is a way through folders"),
        _ if key.starts_with("..") => Some("it starts with two dots, which Kubernetes keeps for itself"),
        _ if !key.chars().all(fits) => Some("keys hold letters, digits, -, _ and . only"),
        _ => None,
    }
}

/// Why a text cannot be the name of a Secret or a ServiceAccount, if it cannot (DNS-1123 subdomain).
#[must_use]
pub fn name_misfit(name: &str) -> Option<&'static str> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    let ends = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let is_part = |part: &str| ends(part.chars().next()) && ends(part.chars().last());
    if name.is_empty() {
        Some("it is empty")
    } else if name.len() > 253 {
        Some("it has more than 253 characters")
    } else if !name.chars().all(fits) {
        Some("names hold small letters, digits, - and . only")
    } else if !name.split('.').all(is_part) {
        Some("each part of a name starts and ends with a small letter or a digit")
    } else {
        None
    }
}

/// Why a text cannot be the name of a namespace, if it cannot (DNS-1123 label).
#[must_use]
pub fn namespace_misfit(name: &str) -> Option<&'static str> {
    match name_misfit(name) {
        None if name.len() > 63 => Some("it has more than 63 characters"),
        None if name.contains('.') => Some("names of namespaces hold no dot"),
        misfit => misfit,
    }
}

#[cfg(test)]
mod tests {
    use super::{Life, MOST, Stored, key_misfit, marked, name_misfit, namespace_misfit, unmarked};
    use crate::credentials::identity::Owner;
    use crate::credentials::record::Record;
    use crate::kubeconfig::Secret;

    fn stored(data: &str) -> Stored {
        Stored {
            namespace: "det".into(),
            name: "west-kubeconfig".into(),
            owner: Owner { release: "det".into(), cluster: "west".into() },
            data: vec![("config".into(), Secret::new(data))],
            record: Record::default(),
            life: Life::Mutable,
        }
    }

    /// T7: what is shown holds sizes.
    #[test]
    fn t7_the_shown_manifest_holds_no_secret() {
        let secret = stored("canary");
        let shown = format!("{} {secret:?}", secret.shown());
        assert!(shown.contains("<6 bytes>") && !shown.contains("canary") && !shown.contains("Y2FuYXJ5"), "{shown}");
        assert_eq!(secret.exposed()["data"]["config"], "Y2FuYXJ5");
        assert!(secret.exposed().get("stringData").is_none());
    }

    #[test]
    fn names_tell_secrets_that_never_change_from_each_other() {
        let first = marked("west-kubeconfig", &["a", "b"]);
        assert!(first.starts_with("west-kubeconfig-") && first.len() == "west-kubeconfig-".len() + 10, "{first}");
        assert_eq!(unmarked(&first), "west-kubeconfig");
        // The next one of it is called as it, not after it.
        assert_eq!(marked(&first, &["a", "b"]), first);
        assert_ne!(marked(&first, &["ab", ""]), first);
        for name in ["west", "west-kubeconfig", "west-0123456789a", "west-012345678g", "-0123456789", ""] {
            assert_eq!(unmarked(name), name);
        }
        let immutable = Stored { life: Life::Immutable, ..stored("x") };
        assert_eq!(immutable.exposed()["immutable"], true);
        assert!(immutable.claim().get("immutable").is_none(), "what has no data yet has to be filled");
    }

    #[test]
    fn what_kubernetes_would_not_take_is_told() {
        assert_eq!(stored("x").excess(), None);
        assert!(stored(&"x".repeat(MOST + 1)).excess().unwrap().contains("1048577 bytes"));
        for (key, fits) in
            [("config", true), ("a_B.c-1", true), ("", false), ("..", false), ("..x", false), ("a/b", false)]
        {
            assert_eq!(key_misfit(key).is_none(), fits, "{key}");
        }
        for (name, fits) in
            [("west-1.a", true), ("West", false), ("-a", false), ("a-", false), ("a..b", false), ("", false)]
        {
            assert_eq!(name_misfit(name).is_none(), fits, "{name}");
        }
        assert!(namespace_misfit("a.b").is_some() && namespace_misfit("a-b").is_none());
    }
}
