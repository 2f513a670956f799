//! Clusters whose notebooks nobody can open.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::config::{Kubernetes, Manager};
use crate::release::keys;

pub(super) static RULE: Rule = Rule {
    id: "gateway-missing",
    severity: Severity::Info,
    effect: Effect::Degrades,
    summary: "an additional cluster without `internal_task_gateway`: its notebooks and TensorBoards run and cannot be opened",
    why: "The master passes what users do in a notebook, a TensorBoard or a shell on to the pod. Without a gateway it calls \
          the address of the pod itself, which is hardly reachable from outside of the pod's cluster. Experiments and \
          commands are not concerned.",
    master_says: &[],
    facts: &["T-33", "§9.4"],
    docs: "setup-cluster/k8s/internal-task-gateway",
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
      internal_task_gateway:
        gateway_name: contour
        gateway_namespace: projectcontour
        gateway_ip: 203.0.113.10
        gateway_port_range_start: 49152
        gateway_port_range_end: 49200
    resource_pools:
      - pool_name: l4
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let help = match keys::GATEWAY.began() {
        Some(began) if !keys::GATEWAY.contains(cx.release()) => {
            format!("a gateway can be set from release {began} on; until then run them in the default resource manager")
        }
        _ => "add `internal_task_gateway` with a gateway of that cluster, or run them in the default resource manager"
            .to_owned(),
    };
    for manager in cx.managers().iter().skip(1).filter(|manager| is_without(cx, manager)) {
        let message = format!("notebooks and TensorBoards in {} run and cannot be opened", manager.title());
        out.push(RULE.finding(manager.span, message).saying("no `internal_task_gateway`").help(help.clone()));
    }
}

fn is_without(cx: &Context<'_>, manager: &Manager) -> bool {
    let is_remote = |kubernetes: &Kubernetes| {
        kubernetes.gateway.is_none() && !kubernetes.is_in_cluster() && !kubernetes.kubeconfig_path.is_broken()
    };
    manager.kubernetes().is_some_and(is_remote) && cx.is_whole(manager) && !has_broken_gateway(cx, manager)
}

/// Something else stands where the gateway belongs.
fn has_broken_gateway(cx: &Context<'_>, manager: &Manager) -> bool {
    let Some(at) = manager.index.checked_sub(1) else { return false };
    let path = format!("additional_resource_managers[{at}].resource_manager.internal_task_gateway");
    cx.loaded.problems.iter().any(|problem| problem.path.starts_with(&path))
}
