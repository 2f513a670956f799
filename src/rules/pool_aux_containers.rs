//! A negative number of auxiliary containers.

use super::context::{invalid, pool_path};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "pool-aux-containers",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "`max_aux_containers_per_agent` below zero",
    why: "The setting means nothing on Kubernetes, but a negative number stops the master all the same.",
    master_says: &["resource pool max cpu containers per agent should be >= 0: expected true, got false"],
    facts: &["E-V13"],
    docs: "reference/deploy/master-config-reference#resource-pools",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
    max_aux_containers_per_agent: -5
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for manager in cx.managers() {
        for (at, pool) in manager.pools.iter().enumerate() {
            let most = pool.max_aux_containers();
            if most.value < 0 {
                let words = "resource pool max cpu containers per agent should be >= 0: expected true, got false";
                let finding = RULE.finding(
                    most.span(),
                    format!("pool \"{}\" allows a negative number of containers", pool.name.value),
                );
                let load = invalid(&pool_path(manager.index, at), words);
                out.push(finding.help("remove the line: it means nothing on Kubernetes").ends_load(load));
            }
        }
    }
}
