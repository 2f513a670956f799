//! How the master is to get new credentials later.

use super::arguments::{Arguments, Auth};
use super::wanted::Prepared;
use crate::cluster::Kept;
use crate::commands::secrets::opened::Opened;
use crate::commands::secrets::rotate::Rotation;
use crate::credentials::plan::Wanted;
use crate::credentials::record::Record;
use crate::error::Error;
use crate::kubeconfig::{Secret, render};

/// Whether what was asked for can be.
pub(super) fn possible(arguments: &Arguments) -> Result<(), Error> {
    if arguments.stored.rotation == Some(Rotation::Live) && arguments.identity.auth == Auth::Copy {
        let hint = "leave out --rotation live, or --auth copy".to_owned();
        return Err(Error::with_hint("with --auth copy there is no token to make anew", Some(hint)));
    }
    if arguments.stored.rotation == Some(Rotation::Live) && arguments.config.is_none() {
        let hint = "name the configuration, or turn it on later with detctl secrets rotate --rotation live".to_owned();
        let message = "--rotation live needs the place of the cluster in additional_resource_managers, by which the chart \
                       mounts its Secret";
        return Err(Error::with_hint(message, Some(hint)));
    }
    Ok(())
}

/// Where the master finds the token: the chart mounts the whole Secret by its place in the list (facts §6.2).
pub(super) fn path(wanted: &Wanted) -> Option<String> {
    wanted.token_key.as_ref().map(|key| format!("/mount/determined/secrets/{}/{key}", wanted.index))
}

/// A credential that is replaced and counts on, if there is one; `uid` is that of the cluster.
pub(super) fn old_counts(one: &Prepared, before: Option<&Kept>, uid: &str) -> Option<String> {
    let record = Record::of(&before?.object);
    let replaced = record.replaced();
    let (cluster, old) = (&one.wanted.owner.cluster, replaced.last()?);
    Some(if record.cluster_uid == uid {
        format!("{cluster}: the credential of before still counts; detctl secrets rotate takes it back")
    } else {
        format!(
            "{cluster}: the credential of before counts on, on another cluster: delete Secret {} there",
            old.credential
        )
    })
}

impl Prepared {
    /// The keys of the Secret with what they hold.
    pub(super) fn data(&self, token: &Secret) -> Vec<(String, Secret)> {
        let kubeconfig = (self.wanted.key.clone(), render(&self.output(token.clone())));
        let file = self.wanted.token_key.clone().map(|key| (key, token.clone()));
        std::iter::once(kubeconfig).chain(file).collect()
    }

    /// Whether the file with the token is to lie elsewhere than the stored kubeconfig says.
    pub(super) fn is_moved(&self, kept: &Kept) -> bool {
        let opened = Opened::of(kept, &self.wanted.key).filter(|_| self.own.is_none());
        opened.is_some_and(|opened| opened.token_file != self.token_path)
    }

    /// Goes on as before, when it was not said how the master gets new credentials. Where the file lies the configuration
    /// tells, and without one what is stored.
    pub(super) fn keep_rotation(&mut self, arguments: &Arguments, kept: Option<&Kept>) {
        let goes_on = arguments.stored.rotation.is_none() && self.own.is_none();
        let Some(kept) = kept.filter(|_| goes_on) else { return };
        let record = Record::of(&kept.object);
        let stored = Opened::of(kept, &record.key).and_then(|opened| opened.token_file);
        if let (Some(key), Some(stored)) = (record.token_key, stored) {
            self.wanted.token_key = Some(key);
            self.token_path = arguments.config.as_ref().map_or(Some(stored), |_| path(&self.wanted));
        }
    }
}
