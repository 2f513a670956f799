//! CPU slots whose nodes are counted by one pod spec and taken by another.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::MultiRm;
use crate::model::config::{Manager, PodSpec, Pool};
use crate::scheduling::routing::{NodeSort, SpecKind, as_pod, node_rules, pod_spec};

pub(super) static RULE: Rule = Rule {
    id: "cpu-slots-matched-apart",
    severity: Severity::Warning,
    effect: Effect::Misroutes,
    summary: "CPU slots with a node selector in `cpu_pod_spec` alone, which their tasks do not get",
    why: "With `slot_type: cpu` a task with slots still gets the pool's `gpu_pod_spec`: the master asks for the number of \
          slots, not for their type. The capacity of the pool it counts on the nodes that match `cpu_pod_spec`. A node \
          selector or affinity in that one alone narrows what is shown, and the tasks run on any node.",
    master_says: &[],
    facts: &["T-24"],
    docs: "reference/deploy/master-config-reference#slot-type",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  slot_type: cpu
  slot_resource_requests:
    cpu: 4
resource_pools:
  - pool_name: default
    task_container_defaults:
      cpu_pod_spec:
        spec:
          nodeSelector: {sort: cpu}
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  slot_type: cpu
  slot_resource_requests:
    cpu: 4
resource_pools:
  - pool_name: default
    task_container_defaults:
      cpu_pod_spec: &nodes
        spec:
          nodeSelector: {sort: cpu}
      gpu_pod_spec: *nodes
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(config) = cx.config() else { return };
    for manager in &config.managers {
        if manager.kubernetes().is_some_and(|kubernetes| kubernetes.slot_type.value == "cpu") {
            out.extend(manager.pools.iter().filter_map(|pool| apart(config, manager, pool)));
        }
    }
}

fn apart(config: &MultiRm, manager: &Manager, pool: &Pool) -> Option<Finding> {
    let counted = node_rules(config, manager, pool, NodeSort::Cpu).ok()?;
    let spec = counted.from.filter(|_| counted.select())?.of(pool.task_defaults.as_deref()?)?;
    let tasks = pod_spec(config, pool, SpecKind::Gpu).map(|(spec, _)| spec);
    if tasks.is_some_and(narrows) {
        return None;
    }
    let name = &pool.name.value;
    let message = format!("tasks with slots in pool \"{name}\" do not get this pod spec, and run on any node");
    let finding = RULE.finding(spec.key.unwrap_or(spec.pod.span), message);
    Some(finding.help("give the pool a `gpu_pod_spec` with the same node selector"))
}

/// Whether a pod spec says anything about nodes.
fn narrows(spec: &PodSpec) -> bool {
    let Some(pod) = as_pod(spec) else { return true };
    let affinity = pod.spec.affinity.and_then(|affinity| affinity.node_affinity);
    !pod.spec.node_selector.is_empty() || affinity.is_some_and(|affinity| affinity.required.is_some())
}
