//! The list of additional resource managers under a name that the master does not know.

use super::decoding::{KeyFault, key_fault, problems, with_load};
use super::{Context, Rule, mending};
use crate::decode::ProblemKind;
use crate::diagnostic::{Applicability, Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "additional-managers-misspelt",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "`additional_resource_managers` is misspelt",
    why: "The documentation page spells the option `addtional_resource_manager`; the release note uses the singular. The \
          master knows only `additional_resource_managers`, and refuses the rest.",
    master_says: &["json: unknown field \"addtional_resource_manager\""],
    facts: &["C-2", "C-31", "E-L7"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
addtional_resource_manager:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
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
    for (problem, load) in problems(cx) {
        let ProblemKind::RejectedKey { key, known } = &problem.kind else {
            continue;
        };
        if key_fault(&problem.path, key, *known) != KeyFault::ManagersMisspelt {
            continue;
        }
        let message = format!("`{}` is not the name of the option", cx.slice(problem.span));
        let fix = mending::rename(cx, problem.span, "additional_resource_managers", Applicability::Safe);
        let finding = RULE.finding(problem.span, message).help("write `additional_resource_managers`").fix_if(fix);
        out.push(with_load(finding, load));
    }
}
