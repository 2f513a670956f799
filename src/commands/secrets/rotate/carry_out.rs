//! New credentials: made, proven, stored, read back and proven again. What goes wrong before something is stored leaves
//! nothing behind.

use super::arguments::Arguments;
use super::scene::{Scene, Turn, skipped};
use crate::cluster::{self, Age, Failure, Kept, Minted, ToMint, ToProve, ToStore, Writing};
use crate::commands::secrets::access::Used;
use crate::commands::secrets::opened::Opened;
use crate::commands::secrets::unstored::{Unstored, sweep, take_back};
use crate::credentials::judge::{Outcome as Looked, State};
use crate::credentials::operator::TokenMode;
use crate::credentials::owner::Way;
use crate::credentials::plan::uses_of;
use crate::credentials::proof::{self, Term};
use crate::credentials::record::Record;
use crate::credentials::rotation::{self, New};
use crate::credentials::secret::{Life, Stored};
use crate::credentials::{audit, survey::Proof};
use crate::error::Outcome;
use crate::kubeconfig::{OutputCredential, Secret, render};
use crate::report::dates::date;
use crate::report::secrets::rotate::{Done, Stage, Task};

/// What came of everything.
pub(super) struct Course {
    /// Of each cluster.
    pub(super) done: Vec<Done>,
    /// What else the user should know.
    pub(super) notes: Vec<String>,
    /// How the run ends.
    pub(super) outcome: Outcome,
}

/// A cluster on its way.
pub(super) struct Leg<'a> {
    pub(super) turn: &'a Turn,
    /// The Secret as it was last seen.
    pub(super) kept: Kept,
    minted: Option<Minted>,
    pub(super) outcomes: Vec<Looked>,
    pub(super) failure: Option<String>,
    pub(super) stage: Stage,
}

pub(super) struct Trip<'a> {
    pub(super) arguments: &'a Arguments,
    pub(super) default: &'a Used,
    pub(super) now: i64,
    pub(super) legs: Vec<Leg<'a>>,
    pub(super) notes: Vec<String>,
}

impl<'a> Trip<'a> {
    pub(super) fn new(arguments: &'a Arguments, default: &'a Used, scene: &'a Scene, now: i64) -> Self {
        let leg = |turn: &'a Turn| Leg {
            turn,
            kept: turn.kept.clone(),
            minted: None,
            outcomes: Vec::new(),
            failure: None,
            stage: if turn.task == Task::Finish { Stage::Stored(String::new()) } else { Stage::Untouched },
        };
        Self { arguments, default, now, legs: scene.turns.iter().map(leg).collect(), notes: Vec::new() }
    }

    pub(super) fn is_well(&self) -> bool {
        self.legs.iter().all(|leg| leg.failure.is_none())
    }

    pub(super) fn time(&self) -> std::time::Duration {
        self.arguments.run.timeout
    }

    pub(super) fn places(&self, is_wanted: impl Fn(&Leg<'_>) -> bool) -> Vec<usize> {
        (0..self.legs.len()).filter(|&at| is_wanted(&self.legs[at])).collect()
    }

    pub(super) fn end(self, outcome: Outcome) -> Course {
        let Self { legs, notes, .. } = self;
        let done = legs.into_iter().map(|leg| Done {
            cluster: leg.turn.owner.cluster.clone(),
            result: leg.failure.map_or(Ok(leg.stage), Err),
            outcomes: leg.outcomes,
        });
        Course { done: done.collect(), notes, outcome }
    }

    /// Lets the servers try it.
    pub(super) fn try_out(mut self) -> Course {
        self.mint(Writing::Dry);
        let open = self.places(|leg| leg.turn.task == Task::Renew && leg.failure.is_none());
        let secrets = open.iter().map(|&at| ToStore {
            stored: self.legs[at].unchanged(),
            before: Some(self.legs[at].kept.clone()),
            way: self.legs[at].turn.way,
        });
        let secrets = secrets.collect();
        self.try_to_store(&open, secrets);
        for &at in &open {
            self.legs[at].stage = Stage::Tried;
        }
        let outcome = if self.is_well() { Outcome::Success } else { Outcome::No };
        self.end(outcome)
    }

    /// Makes and stores new credentials; whether the run can go on, else how it ends.
    pub(super) fn renew(&mut self) -> Result<(), Outcome> {
        self.mint(Writing::Real);
        if self.is_well() {
            self.prove();
        }
        let open = self.places(|leg| leg.minted.is_some());
        let secrets: Vec<ToStore> = open.iter().filter_map(|&at| self.to_store(&self.legs[at])).collect();
        if self.is_well() {
            for (&at, secret) in open.iter().zip(&secrets) {
                self.legs[at].failure = secret.stored.excess();
            }
        }
        if self.is_well() {
            self.try_to_store(&open, secrets.clone());
        }
        if !self.is_well() {
            self.take_back();
            return Err(Outcome::No);
        }
        self.store(&open, secrets);
        Ok(())
    }

    fn mint(&mut self, writing: Writing) {
        let open = self.places(|leg| leg.turn.task == Task::Renew);
        let now = self.now;
        let targets = open.iter().map(|&at| to_mint(self.legs[at].turn, writing, now)).collect();
        for (at, answer) in open.into_iter().zip(cluster::mint(targets, self.time())) {
            match answer {
                Ok(minted) => {
                    let leg = &mut self.legs[at];
                    leg.turn.used.know_minted(minted.as_ref());
                    leg.minted = minted;
                }
                Err(failure) => self.legs[at].failure = Some(failure.to_string()),
            }
        }
    }

    fn prove(&mut self) {
        let open = self.places(|leg| leg.minted.is_some());
        let targets = open.iter().filter_map(|&at| {
            let leg = &self.legs[at];
            to_prove(leg.turn, &leg.minted.as_ref()?.token, Age::New)
        });
        let proofs = cluster::prove(targets.collect(), self.time());
        for (at, proof) in open.into_iter().zip(proofs) {
            let (arguments, now) = (self.arguments, self.now);
            self.legs[at].judge(proof, arguments, now);
        }
    }

    fn try_to_store(&mut self, open: &[usize], secrets: Vec<ToStore>) {
        let answers = cluster::store(self.default.endpoint.clone(), secrets, Writing::Dry, self.time());
        let answers = answers.unwrap_or_else(|failure| vec![Err(failure); open.len().min(1)]);
        for (&at, answer) in open.iter().zip(answers) {
            if let Err(failure) = answer {
                self.legs[at].failure = Some(format!("the default cluster would not take it: {failure}"));
            }
        }
    }

    fn store(&mut self, open: &[usize], secrets: Vec<ToStore>) {
        let written = cluster::store(self.default.endpoint.clone(), secrets, Writing::Real, self.time());
        for (&at, answer) in open.iter().zip(written.unwrap_or_else(|failure| vec![Err(failure)])) {
            match answer {
                Ok(kept) => {
                    self.legs[at].kept = kept;
                    self.legs[at].stage = Stage::Stored(String::new());
                }
                Err(failure) => self.legs[at].failure = Some(failure.to_string()),
            }
        }
        self.take_back();
        self.confirm();
        let fresh = self.places(|leg| leg.minted.is_some() && leg.is_stored());
        self.sweep(&fresh);
    }

    /// Tries out what is stored, as it was read back.
    pub(super) fn confirm(&mut self) {
        let mut places = Vec::new();
        let mut targets = Vec::new();
        for at in self.places(|leg| leg.is_stored()) {
            let leg = &mut self.legs[at];
            let opened = Opened::of(&leg.kept, &leg.record().key);
            match opened.as_ref().and_then(Opened::token).and_then(|token| to_prove(leg.turn, token, Age::Old)) {
                Some(target) => {
                    places.push(at);
                    targets.push(target);
                }
                None => leg.failure = Some("what was read back is no kubeconfig: somebody else writes it".to_owned()),
            }
        }
        for (at, proof) in places.into_iter().zip(cluster::prove(targets, self.time())) {
            if let Err(failure) = proof {
                self.legs[at].failure = Some(format!("what is stored does not work: {failure}"));
            }
        }
    }

    fn take_back(&mut self) {
        let unstored = |leg: &Leg<'_>| {
            let minted = leg.minted.as_ref().filter(|_| !leg.is_stored())?;
            Some(Unstored { secret: leg.kept.name().to_owned(), revoke: minted.to_revoke(&leg.turn.used.endpoint) })
        };
        let made: Vec<Unstored> = self.legs.iter().filter_map(unstored).collect();
        let namespace = &self.arguments.target.namespace;
        self.notes.extend(take_back(&self.default.endpoint, namespace, &made, self.time()));
    }

    /// Takes credentials back that runs of before have left behind.
    pub(super) fn sweep(&mut self, places: &[usize]) {
        let legs = places.iter().map(|&at| self.legs[at].turn);
        let found = legs.flat_map(|turn| turn.orphans.iter().map(|hold| (turn.used.endpoint.clone(), hold.clone())));
        self.notes.extend(sweep(found.collect(), self.time()));
    }

    fn to_store(&self, leg: &Leg<'_>) -> Option<ToStore> {
        let (turn, minted) = (leg.turn, leg.minted.as_ref()?);
        let token = minted.token.clone();
        let (before, opened) = (&turn.record, turn.opened.as_ref()?);
        let mut data = Vec::new();
        let credential = match &turn.file {
            Some(file) => {
                data.push((file.key.clone(), token.clone()));
                OutputCredential::TokenWithFile(token, file.path.clone())
            }
            None => OutputCredential::Token(token),
        };
        data.insert(0, (before.key.clone(), render(&opened.output(credential))));
        let record = Record {
            context: turn.context.clone(),
            credential: format!("{}/{}", turn.identity.namespace, minted.credential.name),
            credential_id: minted.credential_uid.clone(),
            identity_uid: minted.account_uid.clone(),
            not_after: minted.not_after,
            skipped: leg.skipped(),
            token_key: turn.file.as_ref().map(|file| file.key.clone()),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            created: Some(self.now),
            previous: before.replaced(),
            live_since: turn.file.as_ref().map(|file| file.since.clone()).unwrap_or_default(),
            ..before.clone()
        };
        let stored = Stored { data, record, ..leg.unchanged() };
        Some(ToStore { stored, before: Some(leg.kept.clone()), way: turn.way })
    }
}

impl Leg<'_> {
    /// What is noted at the Secret as it was last seen.
    pub(super) fn record(&self) -> Record {
        Record::of(&self.kept.object)
    }

    pub(super) fn is_stored(&self) -> bool {
        self.failure.is_none() && matches!(self.stage, Stage::Stored(_))
    }

    /// The Secret as it is, as far as it is ours.
    pub(super) fn unchanged(&self) -> Stored {
        let record = self.record();
        let is_ours = |key: &str| key == record.key || record.token_key.as_deref() == Some(key);
        let data: Vec<(String, Secret)> = self.kept.data.iter().filter(|(key, _)| is_ours(key)).cloned().collect();
        Stored {
            namespace: self.kept.object["metadata"]["namespace"].as_str().unwrap_or_default().to_owned(),
            name: self.kept.name().to_owned(),
            owner: self.turn.owner.clone(),
            data,
            record,
            life: Life::Mutable,
        }
    }

    /// How it can be written again: what has been made anew is no longer immutable.
    pub(super) fn way_again(&self) -> Way {
        if self.kept.object["immutable"] == true { self.turn.way } else { Way::Change }
    }

    fn skipped(&self) -> Vec<String> {
        let outcomes = self.turn.outcomes.iter().chain(&self.outcomes);
        let now = outcomes.filter(|outcome| outcome.state == State::Skipped).map(|outcome| outcome.check.id.to_owned());
        let mut skipped = self.turn.record.skipped.clone();
        skipped.extend(now.filter(|id| !self.turn.record.skipped.contains(id)).collect::<Vec<_>>());
        skipped
    }

    fn judge(&mut self, proof: Result<Proof, Failure>, arguments: &Arguments, now: i64) {
        let proof = match proof {
            Ok(proof) => proof,
            Err(failure) => {
                self.failure = Some(format!("the new credential does not work: {}", failure.told()));
                return;
            }
        };
        let skipped = skipped(arguments, &self.turn.record);
        let new = New {
            identity: &self.turn.identity,
            term: Term {
                mode: self.turn.mode,
                not_after: self.minted.as_ref().and_then(|minted| minted.not_after),
                now,
                date,
            },
            skipped: &skipped,
        };
        self.outcomes = rotation::proven(&self.turn.record, &proof, &new);
        self.failure = proof::failure(&self.outcomes);
    }
}

fn to_mint(turn: &Turn, writing: Writing, now: i64) -> ToMint {
    let orphans: Vec<_> = turn.orphans.iter().map(|hold| hold.reference.clone()).collect();
    let name = turn.identity.credential_name(now, &rotation::taken(&turn.record, &orphans));
    let secret = match turn.mode {
        TokenMode::Secret => turn.identity.token_secret(&name),
        TokenMode::Request(_) => turn.identity.lease_secret(&name),
    };
    ToMint {
        endpoint: turn.used.endpoint.clone(),
        identity: turn.identity.clone(),
        namespace: None,
        account: None,
        roles: Vec::new(),
        mode: turn.mode,
        secret: Some(secret),
        writing,
    }
}

fn to_prove(turn: &Turn, token: &Secret, age: Age) -> Option<ToProve> {
    let uses = uses_of(&turn.record.rights);
    Some(ToProve {
        endpoint: turn.opened.as_ref()?.endpoint(token),
        needed: audit::rights(&turn.record),
        namespace: turn.identity.namespace.clone(),
        tasks: uses.map(|(uses, _)| uses.namespaces()).unwrap_or_default(),
        age,
    })
}
