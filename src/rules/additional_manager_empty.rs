//! `resource_manager: {}` in the additional list.

use super::context::{Step, unresolved};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Ending, Finding, Severity};
use crate::model::config::{ManagerKind, Policy};

pub(super) static RULE: Rule = Rule {
    id: "additional-manager-empty",
    severity: Severity::Error,
    effect: Effect::Crashes,
    summary: "an additional `resource_manager: {}`",
    why: "Without any key the block becomes an agent resource manager whose scheduler has no policy, and the master panics.",
    master_says: &["panic: neither scheduler type configured"],
    facts: &["P-R3", "T-36"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_manager: {}
    resource_pools:
      - pool_name: l4
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
    resource_pools:
      - pool_name: l4
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for manager in cx.managers().iter().filter(|manager| cx.is_typed(manager)) {
        let ManagerKind::Agent(agent) = &manager.kind else {
            continue;
        };
        if matches!(agent.scheduler.policy, Policy::None) {
            let words = "panic: neither scheduler type configured";
            let load = unresolved(Step::Scheduler, manager.index, Ending::Panic, words);
            let finding = RULE.finding(manager.span, "this resource manager is empty, and the master panics on it");
            out.push(finding.help("write `type: kubernetes` and its settings").ends_load(load));
        }
    }
}
