//! Clusters as they are, as far as rules ask for them: what a configuration will meet when it is deployed.

use super::{
    Rule, cluster_unreachable, foreign_jobs, gateway_not_ready, kubeconfig_rights, kubeconfig_secret,
    master_not_reached, master_service_not_found, namespace_not_found, pool_without_nodes,
};
use crate::diagnostic::{Finding, Severity};
use crate::model::MultiRm;
use crate::model::config::{Kubernetes, Manager};
use crate::source::Span;

/// The rules that only speak of clusters which were looked at.
pub(super) static RULES: [&Rule; 9] = [
    &cluster_unreachable::RULE,
    &namespace_not_found::RULE,
    &kubeconfig_rights::RULE,
    &kubeconfig_secret::RULE,
    &master_service_not_found::RULE,
    &master_not_reached::RULE,
    &gateway_not_ready::RULE,
    &pool_without_nodes::RULE,
    &foreign_jobs::RULE,
];

/// What was seen of the cluster of a resource manager.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The index of the resource manager.
    pub manager: usize,
    /// The cluster, or why it was not seen.
    pub cluster: Result<Sight, Unseen>,
    /// What answers where tasks look for the master: its URL, and why nothing did; nothing where none is set.
    pub master: Option<(String, Option<String>)>,
}

/// Why a cluster was not seen.
#[derive(Clone, Debug)]
pub struct Unseen {
    /// A clause.
    pub words: String,
    /// How to go on.
    pub hint: Option<String>,
    /// An error when it did not answer, less when nobody knows how to ask it from here.
    pub severity: Severity,
}

/// A cluster that answered.
#[derive(Clone, Debug, Default)]
pub struct Sight {
    /// Whether the default namespace is there, if it may be looked at.
    pub has_namespace: Option<bool>,
    /// The Service at which tasks would find the master, when it is not there.
    pub missing_service: Option<String>,
    /// What the master's own kubeconfig may not do, with what happens then; those first without which it does not start.
    pub lacking: Vec<Lacking>,
    /// What is wrong with the gateway.
    pub gateway: Option<(Severity, String)>,
    /// Nodes and slots of each pool, as the master counts them.
    pub pools: Vec<Option<(usize, i64)>>,
    /// How the jobs in the default namespace start that bear the mark of a master, each start once.
    pub masters: Vec<String>,
}

/// A right that is lacking.
#[derive(Clone, Debug)]
pub struct Lacking {
    /// Such as `list jobs.batch in the whole cluster`.
    pub right: String,
    /// What happens without it.
    pub without: &'static str,
    /// Whether the master does not even start.
    pub severity: Severity,
}

/// What is wrong with a Secret that values of the chart name.
#[must_use]
pub fn of_secret(place: Span, words: &str, severity: Severity) -> Finding {
    kubeconfig_secret::finding(place, words, severity)
}

/// What is wrong with the clusters of a configuration.
#[must_use]
pub fn check_seen(config: &MultiRm, all: &[Seen]) -> Vec<Finding> {
    let mut out = Vec::new();
    for seen in all {
        let manager = config.managers.get(seen.manager);
        let Some((manager, kubernetes)) = manager.and_then(|manager| Some((manager, manager.kubernetes()?))) else {
            continue;
        };
        match &seen.cluster {
            Ok(sight) => of_cluster(manager, kubernetes, sight, &mut out),
            Err(unseen) => {
                let place = kubernetes.kubeconfig_path.span();
                out.push(cluster_unreachable::finding(place, &manager.title(), unseen));
            }
        }
        if let Some((url, Some(words))) = &seen.master {
            out.push(master_not_reached::finding(kubernetes.master_host.span(), url, words));
        }
    }
    out
}

fn of_cluster(manager: &Manager, kubernetes: &Kubernetes, sight: &Sight, out: &mut Vec<Finding>) {
    let namespace = &kubernetes.default_namespace;
    let title = manager.title();
    if sight.has_namespace == Some(false) && !namespace.value.is_empty() {
        out.push(namespace_not_found::finding(namespace.span(), &title, &namespace.value));
    }
    if let Some(service) = &sight.missing_service {
        out.push(master_service_not_found::finding(manager.span, &title, service));
    }
    if let Some(first) = sight.lacking.first() {
        let place = kubernetes.kubeconfig_path.span();
        let right = (&*first.right, first.without);
        out.push(kubeconfig_rights::finding(place, right, sight.lacking.len() - 1, first.severity));
    }
    if let (Some((severity, words)), Some(gateway)) = (&sight.gateway, &kubernetes.gateway) {
        out.push(gateway_not_ready::finding(gateway.span, words, *severity));
    }
    for (pool, seen) in manager.pools.iter().zip(&sight.pools) {
        if let Some((nodes, 0)) = seen {
            out.push(pool_without_nodes::finding(pool.name.span(), *nodes));
        }
    }
    if sight.masters.len() > 1 {
        out.push(foreign_jobs::finding(namespace.span(), kubernetes.namespace(), &sight.masters));
    }
}
