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
    before: "additional_resource_managers:\n  - resource_manager: {}\n",
    after: "additional_resource_managers:\n  - resource_manager:\n      type: kubernetes\n      cluster_name: west\n      max_slots_per_pod: 4\n    resource_pools:\n      - pool_name: west\n",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for manager in cx.managers() {
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
