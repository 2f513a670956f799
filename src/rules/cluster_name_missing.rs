//! A resource manager without a name where one is demanded.

use super::context::{invalid, manager_path};
use super::{Context, Rule, mending};
use crate::diagnostic::{Applicability, Effect, Finding, Severity};
use crate::model::config::{Manager, ManagerKind};
use crate::model::{Origin, Why};
use crate::release::Behaviour;

pub(super) static RULE: Rule = Rule {
    id: "cluster-name-missing",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "an additional resource manager without `cluster_name`",
    why: "Every additional resource manager needs a `cluster_name`. The old key `name` helps only the default one: for the \
          others the check comes before the fallback, whatever the deprecation text says.",
    master_says: &["cluster_name is required:  must be non-empty"],
    facts: &["E-V6", "C-8", "C-9", "§1.7"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      name: gke-west
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
    for manager in cx.managers().iter().filter(|manager| manager.index > 0 && cx.is_typed(manager)) {
        let variant = match manager.kind {
            ManagerKind::Kubernetes(_) => "KubernetesRM",
            ManagerKind::Agent(_) => "AgentRM",
            _ => continue,
        };
        if let Some(finding) = nameless(cx, manager) {
            let path = manager_path(manager.index, variant);
            let key = if cx.release().has(Behaviour::NamedByClusterName) { "cluster_name" } else { "name" };
            let words = format!("{key} is required:  must be non-empty");
            out.push(finding.ends_load(invalid(&path, &words)));
        }
    }
}

fn nameless(cx: &Context<'_>, manager: &Manager) -> Option<Finding> {
    let name = &manager.cluster_name;
    match name.origin {
        Origin::Implied { why: Why::FromName, near } => {
            let finding =
                RULE.finding(manager.name.key().unwrap_or(near), "`name` does not name an additional resource manager");
            let finding = finding.help("write `cluster_name` instead of `name`");
            let rename = |key| mending::rename(cx, key, "cluster_name", Applicability::Safe);
            Some(finding.fix_if(manager.name.key().and_then(rename)))
        }
        Origin::Broken { .. } => None,
        _ if !name.value.is_empty() => None,
        _ => {
            let place = if name.is_written() { name.span() } else { manager.span };
            let finding = RULE.finding(place, "this additional resource manager has no `cluster_name`");
            Some(finding.help("add `cluster_name` with a name that is unique in the deployment"))
        }
    }
}
