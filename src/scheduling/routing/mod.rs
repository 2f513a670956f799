//! Which pool and resource manager a request gets, and what the master says to it. Usable without any
//! cluster.

mod choice;
mod names;
mod pod;
mod pool_nodes;
mod slots;

pub use choice::{Place, Route, Unroutable, Why, route};
pub use names::{UNNAMED, pools_by_name};
pub use pod::{
    KUBERNETES_PRIORITY, Namespace, PodPlan, SpecKind, SpecLevel, TemplateError, as_pod, default_priority, lost, plan,
    pod_spec, priority_class, task_defaults,
};
pub use pool_nodes::{NodeRules, NodeSort, PoolNodes, PoolPanic, listing_panics, node_rules, pool_nodes};
pub use slots::{Refused, Split, max_slots_per_pod, split};
