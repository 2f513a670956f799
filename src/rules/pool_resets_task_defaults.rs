//! Task container defaults of the root that a pool's block sets back.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::Setting;
use crate::model::config::{Pool, TaskDefaults};
use crate::scheduling::routing::task_defaults;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "pool-resets-task-defaults",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "a pool's `task_container_defaults` sets back what the root's block sets",
    why: "Pod specs, environment variables and mounts of the root's `task_container_defaults` reach a pool that has a block \
          of its own. `network_mode`, `shm_size_bytes` and `preemption_timeout` do not: the master fills them in while it \
          reads the pool's block, and what is filled in counts like what is written. A pool that only wanted another pod \
          spec runs its tasks on the bridge network again.",
    master_says: &[],
    facts: &["T-16"],
    docs: "reference/deploy/master-config-reference#task-container-defaults",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
task_container_defaults:
  network_mode: host
resource_pools:
  - pool_name: default
    task_container_defaults:
      startup_hook: nvidia-smi
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
task_container_defaults:
  network_mode: host
resource_pools:
  - pool_name: default
    task_container_defaults:
      network_mode: host
      startup_hook: nvidia-smi
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(config) = cx.config() else { return };
    for pool in config.managers.iter().flat_map(|manager| &manager.pools) {
        let (root, here) = (&config.task_defaults, task_defaults(config, pool));
        for reset in resets(root, here) {
            out.push(finding(pool, here, &reset));
        }
    }
}

/// A setting that is not what the root says.
struct Reset {
    key: &'static str,
    root: Span,
    wanted: String,
    got: String,
}

fn resets(root: &TaskDefaults, here: &TaskDefaults) -> Vec<Reset> {
    fn reset<T: PartialEq + ToString>(key: &'static str, root: &Setting<T>, here: &Setting<T>) -> Option<Reset> {
        let forgotten = root.is_written() && !here.is_written() && !here.is_broken() && root.value != here.value;
        forgotten.then(|| Reset { key, root: root.span(), wanted: root.value.to_string(), got: here.value.to_string() })
    }
    let all = [
        reset("network_mode", &root.network_mode, &here.network_mode),
        reset("shm_size_bytes", &root.shm_size_bytes, &here.shm_size_bytes),
        reset("preemption_timeout", &root.preemption_timeout, &here.preemption_timeout),
    ];
    all.into_iter().flatten().collect()
}

fn finding(pool: &Pool, here: &TaskDefaults, reset: &Reset) -> Finding {
    let Reset { key, root, wanted, got } = reset;
    let name = &pool.name.value;
    let message = format!("`{key}` is {got} again in pool \"{name}\"");
    let finding = RULE.finding(here.span, message).also(*root, format!("{wanted} everywhere else"));
    finding.help(format!("repeat `{key}: {wanted}` in the pool's block, if it is meant there too"))
}
