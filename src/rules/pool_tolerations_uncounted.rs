//! Tolerations of the root's pod spec that do not count for a pool.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::MultiRm;
use crate::model::config::{Manager, PodSpec, Pool};
use crate::scheduling::routing::{NodeSort, SpecKind, as_pod, node_rules};

pub(super) static RULE: Rule = Rule {
    id: "pool-tolerations-uncounted",
    severity: Severity::Info,
    effect: Effect::Degrades,
    summary: "a pool beside others without a `gpu_pod_spec`: the root's tolerations do not count for its capacity",
    why: "To count the slots of a pool the master looks for nodes whose taints the pool tolerates. The tolerations of the \
          root's `gpu_pod_spec` count for the only pool of a resource manager, and for pools with a `gpu_pod_spec` of their \
          own. With a second pool they no longer count for the others, nor do the built-in ones for the taints of GPU \
          nodes: such a pool shows 0 slots on tainted nodes. Its tasks tolerate the taints all the same.",
    master_says: &[],
    facts: &["T-22"],
    docs: "setup-cluster/k8s/custom-pod-specs",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
  - pool_name: a100
task_container_defaults:
  gpu_pod_spec:
    spec:
      tolerations:
        - {key: nvidia.com/gpu, operator: Exists}
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
    task_container_defaults: &gpu
      gpu_pod_spec:
        spec:
          tolerations:
            - {key: nvidia.com/gpu, operator: Exists}
  - pool_name: a100
    task_container_defaults: *gpu
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(config) = cx.config() else { return };
    let Some(root) = config.task_defaults.gpu_pod_spec.as_ref().filter(|root| tolerates(root)) else {
        return;
    };
    for manager in &config.managers {
        let has_gpus = manager.kubernetes().is_some_and(|kubernetes| kubernetes.slot_type.value != "cpu");
        if has_gpus && manager.pools.len() > 1 {
            let pools = manager.pools.iter().filter(|pool| is_uncounted(config, manager, pool));
            out.extend(pools.map(|pool| finding(root, pool)));
        }
    }
}

fn tolerates(spec: &PodSpec) -> bool {
    as_pod(spec).is_some_and(|pod| !pod.spec.tolerations.is_empty())
}

fn is_uncounted(config: &MultiRm, manager: &Manager, pool: &Pool) -> bool {
    let name = Some(&pool.name.value);
    let is_aux = manager.default_aux_pool.value.as_ref() == name && manager.default_compute_pool.value.as_ref() != name;
    let rules = node_rules(config, manager, pool, NodeSort::Gpu);
    !is_aux && rules.is_ok_and(|rules| rules.from != Some(SpecKind::Gpu))
}

fn finding(root: &PodSpec, pool: &Pool) -> Finding {
    let message = format!(
        "pool {:?} shows 0 slots on tainted nodes: the root's tolerations do not count for it",
        pool.name.value
    );
    let finding = RULE.finding(pool.name.span(), message).also(root.key.unwrap_or(root.pod.span), "the tolerations");
    finding.help("give the pool a `gpu_pod_spec` with the same tolerations, unless its nodes have no taints")
}
