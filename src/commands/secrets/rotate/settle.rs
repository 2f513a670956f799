//! Old credentials: kept as long as the master may use them, then taken back.

use super::carry_out::{Course, Leg, Trip};
use super::scene::{running, to_watch};
use crate::cluster::{self, ToAwait, ToRestart, ToRevoke, ToStore, Writing};
use crate::credentials::identity::core;
use crate::credentials::record::{Former, Record};
use crate::credentials::rotation::{Running, Standing, written};
use crate::error::Outcome;
use crate::io::Io;
use crate::report::dates::date;
use crate::report::secrets::rotate::{Stage, Task};

impl Trip<'_> {
    /// Finishes what can be finished, and says why the rest cannot.
    pub(super) fn settle(mut self, io: &mut Io<'_>) -> Course {
        let open = self.places(|leg| leg.is_stored() && !leg.record().previous.is_empty());
        if !open.is_empty() && !self.arguments.turn.revoke {
            self.wait(&open, io);
        }
        // Nobody has told what holds it up: it can go.
        let free = self.places(|leg| leg.is_stored() && leg.stage == Stage::Stored(String::new()));
        if !free.is_empty() {
            self.confirm();
            self.revoke(&free);
        }
        let is_done = self.is_well() && self.legs.iter().all(|leg| leg.stage == Stage::Finished);
        let is_begun = self.legs.iter().any(|leg| leg.stage != Stage::Untouched);
        let outcome = match (is_done, is_begun) {
            (true, _) => Outcome::Success,
            (false, true) => Outcome::Partial,
            (false, false) => Outcome::No,
        };
        self.end(outcome)
    }

    /// Waits until the master uses the new credentials; what does not come about is noted as the reason to keep the old one.
    fn wait(&mut self, open: &[usize], io: &mut Io<'_>) {
        let mut seen = running(self.arguments, self.default);
        if let (Ok(running), Some(patience)) = (&seen, self.arguments.patience())
            && open.iter().any(|&at| matches!(self.standing(at, running), Standing::Old(_) | Standing::Starting))
        {
            seen = self.start_anew(open, running, patience, io);
        }
        let standings = |trip: &Self, running: &Running| -> Vec<Standing> {
            open.iter().map(|&at| trip.standing(at, running)).collect()
        };
        if let Ok(running) = &seen
            && standings(self, running).contains(&Standing::Soon)
        {
            let overlap = self.arguments.turn.overlap;
            io.note("note", format!("waiting {} s until the master has read the new tokens", overlap.as_secs()));
            std::thread::sleep(overlap);
        }
        for (&at, standing) in open.iter().zip(match &seen {
            Ok(running) => standings(self, running).into_iter().map(Ok).collect(),
            Err(why) => vec![Err(why.clone()); open.len()],
        }) {
            self.legs[at].stage = Stage::Stored(match standing {
                Ok(Standing::New | Standing::Soon) => String::new(),
                Ok(Standing::Old(pod)) => format!("pod {pod} started before and may use it"),
                Ok(Standing::Starting) => "no pod of the master is ready yet".to_owned(),
                Err(why) => format!("the master cannot be looked at: {why}"),
            });
        }
    }

    fn standing(&self, at: usize, running: &Running) -> Standing {
        let leg = &self.legs[at];
        running.standing(&written(&leg.kept.object), &leg.since())
    }

    fn start_anew(
        &mut self,
        open: &[usize],
        running: &Running,
        patience: std::time::Duration,
        io: &mut Io<'_>,
    ) -> Result<Running, String> {
        let master = to_watch(self.arguments, self.default);
        let is_old = |&at: &usize| matches!(self.standing(at, running), Standing::Old(_));
        if self.arguments.turn.restart && open.iter().any(is_old) {
            // The same for each run that finishes the same rotation, so that none starts the master once more.
            let newest = open.iter().filter_map(|&at| self.legs[at].record().created).max().unwrap_or(self.now);
            io.note("note", "the master starts anew");
            let target = ToRestart { master: master.clone(), stamp: date(newest) };
            cluster::restart(target, self.time()).map_err(|failure| failure.to_string())?;
        }
        io.note("note", format!("waiting up to {} s for the master", patience.as_secs()));
        let written = open.iter().map(|&at| (written(&self.legs[at].kept.object), self.legs[at].since())).collect();
        cluster::wait(ToAwait { master, written }, patience).map_err(|failure| failure.to_string())
    }

    /// Takes the old credentials back, then notes that there are none.
    fn revoke(&mut self, free: &[usize]) {
        let mut places = Vec::new();
        let mut targets = Vec::new();
        for &at in free.iter().filter(|&&at| self.legs[at].is_stored()) {
            for target in to_revoke(&self.legs[at]) {
                places.push(at);
                targets.push(target);
            }
        }
        for (at, answer) in places.into_iter().zip(cluster::revoke(targets, self.time())) {
            if let Err(failure) = answer {
                self.legs[at].failure = Some(format!("an old credential could not be taken back: {failure}"));
            }
        }
        let open: Vec<usize> = free.iter().copied().filter(|&at| self.legs[at].is_stored()).collect();
        let noted: Vec<usize> =
            open.iter().copied().filter(|&at| !self.legs[at].record().previous.is_empty()).collect();
        let secrets = noted.iter().map(|&at| without_previous(&self.legs[at])).collect();
        let answers = cluster::store(self.default.endpoint.clone(), secrets, Writing::Real, self.time());
        for (&at, answer) in noted.iter().zip(answers.unwrap_or_else(|failure| vec![Err(failure)])) {
            match answer {
                Ok(kept) => self.legs[at].kept = kept,
                Err(failure) => {
                    let words = "the old credential is taken back, but still noted at the Secret";
                    self.legs[at].failure = Some(format!("{words}: {failure}"));
                }
            }
        }
        let finished = self.places(|leg| leg.is_stored() && leg.record().previous.is_empty());
        for &at in finished.iter().filter(|at| open.contains(at)) {
            self.legs[at].stage = Stage::Finished;
        }
        let swept: Vec<usize> =
            finished.into_iter().filter(|&at| noted.contains(&at) && self.legs[at].turn.task == Task::Finish).collect();
        self.sweep(&swept);
    }
}

impl Leg<'_> {
    /// Since when the master has been able to read the stored token file; empty where it has to start anew.
    fn since(&self) -> String {
        let is_named = self.turn.file.as_ref().is_some_and(|file| !file.since.is_empty());
        if is_named { self.record().live_since } else { String::new() }
    }
}

fn to_revoke(leg: &Leg<'_>) -> Vec<ToRevoke> {
    let target = |former: &Former| {
        let (namespace, name) = former.credential.split_once('/')?;
        Some(ToRevoke {
            endpoint: leg.turn.used.endpoint.clone(),
            credential: core("Secret", "secrets", namespace, name),
            uid: former.uid.clone(),
        })
    };
    leg.record().previous.iter().filter_map(target).collect()
}

fn without_previous(leg: &Leg<'_>) -> ToStore {
    let mut stored = leg.unchanged();
    // This write is later than the one that a master has read its kubeconfig of.
    let live_since = match stored.record.token_key {
        Some(_) if stored.record.live_since.is_empty() => written(&leg.kept.object),
        _ => stored.record.live_since.clone(),
    };
    stored.record = Record { previous: Vec::new(), live_since, ..stored.record };
    ToStore { stored, before: Some(leg.kept.clone()), way: leg.way_again() }
}
