//! Requests → answers, alone or one after another, with what would fit instead.

use std::cmp::Reverse;

use crate::model::workload::{Task, Workload};
use crate::report::route::Answered;
use crate::scheduling::Cluster;
use crate::scheduling::verdict::{Answer, Asking, Nearest, Verdict};

/// How several requests are asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Each on the clusters as they are.
    Alone,
    /// Each after those before it.
    Together,
    /// The same of every one of so many pools, what fits best first.
    EveryPool(usize),
}

/// Answers all requests, in order; of every pool, ranked.
pub(super) fn answers<'w>(
    asking: Asking<'_>,
    mode: Mode,
    workloads: &'w [Workload],
    clusters: &[Option<Cluster<'_>>],
) -> Vec<Answered<'w>> {
    let mut run = Run { asking, mode, shared: clusters.to_vec(), epoch: 0, remembered: Vec::new() };
    let mut answered: Vec<Answered<'w>> = workloads.iter().map(|workload| run.ask(workload, clusters)).collect();
    if let Mode::EveryPool(pools) = mode {
        let mut ranked: Vec<(usize, Answered<'w>)> = answered.into_iter().enumerate().collect();
        ranked.sort_by_key(|(at, it)| (at / pools.max(1), rank(it.answer.verdict), Reverse(room(&it.answer)), *at));
        answered = ranked.into_iter().map(|(_, answered)| answered).collect();
    }
    answered
}

/// What would fit instead of a request.
#[derive(Clone, Default)]
struct Instead {
    alternatives: Vec<(usize, usize)>,
    nearest: Option<Nearest>,
}

struct Run<'c, 'i> {
    asking: Asking<'c>,
    mode: Mode,
    /// The clusters with all that was placed before.
    shared: Vec<Option<Cluster<'i>>>,
    /// Goes up whenever the shared clusters change.
    epoch: u64,
    /// What would fit instead of requests that were asked in the same state: many are alike.
    remembered: Vec<(u64, Workload, Instead)>,
}

impl<'i> Run<'_, 'i> {
    fn ask<'w>(&mut self, workload: &'w Workload, clusters: &[Option<Cluster<'i>>]) -> Answered<'w> {
        if self.mode != Mode::Together {
            let answer = self.asking.answer(workload, &mut clusters.to_vec());
            let instead = self.instead(workload, &answer, clusters);
            return Answered {
                workload,
                answer,
                alternatives: instead.alternatives,
                nearest: instead.nearest,
                server: None,
            };
        }
        let before = self.shared.clone();
        let epoch = self.epoch;
        let answer = self.asking.answer(workload, &mut self.shared);
        let changes = answer.placement.as_ref().is_some_and(|placement| placement.now.created > 0);
        let key = Workload { name: String::new(), file: None, ..workload.clone() };
        let known = self.remembered.iter().find(|(at, asked, _)| *at == epoch && *asked == key);
        let instead = match known {
            Some((_, _, instead)) => instead.clone(),
            None => self.instead(workload, &answer, &before),
        };
        // Pods that are let in and not placed change nothing but the quotas.
        let only_charges = answer.placement.as_ref().is_none_or(|placement| placement.now.placed == 0);
        let has_quotas = before.iter().flatten().any(|cluster| !cluster.inventory().quotas.is_empty());
        if changes && (!only_charges || has_quotas) {
            self.epoch += 1;
            self.remembered.clear();
        } else {
            self.remembered.push((epoch, key, instead.clone()));
        }
        Answered { workload, answer, alternatives: instead.alternatives, nearest: instead.nearest, server: None }
    }

    fn instead(&self, workload: &Workload, answer: &Answer, clusters: &[Option<Cluster<'i>>]) -> Instead {
        if matches!(answer.verdict, Verdict::FitsNow | Verdict::Routed) {
            return Instead::default();
        }
        let asks_all = matches!(self.mode, Mode::EveryPool(_)) || workload.task == Task::CheckpointGc;
        Instead {
            alternatives: if asks_all { Vec::new() } else { self.alternatives(workload, clusters) },
            nearest: self.asking.nearest(workload, answer, clusters),
        }
    }

    /// Other pools that would take the request now; at most ten, and not all are tried where there are many.
    fn alternatives(&self, workload: &Workload, clusters: &[Option<Cluster<'i>>]) -> Vec<(usize, usize)> {
        const MOST: usize = 10;
        let managers = &self.asking.config.managers;
        let known = managers.iter().filter(|manager| clusters.get(manager.index).is_some_and(Option::is_some));
        let pools =
            known.flat_map(|manager| manager.pools.iter().enumerate().map(|(at, pool)| (manager.index, at, pool)));
        let others = pools.filter(|(_, _, pool)| pool.name.value != workload.pool).take(MOST * 5);
        let fits = others.filter(|(manager, _, pool)| {
            let other = Workload { pool: pool.name.value.clone(), ..workload.clone() };
            let only = |(at, cluster): (usize, &Option<Cluster<'i>>)| cluster.clone().filter(|_| at == *manager);
            let mut clusters: Vec<Option<Cluster<'i>>> = clusters.iter().enumerate().map(only).collect();
            self.asking.answer(&other, &mut clusters).verdict == Verdict::FitsNow
        });
        fits.map(|(manager, at, _)| (manager, at)).take(MOST).collect()
    }
}

/// What fits comes first.
fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::FitsNow => 0,
        Verdict::Routed => 1,
        Verdict::Partial => 2,
        Verdict::Busy => 3,
        Verdict::Unknown => 4,
        Verdict::Never => 5,
        Verdict::Rejected => 6,
        Verdict::Unroutable => 7,
    }
}

/// How many copies fit, or were placed where that depends on choices.
fn room(answer: &Answer) -> u64 {
    answer.placement.as_ref().map_or(0, |placement| {
        placement.now.rooms.iter().fold(0, |sum: u64, (_, room)| sum.saturating_add(*room)).max(placement.now.placed)
    })
}
