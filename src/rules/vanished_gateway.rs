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
    before: "resource_manager:\n  internal_task_gateway: {}\n",
    after: "resource_manager:\n  internal_task_gateway:\n    gateway_name: contour\n    gateway_namespace: projectcontour\n    gateway_ip: 10.0.0.7\n",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    const PATH: &str = "resource_manager.internal_task_gateway";
    for vanished in cx.loaded.vanished.iter().filter(|vanished| vanished.path == PATH) {
        let finding = RULE.finding(vanished.key, "this gateway is empty, so there is none");
        out.push(finding.help("give it a name, namespace and address, or remove it"));
    }
}
