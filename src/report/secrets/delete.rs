//! The report of `detctl secrets delete`.

use std::fmt::Write as _;

use serde::Serialize;

use crate::credentials::identity::{Owner, Reference};
use crate::report::plain::line;

/// What became of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It went.
    Gone,
    /// It was not there.
    Absent,
    /// It is not ours, and was kept.
    Foreign,
    /// It could not be taken away: why.
    Failed(String),
}

/// There is nothing of this release and cluster.
#[must_use]
pub fn nothing(owner: &Owner, namespace: &str) -> String {
    let Owner { release, cluster } = owner;
    let (release, cluster, namespace) = (line(release), line(cluster), line(namespace));
    format!(
        "nothing to do: detctl has written no kubeconfig of {cluster} for release {release} in namespace {namespace}\n"
    )
}

/// A Secret that values still name, and where.
#[must_use]
pub fn named(secret: &str, place: &str) -> String {
    let (secret, place) = (line(secret), line(place));
    format!(
        "nothing was deleted: {place} names the Secret {secret}\n  take the resource manager out of the values first\n"
    )
}

/// A Secret of which nobody can tell whether the master mounts it.
#[must_use]
pub fn unseen(secret: &str, namespace: &str) -> String {
    let (secret, namespace) = (line(secret), line(namespace));
    format!(
        "nothing was deleted: you may not get deployments.apps in {namespace}, so whether the master mounts the Secret \
         {secret} cannot be told\n"
    )
}

/// A Secret that the master mounts.
#[must_use]
pub fn in_use(secret: &str, release: &str) -> String {
    let (secret, release) = (line(secret), line(release));
    format!(
        "nothing was deleted: Deployment determined-master-deployment-{release} mounts the Secret {secret}\n  take the \
         resource manager out of the values and run helm upgrade first; a master without the Secret does not start\n"
    )
}

/// What is going to be deleted, by context.
#[must_use]
pub fn plan(objects: &[(&str, &Vec<Reference>)]) -> String {
    let mut text = String::new();
    for (context, objects) in objects.iter().filter(|(_, objects)| !objects.is_empty()) {
        let _ = writeln!(text, "context {}", line(context));
        for object in *objects {
            let _ = writeln!(text, "  - {}", line(&object.title()));
        }
    }
    text
}

/// What became of it.
#[must_use]
pub fn done(done: &[(Reference, Fate)]) -> String {
    let mut text = String::new();
    for (reference, fate) in done {
        let words = match fate {
            Fate::Gone => "deleted".to_owned(),
            Fate::Absent => "was not there".to_owned(),
            Fate::Foreign => "kept: it is none of those that detctl has made for this release and cluster".to_owned(),
            Fate::Failed(why) => format!("failed: {why}"),
        };
        let _ = writeln!(text, "{}  {}", line(&reference.title()), line(&words));
    }
    text
}

/// What there is to tell a program.
pub struct Told<'a> {
    /// Whose it is.
    pub owner: &'a Owner,
    /// The namespace of the release.
    pub namespace: &'a str,
    /// Why nothing was deleted; nothing where that is not so.
    pub refused: Option<&'a str>,
    /// Each object with its context, and what became of it; nothing where it was only planned.
    pub objects: &'a [(&'a str, Reference, Option<Fate>)],
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    release: &'a str,
    cluster: &'a str,
    namespace: &'a str,
    refused: Option<&'a str>,
    objects: Vec<Thing<'a>>,
}

#[derive(Serialize)]
struct Thing<'a> {
    context: &'a str,
    object: String,
    result: &'static str,
    error: Option<&'a str>,
}

/// Plan and what came of it as one JSON document; members are only ever added.
///
/// # Errors
/// Never: there are texts and numbers only.
pub fn json(told: &Told<'_>) -> serde_json::Result<String> {
    let objects = told.objects.iter().map(|(context, reference, fate)| Thing {
        context,
        object: reference.title(),
        result: match fate {
            None => "planned",
            Some(Fate::Gone) => "deleted",
            Some(Fate::Absent) => "absent",
            Some(Fate::Foreign) => "kept",
            Some(Fate::Failed(_)) => "failed",
        },
        error: match fate {
            Some(Fate::Failed(why)) => Some(why),
            _ => None,
        },
    });
    let document = Document {
        version: 1,
        release: &told.owner.release,
        cluster: &told.owner.cluster,
        namespace: told.namespace,
        refused: told.refused,
        objects: objects.collect(),
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}
