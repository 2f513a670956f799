//! The report of `detctl secrets delete`.

use std::fmt::Write as _;

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
