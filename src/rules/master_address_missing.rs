//! Clusters whose tasks are told no address of the master.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::config::{Kubernetes, Manager};
use crate::release::{Release, keys};

pub(super) static RULE: Rule = Rule {
    id: "master-address-missing",
    severity: Severity::Warning,
    effect: Effect::FailsAtStart,
    summary: "a cluster without the address at which its tasks reach the master",
    why: "Host and port count only together. Where one of them is missing, the master looks up the Service \
          `master_service_name` in the cluster that it is about to drive, and takes its name and first port for both. \
          Without a name, or where there is no such Service, the master does not start. The Service stands in the \
          cluster that the master runs in; an additional cluster hardly has one of that name, and if it has, its tasks are \
          told a name that leads somewhere else. The chart sets `master_service_name` of the default resource manager \
          and nothing of the additional ones.",
    master_says: &["failed to get master service: resource name may not be empty"],
    facts: &["§3.4 master address", "T-10", "C-6", "C-19", "§6.2"],
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
      determined_master_host: det.example.com
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
    for manager in cx.managers().iter().filter(|manager| cx.is_whole(manager)) {
        if let Some(kubernetes) = manager.kubernetes() {
            out.extend(address_of(cx.release(), manager, kubernetes));
        }
    }
}

fn address_of(release: Release, manager: &Manager, kubernetes: &Kubernetes) -> Option<Finding> {
    let Kubernetes { master_host: host, master_port: port, master_service_name: service, .. } = kubernetes;
    let unclear = host.is_broken() || port.is_broken() || service.is_broken() || kubernetes.kubeconfig_path.is_broken();
    if unclear || kubernetes.has_master_address() {
        return None;
    }
    let host_key = if keys::MASTER_HOST.contains(release) { "determined_master_host" } else { "determined_master_ip" };
    let title = manager.title();
    let is_remote = manager.index > 0 && !kubernetes.is_in_cluster();
    let what = match (host.value.is_empty(), port.value) {
        (true, 0) => Half { place: manager.span, given: "", missing: "" },
        (true, _) => Half { place: port.span(), given: "determined_master_port", missing: host_key },
        (false, _) => Half { place: host.span(), given: host_key, missing: "determined_master_port" },
    };
    let is_lost = service.value.is_empty();
    if !is_lost && !is_remote {
        return what.discarded();
    }
    let message = match (what.missing, is_lost) {
        ("", true) => format!("{title} has no address of the master, and no Service to take it from"),
        ("", false) => {
            format!("{title} has no address of the master but a Service, which is looked up in its own cluster")
        }
        (missing, _) => format!("`{}` of {title} has no effect without `{missing}`", what.given),
    };
    let help = match (what.missing, is_remote) {
        ("", true) => format!("add `{host_key}` and `determined_master_port` with an address that its pods can reach"),
        ("", false) => format!(
            "add `master_service_name` with the Service of the master, or `{host_key}` and `determined_master_port`"
        ),
        (missing, _) => format!("add `{missing}`"),
    };
    let finding = RULE.finding(what.place, message).help(help);
    Some(if is_lost { finding } else { finding.also(service.span(), "looked up in that cluster") })
}

/// One half of an address, or none.
struct Half {
    place: crate::source::Span,
    given: &'static str,
    missing: &'static str,
}

impl Half {
    /// The Service is there, and its name and port win.
    fn discarded(&self) -> Option<Finding> {
        let Self { place, given, missing } = *self;
        (!missing.is_empty()).then(|| {
            let message =
                format!("`{given}` has no effect without `{missing}`: tasks are told the address of the Service");
            let mut finding = RULE.finding(place, message).help(format!("add `{missing}`, or remove `{given}`"));
            finding.effect = Effect::Degrades;
            finding
        })
    }
}
