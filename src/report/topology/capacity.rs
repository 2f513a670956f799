//! How much there is of a pool: as the master will report it, and as the scheduler would give it out now.

use super::Scene;
use super::picture::counted_i64;
use crate::model::MultiRm;
use crate::model::config::Manager;
use crate::model::workload::{Task, Workload};
use crate::report::route::Origin;
use crate::scheduling::routing::{PoolPanic, max_slots_per_pod, pool_nodes};
use crate::scheduling::verdict::{Asking, Verdict, unread};
use crate::scheduling::{Cluster, Copies};

/// What was read of the clusters, in the order of the resource managers; empty when none was looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen<'a> {
    /// The clusters.
    pub clusters: &'a [Option<Cluster<'a>>],
    /// Where each was read from.
    pub origins: &'a [Option<Origin>],
    /// Why one could not be read that was to be.
    pub unread: &'a [Option<String>],
}

/// How much there is of a pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// As the master's pages and API show it (facts §5.7).
    pub master: MasterCount,
    /// What the scheduler would place now, by slots of a pod: one, and the most that a pod of the pool may have.
    pub rooms: Vec<Room>,
}

/// What the master makes of the nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MasterCount {
    /// `slotsAvailable`, taken or not; the nodes that it counts; and `numAgents`, which is no number of nodes.
    Slots {
        /// Slots.
        slots: i64,
        /// Nodes.
        nodes: usize,
        /// Pools of the resource manager that have nodes.
        agents: usize,
    },
    /// It panics when it lists its pools, at the pod spec of this key.
    Panics(&'static str),
}

/// How many pods of a size fit now, each alone on the cluster as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Slots of each.
    pub slots: i64,
    /// How many.
    pub pods: u64,
    /// Whether there may be fewer, because not everything could be read.
    pub is_most: bool,
}

impl Capacity {
    /// Of a pool whose cluster was read.
    pub(super) fn of(scene: &Scene<'_>, asking: Asking<'_>, manager: &Manager, at: usize) -> Option<Self> {
        let pool = manager.pools.get(at)?;
        let cluster = scene.seen.clusters.get(manager.index)?.as_ref()?;
        let master = match pool_nodes(scene.config, manager, pool, cluster.inventory()) {
            Ok(nodes) => {
                let nodes = nodes?;
                MasterCount::Slots { slots: nodes.slots, nodes: nodes.nodes.len(), agents: nodes.pools_with_nodes }
            }
            Err(PoolPanic { spec }) => MasterCount::Panics(spec.key()),
        };
        let requests = requests(scene.config, manager, at);
        let rooms = requests.iter().filter_map(|request| room(asking, cluster, request)).collect();
        Some(Self { master, rooms })
    }

    /// The master's view in words.
    #[must_use]
    pub fn said(&self) -> String {
        match self.master {
            MasterCount::Slots { slots, nodes, .. } => {
                let nodes = i64::try_from(nodes).unwrap_or(i64::MAX);
                format!("{} on {}", counted_i64(slots, "slot"), counted_i64(nodes, "node"))
            }
            MasterCount::Panics(key) => format!("the master panics at `{key}`"),
        }
    }

    /// What fits now in words.
    #[must_use]
    pub fn room(&self) -> String {
        let words = |room: &Room| {
            let most = if room.is_most { "at most " } else { "" };
            let pods = counted_i64(i64::try_from(room.pods).unwrap_or(i64::MAX), "pod");
            format!("{most}{pods} of {}", counted_i64(room.slots, "slot"))
        };
        match self.rooms.as_slice() {
            [] => "no request is taken".to_owned(),
            rooms => rooms.iter().map(words).collect::<Vec<_>>().join(", or "),
        }
    }
}

/// What is asked of a pool: a task of one slot, and one of the most that a pod of the pool may have.
#[must_use]
pub fn requests(config: &MultiRm, manager: &Manager, at: usize) -> Vec<Workload> {
    let Some(pool) = manager.pools.get(at) else { return Vec::new() };
    let most = max_slots_per_pod(config, manager.index, at).filter(|most| *most > 1);
    let of = |slots| Workload { pool: pool.name.value.clone(), ..Workload::new(Task::Command, slots) };
    [Some(1), most].into_iter().flatten().map(of).collect()
}

/// How often a request fits; nothing when the master does not take it.
fn room(asking: Asking<'_>, cluster: &Cluster<'_>, request: &Workload) -> Option<Room> {
    let answer = asking.prepare(request);
    let plan = answer.plan.filter(|_| answer.verdict == Verdict::Routed)?.ok()?;
    let outcome = cluster.clone().submit(&plan.pod, Copies::AsManyAsFit);
    let is_most = !unread(&plan.pod, cluster.inventory()).is_empty();
    Some(Room { slots: request.slots, pods: outcome.placed, is_most })
}

/// Where a cluster was read from, or why it was not; nothing when it was not to be.
pub(super) fn source(scene: &Scene<'_>, manager: usize) -> Option<String> {
    if let Some(Some(words)) = scene.seen.unread.get(manager) {
        return Some(format!("not read: {words}"));
    }
    match scene.seen.origins.get(manager)?.as_ref()? {
        Origin::Snapshot(file) => Some(format!("snapshot {}", file.display())),
        Origin::Live { name, said } if said.is_empty() => Some(format!("live, {name}")),
        Origin::Live { name, said } => Some(format!("live, {name}, Kubernetes {said}")),
    }
}
