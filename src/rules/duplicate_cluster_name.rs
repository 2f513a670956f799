//! Two resource managers of one name.

use std::collections::BTreeMap;

use super::context::invalid_twice;
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::config::{Manager, ManagerKind};
use crate::model::{Origin, Why};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-cluster-name",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "two resource managers with the same name",
    why: "Names of resource managers are the keys of workspace bindings and of every answer of the API, so they must be \
          unique. A default resource manager without a name is called `default`, and collides with an additional one of \
          that name.",
    master_says: &["resource manager has a duplicate name: <name>"],
    facts: &["E-V2", "C-10"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
resource_manager:
  type: kubernetes
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: default
      max_slots_per_pod: 4
      kubeconfig_path: /etc/determined/default.kubeconfig
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
    let named = |manager: &&Manager| {
        !matches!(manager.kind, ManagerKind::Missing | ManagerKind::Broken) && !manager.cluster_name.is_broken()
    };
    let mut firsts: BTreeMap<&str, &Manager> = BTreeMap::new();
    for manager in cx.managers().iter().filter(named) {
        let name = &manager.cluster_name.value;
        let first = *firsts.entry(name).or_insert(manager);
        if first.index == manager.index {
            continue;
        }
        let message = match &**name {
            "" => "two resource managers have no name, which counts as the same name".to_owned(),
            name => format!("two resource managers are called \"{name}\""),
        };
        let (place, other) = (manager.cluster_name.span(), first.cluster_name.span());
        let finding = RULE.finding(place, message);
        let finding = if place == other {
            finding.saying("used here, and again through an alias")
        } else {
            finding.saying(second(manager)).also(other, why(first))
        };
        let finding = finding
            .help("give each resource manager a `cluster_name` of its own")
            .ends_load(invalid_twice(&format!("resource manager has a duplicate name: {name}")));
        out.push(finding);
    }
}

fn second(manager: &Manager) -> &'static str {
    if manager.cluster_name.value.is_empty() { "this one has no name" } else { "used again here" }
}

fn why(manager: &Manager) -> String {
    match manager.cluster_name.origin {
        _ if manager.cluster_name.value.is_empty() => "nor has this one".to_owned(),
        Origin::Implied { why: Why::FromName, .. } => "first used here, through `name`".to_owned(),
        Origin::Implied { .. } => {
            format!("the default resource manager has no name, so it is called \"{}\"", manager.cluster_name.value)
        }
        _ => "first used here".to_owned(),
    }
}
