//! An element of the additional list without a resource manager.

use super::context::{Step, unresolved};
use super::places;
use super::{Context, Rule};
use crate::decode::ProblemKind;
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
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_pools:
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
    resource_pools:
      - pool_name: l4
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    const WORDS: &str = "panic: runtime error: invalid memory address or nil pointer dereference";
    let missing = cx.managers().iter().filter(|manager| matches!(manager.kind, ManagerKind::Missing));
    for manager in missing.filter(|manager| !is_told_by_its_keys(cx, manager.index)) {
        let load = unresolved(Step::Types, manager.index, Ending::Panic, WORDS);
        let finding = RULE.finding(manager.span, "this entry has no resource manager, and the master panics on it");
        out.push(finding.help("give it a `resource_manager` of type kubernetes, or remove it").ends_load(load));
    }
}

/// Whether the settings stand beside instead of below `resource_manager`. Then they are unknown keys, which end the load
/// before the missing manager does, and their findings tell where to move them.
fn is_told_by_its_keys(cx: &Context<'_>, index: usize) -> bool {
    let element = format!("{LIST}[{}]", index.saturating_sub(1));
    cx.loaded.problems.iter().any(|problem| match &problem.kind {
        ProblemKind::RejectedKey { key, known } => problem.path == element && places::home(key, *known).is_some(),
        _ => false,
    })
}

const LIST: &str = "additional_resource_managers";
