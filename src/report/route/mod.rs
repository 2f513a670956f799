//! The report of `detctl route-dry-run`.

mod github;
mod human;
mod json;
mod room;
mod words;

use crate::model::MultiRm;
use crate::model::kubernetes_version::KubernetesVersion;
use crate::model::workload::Workload;
use crate::scheduling::Cluster;
use crate::scheduling::routing::{Place, Route};
use crate::scheduling::verdict::{Answer, Verdict};
use crate::source::SourceMap;

pub use github::github;
pub use human::human;
pub use json::json;
pub use words::master_messages;

/// Everything that a report is made from.
pub struct Routes<'a> {
    /// The configuration and what it stands in.
    pub config: &'a MultiRm,
    /// Its texts.
    pub sources: &'a SourceMap,
    /// Whose words are used.
    pub version: KubernetesVersion,
    /// The clusters that were looked at, by resource manager, as they were before the first request.
    pub clusters: &'a [Option<Cluster<'a>>],
    /// The answers, in order.
    pub answers: Vec<Answered<'a>>,
    /// How many node names a line shows.
    pub shown_nodes: usize,
}

/// A request with its answer.
pub struct Answered<'a> {
    /// The request.
    pub workload: &'a Workload,
    /// The answer.
    pub answer: Answer,
    /// Pools that would take it now, best first: resource manager and pool.
    pub alternatives: Vec<(usize, usize)>,
}

/// The word of a verdict.
#[must_use]
pub fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Unroutable => "UNROUTABLE",
        Verdict::Rejected => "REJECTED",
        Verdict::Unknown => "UNKNOWN",
        Verdict::FitsNow => "FITS_NOW",
        Verdict::Never => "NEVER",
        Verdict::Partial => "PARTIAL",
        Verdict::Busy => "BUSY",
        Verdict::Routed => "ROUTED",
    }
}

impl Routes<'_> {
    /// Where a pool stands in the configuration: `additional_resource_managers[0].resource_pools[1]`.
    fn config_path(route: &Route) -> Option<String> {
        let Place::Pool(pool) = route.place else { return None };
        Some(match route.manager.checked_sub(1) {
            None => format!("resource_pools[{pool}]"),
            Some(at) => format!("additional_resource_managers[{at}].resource_pools[{pool}]"),
        })
    }

    fn cluster_name(&self, manager: usize) -> &str {
        self.config.managers.get(manager).map_or("", |manager| &manager.cluster_name.value)
    }

    /// Names that exist and are near to an undefined one, then the others; at most five.
    fn known_pools(&self, wanted: &str) -> Vec<&str> {
        let all = self.config.managers.iter().flat_map(|manager| &manager.pools).map(|pool| &*pool.name.value);
        let mut names: Vec<&str> = all.collect();
        let near = crate::spelling::closest(wanted, names.iter().copied());
        names.sort_by_key(|name| Some(*name) != near);
        names.truncate(5);
        names
    }

    /// One sentence: the verdict in words.
    fn summary(&self, answered: &Answered<'_>) -> String {
        let Answered { workload, answer, .. } = answered;
        let slots = workload.effective_slots();
        let unit = if slots == 1 { "slot" } else { "slots" };
        let way = match &answer.route {
            Err(_) => "no pool is named and there is no default".to_owned(),
            Ok(route) => match route.place {
                Place::Undefined => format!("no resource manager has a pool \"{}\"", route.pool),
                Place::NotHere => {
                    format!("pool \"{}\" belongs to another resource manager than the default one", route.pool)
                }
                Place::Pool(_) => {
                    format!("pool \"{}\" of resource manager \"{}\"", route.pool, self.cluster_name(route.manager))
                }
            },
        };
        let pods = answer.plan.as_ref().and_then(|plan| plan.as_ref().ok()).map_or(0, |plan| plan.split.pods);
        let placed = answer.placement.as_ref().map_or(0, |placement| placement.now.placed);
        let asks = format!("{slots} {unit} in {way}");
        match (answer.verdict, pods) {
            (Verdict::Unroutable, _) => way,
            (Verdict::Rejected, _) if answer.placement.is_some() => {
                format!("the API server does not let {} in: {asks}", all(pods))
            }
            (Verdict::Rejected, _) => format!("the master refuses {asks}"),
            (Verdict::Unknown, _) => format!("what was read does not tell about {asks}"),
            (Verdict::FitsNow, 1) => format!("its pod would be placed now: {asks}"),
            (Verdict::FitsNow, _) => format!("all {pods} pods would be placed now: {asks}"),
            (Verdict::Never, _) => format!("the nodes could not hold it even if they were free: {asks}"),
            (Verdict::Partial, _) => format!("{placed} of {pods} pods would be placed now: {asks}"),
            (Verdict::Busy, _) => format!("no pod would be placed now, on free nodes it would fit: {asks}"),
            (Verdict::Routed, 1) => format!("{asks}, in one pod; no cluster was looked at"),
            (Verdict::Routed, _) => format!("{asks}, in {pods} pods; no cluster was looked at"),
        }
    }
}

fn all(pods: i64) -> String {
    if pods == 1 { "its pod".to_owned() } else { format!("all {pods} pods") }
}
