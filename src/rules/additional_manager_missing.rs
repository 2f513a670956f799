//! An element of the additional list without a resource manager.

use super::context::{Step, unresolved};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Ending, Finding, Severity};
use crate::model::config::ManagerKind;

pub(super) static RULE: Rule = Rule {
    id: "additional-manager-missing",
    severity: Severity::Error,
    effect: Effect::Crashes,
    summary: "an additional entry without `resource_manager`",
    why: "Every element of `additional_resource_managers` needs a `resource_manager`. The master follows the missing one as a \
          nil pointer and panics, without a word on which element it was.",
    master_says: &["panic: runtime error: invalid memory address or nil pointer dereference"],
    facts: &["P-R1", "T-36"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "additional_resource_managers:\n  - resource_pools:\n      - pool_name: west\n",
    after: "additional_resource_managers:\n  - resource_manager:\n      type: kubernetes\n      cluster_name: west\n      max_slots_per_pod: 4\n    resource_pools:\n      - pool_name: west\n",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    const WORDS: &str = "panic: runtime error: invalid memory address or nil pointer dereference";
    for manager in cx.managers().iter().filter(|manager| matches!(manager.kind, ManagerKind::Missing)) {
        let load = unresolved(Step::Types, manager.index, Ending::Panic, WORDS);
        let finding = RULE.finding(manager.span, "this entry has no resource manager, and the master panics on it");
        out.push(finding.help("give it a `resource_manager` of type kubernetes, or remove it").ends_load(load));
    }
}
