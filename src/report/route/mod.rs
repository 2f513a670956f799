//! The report of `detctl route-dry-run`.

mod admission;
mod github;
mod human;
mod json;
mod master_view;
mod room;
mod summary;
mod words;

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::exclusions::Nodes;
use crate::model::MultiRm;
use crate::model::workload::Workload;
use crate::release::Release;
use crate::scheduling::Cluster;
use crate::scheduling::routing::{Place, Route};
use crate::scheduling::verdict::{Answer, Nearest, Verdict};
use master_view::{MasterView, views};

pub use github::github;
pub use human::human;
pub use json::json;
pub use words::master_messages;

/// Everything that a report is made from.
pub struct Routes<'a> {
    /// The configuration and what it stands in.
    config: &'a MultiRm,
    /// The clusters that were looked at, by resource manager, as they were before the first request.
    clusters: &'a [Option<Cluster<'a>>],
    /// Where each was read from.
    origins: &'a [Option<Origin>],
    /// Why clusters could not be read, by resource manager.
    unread: &'a [Option<String>],
    /// The answers, in order.
    answers: Vec<Answered<'a>>,
    /// Whose words the master uses.
    release: Release,
    /// What the master makes of the pools.
    views: BTreeMap<(usize, usize), MasterView>,
    /// The release that was asked for, when its rules are not known.
    unknown_version: Option<&'a str>,
}

/// A request with its answer.
pub struct Answered<'a> {
    /// The request.
    pub workload: &'a Workload,
    /// The answer.
    pub answer: Answer,
    /// Pools that would take it now: resource manager and pool.
    pub alternatives: Vec<(usize, usize)>,
    /// What of it would be taken.
    pub nearest: Option<Nearest>,
    /// What the API server itself says to one of its pods, if it was asked.
    pub server: Option<ServerSays>,
}

/// What an API server says to a pod that it is not to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerSays {
    /// It takes it.
    Takes,
    /// It refuses it, in its words.
    Refuses(String),
    /// It does not say, and why.
    Unknown(String),
}

/// Where a cluster was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file.
    Snapshot(PathBuf),
    /// The cluster itself.
    Live {
        /// The context, or the kubeconfig.
        name: String,
        /// The release that it says it is; empty when it does not say.
        said: String,
    },
}

/// How the report for people is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Columns that a line may take.
    pub width: usize,
    /// How many node names a line shows.
    pub shown_nodes: usize,
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

impl<'a> Routes<'a> {
    /// The answers about a configuration.
    #[must_use]
    pub fn new(config: &'a MultiRm, clusters: &'a [Option<Cluster<'a>>], answers: Vec<Answered<'a>>) -> Self {
        let views = views(config, clusters, &answers);
        Self {
            config,
            clusters,
            origins: &[],
            unread: &[],
            answers,
            release: Release::default(),
            views,
            unknown_version: None,
        }
    }

    /// The same, in the words of another release of the master.
    #[must_use]
    pub fn of_release(self, release: Release) -> Self {
        Self { release, ..self }
    }

    fn messages(&self, workload: &Workload, answer: &Answer) -> Vec<String> {
        master_messages(self.config, self.release, workload, answer)
    }

    /// The same, with where each cluster was read from, or why it could not be, by resource manager.
    #[must_use]
    pub fn read_from(self, origins: &'a [Option<Origin>], unread: &'a [Option<String>]) -> Self {
        Self { origins, unread, ..self }
    }

    /// The same, with the scheduler's release that was asked for and is not known.
    #[must_use]
    pub fn instead_of(self, unknown_version: Option<&'a str>) -> Self {
        Self { unknown_version, ..self }
    }

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

    fn pool_name(&self, manager: usize, pool: usize) -> &str {
        let manager = self.config.managers.get(manager);
        manager.and_then(|manager| manager.pools.get(pool)).map_or("", |pool| &pool.name.value)
    }

    /// The cluster of an answer, when one was looked at.
    fn cluster(&self, answered: &Answered<'_>) -> Option<&Cluster<'a>> {
        let manager = answered.answer.route.as_ref().ok()?.manager;
        self.clusters.get(manager).and_then(Option::as_ref)
    }

    fn view(&self, answered: &Answered<'_>) -> Option<&MasterView> {
        let route = answered.answer.route.as_ref().ok()?;
        let Place::Pool(pool) = route.place else { return None };
        self.views.get(&(route.manager, pool))
    }

    fn nodes<'c>(cluster: &'c Cluster<'c>) -> Nodes<'c> {
        Nodes { cluster, version: cluster.inventory().version }
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
}
