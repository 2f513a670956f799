//! Affinities that make the master panic.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::config::Pool;
use crate::scheduling::routing::{NodeSort, PoolPanic, node_rules};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "affinity-without-node-affinity",
    severity: Severity::Error,
    effect: Effect::Degrades,
    summary: "an `affinity` without `nodeAffinity` in a pool's pod spec: the master panics when it lists its pools",
    why: "To tell which nodes belong to a pool, the master looks into `affinity.nodeAffinity` of the pool's pod spec without \
          asking whether it is there. With an `affinity` of pods alone it dereferences nil and panics each time that pools \
          are listed: by every page that shows them and, with several resource managers, by every request that names a \
          pool.",
    master_says: &[],
    facts: &["T-23"],
    docs: "setup-cluster/k8s/custom-pod-specs",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
    task_container_defaults:
      gpu_pod_spec:
        spec:
          affinity:
            podAntiAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - topologyKey: kubernetes.io/hostname
                  labelSelector: {matchLabels: {app: database}}
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
    task_container_defaults:
      gpu_pod_spec:
        spec:
          affinity:
            nodeAffinity: {}
            podAntiAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - topologyKey: kubernetes.io/hostname
                  labelSelector: {matchLabels: {app: database}}
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(config) = cx.config() else { return };
    for manager in config.managers.iter().filter(|manager| manager.kubernetes().is_some()) {
        for pool in &manager.pools {
            let mut panics: Vec<PoolPanic> = Vec::new();
            for sort in [NodeSort::Gpu, NodeSort::Cpu] {
                panics.extend(node_rules(config, manager, pool, sort).err());
            }
            panics.dedup();
            out.extend(panics.into_iter().filter_map(|panic| finding(pool, panic)));
        }
    }
}

fn finding(pool: &Pool, panic: PoolPanic) -> Option<Finding> {
    let (key, place) = (panic.spec.key(), place(pool, panic)?);
    let name = &pool.name.value;
    let message = format!("the `affinity` in the `{key}` of pool \"{name}\" has no `nodeAffinity`");
    Some(RULE.finding(place, message).help("add an empty one beside the others: `nodeAffinity: {}`"))
}

fn place(pool: &Pool, panic: PoolPanic) -> Option<Span> {
    let spec = panic.spec.of(pool.task_defaults.as_deref()?)?;
    let affinity = spec.pod.record("spec")?.entry("affinity")?;
    Some(affinity.key.unwrap_or(affinity.span))
}
