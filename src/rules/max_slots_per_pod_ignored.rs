//! The root's value for slots per pod, which several resource managers ignore.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "max-slots-per-pod-ignored",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "the root's `task_container_defaults.kubernetes.max_slots_per_pod` beside several resource managers",
    why: "With two or more resource managers the value at the root is ignored; the master logs a warning once per \
          Kubernetes resource manager.",
    master_says: &[
        "ignoring task_container_defaults.kubernetes.max_slots_per_pod - must provide resource_manager.max_slots_per_pod \
         if multiple resource managers are defined",
    ],
    facts: &["W-R7", "T-15"],
    docs: "reference/deploy/master-config-reference#max-slots-per-pod",
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
task_container_defaults:
  kubernetes:
    max_slots_per_pod: 2
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
        task_container_defaults:
          kubernetes:
            max_slots_per_pod: 2
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(config) = cx.config() else { return };
    let root = &config.task_defaults.max_slots_per_pod;
    let concerns = config.managers.iter().any(|manager| manager.kubernetes().is_some());
    if config.is_multi() && concerns && root.is_written() {
        out.push(
            RULE.finding(root.span(), "several resource managers ignore this value")
                .help("set `max_slots_per_pod` in each resource manager, or in a pool's task_container_defaults"),
        );
    }
}
