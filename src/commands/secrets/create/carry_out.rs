//! The plan, carried out: identities and credentials, their proof, the Secrets.

use super::arguments::Arguments;
use super::fixed;
use super::leg::{Leg, legs, to_mint};
use super::rotating::old_counts;
use super::survey::{Surveyed, to_prove};
use super::wanted::{All, Prepared};
use crate::cluster::{self, Age, Endpoint, Kept, Removed, ToRemove, ToStore, Writing};
use crate::commands::secrets::access::Used;
use crate::commands::secrets::unstored::{Unstored, sweep, take_back};
use crate::credentials::judge::Outcome as Looked;
use crate::credentials::owner::Way;
use crate::credentials::record::Record;
use crate::credentials::secret::{Life, Stored};
use crate::error::{Error, Outcome};
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
        !self.done.is_empty()
            && self.done.iter().all(|done| matches!(done.result, Ok(Stage::Stored | Stage::Same | Stage::HandedOver)))
    }
}

fn done(one: &Prepared, result: Result<Stage, String>, outcomes: Vec<Looked>) -> Done {
    Done { cluster: one.wanted.owner.cluster.clone(), result, outcomes }
}

/// Makes and proves everything, and hands what would be stored to somebody else. Nothing is written on the default cluster.
/// What nobody takes is taken back.
pub(super) fn hand_over(
    arguments: &Arguments,
    all: &All,
    seen: &Surveyed,
    default: &Used,
    now: i64,
    take: &mut dyn FnMut(&[Stored]) -> Result<(), Error>,
) -> (Course, Outcome) {
    let mut trip = Trip::new(arguments, legs(all, seen), default, (Writing::Real, now));
    trip.mint();
    if trip.is_well() {
        trip.prove();
    }
    let stored: Vec<Stored> = trip.legs.iter().filter_map(|leg| trip.handed_over(leg)).collect();
    if let Some((leg, why)) = trip.legs.iter_mut().zip(&stored).find_map(|(leg, one)| Some((leg, one.excess()?))) {
        leg.failure = Some(why);
    }
    if trip.is_well()
        && let Err(error) = take(&stored)
    {
        trip.legs.iter_mut().for_each(|leg| leg.failure = Some(error.to_string()));
    }
    if !trip.is_well() {
        trip.take_back();
        return trip.end(Outcome::No);
    }
    trip.legs.iter_mut().for_each(|leg| leg.stage = Stage::HandedOver);
    trip.end(Outcome::Success)
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
    let mut trip = Trip::new(arguments, legs(all, seen), default, (writing, now));
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

struct Trip<'a> {
    arguments: &'a Arguments,
    default: Endpoint,
    writing: Writing,
    now: i64,
    legs: Vec<Leg<'a>>,
    notes: Vec<String>,
}

impl<'a> Trip<'a> {
    fn new(arguments: &'a Arguments, legs: Vec<Leg<'a>>, default: &Used, (writing, now): (Writing, i64)) -> Self {
        Self { arguments, default: default.endpoint.clone(), writing, now, legs, notes: Vec::new() }
    }

    /// Where the legs are that are wanted.
    fn places(&self, is_wanted: impl Fn(&Leg<'_>) -> bool) -> Vec<usize> {
        (0..self.legs.len()).filter(|&at| is_wanted(&self.legs[at])).collect()
    }

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
        let open = self.places(|leg| !leg.entry.is_done() && leg.one.own.is_none());
        let targets = open.iter().map(|&at| to_mint(&self.legs[at], writing, now)).collect();
        for (at, answer) in open.into_iter().zip(cluster::mint(targets, self.arguments.run.timeout)) {
            let leg = &mut self.legs[at];
            match answer {
                Ok(minted) => {
                    leg.one.used.know_minted(minted.as_ref());
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
        let open = self.places(|leg| leg.is_new());
        let targets = open.iter().filter_map(|&at| {
            let leg = &self.legs[at];
            Some(match &leg.minted {
                Some(minted) => to_prove(leg.one, leg.one.endpoint(&minted.token), Age::New),
                None => to_prove(leg.one, leg.one.own_endpoint()?, Age::Old),
            })
        });
        let proofs = cluster::prove(targets.collect(), self.arguments.run.timeout);
        let now = self.now;
        for (at, proof) in open.into_iter().zip(proofs) {
            self.legs[at].judge(proof, now);
        }
    }

    /// Credentials that are not stored are of no use to anybody.
    fn take_back(&mut self) {
        let unstored = |leg: &Leg<'_>| {
            let minted = leg.minted.as_ref().filter(|_| leg.stage != Stage::Stored)?;
            let revoke = minted.to_revoke(&leg.one.used.endpoint);
            Some(Unstored { secret: leg.one.wanted.secret.clone(), revoke })
        };
        let unstored: Vec<Unstored> = self.legs.iter().filter_map(unstored).collect();
        let (namespace, time) = (&self.arguments.target.namespace, self.arguments.run.timeout);
        self.notes.extend(take_back(&self.default, namespace, &unstored, time));
    }

    /// Nor are those that runs of before have left behind.
    fn sweep(&mut self) {
        let stored = self.legs.iter().filter(|leg| leg.stage == Stage::Stored && leg.is_new());
        let found = stored.flat_map(|leg| leg.orphans.iter().map(|hold| (leg.one.used.endpoint.clone(), hold.clone())));
        self.notes.extend(sweep(found.collect(), self.arguments.run.timeout));
        for leg in self.legs.iter().filter(|leg| leg.stage == Stage::Stored && leg.is_new()) {
            self.notes.extend(old_counts(leg.one, leg.before.as_ref(), &leg.cluster_uid));
            if leg.entry.way == Ok(Way::TakeOver) {
                let cluster = &leg.one.wanted.owner.cluster;
                self.notes.push(format!("{cluster}: what was in the Secret before counts on until you revoke it"));
            }
            let is_mounted = |kept: &&Kept| !leg.entry.outlived.iter().any(|name| name == kept.name());
            for kept in leg.siblings.iter().filter(is_mounted).filter(|_| leg.one.wanted.life == Life::Immutable) {
                let cluster = &leg.one.wanted.owner.cluster;
                let words = "stays until nothing mounts it; a run after that takes it away";
                self.notes.push(format!("{cluster}: Secret {} {words}", kept.name()));
            }
        }
    }

    /// Nor are Secrets that nothing mounts any more: the credential goes first, so that another run finds what is left.
    fn clear(&mut self) {
        let time = self.arguments.run.timeout;
        let is_well = |leg: &&Leg<'_>| leg.failure.is_none() && matches!(leg.stage, Stage::Stored | Stage::Same);
        for leg in self.legs.iter().filter(is_well) {
            for kept in leg.siblings.iter().filter(|kept| leg.entry.outlived.iter().any(|name| name == kept.name())) {
                let credentials = fixed::credentials(kept, leg.one, &leg.cluster_uid);
                let failed = cluster::revoke(credentials, time).into_iter().find_map(Result::err);
                let removed = failed.map_or_else(
                    || {
                        let target = ToRemove {
                            endpoint: self.default.clone(),
                            owner: leg.one.wanted.owner.clone(),
                            objects: vec![fixed::reference(kept, &self.arguments.target.namespace)],
                            writing: Writing::Real,
                        };
                        cluster::remove(target, time).map(|removed| removed.into_iter().next())
                    },
                    Err,
                );
                let name = kept.name();
                self.notes.push(match removed {
                    Ok(Some(Removed::Gone | Removed::Absent)) => {
                        format!("Secret {name}, which nothing mounts any more, is gone with its credential")
                    }
                    Ok(Some(Removed::Failed(failure))) | Err(failure) => {
                        format!("Secret {name}, which nothing mounts any more, could not be taken away: {failure}")
                    }
                    Ok(Some(Removed::Foreign) | None) => format!("Secret {name} is somebody else's by now, and stays"),
                });
            }
        }
    }

    fn store(mut self) -> (Course, Outcome) {
        let places = self.places(|leg| leg.is_new());
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
        for leg in self.legs.iter_mut().filter(|leg| !leg.is_new() && leg.failure.is_none()) {
            leg.stage = if leg.entry.is_done() { Stage::Same } else { Stage::Stored };
        }
        self.read_back(&kept);
        self.take_back();
        self.sweep();
        self.clear();
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

    /// What is new, or else what is stored.
    fn handed_over(&self, leg: &Leg<'_>) -> Option<Stored> {
        if let Some(new) = self.to_store(leg) {
            return Some(new.stored);
        }
        let (kept, wanted) = (leg.before.as_ref()?, &leg.one.wanted);
        Some(Stored {
            namespace: self.arguments.target.namespace.clone(),
            name: wanted.secret.clone(),
            owner: wanted.owner.clone(),
            data: kept.data.clone(),
            record: Record::of(&kept.object),
            life: Life::Mutable,
        })
    }

    fn to_store(&self, leg: &Leg<'_>) -> Option<ToStore> {
        if !leg.is_new() {
            return None;
        }
        let wanted = &leg.one.wanted;
        let data = match &leg.minted {
            Some(minted) => leg.one.data(&minted.token),
            None => vec![(wanted.key.clone(), leg.one.own_kubeconfig()?)],
        };
        let stored = Stored {
            namespace: self.arguments.target.namespace.clone(),
            name: wanted.secret.clone(),
            owner: wanted.owner.clone(),
            data,
            record: leg.record(self.now),
            life: wanted.life,
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
            match leg.one.stored_endpoint(secret) {
                Some(endpoint) => {
                    places.push(*at);
                    targets.push(to_prove(leg.one, endpoint, Age::Old));
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
