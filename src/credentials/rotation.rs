//! When an old credential can go: the master reads its kubeconfigs when it starts, and a token file anew every minute
//! (live-master-facts §4).
//!
//! All moments are those of one API server, as it writes them (`2026-11-23T09:30:00Z`): they are compared as texts, and no
//! other clock matters.

use serde_json::Value;

use super::checks;
use super::identity::{Identity, MANAGER, Owner, Reference};
use super::judge::{self, Outcome, State};
use super::operator::TokenMode;
use super::proof::{self, Term};
use super::record::{Kind, Record};
use super::rights::needed;
use super::survey::Proof;
use crate::credentials::plan::uses_of;

/// How long both tokens have to count after the file has changed, in seconds: client-go reads it anew after a minute at
/// most, and a refusal does not hasten that (measured, live-master-facts §4).
pub const READ_ANEW: u64 = 70;
/// How long a kubelet may take to bring a changed Secret into a pod, in seconds: its period and its cache. Not measured.
pub const KUBELET: u64 = 120;

/// A pod of a master.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pod {
    /// Its name.
    pub name: String,
    /// When it was made.
    pub created: String,
    /// Whether it is ready and stays.
    pub is_ready: bool,
    /// The Secrets that it mounts.
    pub secrets: Vec<String>,
}

/// A master as it runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Running {
    /// Its pods that have not ended.
    pub pods: Vec<Pod>,
    /// Which Secrets its Deployment mounts, and where.
    pub mounts: Vec<Mount>,
}

/// A Secret in a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// Its name.
    pub secret: String,
    /// The folder, without a slash at its end.
    pub folder: String,
    /// Whether changes of the Secret arrive there.
    pub kind: MountKind,
}

/// How a Secret is mounted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MountKind {
    /// All keys, as the chart does; the kubelet follows changes.
    Whole,
    /// Some keys, or by `subPath`, which the kubelet never changes again.
    Part,
}

/// What the running master uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has started since: the new credential.
    New,
    /// It reads the token file anew: the new credential, after a while.
    Soon,
    /// This pod started before: the old credential.
    Old(String),
    /// None of its pods is ready yet.
    Starting,
}

/// The pods of a list that have not ended.
#[must_use]
pub fn pods(items: &[Value]) -> Vec<Pod> {
    let has_ended = |pod: &&Value| matches!(pod["status"]["phase"].as_str(), Some("Succeeded" | "Failed"));
    let pod = |pod: &Value| {
        let text = |key: &str| pod["metadata"][key].as_str().unwrap_or_default().to_owned();
        let conditions = pod["status"]["conditions"].as_array();
        let is_ready = conditions.into_iter().flatten().any(|it| it["type"] == "Ready" && it["status"] == "True");
        let volumes = pod["spec"]["volumes"].as_array();
        let secrets = volumes.into_iter().flatten().filter_map(|volume| volume["secret"]["secretName"].as_str());
        Pod {
            secrets: secrets.map(str::to_owned).collect(),
            name: text("name"),
            created: text("creationTimestamp"),
            is_ready: is_ready && !pod["metadata"]["deletionTimestamp"].is_string(),
        }
    };
    items.iter().filter(|pod| !has_ended(pod)).map(pod).collect()
}

/// The Secrets that a Deployment mounts.
#[must_use]
pub fn mounts(deployment: &Value) -> Vec<Mount> {
    let spec = &deployment["spec"]["template"]["spec"];
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut found = Vec::new();
    for volume in list(&spec["volumes"]) {
        let Some(secret) = volume["secret"]["secretName"].as_str() else { continue };
        let has_all = volume["secret"]["items"].as_array().is_none_or(Vec::is_empty);
        for container in list(&spec["containers"]) {
            for mount in list(&container["volumeMounts"]).iter().filter(|mount| mount["name"] == volume["name"]) {
                let is_fixed = ["subPath", "subPathExpr"].iter().any(|key| mount[*key].is_string());
                found.push(Mount {
                    secret: secret.to_owned(),
                    folder: mount["mountPath"].as_str().unwrap_or_default().trim_end_matches('/').to_owned(),
                    kind: if has_all && !is_fixed { MountKind::Whole } else { MountKind::Part },
                });
            }
        }
    }
    found
}

impl Running {
    /// Whether it uses a Secret, or will when it starts anew.
    #[must_use]
    pub fn uses(&self, secret: &str) -> bool {
        let is_mounted = self.mounts.iter().any(|mount| mount.secret == secret);
        is_mounted || self.pods.iter().any(|pod| pod.secrets.iter().any(|name| name == secret))
    }

    /// The folder in which changes of a Secret arrive.
    ///
    /// # Errors
    /// A clause that says why there is none.
    pub fn folder(&self, secret: &str) -> Result<&str, String> {
        let mounts: Vec<&Mount> = self.mounts.iter().filter(|mount| mount.secret == secret).collect();
        match mounts.iter().find(|mount| mount.kind == MountKind::Whole) {
            Some(mount) => Ok(&mount.folder),
            None if mounts.is_empty() => Err(format!("the master's Deployment does not mount the Secret {secret}")),
            None => Err(format!(
                "the master's Deployment mounts the Secret {secret} in parts, and such files never change in a pod"
            )),
        }
    }

    /// What it uses, after a Secret was written. `live_since` is since when it could read the token file; empty if it
    /// cannot.
    #[must_use]
    pub fn standing(&self, written: &str, live_since: &str) -> Standing {
        let is_new = |pod: &Pod| pod.created.as_str() > written;
        let reads_file = |pod: &Pod| !live_since.is_empty() && pod.created.as_str() > live_since;
        if let Some(old) = self.pods.iter().find(|pod| !is_new(pod) && !reads_file(pod)) {
            return Standing::Old(old.name.clone());
        }
        match self.pods.iter().any(|pod| pod.is_ready) {
            false => Standing::Starting,
            true if self.pods.iter().all(is_new) => Standing::New,
            true => Standing::Soon,
        }
    }
}

/// When our part of an object was last changed, by the clock of its API server; empty where that is not told.
#[must_use]
pub fn written(object: &Value) -> String {
    let entries = object["metadata"]["managedFields"].as_array();
    let ours = entries.into_iter().flatten().filter(|entry| entry["manager"] == MANAGER);
    ours.filter_map(|entry| entry["time"].as_str()).max().unwrap_or_default().to_owned()
}

/// Since when a stored kubeconfig has had the token file that the master reads at `path`; empty if it has not.
#[must_use]
pub fn live_since(record: &Record, object: &Value, (stored, path): (Option<&str>, &str)) -> String {
    match record.token_key {
        Some(_) if stored != Some(path) => String::new(),
        Some(_) if record.live_since.is_empty() => written(object),
        Some(_) => record.live_since.clone(),
        None => String::new(),
    }
}

/// The identity that a stored kubeconfig belongs to, and how its credential was made.
///
/// # Errors
/// A clause that says why there is nothing to make anew.
pub fn minted(record: &Record, owner: &Owner) -> Result<(Identity, TokenMode), &'static str> {
    let mode = match record.kind {
        Some(Kind::TokenSecret) => TokenMode::Secret,
        Some(Kind::TokenRequest) => TokenMode::Request(record.requested.unwrap_or(LEAST)),
        Some(_) => return Err("it holds somebody's own credential, which only they can make anew"),
        None => return Err("nothing is noted at it of how its credential was made"),
    };
    let (namespace, account) = record.account().ok_or("nothing is noted at it of a ServiceAccount")?;
    let (namespace, account) = (namespace.to_owned(), account.to_owned());
    Ok((Identity { owner: owner.clone(), namespace, account }, mode))
}

/// How long a token is asked for where nothing is noted, in seconds: the least that every API server gives.
const LEAST: i64 = 3600;

/// Whether a context leads to the cluster that a kubeconfig is stored for.
#[must_use]
pub fn cluster(uid: Option<&str>, record: &Record) -> Outcome {
    let check = &checks::CLUSTER;
    match uid {
        Some(uid) if uid == record.cluster_uid => Outcome::new(check, State::Passed, format!("its uid is {uid}")),
        Some(uid) => Outcome::new(
            check,
            State::Failed,
            format!("the context leads to the cluster {uid}, and the stored kubeconfig to {}", record.cluster_uid),
        )
        .helped("choose another context"),
        None => Outcome::new(
            check,
            State::Failed,
            "the namespace kube-system may not be read, so the cluster cannot be told from others",
        ),
    }
}

/// What was seen with a new credential, held against what is noted at the Secret.
#[must_use]
pub fn proven(record: &Record, proof: &Proof, new: &New<'_>) -> Vec<Outcome> {
    let total = uses_of(&record.rights).map_or(0, |(uses, _)| needed(&uses).len());
    let identity = judge::identity(proof, new.identity, &record.identity_uid);
    let found = proof::outcomes(proof, identity, new.term, total);
    found.into_iter().map(|outcome| outcome.skipping(new.skipped)).collect()
}

/// A new credential.
pub struct New<'a> {
    /// Whose it has to be.
    pub identity: &'a Identity,
    /// For how long it is.
    pub term: Term,
    /// Checks that are passed over.
    pub skipped: &'a [String],
}

/// Whether credentials of before have been taken back.
#[must_use]
pub fn replaced(record: &Record) -> Outcome {
    let check = &checks::REPLACED;
    let names: Vec<&str> = record.previous.iter().map(|former| former.credential.as_str()).collect();
    if names.is_empty() {
        return Outcome::new(check, State::Passed, "there is none");
    }
    Outcome::new(check, State::Warned, format!("the one of Secret {} still counts", names.join(", ")))
        .helped("detctl secrets rotate takes it back once the master has started anew")
}

/// Whether there are credentials that no stored kubeconfig names.
#[must_use]
pub fn forgotten(names: &[String]) -> Outcome {
    let check = &checks::ORPHANS;
    if names.is_empty() {
        return Outcome::new(check, State::Passed, "it is");
    }
    Outcome::new(check, State::Warned, format!("no kubeconfig names {}", names.join(", ")))
        .helped("a run ended before it had stored them; detctl secrets rotate takes them back")
}

/// The names of credentials that are there already, as `NAMESPACE/NAME`.
#[must_use]
pub fn taken(record: &Record, orphans: &[Reference]) -> Vec<String> {
    let orphans = orphans.iter().map(|one| format!("{}/{}", one.namespace.as_deref().unwrap_or_default(), one.name));
    let previous = record.previous.iter().map(|former| former.credential.clone());
    orphans.chain(previous).chain([record.credential.clone()]).collect()
}

/// Credentials that cannot be looked for: why.
#[must_use]
pub fn unlisted(why: &str) -> Outcome {
    Outcome::new(&checks::ORPHANS, State::Unknown, why)
}

/// Those of the Secrets for credentials of an owner that its stored kubeconfig does not name: a run has ended between making
/// and storing.
#[must_use]
pub fn orphans(found: &[Reference], record: &Record) -> Vec<usize> {
    let known = |credential: &str| {
        record.credential == credential || record.previous.iter().any(|former| former.credential == credential)
    };
    let is_orphan = |reference: &Reference| {
        let namespace = reference.namespace.as_deref().unwrap_or_default();
        !known(&format!("{namespace}/{}", reference.name))
    };
    found.iter().enumerate().filter(|(_, reference)| is_orphan(reference)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{MountKind, Pod, Running, Standing, live_since, mounts, orphans, pods, written};
    use crate::credentials::identity::core;
    use crate::credentials::record::{Former, Record};

    fn running(created: &[(&str, bool)]) -> Running {
        let pod = |(created, is_ready): &(&str, bool)| Pod {
            name: format!("at-{created}"),
            created: (*created).to_owned(),
            is_ready: *is_ready,
            secrets: Vec::new(),
        };
        Running { pods: created.iter().map(pod).collect(), mounts: Vec::new() }
    }

    #[test]
    fn an_old_credential_stays_as_long_as_a_pod_may_use_it() {
        let written = "2026-01-01T00:00:10Z";
        let at = |seconds: &str| format!("2026-01-01T00:00:{seconds}Z");
        let (before, same, after) = (at("09"), at("10"), at("11"));
        let old = |name: &str| Standing::Old(format!("at-{name}"));
        for (pods, since, expected) in [
            (vec![(before.as_str(), true)], "", old(&before)),
            // Within the same second nobody can tell.
            (vec![(same.as_str(), true)], "", old(&same)),
            (vec![(after.as_str(), true)], "", Standing::New),
            (vec![(after.as_str(), false)], "", Standing::Starting),
            (vec![(before.as_str(), false), (after.as_str(), true)], "", old(&before)),
            (vec![], "", Standing::Starting),
            (vec![(before.as_str(), true)], "2026-01-01T00:00:08Z", Standing::Soon),
            (vec![(before.as_str(), true)], "2026-01-01T00:00:09Z", old(&before)),
            (vec![(after.as_str(), true)], "2026-01-01T00:00:08Z", Standing::New),
        ] {
            assert_eq!(running(&pods).standing(written, since), expected, "{pods:?} {since}");
        }
    }

    #[test]
    fn pods_that_have_ended_use_nothing() {
        let pod = |phase: &str, ready: &str| {
            json!({"metadata": {"name": "m", "creationTimestamp": "t"},
                "status": {"phase": phase, "conditions": [{"type": "Ready", "status": ready}]}})
        };
        let mut going = pod("Running", "True");
        going["metadata"]["deletionTimestamp"] = json!("t");
        // Yet what it mounts is in use.
        going["spec"]["volumes"] =
            json!([{"name": "v", "secret": {"secretName": "west"}}, {"name": "w", "emptyDir": {}}]);
        let running = Running { pods: pods(&[going.clone()]), mounts: Vec::new() };
        assert!(running.uses("west") && !running.uses("east"));
        let found = pods(&[pod("Running", "True"), pod("Pending", "False"), pod("Failed", "False"), going]);
        assert_eq!(found.iter().map(|pod| pod.is_ready).collect::<Vec<_>>(), [true, false, false]);
    }

    /// The chart mounts the whole Secret (facts §6.2); what is mounted by `subPath` never changes.
    #[test]
    fn only_whole_mounts_follow_the_secret() {
        let deployment = |volume: serde_json::Value, mount: serde_json::Value| {
            let spec = json!({"volumes": [volume], "containers": [{"volumeMounts": [mount]}]});
            Running { pods: Vec::new(), mounts: mounts(&json!({"spec": {"template": {"spec": spec}}})) }
        };
        let volume = json!({"name": "v", "secret": {"secretName": "west"}});
        let folder = "/mount/determined/secrets/0/";
        let whole = deployment(volume.clone(), json!({"name": "v", "mountPath": folder}));
        assert_eq!(whole.folder("west"), Ok("/mount/determined/secrets/0"));
        assert!(whole.folder("east").unwrap_err().contains("does not mount"));
        let part = deployment(volume, json!({"name": "v", "mountPath": folder, "subPath": "config"}));
        assert!(part.folder("west").unwrap_err().contains("in parts"));
        let some = json!({"name": "v", "secret": {"secretName": "west", "items": [{"key": "config", "path": "c"}]}});
        assert_eq!(deployment(some, json!({"name": "v", "mountPath": folder})).mounts[0].kind, MountKind::Part);
    }

    #[test]
    fn a_file_is_read_live_since_it_is_named() {
        let field = |manager: &str, time: &str| json!({"manager": manager, "time": time});
        let object =
            json!({"metadata": {"managedFields": [field("detctl", "t2"), field("detctl", "t1"), field("x", "t9")]}});
        assert_eq!(written(&object), "t2");
        let since = |record: &Record, stored| live_since(record, &object, (stored, "/a/t"));
        let record = Record { token_key: Some("t".into()), ..Record::default() };
        assert_eq!(since(&record, Some("/a/t")), "t2");
        assert_eq!(since(&record, Some("/b/t")), "", "the mount has moved");
        assert_eq!(since(&record, None), "");
        assert_eq!(since(&Record { live_since: "t0".into(), ..record }, Some("/a/t")), "t0");
        assert_eq!(since(&Record::default(), Some("/a/t")), "");
    }

    #[test]
    fn what_no_kubeconfig_names_is_an_orphan() {
        let secret = |name: &str| core("Secret", "secrets", "sys", name);
        let found = [secret("detctl-det-west-1"), secret("detctl-det-west-2"), secret("detctl-det-west-3")];
        let record = Record {
            credential: "sys/detctl-det-west-2".into(),
            previous: vec![Former { credential: "sys/detctl-det-west-1".into(), uid: "u".into() }],
            ..Record::default()
        };
        assert_eq!(orphans(&found, &record), [2]);
    }
}
