//! Schedulers of Kubernetes pools, which change nothing but a default.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::config::{Policy, Scheduler};
use crate::scheduling::routing::{KUBERNETES_PRIORITY, default_priority};

pub(super) static RULE: Rule = Rule {
    id: "pool-scheduler-lowers-priority",
    severity: Severity::Info,
    effect: Effect::Degrades,
    summary: "a `scheduler` in a Kubernetes pool, which lowers the default priority from 50 to 42",
    why: "On Kubernetes the `scheduler` block of a pool schedules nothing. Its one effect is the priority of jobs that ask \
          for none: 50 without the block, and the block's `default_priority` with it, which is 42 where it is not written. \
          Higher numbers go first there, so jobs of the pool wait behind those of pools without the block.",
    master_says: &[],
    facts: &["T-49"],
    docs: "reference/deploy/master-config-reference#scheduler",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
    scheduler:
      type: priority
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
    scheduler:
      type: priority
      default_priority: 50
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for manager in cx.managers().iter().filter(|manager| manager.kubernetes().is_some()) {
        for pool in &manager.pools {
            let Some(scheduler) = pool.scheduler.as_ref().filter(|scheduler| is_filled_in(scheduler)) else { continue };
            let priority = default_priority(pool);
            if priority != KUBERNETES_PRIORITY {
                let name = &pool.name.value;
                let message = format!(
                    "jobs in pool \"{name}\" that ask for no priority have {priority} instead of {KUBERNETES_PRIORITY}"
                );
                let help = "leave the block out, or write the `default_priority` that is meant";
                out.push(RULE.finding(scheduler.span, message).help(help));
            }
        }
    }
}

fn is_filled_in(scheduler: &Scheduler) -> bool {
    matches!(&scheduler.policy, Policy::Priority { default_priority, .. }
        if !default_priority.is_written() && !default_priority.is_broken())
}
