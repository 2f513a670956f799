//! Gateways that several resource managers open ports on.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::one_cluster::cluster;
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::Setting;
use crate::model::config::{Gateway, Manager};

pub(super) static RULE: Rule = Rule {
    id: "gateway-shared",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "two resource managers that open ports on one gateway",
    why: "For every proxied task the master opens a port of the range on the Gateway. When it starts, each resource manager \
          closes the ports for which it finds no route in the namespaces that it knows: among them those of notebooks and \
          TensorBoards of another one with other namespaces. Two Gateways of different clusters behind one \
          `gateway_ip` need ranges apart: the master opens the same port on both, and the address can lead to one of them \
          only.",
    master_says: &[],
    facts: &["T-29"],
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
      internal_task_gateway:
        gateway_name: contour
        gateway_namespace: projectcontour
        gateway_ip: gateway.example.com
        gateway_port_range_start: 49152
        gateway_port_range_end: 49200
    resource_pools:
      - pool_name: l4
  - resource_manager:
      type: kubernetes
      cluster_name: eks-east
      max_slots_per_pod: 8
      kubeconfig_path: /etc/determined/eks-east.kubeconfig
      internal_task_gateway:
        gateway_name: contour
        gateway_namespace: projectcontour
        gateway_ip: gateway.example.com
        gateway_port_range_start: 49152
        gateway_port_range_end: 49200
    resource_pools:
      - pool_name: h100
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
        gateway_ip: gateway.example.com
        gateway_port_range_start: 49152
        gateway_port_range_end: 49200
    resource_pools:
      - pool_name: l4
  - resource_manager:
      type: kubernetes
      cluster_name: eks-east
      max_slots_per_pod: 8
      kubeconfig_path: /etc/determined/eks-east.kubeconfig
      internal_task_gateway:
        gateway_name: contour
        gateway_namespace: projectcontour
        gateway_ip: gateway.example.com
        gateway_port_range_start: 49201
        gateway_port_range_end: 49250
    resource_pools:
      - pool_name: h100
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let mut objects = BTreeMap::new();
    let mut addresses: BTreeMap<String, Vec<(&Manager, &Gateway)>> = BTreeMap::new();
    let with_gateway =
        cx.managers().iter().filter_map(|manager| Some((manager, manager.kubernetes()?.gateway.as_ref()?)));
    for (manager, gateway) in with_gateway.filter(|(_, gateway)| is_sound(gateway)) {
        let object = cluster(manager).map(|cluster| (cluster, &gateway.name.value, &gateway.namespace.value));
        let first = object.and_then(|object| match objects.entry(object) {
            Entry::Occupied(first) => Some(*first.get()),
            Entry::Vacant(place) => {
                place.insert((manager, gateway));
                None
            }
        });
        let behind = addresses.entry(gateway.address.value.to_lowercase()).or_default();
        match first {
            Some((first, other)) => out.push(object_of_both(first, other, manager, gateway)),
            None => {
                out.extend(behind.iter().find_map(|(first, other)| address_of_both(first, other, manager, gateway)));
            }
        }
        behind.push((manager, gateway));
    }
}

fn is_sound(gateway: &Gateway) -> bool {
    let texts = [&gateway.name, &gateway.namespace, &gateway.address];
    let ports = [&gateway.port_start, &gateway.port_end];
    texts.iter().all(|text| !text.is_broken() && !text.value.is_empty()) && ports.iter().all(|port| !port.is_broken())
}

fn object_of_both(first: &Manager, other: &Gateway, manager: &Manager, gateway: &Gateway) -> Finding {
    let (first, second) = (first.title(), manager.title());
    let message =
        format!("{first} and {second} open ports on one Gateway, and can close each other's when the master starts");
    let finding = RULE.finding(gateway.name.span(), message).help("give each of them a Gateway of its own");
    with_other(finding, &gateway.name, &other.name)
}

fn address_of_both(first: &Manager, other: &Gateway, manager: &Manager, gateway: &Gateway) -> Option<Finding> {
    let from = gateway.port_start.value.max(other.port_start.value);
    let to = gateway.port_end.value.min(other.port_end.value);
    (from <= to).then(|| {
        let (first, second, address) = (first.title(), manager.title(), &gateway.address.value);
        let message = format!("{first} and {second} both open the ports {from}–{to} behind {address:?}");
        let finding = RULE.finding(gateway.address.span(), message);
        let finding = finding.help("write the address of its own gateway, or give each of them other ports");
        with_other(finding, &gateway.address, &other.address)
    })
}

/// Marks the other place too, unless an anchor makes them one.
fn with_other(finding: Finding, here: &Setting<String>, there: &Setting<String>) -> Finding {
    if here.span() == there.span() { finding } else { finding.also(there.span(), "the same") }
}
