//! One cluster on its way from the plan to the Secret.

use super::fixed;
use super::survey::Surveyed;
use super::wanted::{All, Prepared};
use crate::cluster::{Failure, Hold, Kept, Minted, ToMint, Writing};
use crate::credentials::copying::{self, Own};
use crate::credentials::identity::Object;
use crate::credentials::judge::{self, InUse, Outcome as Looked, State};
use crate::credentials::operator::TokenMode;
use crate::credentials::plan::{Change, Credential, Entry, rights_id};
use crate::credentials::proof::{self, Term};
use crate::credentials::record::{Kind, Record};
use crate::credentials::rights::needed;
use crate::credentials::rotation::taken;
use crate::credentials::survey::Proof;
use crate::report::dates::date;
use crate::report::secrets::create::Stage;

/// A cluster on its way.
pub(super) struct Leg<'a> {
    /// What is wanted.
    pub(super) one: &'a Prepared,
    /// What is planned.
    pub(super) entry: &'a Entry,
    /// The Secret that is there.
    pub(super) before: Option<Kept>,
    /// Credentials that runs of before have left behind.
    pub(super) orphans: &'a [Hold],
    /// Other Secrets of ours for the cluster.
    pub(super) siblings: &'a [Kept],
    /// The identity of the cluster.
    pub(super) cluster_uid: String,
    /// The credential that was made.
    pub(super) minted: Option<Minted>,
    /// Name and uid of the one whose credential is taken over.
    taken: Option<(String, String)>,
    /// What was looked at with the credential.
    pub(super) outcomes: Vec<Looked>,
    /// Why it got no further.
    pub(super) failure: Option<String>,
    /// How far it came.
    pub(super) stage: Stage,
}

/// All clusters, on their way.
pub(super) fn legs<'a>(all: &'a All, seen: &'a Surveyed) -> Vec<Leg<'a>> {
    let mut legs = Vec::new();
    for (at, (one, entry)) in all.clusters.iter().zip(&seen.entries).enumerate() {
        let Ok(entry) = entry else { continue };
        let survey = seen.surveys.get(at).and_then(Option::as_ref);
        legs.push(Leg {
            one,
            entry,
            before: seen.shelf.kept.get(at).cloned().flatten(),
            orphans: seen.orphans.get(at).map(Vec::as_slice).unwrap_or_default(),
            siblings: seen.siblings.get(at).map(Vec::as_slice).unwrap_or_default(),
            cluster_uid: survey.and_then(|survey| survey.uid.clone()).unwrap_or_default(),
            minted: None,
            taken: None,
            outcomes: Vec::new(),
            failure: None,
            stage: if entry.is_done() { Stage::Same } else { Stage::NotStored },
        });
    }
    legs
}

impl Leg<'_> {
    /// Whether it has a credential that is not stored yet.
    pub(super) fn is_new(&self) -> bool {
        self.minted.is_some() || (self.one.own.is_some() && self.entry.credential != Credential::Keep)
    }

    /// Holds what a credential has proven against what is wanted.
    pub(super) fn judge(&mut self, proof: Result<Proof, Failure>, now: i64) {
        let proof = match proof {
            Ok(proof) => proof,
            Err(failure) => {
                self.failure = Some(format!("the new credential does not work: {}", failure.told()));
                return;
            }
        };
        let wanted = &self.one.wanted;
        let uid = self.minted.as_ref().map_or("", |minted| minted.account_uid.as_str());
        let own = wanted.own.as_ref();
        let end = own.map_or_else(|| self.minted.as_ref().and_then(|minted| minted.not_after), |own| own.not_after);
        self.taken = own.and(proof.username.clone().zip(proof.uid.clone()));
        let in_use = if self.entry.outcomes.iter().any(|it| it.check.id == "foreign-jobs" && it.state == State::Unknown)
        {
            InUse::No
        } else {
            InUse::Yes
        };
        let identity = match own {
            Some(_) => copying::identity(&proof),
            None => judge::identity(&proof, &wanted.identity, uid),
        };
        let term = Term { mode: wanted.mode, not_after: end, now, date };
        let mut found = proof::outcomes(&proof, identity, term, needed(&wanted.uses).len());
        found.push(judge::foreign_jobs(&proof.tasks, in_use));
        self.outcomes = found.into_iter().map(|outcome| outcome.skipping(&wanted.skipped)).collect();
        self.failure = proof::failure(&self.outcomes);
    }

    /// What is noted at the Secret.
    pub(super) fn record(&self, now: i64) -> Record {
        let wanted = &self.one.wanted;
        if let Some(own) = &wanted.own {
            return self.record_of(own, now);
        }
        let Some(minted) = &self.minted else { return self.common_record(now) };
        let kind = match wanted.mode {
            TokenMode::Secret => Kind::TokenSecret,
            TokenMode::Request(_) => Kind::TokenRequest,
        };
        Record {
            identity: wanted.identity.username(),
            identity_uid: minted.account_uid.clone(),
            kind: Some(kind),
            credential: format!("{}/{}", wanted.identity.namespace, minted.credential.name),
            credential_id: minted.credential_uid.clone(),
            not_after: minted.not_after,
            requested: wanted.mode.asked(),
            ..self.common_record(now)
        }
    }

    fn record_of(&self, own: &Own, now: i64) -> Record {
        let (identity, identity_uid) = self.taken.clone().unwrap_or_default();
        Record {
            identity,
            identity_uid,
            kind: Some(own.kind),
            credential_id: own.id.clone(),
            not_after: own.not_after,
            ..self.common_record(now)
        }
    }

    /// What does not depend on the kind of credential.
    fn common_record(&self, now: i64) -> Record {
        let wanted = &self.one.wanted;
        let before = self.before.as_ref().map(|kept| Record::of(&kept.object));
        let replaced = before.filter(|before| before.cluster_uid == self.cluster_uid).map(|before| before.replaced());
        let all = self.entry.outcomes.iter().chain(&self.outcomes);
        let skipped = all.filter(|outcome| outcome.state == State::Skipped).map(|outcome| outcome.check.id.to_owned());
        Record {
            context: wanted.context.clone(),
            server: wanted.server.to_string(),
            cluster_uid: self.cluster_uid.clone(),
            authority: wanted.authority.clone(),
            key: wanted.key.clone(),
            token_key: wanted.token_key.clone(),
            rights: rights_id(&wanted.uses, wanted.profile),
            skipped: skipped.collect(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            created: Some(now),
            previous: replaced.unwrap_or_default(),
            ..Record::default()
        }
    }
}

/// What is to be made.
pub(super) fn to_mint(leg: &Leg<'_>, writing: Writing, now: i64) -> ToMint {
    let identity = &leg.one.wanted.identity;
    let makes = |object: &Object| object.reference.kind == "Namespace";
    let accounts = |object: &Object| object.reference.kind == "ServiceAccount";
    let objects = || leg.entry.objects.iter().filter(|(_, change)| *change != Change::Same).map(|(object, _)| object);
    let before = fixed::known(leg.before.as_ref(), leg.siblings);
    let orphans: Vec<_> = leg.orphans.iter().map(|hold| hold.reference.clone()).collect();
    let name = identity.credential_name(now, &taken(&before, &orphans));
    let secret = match (&leg.entry.credential, leg.one.wanted.mode) {
        (Credential::Keep, _) => None,
        (Credential::Make(_), TokenMode::Secret) => Some(identity.token_secret(&name)),
        (Credential::Make(_), TokenMode::Request(_)) => Some(identity.lease_secret(&name)),
    };
    ToMint {
        endpoint: leg.one.used.endpoint.clone(),
        identity: identity.clone(),
        namespace: objects().find(|object| makes(object)).cloned(),
        account: objects().find(|object| accounts(object)).cloned(),
        roles: objects().filter(|object| !makes(object) && !accounts(object)).cloned().collect(),
        mode: leg.one.wanted.mode,
        secret,
        writing,
    }
}
