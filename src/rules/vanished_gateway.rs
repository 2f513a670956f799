//! A gateway that is there and empty.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "vanished-gateway",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "an empty `internal_task_gateway`, which is silently off",
    why: "Under the default resource manager an empty gateway, or one whose values are all null, vanishes: there is no \
          gateway and no message. Inside `additional_resource_managers` the same block fails the load.",
    master_says: &[],
    facts: &["T-34", "§1.2"],
    docs: "setup-cluster/k8s/internal-task-gateway",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  internal_task_gateway:
    # gateway_name: contour
    # gateway_namespace: projectcontour
    # gateway_ip: 10.0.0.7
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  internal_task_gateway:
    gateway_name: contour
    gateway_namespace: projectcontour
    gateway_ip: 10.0.0.7
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    const PATH: &str = "resource_manager.internal_task_gateway";
    for vanished in cx.loaded.vanished.iter().filter(|vanished| vanished.path == PATH) {
        let finding = RULE.finding(vanished.key, "this gateway is empty, so there is none");
        out.push(finding.help("give it a name, namespace and address, or remove it"));
    }
}
