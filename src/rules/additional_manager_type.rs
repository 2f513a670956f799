//! An additional resource manager that is no Kubernetes cluster.

use super::context::invalid_twice;
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::config::ManagerKind;

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
    before: "additional_resource_managers:\n  - resource_manager:\n      type: agent\n",
    after: "additional_resource_managers:\n  - resource_manager:\n      type: kubernetes\n",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for manager in cx.managers().iter().filter(|manager| manager.index > 0) {
        let wrong = matches!(manager.kind, ManagerKind::Agent(_) | ManagerKind::Slurm(_) | ManagerKind::Pbs(_));
        if wrong {
            let words = "additional_resource_managers only supports resource managers of type: kubernetes";
            let kind = manager.kind.as_str();
            let finding =
                RULE.finding(manager.span, format!("an additional resource manager cannot be of type {kind}"));
            out.push(
                finding.help("write `type: kubernetes`, or make it the default one").ends_load(invalid_twice(words)),
            );
        }
    }
}
