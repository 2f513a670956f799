//! The plan, carried out: identities and credentials, their proof, the Secrets.

use super::arguments::Arguments;
use super::rotating::old_counts;
use super::survey::{Surveyed, to_prove};
use super::wanted::{All, Prepared};
use crate::cluster::{self, Age, Endpoint, Failure, Hold, Kept, Minted, ToMint, ToRevoke, ToStore, Writing};
use crate::commands::secrets::access::Used;
use crate::commands::secrets::opened::Opened;
use crate::commands::secrets::unstored::{Unstored, sweep, take_back};
use crate::credentials::identity::Object;
use crate::credentials::judge::{self, InUse, Outcome as Looked, State};
use crate::credentials::operator::TokenMode;
use crate::credentials::owner::Way;
use crate::credentials::plan::{Change, Credential, Entry, rights_id};
use crate::credentials::record::{Kind, Record};
use crate::credentials::rights::needed;
use crate::credentials::rotation::taken;
use crate::credentials::secret::{Life, Stored};
use crate::credentials::survey::Proof;
use crate::error::Outcome;
use crate::report::dates::date;
use crate::report::secrets::create::{Done, Stage};

/// What came of everything.
#[derive(Default)]
pub(super) struct Course {
    /// Of each cluster.
    pub(super) done: Vec<Done>,
    /// What else the user should know.
    pub(super) notes: Vec<String>,
}

impl Course {
    /// When there was nothing to do.
    pub(super) fn nothing(all: &All) -> Self {
        let same = |one: &Prepared| done(one, Ok(Stage::Same), Vec::new());
        Self { done: all.clusters.iter().map(same).collect(), notes: Vec::new() }
    }

    /// Whether the values of the chart may name the Secrets now.
    pub(super) fn is_stored(&self) -> bool {
        !self.done.is_empty() && self.done.iter().all(|done| matches!(done.result, Ok(Stage::Stored | Stage::Same)))
    }
}

fn done(one: &Prepared, result: Result<Stage, String>, outcomes: Vec<Looked>) -> Done {
    Done { cluster: one.wanted.owner.cluster.clone(), result, outcomes }
}

/// A cluster on its way.
struct Leg<'a> {
    one: &'a Prepared,
    entry: &'a Entry,
    before: Option<Kept>,
    /// Credentials that runs of before have left behind.
    orphans: &'a [Hold],
    cluster_uid: String,
    minted: Option<Minted>,
    outcomes: Vec<Looked>,
    failure: Option<String>,
    stage: Stage,
}

/// Carries the plan out. Before everything is proven, nothing is written on the default cluster.
pub(super) fn carry_out(
    arguments: &Arguments,
    all: &All,
    seen: &Surveyed,
    default: &Used,
    writing: Writing,
    now: i64,
) -> (Course, Outcome) {
    let mut trip =
        Trip { arguments, default: default.endpoint.clone(), writing, now, legs: legs(all, seen), notes: Vec::new() };
    trip.mint();
    if writing == Writing::Real && trip.is_well() {
        trip.prove();
    }
    if !trip.is_well() {
        trip.take_back();
        return trip.end(Outcome::No);
    }
    if writing == Writing::Dry {
        return trip.end(Outcome::Success);
    }
    trip.store()
}

fn legs<'a>(all: &'a All, seen: &'a Surveyed) -> Vec<Leg<'a>> {
    let mut legs = Vec::new();
    for (at, (one, entry)) in all.clusters.iter().zip(&seen.entries).enumerate() {
        let Ok(entry) = entry else { continue };
        let survey = seen.surveys.get(at).and_then(Option::as_ref);
        legs.push(Leg {
            one,
            entry,
            before: seen.shelf.kept.get(at).cloned().flatten(),
            orphans: seen.orphans.get(at).map(Vec::as_slice).unwrap_or_default(),
            cluster_uid: survey.and_then(|survey| survey.uid.clone()).unwrap_or_default(),
            minted: None,
            outcomes: Vec::new(),
            failure: None,
            stage: if entry.is_done() { Stage::Same } else { Stage::NotStored },
        });
    }
    legs
}

struct Trip<'a> {
    arguments: &'a Arguments,
    default: Endpoint,
    writing: Writing,
    now: i64,
    legs: Vec<Leg<'a>>,
    notes: Vec<String>,
}

impl Trip<'_> {
    fn is_well(&self) -> bool {
        self.legs.iter().all(|leg| leg.failure.is_none())
    }

    fn end(self, outcome: Outcome) -> (Course, Outcome) {
        let Self { legs, notes, .. } = self;
        let done =
            legs.into_iter().map(|leg| done(leg.one, leg.failure.map_or(Ok(leg.stage), Err), leg.outcomes)).collect();
        (Course { done, notes }, outcome)
    }

    fn mint(&mut self) {
        let (writing, now) = (self.writing, self.now);
        let open: Vec<usize> = (0..self.legs.len()).filter(|&at| !self.legs[at].entry.is_done()).collect();
        let targets = open.iter().map(|&at| to_mint(&self.legs[at], writing, now)).collect();
        for (at, answer) in open.into_iter().zip(cluster::mint(targets, self.arguments.run.timeout)) {
            let leg = &mut self.legs[at];
            match answer {
                Ok(minted) => {
                    leg.minted = minted;
                    if writing == Writing::Dry {
                        leg.stage = Stage::Tried;
                    }
                }
                Err(failure) => leg.failure = Some(failure.to_string()),
            }
        }
    }

    fn prove(&mut self) {
        let open: Vec<usize> = (0..self.legs.len()).filter(|&at| self.legs[at].minted.is_some()).collect();
        let targets = open.iter().filter_map(|&at| {
            let leg = &self.legs[at];
            let minted = leg.minted.as_ref()?;
            Some(to_prove(leg.one, leg.one.endpoint(&minted.token), Age::New))
        });
        let proofs = cluster::prove(targets.collect(), self.arguments.run.timeout);
        let now = self.now;
        for (at, proof) in open.into_iter().zip(proofs) {
            self.legs[at].judge(proof, now);
        }
    }

    /// Credentials that are not stored are of no use to anybody.
    fn take_back(&mut self) {
        let unstored = self
            .legs
            .iter()
            .filter(|leg| leg.stage != Stage::Stored)
            .filter_map(|leg| Some(Unstored { secret: leg.one.wanted.secret.clone(), revoke: to_revoke(leg)? }));
        let unstored: Vec<Unstored> = unstored.collect();
        let (namespace, time) = (&self.arguments.target.namespace, self.arguments.run.timeout);
        self.notes.extend(take_back(&self.default, namespace, &unstored, time));
    }

    /// Nor are those that runs of before have left behind.
    fn sweep(&mut self) {
        let stored = self.legs.iter().filter(|leg| leg.stage == Stage::Stored && leg.minted.is_some());
        let found = stored.flat_map(|leg| leg.orphans.iter().map(|hold| (leg.one.used.endpoint.clone(), hold.clone())));
        self.notes.extend(sweep(found.collect(), self.arguments.run.timeout));
        let stored = self.legs.iter().filter(|leg| leg.stage == Stage::Stored && leg.minted.is_some());
        self.notes.extend(stored.filter_map(|leg| old_counts(leg.one, leg.before.as_ref(), &leg.cluster_uid)));
    }

    fn store(mut self) -> (Course, Outcome) {
        let places: Vec<usize> = (0..self.legs.len()).filter(|&at| self.legs[at].minted.is_some()).collect();
        let secrets: Vec<ToStore> = places.iter().filter_map(|&at| self.to_store(&self.legs[at])).collect();
        if let Some((at, why)) =
            places.iter().zip(&secrets).find_map(|(&at, secret)| Some((at, secret.stored.excess()?)))
        {
            self.legs[at].failure = Some(why);
        }
        if self.is_well() {
            self.try_out(&places, &secrets);
        }
        if !self.is_well() {
            self.take_back();
            return self.end(Outcome::No);
        }
        let time = self.arguments.run.timeout;
        let written = cluster::store(self.default.clone(), secrets, Writing::Real, time)
            .unwrap_or_else(|failure| vec![Err(failure)]);
        let mut kept = Vec::new();
        for (&at, answer) in places.iter().zip(written) {
            match answer {
                Ok(secret) => kept.push((at, secret)),
                Err(failure) => self.legs[at].failure = Some(failure.to_string()),
            }
        }
        for leg in self.legs.iter_mut().filter(|leg| leg.minted.is_none() && leg.failure.is_none()) {
            leg.stage = if leg.entry.is_done() { Stage::Same } else { Stage::Stored };
        }
        self.read_back(&kept);
        self.take_back();
        self.sweep();
        let outcome = match (self.is_well(), kept.is_empty()) {
            (true, _) => Outcome::Success,
            (false, false) => Outcome::Partial,
            (false, true) => Outcome::No,
        };
        self.end(outcome)
    }

    fn try_out(&mut self, places: &[usize], secrets: &[ToStore]) {
        let time = self.arguments.run.timeout;
        match cluster::store(self.default.clone(), secrets.to_vec(), Writing::Dry, time) {
            Ok(answers) => {
                for (&at, answer) in places.iter().zip(answers) {
                    if let Err(failure) = answer {
                        self.legs[at].failure = Some(format!("the default cluster would not take it: {failure}"));
                    }
                }
            }
            Err(failure) => {
                if let Some(&at) = places.first() {
                    self.legs[at].failure = Some(format!("default cluster: {failure}"));
                }
            }
        }
    }

    fn to_store(&self, leg: &Leg<'_>) -> Option<ToStore> {
        let (wanted, minted) = (&leg.one.wanted, leg.minted.as_ref()?);
        let stored = Stored {
            namespace: self.arguments.target.namespace.clone(),
            name: wanted.secret.clone(),
            owner: wanted.owner.clone(),
            data: leg.one.data(&minted.token),
            record: leg.record(minted, self.now),
            life: Life::Mutable,
        };
        let way = leg.entry.way.as_ref().map_or(Way::Create, |way| *way);
        Some(ToStore { stored, before: leg.before.clone(), way })
    }

    /// What was read back is what the master will read: it is tried out once more.
    fn read_back(&mut self, kept: &[(usize, Kept)]) {
        let mut places = Vec::new();
        let mut targets = Vec::new();
        for (at, secret) in kept {
            let leg = &mut self.legs[*at];
            let opened = Opened::of(secret, &leg.one.wanted.key);
            match opened.as_ref().and_then(Opened::token) {
                Some(token) => {
                    places.push(*at);
                    targets.push(to_prove(leg.one, leg.one.endpoint(token), Age::Old));
                }
                None => {
                    leg.failure =
                        Some("what was read back is not what was written: somebody else writes it".to_owned());
                }
            }
        }
        for (at, proof) in places.into_iter().zip(cluster::prove(targets, self.arguments.run.timeout)) {
            let leg = &mut self.legs[at];
            match proof {
                Ok(_) => leg.stage = Stage::Stored,
                Err(failure) => leg.failure = Some(format!("what was read back does not work: {failure}")),
            }
        }
    }
}

impl Leg<'_> {
    fn judge(&mut self, proof: Result<Proof, Failure>, now: i64) {
        let proof = match proof {
            Ok(proof) => proof,
            Err(failure) => {
                self.failure = Some(format!("the new credential does not work: {failure}"));
                return;
            }
        };
        let wanted = &self.one.wanted;
        let uid = self.minted.as_ref().map_or("", |minted| minted.account_uid.as_str());
        let end = self.minted.as_ref().and_then(|minted| minted.not_after);
        let asked = match wanted.mode {
            TokenMode::Request(seconds) => Some(seconds),
            TokenMode::Secret => None,
        };
        let [start, run] = judge::rights(&proof.lacking, needed(&wanted.uses).len());
        let in_use = if self.entry.outcomes.iter().any(|it| it.check.id == "foreign-jobs" && it.state == State::Unknown)
        {
            InUse::No
        } else {
            InUse::Yes
        };
        let found = [
            judge::identity(&proof, &wanted.identity, uid),
            judge::masters(&proof.groups),
            judge::lifetime(asked, end, now, date),
            start,
            run,
            judge::excess(&proof.excess),
            judge::foreign_jobs(&proof.tasks, in_use),
        ];
        self.outcomes = found.into_iter().map(|outcome| outcome.skipping(&wanted.skipped)).collect();
        let failed: Vec<String> = self
            .outcomes
            .iter()
            .filter(|outcome| outcome.state == State::Failed)
            .map(|outcome| format!("{}: {}", outcome.check.id, outcome.words))
            .collect();
        if !failed.is_empty() {
            self.failure = Some(failed.join("; "));
        }
    }

    fn record(&self, minted: &Minted, now: i64) -> Record {
        let wanted = &self.one.wanted;
        let (kind, requested) = match wanted.mode {
            TokenMode::Secret => (Kind::TokenSecret, None),
            TokenMode::Request(seconds) => (Kind::TokenRequest, Some(seconds)),
        };
        let before = self.before.as_ref().map(|kept| Record::of(&kept.object));
        let replaced = before.filter(|before| before.cluster_uid == self.cluster_uid).map(|before| before.replaced());
        let all = self.entry.outcomes.iter().chain(&self.outcomes);
        let skipped = all.filter(|outcome| outcome.state == State::Skipped).map(|outcome| outcome.check.id.to_owned());
        Record {
            context: wanted.context.clone(),
            server: wanted.server.to_string(),
            cluster_uid: self.cluster_uid.clone(),
            authority: wanted.authority.clone(),
            identity: wanted.identity.username(),
            identity_uid: minted.account_uid.clone(),
            kind: Some(kind),
            credential: format!("{}/{}", wanted.identity.namespace, minted.credential.name),
            credential_id: minted.credential_uid.clone(),
            not_after: minted.not_after,
            requested,
            key: wanted.key.clone(),
            token_key: wanted.token_key.clone(),
            rights: rights_id(&wanted.uses, wanted.profile),
            skipped: skipped.collect(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            created: Some(now),
            previous: replaced.unwrap_or_default(),
            live_since: String::new(),
        }
    }
}

fn to_mint(leg: &Leg<'_>, writing: Writing, now: i64) -> ToMint {
    let identity = &leg.one.wanted.identity;
    let makes = |object: &Object| object.reference.kind == "Namespace";
    let accounts = |object: &Object| object.reference.kind == "ServiceAccount";
    let objects = || leg.entry.objects.iter().filter(|(_, change)| *change != Change::Same).map(|(object, _)| object);
    let before = leg.before.as_ref().map(|kept| Record::of(&kept.object)).unwrap_or_default();
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

fn to_revoke(leg: &Leg<'_>) -> Option<ToRevoke> {
    let minted = leg.minted.as_ref()?;
    Some(ToRevoke {
        endpoint: leg.one.used.endpoint.clone(),
        credential: minted.credential.clone(),
        uid: minted.credential_uid.clone(),
    })
}
