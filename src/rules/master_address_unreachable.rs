//! Addresses of the master that lead elsewhere when a pod looks them up.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::config::Manager;

pub(super) static RULE: Rule = Rule {
    id: "master-address-unreachable",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "a host of the master that means something else inside the pods of that cluster",
    why: "`determined_master_host` is looked up by the pods of the cluster, not by the master. To a pod, `localhost` is the pod \
          itself; the name of a Service leads to a Service of the pod's own cluster, and that of the master stands in \
          another. The pods start, cannot reach the master and fail.",
    master_says: &[],
    facts: &["T-12"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  master_service_name: determined-master
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
      determined_master_host: determined-master.det.svc.cluster.local
      determined_master_port: 8080
    resource_pools:
      - pool_name: l4
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  master_service_name: determined-master
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
      determined_master_host: det.example.com
      determined_master_port: 8080
    resource_pools:
      - pool_name: l4
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let services = cx.managers().iter().filter_map(|manager| manager.kubernetes());
    let services: BTreeSet<&str> = services.map(|kubernetes| kubernetes.master_service_name.value.as_str()).collect();
    for manager in cx.managers() {
        let Some(kubernetes) = manager.kubernetes() else { continue };
        let host = kubernetes.master_host.value.as_str();
        let message = match host {
            _ if kubernetes.master_host.is_broken() || host.is_empty() => continue,
            _ if is_loopback(host) => format!("in a pod, {host:?} is the pod itself"),
            _ if is_of_cluster(host, &services) && is_elsewhere(manager) => {
                format!("{host:?} is a name inside one cluster, and {} drives another", manager.title())
            }
            _ => continue,
        };
        let finding = RULE.finding(kubernetes.master_host.span(), message);
        out.push(finding.help("write the host name or address at which the cluster's pods reach the master"));
    }
}

/// Whether the cluster is most likely not the one that the master runs in.
fn is_elsewhere(manager: &Manager) -> bool {
    manager.index > 0 && manager.kubernetes().is_some_and(|kubernetes| !kubernetes.is_in_cluster())
}

fn is_loopback(host: &str) -> bool {
    let is_address = host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback() || address.is_unspecified());
    is_address || host.eq_ignore_ascii_case("localhost") || host.to_ascii_lowercase().ends_with(".localhost")
}

/// Whether only the name service of one cluster knows a name.
fn is_of_cluster(host: &str, services: &BTreeSet<&str>) -> bool {
    let name = host.trim_end_matches('.').to_ascii_lowercase();
    name.ends_with(".svc") || name.ends_with(".cluster.local") || services.contains(host)
}
