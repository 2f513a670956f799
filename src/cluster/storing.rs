//! Secrets on the default cluster: looked at, tried, written, read back.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::endpoint::Endpoint;
use super::failure::{Failure, Why};
use super::objects::{Conflicts, Writing, exactly, uid_of};
use super::session::Session;
use crate::credentials::identity::Reference;
use crate::credentials::judge::Outcome;
use crate::credentials::owner::{LAST_APPLIED, Way, copies};
use crate::credentials::rights::Right;
use crate::credentials::secret::Stored;
use crate::kubeconfig::Secret;

/// What is to be found out about the default cluster.
#[derive(Clone)]
pub struct ToLookUp {
    /// The cluster, with the credentials of whoever runs detctl.
    pub endpoint: Endpoint,
    /// The namespace of the release.
    pub namespace: String,
    /// The Secrets.
    pub secrets: Vec<Reference>,
    /// What has to be done there.
    pub deeds: Vec<Right>,
}

/// What was seen on the default cluster.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// The uid of the namespace `kube-system`; `None` if it may not be read.
    pub uid: Option<String>,
    /// Whether the namespace of the release is there; `None` if it may not be read.
    pub has_namespace: Option<bool>,
    /// The Secrets, as asked for.
    pub kept: Vec<Option<Kept>>,
    /// What the operator may not do of what is needed.
    pub lacking: Vec<Right>,
}

/// A Secret that is there.
#[derive(Clone, Debug)]
pub struct Kept {
    /// All but its data.
    pub object: Value,
    /// Its data.
    pub data: Vec<(String, Secret)>,
}

impl Kept {
    fn of(mut object: Value) -> Self {
        let data = match object["data"].take() {
            Value::Object(members) => members.into_iter().filter_map(decoded).collect(),
            _ => Vec::new(),
        };
        // What kubectl once put there is as secret as the data.
        if let Some(annotations) = object["metadata"]["annotations"].as_object_mut()
            && annotations.contains_key(LAST_APPLIED)
        {
            annotations.insert(LAST_APPLIED.to_owned(), json!("•"));
        }
        if let Value::Object(members) = &mut object {
            members.remove("data");
        }
        Self { object, data }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.object["metadata"]["name"].as_str().unwrap_or_default()
    }

    /// What a key holds.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Secret> {
        self.data.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Who else may have what it holds, when it is written in a way.
    #[must_use]
    pub fn copies(&self, way: Option<Way>) -> Outcome {
        let sizes: Vec<(&str, usize)> = self.data.iter().map(|(key, value)| (key.as_str(), value.len())).collect();
        copies(&self.object, &sizes, way)
    }

    /// Its uid.
    #[must_use]
    pub fn uid(&self) -> String {
        uid_of(&self.object)
    }
}

fn decoded((key, value): (String, Value)) -> Option<(String, Secret)> {
    Some((key, Secret::new(STANDARD.decode(value.as_str()?).ok()?)))
}

pub(super) async fn look_up(target: ToLookUp, deadline: Instant) -> Result<Shelf, Failure> {
    let session = Session::open(&target.endpoint, deadline)?;
    let namespace = |name: &str| Reference {
        api_version: "v1",
        kind: "Namespace",
        plural: "namespaces",
        namespace: None,
        name: name.to_owned(),
    };
    let mut shelf = Shelf::default();
    match session.object(&namespace("kube-system")).await {
        Ok(found) => shelf.uid = found.map(|object| uid_of(&object)),
        Err(failure) if failure.why == Why::Forbidden => {}
        Err(failure) => return Err(failure),
    }
    shelf.has_namespace = match session.object(&namespace(&target.namespace)).await {
        Ok(found) => Some(found.is_some()),
        Err(failure) if failure.why == Why::Forbidden => None,
        Err(failure) => return Err(failure),
    };
    shelf.lacking = session.lacking(&target.deeds).await?;
    for reference in &target.secrets {
        shelf.kept.push(match session.object(reference).await {
            Ok(found) => found.map(Kept::of),
            // The rights say so already.
            Err(failure) if failure.why == Why::Forbidden => None,
            Err(failure) => return Err(failure),
        });
    }
    Ok(shelf)
}

/// Which Secrets are looked for.
#[derive(Clone)]
pub struct ToList {
    /// The default cluster.
    pub endpoint: Endpoint,
    /// The namespace of the release.
    pub namespace: String,
    /// What their labels have to be, `KEY=VALUE,…`.
    pub selector: String,
}

/// The Secrets with these labels, by name.
pub(super) async fn list(target: ToList, deadline: Instant) -> Result<Vec<Kept>, Failure> {
    let session = Session::open(&target.endpoint, deadline)?;
    let found = session.secrets(&target.namespace, &target.selector).await?;
    let mut kept: Vec<Kept> = found.into_iter().map(Kept::of).collect();
    kept.sort_by(|one, other| one.name().cmp(other.name()));
    Ok(kept)
}

/// A Secret to write.
#[derive(Clone)]
pub struct ToStore {
    /// What it shall be.
    pub stored: Stored,
    /// What was there when it was planned.
    pub before: Option<Kept>,
    /// How to write it.
    pub way: Way,
}

/// Secrets to write, one after the other.
pub(super) struct Batch {
    pub(super) endpoint: Endpoint,
    pub(super) secrets: Vec<ToStore>,
    pub(super) writing: Writing,
}

/// Writes until one fails; what was written is in the order of the Secrets, as it was read back.
pub(super) async fn store(batch: Batch, deadline: Instant) -> Result<Vec<Result<Kept, Failure>>, Failure> {
    let session = Session::open(&batch.endpoint, deadline)?;
    let mut done = Vec::new();
    for secret in &batch.secrets {
        let written = put(&session, secret, batch.writing).await;
        let is_failed = written.is_err();
        done.push(written);
        if is_failed && batch.writing == Writing::Real {
            break;
        }
    }
    Ok(done)
}

async fn put(session: &Session, secret: &ToStore, writing: Writing) -> Result<Kept, Failure> {
    let reference = secret.stored.reference();
    let conflicts = match secret.way {
        Way::TakeOver => Conflicts::TakeOver,
        Way::Create | Way::Change | Way::Replace => Conflicts::Stop,
    };
    let mut manifest = secret.stored.exposed();
    let ground = match (&secret.before, secret.way) {
        (Some(before), Way::Replace) => {
            session.delete(&reference, exactly(&before.object), writing).await?;
            if writing == Writing::Dry {
                return Ok(before.clone());
            }
            Some(claim(session, secret).await?)
        }
        (Some(before), _) => Some(before.object.clone()),
        (None, _) if writing == Writing::Real => Some(claim(session, secret).await?),
        (None, _) => None,
    };
    // Whoever changed or replaced it meanwhile gets a conflict, not an end of their work.
    if let Some(ground) = &ground {
        for key in ["uid", "resourceVersion"] {
            manifest["metadata"][key] = ground["metadata"][key].clone();
        }
    }
    let written = match session.apply(&reference, &manifest, writing, conflicts).await {
        Ok(written) => written,
        Err(failure) => {
            let is_claimed = secret.before.is_none() || secret.way == Way::Replace;
            if let Some(claimed) = ground.filter(|_| is_claimed) {
                give_up(session, &reference, &claimed).await;
            }
            return Err(failure);
        }
    };
    if writing == Writing::Dry {
        return Ok(Kept::of(written));
    }
    tidy(session, &reference, secret, &written).await?;
    let read = session.object(&reference).await?;
    read.map(Kept::of)
        .ok_or_else(|| Failure::before(Why::NotFound, "it was deleted meanwhile").asking(&reference.title()))
}

/// Makes it without data. To apply what is not there has no precondition: of two runs, the later one would write over what
/// the other has just made. What is left of a run that ends here is ours and is filled by the next.
async fn claim(session: &Session, secret: &ToStore) -> Result<Value, Failure> {
    session.make(&secret.stored.reference(), &secret.stored.claim()).await
}

/// Takes away what was made without data and could not be filled: a master that mounts it would not start. It is left
/// alone when it was filled after all, as it then has another version; and when it cannot be deleted, the next run fills it.
async fn give_up(session: &Session, reference: &Reference, claimed: &Value) {
    let _ = session.delete(reference, exactly(claimed), Writing::Real).await;
}

/// Server-side apply leaves alone what others have put there: keys of before a take-over, and the copy that
/// `kubectl apply` keeps of all that it ever applied.
async fn tidy(session: &Session, reference: &Reference, secret: &ToStore, written: &Value) -> Result<(), Failure> {
    let known = |key: &str| secret.stored.data.iter().any(|(name, _)| name == key);
    let data = written["data"].as_object();
    let strange: Map<String, Value> = data
        .into_iter()
        .flatten()
        .filter(|(key, _)| secret.way == Way::TakeOver && !known(key))
        .map(|(key, _)| (key.clone(), Value::Null))
        .collect();
    let leaks = written["metadata"]["annotations"][LAST_APPLIED].is_string();
    if strange.is_empty() && !leaks {
        return Ok(());
    }
    let mut change = json!({"metadata": {
        "uid": written["metadata"]["uid"], "resourceVersion": written["metadata"]["resourceVersion"],
    }});
    if leaks {
        change["metadata"]["annotations"] = json!({LAST_APPLIED: null});
    }
    if !strange.is_empty() {
        change["data"] = Value::Object(strange);
    }
    session.merge(reference, &change).await.map(|_| ())
}
