//! Additional resource managers below a resource manager.

use super::decoding::{KeyFault, key_fault, problems, with_load};
use super::{Context, Rule, mending};
use crate::decode::ProblemKind;
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "managers-inside-manager",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "`additional_resource_managers` stands inside a resource manager",
    why: "The documentation page says to add the list \"under the resource_manager\". It belongs beside it, at the root of \
          the file; inside, the master refuses it.",
    master_says: &["json: unknown field \"additional_resource_managers\""],
    facts: &["C-3", "E-L7"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
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
        if key_fault(&problem.path, key, *known) == KeyFault::ManagersInside {
            // Only the default resource manager stands at the root, where the list belongs.
            let at_root = problem.path == "resource_manager";
            let fix = at_root.then(|| mending::move_out(cx, problem.span, "additional_resource_managers")).flatten();
            let finding = RULE
                .finding(problem.span, "additional resource managers cannot stand inside a resource manager")
                .help("move `additional_resource_managers` to the root of the file, beside `resource_manager`")
                .fix_if(fix);
            out.push(with_load(finding, load));
        }
    }
}
