//! Releases that want a licence for several resource managers.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::config::ManagerKind;
use crate::release::Behaviour;

pub(super) static RULE: Rule = Rule {
    id: "licence",
    severity: Severity::Warning,
    effect: Effect::FailsAtStart,
    summary: "several resource managers, Slurm or PBS with a release that wants a licence for them",
    why: "From 0.32.0 to 0.37.x the master panics while it builds its resource managers when there is more than one, or one \
          of type slurm or pbs, and no licence. Since 0.38.0 the check does nothing.",
    master_says: &[],
    facts: &["C-12", "§3.4", "§4.4"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
# master-version: 0.37.0
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
# master-version: 0.38.1
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
    if !cx.release().has(Behaviour::NeedsLicence) {
        return;
    }
    let needs =
        |index: usize, kind: &ManagerKind| index > 0 || matches!(kind, ManagerKind::Slurm(_) | ManagerKind::Pbs(_));
    if let Some(manager) = cx.managers().iter().find(|manager| needs(manager.index, &manager.kind)) {
        let message = format!("release {} wants a licence for this resource manager", cx.release());
        let finding = RULE.finding(manager.span, message);
        out.push(finding.help("have a licence at hand, or use 0.38.0 or newer"));
    }
}
