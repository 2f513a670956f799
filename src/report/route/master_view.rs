//! What the master says of a pool, which is not what the scheduler does with it (facts §5.7).

use std::collections::BTreeMap;

use super::Answered;
use crate::model::MultiRm;
use crate::model::inventory::NodeIndex;
use crate::scheduling::Cluster;
use crate::scheduling::routing::{Place, PoolNodes, PoolPanic, SpecKind, pool_nodes};

/// What the master makes of a pool on its cluster.
#[derive(Clone, Debug)]
pub(super) enum MasterView {
    /// These nodes.
    Nodes(PoolNodes),
    /// It panics when it lists its pools.
    Panics(SpecKind),
}

/// The views of all pools that requests lead to, by resource manager and pool; only where a cluster was looked at.
pub(super) fn views(
    config: &MultiRm,
    clusters: &[Option<Cluster<'_>>],
    answers: &[Answered<'_>],
) -> BTreeMap<(usize, usize), MasterView> {
    let mut views = BTreeMap::new();
    for answered in answers {
        let Ok(route) = &answered.answer.route else { continue };
        let Place::Pool(pool) = route.place else { continue };
        if views.contains_key(&(route.manager, pool)) {
            continue;
        }
        let manager = config.managers.get(route.manager);
        let cluster = clusters.get(route.manager).and_then(Option::as_ref);
        if let (Some(manager), Some(cluster)) = (manager, cluster)
            && let Some(own) = manager.pools.get(pool)
        {
            let view = match pool_nodes(config, manager, own, cluster.inventory()) {
                Ok(Some(nodes)) => MasterView::Nodes(nodes),
                Ok(None) => continue,
                Err(PoolPanic { spec }) => MasterView::Panics(spec),
            };
            views.insert((route.manager, pool), view);
        }
    }
    views
}

/// The nodes of one sorted list that another one has not.
pub(super) fn without(of: &[NodeIndex], others: &[NodeIndex]) -> Vec<NodeIndex> {
    of.iter().copied().filter(|node| others.binary_search(node).is_err()).collect()
}
