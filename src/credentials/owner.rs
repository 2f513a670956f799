//! Whose an object is that is there already, by its marks, and whether it may be written over (credentials facts §3).

use serde_json::Value;

use super::checks;
use super::identity::{CLUSTER_NAME, MANAGED_BY, MANAGER, Owner, RELEASE, label};
use super::judge::{Outcome, State};

/// The annotation in which `kubectl apply` keeps all that it ever applied, secrets included.
pub const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// Whose an object is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nobody's: it is not there.
    Absent,
    /// Ours, for this release and cluster.
    Ours,
    /// Ours, for another release or cluster.
    OurOther(String),
    /// A chart's.
    Helm(String),
    /// Some controller's, which would undo any change.
    Controller(String),
    /// Argo CD's or Flux's, which would undo any change.
    GitOps(&'static str),
    /// Made by hand, as the documentation page has it.
    ByHand,
    /// On its way out.
    Deleting,
}

/// What the user allows, each by a flag of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    /// To take over what was made by hand.
    pub adopt: Adopt,
    /// To delete and make anew what cannot be changed.
    pub replace: Replace,
}

/// Whether what was made by hand may be taken over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Adopt {
    /// `--adopt`
    Yes,
    /// Not.
    #[default]
    No,
}

/// Whether what cannot be changed may be deleted and made anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Replace {
    /// `--replace`
    Yes,
    /// Not.
    #[default]
    No,
}

/// How to write an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It is not there yet.
    Create,
    /// It is there and may be changed.
    Change,
    /// It is there, was made by hand, and is taken over.
    TakeOver,
    /// It is there and has to be deleted first.
    Replace,
}

/// Why an object is not written, and how it could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub message: String,
    /// How to go on.
    pub help: String,
}

/// Looks at an object, `None` if it is not there.
#[must_use]
pub fn found(object: Option<&Value>, owner: &Owner) -> Found {
    let Some(object) = object else { return Found::Absent };
    let metadata = &object["metadata"];
    let text = |map: &str, key: &str| metadata[map][key].as_str().filter(|text| !text.is_empty());
    if metadata["deletionTimestamp"].is_string() {
        return Found::Deleting;
    }
    if let Some(first) = metadata["ownerReferences"].as_array().and_then(|references| references.first()) {
        let part = |key: &str| first[key].as_str().unwrap_or("?");
        return Found::Controller(format!("{} {}", part("kind"), part("name")));
    }
    if let Some(release) = text("annotations", "meta.helm.sh/release-name") {
        return Found::Helm(release.to_owned());
    }
    let argo = ["argocd.argoproj.io/tracking-id", "argocd.argoproj.io/instance"];
    if argo.iter().any(|key| text("annotations", key).or(text("labels", key)).is_some()) {
        return Found::GitOps("Argo CD");
    }
    let flux = ["kustomize.toolkit.fluxcd.io/name", "helm.toolkit.fluxcd.io/name"];
    if flux.iter().any(|key| text("labels", key).is_some()) {
        return Found::GitOps("Flux");
    }
    match text("labels", MANAGED_BY) {
        Some(MANAGER) => {
            let is = |key: &str, value: &str| text("labels", key) == Some(label(value).as_str());
            if is(RELEASE, &owner.release) && is(CLUSTER_NAME, &owner.cluster) {
                return Found::Ours;
            }
            let shown = |key: &str| text("labels", key).unwrap_or("?");
            Found::OurOther(format!("release {}, cluster {}", shown(RELEASE), shown(CLUSTER_NAME)))
        }
        Some("Helm") => Found::Helm("?".to_owned()),
        Some(other) => Found::Controller(other.to_owned()),
        None => Found::ByHand,
    }
}

/// The object with nothing but its labels: without what tells that somebody else keeps it in step.
#[must_use]
pub fn own_marks(object: &Value) -> Value {
    let mut marks = Value::default();
    for key in [MANAGED_BY, RELEASE, CLUSTER_NAME] {
        marks["metadata"]["labels"][key] = object["metadata"]["labels"][key].clone();
    }
    marks
}

/// Whether and how it may be written.
///
/// # Errors
/// When it may not.
pub fn way(found: &Found, object: Option<&Value>, allowed: Allowed) -> Result<Way, Refused> {
    let refused = |message: String, help: &str| Err(Refused { message, help: help.to_owned() });
    let elsewhere = "give the Secret another name with --secret-name";
    let way = match found {
        Found::Absent => return Ok(Way::Create),
        Found::Ours => Way::Change,
        Found::ByHand if allowed.adopt == Adopt::Yes => Way::TakeOver,
        Found::ByHand => {
            return refused(
                "it was not made by detctl".to_owned(),
                "--adopt takes it over: what it holds is replaced, and what was in it should be revoked",
            );
        }
        Found::OurOther(whose) => return refused(format!("it belongs to {whose}"), elsewhere),
        Found::Helm(release) => return refused(format!("it belongs to the Helm release {release}"), elsewhere),
        Found::Controller(whose) => {
            return refused(format!("it belongs to {whose}, which would undo the change"), elsewhere);
        }
        Found::GitOps(whose) => return refused(format!("{whose} keeps it, and would undo the change"), elsewhere),
        Found::Deleting => return refused("it is being deleted".to_owned(), "run again when it is gone"),
    };
    let object = object.unwrap_or(&Value::Null);
    let kind = object["type"].as_str().unwrap_or("Opaque");
    let fixed = if object["immutable"] == true {
        Some("it is immutable".to_owned())
    } else {
        (kind != "Opaque").then(|| format!("it is of type {kind}, and a type never changes"))
    };
    match fixed {
        None => Ok(way),
        Some(_) if allowed.replace == Replace::Yes => Ok(Way::Replace),
        Some(why) => {
            refused(why, "--replace deletes it and makes it anew; the master keeps what it has read until it restarts")
        }
    }
}

/// Whether it leaks what `kubectl apply` once put into it.
#[must_use]
pub fn leaks(object: &Value) -> bool {
    object["metadata"]["annotations"][LAST_APPLIED].is_string()
}

/// What a Secret that is there holds, and who may have it: `data` are its keys with their sizes in bytes.
#[must_use]
pub fn copies(object: &Value, data: &[(&str, usize)], way: Option<Way>) -> Outcome {
    let mut told = Vec::new();
    if way == Some(Way::TakeOver) {
        let keys: Vec<String> = data.iter().map(|(key, size)| format!("{key} ({size} bytes)")).collect();
        told.push(format!(
            "what it holds goes: {}",
            if keys.is_empty() { "nothing".to_owned() } else { keys.join(", ") }
        ));
    }
    if leaks(object) {
        told.push("kubectl apply has left a copy of it in an annotation".to_owned());
    }
    match told.is_empty() {
        true => Outcome::new(&checks::COPIES, State::Passed, "there is no sign of it"),
        false => Outcome::new(&checks::COPIES, State::Warned, told.join("; "))
            .helped("revoke what was in it, once the master has started anew: it counts on until then"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Adopt, Allowed, Found, Replace, Way, copies, found, leaks, way};
    use crate::credentials::identity::Owner;
    use crate::credentials::judge::State;

    fn owner() -> Owner {
        Owner { release: "det".into(), cluster: "west".into() }
    }

    fn secret(metadata: Value, rest: Value) -> Value {
        let mut secret = json!({"type": "Opaque", "metadata": metadata});
        for (key, value) in rest.as_object().unwrap() {
            secret[key] = value.clone();
        }
        secret
    }

    /// T16: the ownership matrix.
    #[test]
    fn t16_whose_an_object_is_decides_what_becomes_of_it() {
        let no = Allowed::default();
        let adopt = Allowed { adopt: Adopt::Yes, ..no };
        let replace = Allowed { replace: Replace::Yes, ..no };
        let both = Allowed { adopt: Adopt::Yes, replace: Replace::Yes };
        let ours = json!({"labels": owner().labels()});
        let other = json!({"labels": Owner { cluster: "east".into(), ..owner() }.labels()});
        let helm = json!({"annotations": {"meta.helm.sh/release-name": "det"}, "labels": {"app.kubernetes.io/managed-by": "Helm"}});
        let owned = json!({"ownerReferences": [{"kind": "ExternalSecret", "name": "x"}]});
        let argo = json!({"labels": {"argocd.argoproj.io/instance": "x"}});
        let flux = json!({"labels": {"kustomize.toolkit.fluxcd.io/name": "x"}});
        let gone = json!({"deletionTimestamp": "2026-01-01T00:00:00Z", "labels": owner().labels()});
        let plain = json!({});
        let immutable = json!({"immutable": true});
        let token = json!({"type": "kubernetes.io/service-account-token"});
        let nothing = json!({});
        let table: [(&Value, &Value, [Option<Way>; 4]); 12] = [
            (&ours, &nothing, [Some(Way::Change); 4]),
            (&ours, &immutable, [None, None, Some(Way::Replace), Some(Way::Replace)]),
            (&ours, &token, [None, None, Some(Way::Replace), Some(Way::Replace)]),
            (&plain, &nothing, [None, Some(Way::TakeOver), None, Some(Way::TakeOver)]),
            (&plain, &immutable, [None, None, None, Some(Way::Replace)]),
            (&other, &nothing, [None; 4]),
            (&helm, &nothing, [None; 4]),
            (&owned, &nothing, [None; 4]),
            (&argo, &nothing, [None; 4]),
            (&flux, &immutable, [None; 4]),
            (&gone, &nothing, [None; 4]),
            (&json!({"labels": {"app.kubernetes.io/managed-by": "sealed-secrets"}}), &nothing, [None; 4]),
        ];
        for (metadata, rest, expected) in table {
            let object = secret(metadata.clone(), rest.clone());
            let whose = found(Some(&object), &owner());
            let ways = [no, adopt, replace, both].map(|allowed| way(&whose, Some(&object), allowed).ok());
            assert_eq!(ways, expected, "{object}");
        }
        assert_eq!(found(None, &owner()), Found::Absent);
        assert_eq!(way(&Found::Absent, None, no), Ok(Way::Create));
    }

    /// T21: a leaked copy is seen.
    #[test]
    fn t21_what_kubectl_apply_left_is_seen() {
        let key = "kubectl.kubernetes.io/last-applied-configuration";
        assert!(leaks(&json!({"metadata": {"annotations": {key: "{}"}}})));
        assert!(!leaks(&json!({"metadata": {"annotations": {}}})));
        let leaky = json!({"metadata": {"annotations": {key: "{}"}}});
        let words = |object: &Value, way| copies(object, &[("config", 12)], way);
        assert_eq!(words(&json!({}), Some(Way::Change)).state, State::Passed);
        assert!(words(&leaky, None).words.contains("in an annotation"));
        let both = words(&leaky, Some(Way::TakeOver));
        assert!(both.state == State::Warned && both.words.contains("config (12 bytes); kubectl"), "{both:?}");
        assert!(both.help.unwrap().starts_with("revoke what was in it"));
    }
}
