//! Additional resource managers without a default one.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::config::ManagerKind;
use crate::model::{Origin, Why};

pub(super) static RULE: Rule = Rule {
    id: "implied-agent-manager",
    severity: Severity::Warning,
    effect: Effect::Misroutes,
    summary: "no `resource_manager`, beside additional ones",
    why: "Without a default resource manager the master makes one up: agents, called `default`, with a pool `default`. Every \
          request without a pool goes there and waits for an agent.",
    master_says: &[],
    facts: &["§1.7", "§13"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
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
    let Some(config) = cx.config().filter(|config| config.is_multi()) else {
        return;
    };
    let (Some(default), Some(first)) = (config.default_manager(), config.managers.get(1)) else {
        return;
    };
    let implied = matches!(default.cluster_name.origin, Origin::Implied { why: Why::NoManager, .. });
    let empty = cx.loaded.vanished.iter().any(|vanished| vanished.path == "resource_manager");
    if implied && !empty && matches!(default.kind, ManagerKind::Agent(_)) {
        let message = "there is no `resource_manager`, so requests without a pool wait for agents";
        let finding = RULE.finding(first.span, message).saying("only an additional resource manager");
        out.push(finding.help("add the default cluster as `resource_manager`"));
    }
}
