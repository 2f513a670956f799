//! A resource manager without pools.

use super::context::invalid_twice;
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::Origin;
use crate::model::config::ManagerKind;

pub(super) static RULE: Rule = Rule {
    id: "no-resource-pools",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a resource manager without a single pool",
    why: "Every additional resource manager needs at least one pool of its own; nothing is inherited. The default one gets \
          a pool called `default` when `resource_pools` is absent, but an empty list counts as given. The message speaks of \
          additional resource managers in both cases.",
    master_says: &["for additional_resource_managers, you must specify at least one resource pool"],
    facts: &["E-V1"],
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
    for manager in cx.managers().iter().filter(|manager| cx.is_typed(manager)) {
        let wants_pools = matches!(manager.kind, ManagerKind::Agent(_) | ManagerKind::Kubernetes(_));
        let place = match manager.pools_origin {
            Origin::Broken { .. } => continue,
            Origin::Written { key, value } => key.unwrap_or(value),
            Origin::Implied { .. } => manager.span,
        };
        if wants_pools && manager.pools.is_empty() {
            let words = "for additional_resource_managers, you must specify at least one resource pool";
            let finding = RULE.finding(place, format!("{} has no resource pool", manager.title()));
            let help = "add `resource_pools` with at least one pool, beside its `resource_manager`";
            out.push(finding.help(help).ends_load(invalid_twice(words)));
        }
    }
}
