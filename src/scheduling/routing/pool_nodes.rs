//! Which nodes the master counts to a pool, and how many slots it shows for it (facts §5.7).
//!
//! This is what its pages and its API show, not where pods can run: it wants every taint tolerated, soft ones too, takes
//! a node selector apart at commas, and counts a node to every pool that it matches.

use super::pod::{SpecKind, as_pod};
use crate::model::MultiRm;
use crate::model::config::{Kubernetes, Manager, Pool};
use crate::model::inventory::{Inventory, InventoryNode, NodeIndex};
use crate::model::pod::{Pod, Toleration};
use crate::model::selector::{NodeSelector, NodeSelectorTerm, Operator, Requirement};
use crate::scheduling::placement::tolerates;

/// What the master sees of a pool on a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolNodes {
    /// The nodes that it counts to the pool.
    pub nodes: Vec<NodeIndex>,
    /// `slotsAvailable`: all slots of these nodes, taken or not.
    pub slots: i64,
    /// `numAgents`: how many pools of the resource manager have a node at all. It is no number of nodes.
    pub pools_with_nodes: usize,
}

/// The master dereferences nil and panics whenever it lists its pools: a pod spec has an affinity without a node
/// affinity (T-23).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolPanic {
    /// Which pod spec of the pool.
    pub spec: SpecKind,
}

/// The first pool whose listing makes the master panic: resource manager and pool.
///
/// With several resource managers every request lists the pools of all of them (§4.1), so none gets through.
#[must_use]
pub fn listing_panics(config: &MultiRm) -> Option<(usize, usize, PoolPanic)> {
    let pools = config.managers.iter().filter(|manager| manager.kubernetes().is_some());
    let mut pools =
        pools.flat_map(|manager| manager.pools.iter().enumerate().map(move |(at, pool)| (manager, at, pool)));
    pools.find_map(|(manager, at, pool)| {
        let mut sorts = [NodeSort::Gpu, NodeSort::Cpu].into_iter();
        sorts.find_map(|sort| Some((manager.index, at, node_rules(config, manager, pool, sort).err()?)))
    })
}

/// The two sorts of nodes that the master tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeSort {
    /// With slots of a GPU.
    Gpu,
    /// Without.
    Cpu,
}

/// What a node is held against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeRules {
    /// The pod spec of the pool that they come from, if any.
    pub from: Option<SpecKind>,
    tolerations: Vec<Toleration>,
    selector: Option<NodeSelector>,
    affinity: Option<NodeSelector>,
}

/// The rules of a pool for a sort of nodes.
///
/// # Errors
/// The master would panic.
pub fn node_rules(config: &MultiRm, manager: &Manager, pool: &Pool, sort: NodeSort) -> Result<NodeRules, PoolPanic> {
    let root = match sort {
        NodeSort::Gpu => config.task_defaults.gpu_pod_spec.as_ref(),
        NodeSort::Cpu => config.task_defaults.cpu_pod_spec.as_ref(),
    };
    let root = || root.and_then(as_pod).map_or_else(Vec::new, |pod| pod.spec.tolerations);
    let own = pool.task_defaults.as_deref();
    let has_none = own.is_none_or(|own| own.cpu_pod_spec.is_none() && own.gpu_pod_spec.is_none());
    let mut rules = NodeRules::default();
    if manager.pools.len() <= 1 && has_none {
        rules.tolerations.extend(["nvidia.com/gpu", "amd.com/gpu"].map(present));
        rules.tolerations.extend(root());
    } else if let Some(own) = own {
        let gpu = own.gpu_pod_spec.as_ref().filter(|_| sort == NodeSort::Gpu).map(|spec| (spec, SpecKind::Gpu));
        let chosen = gpu.or_else(|| own.cpu_pod_spec.as_ref().map(|spec| (spec, SpecKind::Cpu)));
        if let Some((pod, kind)) = chosen.and_then(|(spec, kind)| Some((as_pod(spec)?, kind))) {
            rules = of_spec(&pod, kind)?;
            let root = match kind {
                SpecKind::Gpu => config.task_defaults.gpu_pod_spec.as_ref(),
                _ => config.task_defaults.cpu_pod_spec.as_ref(),
            };
            rules.tolerations.extend(root.and_then(as_pod).into_iter().flat_map(|pod| pod.spec.tolerations));
        }
    }
    rules.tolerations.push(Toleration {
        key: "DeletionCandidateOfClusterAutoscaler".to_owned(),
        operator: "Exists".to_owned(),
        effect: "PreferNoSchedule".to_owned(),
        ..Toleration::default()
    });
    Ok(rules)
}

fn present(key: &str) -> Toleration {
    Toleration { key: key.to_owned(), value: "present".to_owned(), ..Toleration::default() }
}

fn of_spec(pod: &Pod, kind: SpecKind) -> Result<NodeRules, PoolPanic> {
    let spec = &pod.spec;
    let affinity = match &spec.affinity {
        Some(affinity) => affinity.node_affinity.as_ref().ok_or(PoolPanic { spec: kind })?.required.clone(),
        None => None,
    };
    let one = |(key, values): (&String, &String)| Requirement {
        key: key.clone(),
        operator: Operator::In,
        values: values.split(',').map(str::to_owned).collect(),
    };
    let expressions: Vec<Requirement> = spec.node_selector.iter().map(one).collect();
    let term = NodeSelectorTerm { match_expressions: expressions, ..NodeSelectorTerm::default() };
    let selector = (!spec.node_selector.is_empty()).then(|| NodeSelector { node_selector_terms: vec![term] });
    Ok(NodeRules { from: Some(kind), tolerations: spec.tolerations.clone(), selector, affinity })
}

impl NodeRules {
    /// Whether the master counts a node to the pool.
    #[must_use]
    pub fn take(&self, node: &InventoryNode) -> bool {
        let tolerated = node.taints.iter().all(|taint| self.tolerations.iter().any(|own| tolerates(own, taint)));
        let selected = |selector: &Option<NodeSelector>| {
            // Unlike the scheduler's, an empty list restricts nothing, and one faulty term empties the pool.
            let terms = selector.as_ref().filter(|selector| !selector.node_selector_terms.is_empty());
            terms.is_none_or(|selector| selector.is_valid() && selector.matches(&node.name, &node.labels))
        };
        tolerated && selected(&self.selector) && selected(&self.affinity)
    }

    /// Whether a pod with these rules may go to fewer nodes than any: it has a node selector or a required affinity.
    #[must_use]
    pub fn select(&self) -> bool {
        self.selector.is_some() || self.affinity.is_some()
    }
}

/// What the master sees of a pool; nothing for resource managers that drive no cluster.
///
/// # Errors
/// The master would panic.
pub fn pool_nodes(
    config: &MultiRm,
    manager: &Manager,
    pool: &Pool,
    inventory: &Inventory,
) -> Result<Option<PoolNodes>, PoolPanic> {
    let Some(kubernetes) = manager.kubernetes() else { return Ok(None) };
    let mut pools_with_nodes = 0;
    let mut own = None;
    for candidate in &manager.pools {
        let nodes = nodes_of(config, manager, candidate, (kubernetes, inventory))?;
        pools_with_nodes += usize::from(!nodes.is_empty());
        if std::ptr::eq(candidate, pool) {
            own = Some(nodes);
        }
    }
    Ok(own.map(|nodes| {
        let of = |at: &NodeIndex| inventory.nodes.get(*at).map_or(0, |node| slots(kubernetes, node, inventory));
        PoolNodes { slots: nodes.iter().map(of).sum(), nodes, pools_with_nodes }
    }))
}

fn nodes_of(
    config: &MultiRm,
    manager: &Manager,
    pool: &Pool,
    (kubernetes, inventory): (&Kubernetes, &Inventory),
) -> Result<Vec<NodeIndex>, PoolPanic> {
    let gpu = node_rules(config, manager, pool, NodeSort::Gpu)?;
    let cpu = node_rules(config, manager, pool, NodeSort::Cpu)?;
    let has_gpus = |node: &InventoryNode| kubernetes.slot_type.value != "cpu" && slots(kubernetes, node, inventory) > 0;
    let takes = |node: &InventoryNode| if has_gpus(node) { gpu.take(node) } else { cpu.take(node) };
    Ok(inventory.nodes.iter().enumerate().filter(|(_, node)| takes(node)).map(|(at, _)| at).collect())
}

/// The slots that the master sees on a node.
fn slots(kubernetes: &Kubernetes, node: &InventoryNode, inventory: &Inventory) -> i64 {
    let allocatable = |name: &str| inventory.resources.find(name).map_or(0, |id| node.allocatable.get(id));
    match &*kubernetes.slot_type.value {
        "rocm" => allocatable("amd.com/gpu"),
        "cpu" => {
            let home = kubernetes.namespace();
            let system = node.system.iter().filter(|(namespace, _)| **namespace == *home).map(|(_, milli)| milli);
            cpu_slots(allocatable("cpu") - system.sum::<i64>(), kubernetes.slot_cpu_request.value)
        }
        _ => allocatable("nvidia.com/gpu"),
    }
}

/// In the master's single precision, towards zero.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "as the master computes it")]
fn cpu_slots(milli: i64, of_one: f64) -> i64 {
    let of_one = of_one as f32;
    if of_one > 0.0 { (milli as f32 / (1000.0 * of_one)) as i64 } else { 0 }
}
