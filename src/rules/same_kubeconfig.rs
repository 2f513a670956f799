//! Several resource managers with one kubeconfig.

use std::collections::BTreeMap;

use super::followed::{Followed, Named, harmless, named};
use super::one_cluster::{cluster, do_meet};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::kubeconfig::address::Server;

pub(super) static RULE: Rule = Rule {
    id: "same-kubeconfig",
    severity: Severity::Warning,
    effect: Effect::Misroutes,
    summary: "two resource managers with one kubeconfig, so that both drive one cluster",
    why: "The master reads the file for each of them and uses its current context, so both drive the same cluster; it starts \
          without a warning. Each counts all of its slots, so that the deployment seems twice as large as it is, and jobs \
          of both run in the same namespaces. Only different slot types in different namespaces keep apart.",
    master_says: &[],
    facts: &["T-4", "§3.5"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  kubeconfig_path: ~/.kube/config
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_path: ~/.kube/config
    resource_pools:
      - pool_name: l4
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  kubeconfig_path: ~/.kube/onprem
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_path: ~/.kube/gke-west
    resource_pools:
      - pool_name: l4
",
    check: Some(check),
};

/// How to part them.
const HELP: &str = "give each cluster a kubeconfig of its own, with the right current context";

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let mut seen = BTreeMap::new();
    for manager in cx.managers() {
        let (Some(kubernetes), Some(cluster)) = (manager.kubernetes(), cluster(manager)) else { continue };
        if kubernetes.is_in_cluster() {
            continue;
        }
        let (first, own) = *seen.entry(cluster).or_insert((manager, kubernetes));
        if first.index == manager.index || !do_meet(own, kubernetes) {
            continue;
        }
        let path = &kubernetes.kubeconfig_path;
        let message =
            format!("{} and {} drive one cluster: their kubeconfig is the same", first.title(), manager.title());
        let finding = RULE.finding(path.span(), message).help(HELP);
        let other = own.kubeconfig_path.span();
        out.push(if other == path.span() { finding } else { finding.also(other, "the same file") });
    }
    for (first, second) in cx.chart.map_or(&[][..], |chart| &chart.same_secrets) {
        let message = "two resource managers drive one cluster: their kubeconfig is the same file of the same Secret";
        out.push(RULE.finding(*second, message).also(*first, "the same Secret").help(HELP));
    }
}

/// Different files that lead to one server.
pub(super) fn check_followed(cx: &Context<'_>, followed: &[Followed], out: &mut Vec<Finding>) {
    let mut seen: Vec<Named<'_>> = Vec::new();
    for named in named(cx, followed) {
        let first = seen.iter().find(|first| is_same(first, &named));
        if let Some((first, server)) = first.and_then(|first| Some((first, named.text.server.as_ref()?))) {
            let (one, other, server) = (first.manager.title(), named.manager.title(), harmless(&server.0.to_string()));
            let message = format!("{one} and {other} drive one cluster: both kubeconfigs lead to {server}");
            let finding = RULE.finding(named.setting.span(), message).help(HELP);
            let place = first.setting.span();
            out.push(if place == named.setting.span() { finding } else { finding.also(place, "the same server") });
        } else {
            seen.push(named);
        }
    }
}

/// Whether two kubeconfigs of different paths lead to one cluster; one path is told of already.
fn is_same(one: &Named<'_>, other: &Named<'_>) -> bool {
    let (Some((server, trust)), Some((other_server, other_trust))) = (&one.text.server, &other.text.server) else {
        return false;
    };
    let (Some(kubernetes), Some(other_kubernetes)) = (one.manager.kubernetes(), other.manager.kubernetes()) else {
        return false;
    };
    let plain = |server: &Server| server.expose().trim_end_matches('/').to_lowercase();
    // Behind one address of a machine there may be several clusters, each with an authority of its own.
    let trusts = trust == other_trust || trust.is_empty() || other_trust.is_empty();
    plain(server) == plain(other_server)
        && trusts
        && cluster(one.manager) != cluster(other.manager)
        && do_meet(kubernetes, other_kubernetes)
}
