//! Credentials that were made and not stored are of no use to anybody, and are taken back.

use std::time::Duration;

use crate::cluster::{self, Endpoint, Hold, ToLookUp, ToRevoke};
use crate::credentials::identity::core;
use crate::credentials::record::Record;

/// A credential, and where it was to be stored.
pub(super) struct Unstored {
    /// The Secret on the default cluster.
    pub(super) secret: String,
    /// What it hangs on.
    pub(super) revoke: ToRevoke,
}

/// Takes them back, but for those that are stored after all: an answer may get lost on its way. What the user should know.
pub(super) fn take_back(default: &Endpoint, namespace: &str, made: &[Unstored], time: Duration) -> Vec<String> {
    if made.is_empty() {
        return Vec::new();
    }
    let secrets = made.iter().map(|one| core("Secret", "secrets", namespace, &one.secret)).collect();
    let target = ToLookUp { endpoint: default.clone(), namespace: namespace.to_owned(), secrets, deeds: Vec::new() };
    let kept = match cluster::look_up(target, time) {
        Ok(shelf) => shelf.kept,
        Err(failure) => {
            let words = "whether the new credentials are stored cannot be told, so they are not taken back";
            return vec![format!("{words}: {failure}")];
        }
    };
    let is_stored = |one: &Unstored, uid: &str| one.revoke.uid == uid;
    let targets: Vec<ToRevoke> = made
        .iter()
        .zip(&kept)
        .filter(|(one, kept)| {
            let record = kept.as_ref().map(|kept| Record::of(&kept.object));
            !record.is_some_and(|record| is_stored(one, &record.credential_id))
        })
        .map(|(one, _)| one.revoke.clone())
        .collect();
    if targets.is_empty() {
        return Vec::new();
    }
    let mut notes = vec!["the credentials that were made and not stored have been taken back".to_owned()];
    let failures = cluster::revoke(targets, time).into_iter().filter_map(Result::err);
    notes.extend(failures.map(|failure| format!("a credential could not be taken back: {failure}")));
    notes
}

/// Takes back what runs of before have left behind, each on its cluster. What the user should know.
pub(super) fn sweep(found: Vec<(Endpoint, Hold)>, time: Duration) -> Vec<String> {
    let titles: Vec<String> = found.iter().map(|(_, hold)| hold.reference.title()).collect();
    let to_revoke =
        |(endpoint, hold): (Endpoint, Hold)| ToRevoke { endpoint, credential: hold.reference, uid: hold.uid };
    let answers = cluster::revoke(found.into_iter().map(to_revoke).collect(), time);
    let told = titles.into_iter().zip(answers).map(|(title, answer)| match answer {
        Ok(()) => format!("{title}, which a run had left behind, has been taken back"),
        Err(failure) => format!("{title}, which a run had left behind, could not be taken back: {failure}"),
    });
    told.collect()
}
