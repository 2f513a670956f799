//! Several resource managers that drive the cluster in which the master runs.

use super::one_cluster::do_meet;
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "in-cluster-twice",
    severity: Severity::Error,
    effect: Effect::Misroutes,
    summary: "two resource managers without `kubeconfig_path`, so that both drive the master's own cluster",
    why: "A resource manager without `kubeconfig_path` uses the service account of the pod that the master runs in. With \
          two of them the master drives its own cluster twice, without a word: jobs meant for the other cluster run \
          here, and every slot is counted for both. Outside of a pod it does not start: `unable to load in-cluster \
          configuration`.",
    master_says: &[],
    facts: &["T-3", "§3.5"],
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
    let drivers = cx.managers().iter().filter(|manager| cx.is_whole(manager));
    let mut drivers = drivers.filter_map(|manager| Some((manager, manager.kubernetes()?)));
    let Some((first, own)) = drivers.find(|(_, kubernetes)| kubernetes.is_in_cluster()) else {
        return;
    };
    for (manager, kubernetes) in drivers.filter(|(_, kubernetes)| kubernetes.is_in_cluster()) {
        if !do_meet(own, kubernetes) {
            continue;
        }
        let message = format!("without `kubeconfig_path`, {} drives the cluster of {}", manager.title(), first.title());
        let finding = RULE.finding(manager.span, message).also(first.span, "has none either");
        out.push(finding.help("add `kubeconfig_path` with the kubeconfig of its own cluster"));
    }
}
