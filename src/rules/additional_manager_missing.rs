//! An element of the additional list without a resource manager.

use std::collections::BTreeSet;

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
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
    resource_pools:
      - pool_name: l4
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    const WORDS: &str = "panic: runtime error: invalid memory address or nil pointer dereference";
    let missing = cx.managers().iter().filter(|manager| matches!(manager.kind, ManagerKind::Missing));
    let told = told_by_their_keys(cx);
    for manager in missing {
        let element = format!("additional_resource_managers[{}]", manager.index.saturating_sub(1));
        if told.contains(&*element) {
            continue;
        }
        let load = unresolved(Step::Types, manager.index, Ending::Panic, WORDS);
        let finding = RULE.finding(manager.span, "this entry has no resource manager, and the master panics on it");
        out.push(finding.help("give it a `resource_manager` of type kubernetes, or remove it").ends_load(load));
    }
}

/// The list items whose settings stand beside instead of below `resource_manager`. They are unknown keys there, which
/// end the load before the missing manager does, and their findings tell where to move them.
fn told_by_their_keys<'a>(cx: &'a Context<'_>) -> BTreeSet<&'a str> {
    let moved = cx.loaded.problems.iter().filter(|problem| match &problem.kind {
        ProblemKind::RejectedKey { key, known } => places::home(key, *known).is_some(),
        _ => false,
    });
    moved.map(|problem| &*problem.path).collect()
}
