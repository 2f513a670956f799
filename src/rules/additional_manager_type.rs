//! An additional resource manager that is no Kubernetes cluster.

use super::context::{invalid_twice, types_by_block};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::config::{Manager, ManagerKind};

pub(super) static RULE: Rule = Rule {
    id: "additional-manager-type",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "an additional resource manager of another type than kubernetes",
    why: "Agents, Slurm and PBS can only be the default resource manager. Agents may have Kubernetes clusters beside them, \
          Slurm and PBS may not.",
    master_says: &["additional_resource_managers only supports resource managers of type: kubernetes"],
    facts: &["E-V5"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_manager:
      type: agent
      cluster_name: lab
    resource_pools:
      - pool_name: lab
",
    after: "\
resource_manager:
  type: agent
  cluster_name: lab
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
    // PBS does not get this far (E-R2).
    let is_other = |kind: &ManagerKind| matches!(kind, ManagerKind::Agent(_) | ManagerKind::Slurm(_));
    let additional = cx.managers().iter().filter(|manager| manager.index > 0 && cx.is_typed(manager));
    let others: Vec<&Manager> = additional.filter(|manager| is_other(&manager.kind)).collect();
    if others.is_empty() {
        return;
    }
    let types = types_by_block(cx.tree());
    for manager in others {
        let words = "additional_resource_managers only supports resource managers of type: kubernetes";
        let place = types.get(&manager.span).copied().unwrap_or(manager.span);
        let kind = manager.kind.as_str();
        let help = match manager.kind {
            ManagerKind::Agent(_) => "write `type: kubernetes`, or make the agents the default resource manager",
            _ => "give it a master of its own, where it is the only resource manager",
        };
        let finding = RULE.finding(place, format!("an additional resource manager cannot be of type {kind}"));
        out.push(finding.help(help).ends_load(invalid_twice(words)));
    }
}
