//! Two resource managers of one name.

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
    before: "resource_manager:\n  type: kubernetes\n  max_slots_per_pod: 1\nadditional_resource_managers:\n  - resource_manager:\n      type: kubernetes\n      cluster_name: default\n      max_slots_per_pod: 1\n    resource_pools:\n      - pool_name: west\n",
    after: "resource_manager:\n  type: kubernetes\n  cluster_name: main\n  max_slots_per_pod: 1\nadditional_resource_managers:\n  - resource_manager:\n      type: kubernetes\n      cluster_name: west\n      max_slots_per_pod: 1\n    resource_pools:\n      - pool_name: west\n",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let named = |manager: &&Manager| {
        !matches!(manager.kind, ManagerKind::Missing | ManagerKind::Broken) && !manager.cluster_name.is_broken()
    };
    let managers: Vec<&Manager> = cx.managers().iter().filter(named).collect();
    for (at, manager) in managers.iter().enumerate() {
        let name = &manager.cluster_name.value;
        let Some(first) = managers.iter().take(at).find(|other| other.cluster_name.value == *name) else {
            continue;
        };
        let finding = RULE
            .finding(manager.cluster_name.span(), format!("two resource managers are called \"{name}\""))
            .saying(second(manager))
            .also(first.cluster_name.span(), why(first))
            .help("give each resource manager a `cluster_name` of its own")
            .ends_load(invalid_twice(&format!("resource manager has a duplicate name: {name}")));
        out.push(finding);
    }
}

fn second(manager: &Manager) -> &'static str {
    if manager.cluster_name.is_written() { "used again here" } else { "this one has no name either" }
}

fn why(manager: &Manager) -> String {
    match manager.cluster_name.origin {
        Origin::Implied { why: Why::FromName, .. } => "first used here, through `name`".to_owned(),
        Origin::Implied { .. } => {
            format!("the default resource manager has no name, so it is called \"{}\"", manager.cluster_name.value)
        }
        _ => "first used here".to_owned(),
    }
}
