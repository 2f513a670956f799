//! What became of the copies of a pod.

use super::admission::quota::QuotaRefusal;
use super::placement::{Coupling, Obstacle};
use super::reason::{NodeReasons, PodReason, Rejection};
use crate::model::inventory::{NodeIndex, ResourceId};
use crate::model::pod::Pod;

/// How many copies of a pod are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copies {
    /// This many. All are submitted, also after one could not be placed.
    Exactly(u64),
    /// As many as fit, up to [`Copies::MOST`].
    AsManyAsFit,
}

impl Copies {
    /// Where counting stops.
    pub const MOST: u64 = 100_000;

    pub(super) fn bound(self) -> u64 {
        match self {
            Self::Exactly(copies) => copies,
            Self::AsManyAsFit => Self::MOST,
        }
    }
}

/// Where the real programs draw by lot, so that another answer is as right as the one given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chance {
    /// Several LimitRanges have different defaults for these resources.
    Defaults(Vec<String>),
    /// Several quotas refuse; the first by name is given.
    QuotaNamed,
    /// Several LimitRanges refuse; the first by name is given.
    LimitRangeNamed,
    /// Several violations are listed, in any order.
    OrderOfViolations,
    /// A rule couples nodes, and the scheduler's choice among equals may change the count.
    ChoiceOfNodes,
}

impl Chance {
    /// Where a refusal could have been worded otherwise.
    pub(super) fn in_refusal(rejection: &Rejection) -> Vec<Self> {
        let (listed, others) = match rejection {
            Rejection::LimitRange { violations, others } => (violations.len(), *others),
            Rejection::Invalid(problems) => (problems.len(), 0),
            _ => (0, 0),
        };
        let mut chances = Vec::new();
        if others > 0 {
            chances.push(Self::LimitRangeNamed);
        }
        if listed > 1 {
            chances.push(Self::OrderOfViolations);
        }
        chances
    }
}

/// Why the first created copy that could not be placed was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// For a reason of the pod as a whole.
    Pod(PodReason),
    /// Every node refuses: nodes that refuse for the same are together, most frequent first, then by the first node.
    Nodes(Vec<Exclusion>),
}

/// Nodes that refuse for the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exclusion {
    /// What the scheduler says: the first filter that refuses.
    pub reasons: NodeReasons,
    /// All that stands in the way, whatever the scheduler says.
    pub obstacles: Vec<Obstacle>,
    /// The nodes, in the inventory's order.
    pub nodes: Vec<NodeIndex>,
    /// Of the short resources, how much the node with most has free.
    pub most_free: Vec<(ResourceId, i64)>,
}

/// A resource on the nodes that a pod allows, in the scheduler's units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Which one.
    pub resource: ResourceId,
    /// How much one copy asks for.
    pub asked: i64,
    /// What the nodes have in all.
    pub total: i64,
    /// What of it is free.
    pub free: i64,
    /// Nodes that have some of it free.
    pub nodes: u64,
    /// Nodes that have enough of it free for one copy.
    pub enough: u64,
    /// The most that one node has free.
    pub largest_free: i64,
    /// The most that one node has at all.
    pub largest: i64,
    /// What pods hold that are being deleted.
    pub terminating: i64,
}

/// The first copy that the API server did not let in.
#[derive(Clone, Debug)]
pub struct Rejected {
    /// Its number, from 0.
    pub copy: u64,
    /// Why.
    pub rejection: Rejection,
}

/// What became of the copies.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How many were asked for.
    pub asked: Copies,
    /// How many were let in.
    pub created: u64,
    /// How many were placed.
    pub placed: u64,
    /// The first that was not let in.
    pub rejected: Option<Rejected>,
    /// Why the first created copy that was not placed was not; nothing when all were.
    pub refusal: Option<Refusal>,
    /// How many nodes the pod itself allows: not cordoned, taints tolerated, labels as wanted.
    pub suitable: u64,
    /// What of the resources that the pod asks for those nodes had before the first copy, in the order of the table.
    pub shares: Vec<Share>,
    /// How many copies each node could take before any was placed; only nodes that take one.
    pub rooms: Vec<(NodeIndex, u64)>,
    /// One placement that the scheduler could choose: copies by node.
    pub example: Vec<(NodeIndex, u64)>,
    /// Whether a rule couples nodes.
    pub coupling: Coupling,
    /// The pod as let in, under the name of the first copy; nothing when none was.
    pub admitted: Option<Pod>,
    /// Where the real programs draw by lot.
    pub chance: Vec<Chance>,
}

impl Outcome {
    pub(super) fn nothing(asked: Copies) -> Self {
        Self {
            asked,
            created: 0,
            placed: 0,
            rejected: None,
            refusal: None,
            suitable: 0,
            shares: Vec::new(),
            rooms: Vec::new(),
            example: Vec::new(),
            coupling: Coupling::None,
            admitted: None,
            chance: Vec::new(),
        }
    }

    /// Whether every copy that was asked for was placed; without a number: whether any was.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        match self.asked {
            Copies::Exactly(copies) => self.placed == copies,
            Copies::AsManyAsFit => self.placed > 0,
        }
    }

    pub(super) fn refuse_by_quota(&mut self, copy: u64, refusal: QuotaRefusal) {
        self.rejected = Some(Rejected { copy, rejection: refusal.rejection });
        if refusal.drawn {
            self.chance.push(Chance::QuotaNamed);
        }
    }

    pub(super) fn record(&mut self, counts: &[u64], rooms: &[u64]) {
        let some = |list: &[u64]| -> Vec<(NodeIndex, u64)> {
            list.iter().copied().enumerate().filter(|(_, copies)| *copies > 0).collect()
        };
        self.placed = counts.iter().sum();
        self.example = some(counts);
        let rooms: Vec<u64> = rooms.iter().zip(counts).map(|(room, count)| *room.max(count)).collect();
        self.rooms = some(&rooms);
        if self.coupling == Coupling::Nodes {
            self.chance.push(Chance::ChoiceOfNodes);
        }
    }
}
