//! Pod specs of a pool in whose place the root's was meant to stay.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::MultiRm;
use crate::model::config::Pool;
use crate::scheduling::routing::{SpecKind, SpecLevel, lost, pod_spec};

pub(super) static RULE: Rule = Rule {
    id: "pool-pod-spec-replaces-root",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "a pool's pod spec without what the root's pod spec of the same kind has",
    why: "A pod spec of a pool takes the place of the root's pod spec of the same kind as a whole; nothing of the two is \
          merged. Tolerations, volumes or node selectors that the root gives to all tasks are gone in that pool. A pool \
          whose pod spec repeats them is left alone.",
    master_says: &[],
    facts: &["T-17"],
    docs: "setup-cluster/k8s/custom-pod-specs",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
task_container_defaults:
  gpu_pod_spec:
    spec:
      tolerations:
        - {key: nvidia.com/gpu, operator: Exists}
resource_pools:
  - pool_name: default
    task_container_defaults:
      gpu_pod_spec:
        spec:
          nodeSelector: {gpu: a100}
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
task_container_defaults:
  gpu_pod_spec:
    spec:
      tolerations:
        - {key: nvidia.com/gpu, operator: Exists}
resource_pools:
  - pool_name: default
    task_container_defaults:
      gpu_pod_spec:
        spec:
          nodeSelector: {gpu: a100}
          tolerations:
            - {key: nvidia.com/gpu, operator: Exists}
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(config) = cx.config() else { return };
    for pool in config.managers.iter().flat_map(|manager| &manager.pools) {
        out.extend(SpecKind::ALL.into_iter().filter_map(|kind| replaced(config, pool, kind)));
    }
}

fn replaced(config: &MultiRm, pool: &Pool, kind: SpecKind) -> Option<Finding> {
    let root = kind.of(&config.task_defaults)?;
    let (own, level) = pod_spec(config, pool, kind)?;
    if level != SpecLevel::Pool {
        return None;
    }
    let gone = lost(root, own);
    let shown: Vec<&str> = gone.iter().take(3).map(String::as_str).collect();
    let more = if gone.len() > shown.len() { " and more" } else { "" };
    if shown.is_empty() {
        return None;
    }
    let (key, name) = (kind.key(), &pool.name.value);
    let message = format!("pool \"{name}\" loses `{}`{more} of the root's `{key}`", shown.join("`, `"));
    let finding = RULE.finding(own.key.unwrap_or(own.pod.span), message);
    let finding = finding.also(root.key.unwrap_or(root.pod.span), "this one does not count in the pool");
    Some(finding.help("repeat in the pool's pod spec what of the root's is meant there too"))
}
