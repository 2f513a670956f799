//! Two pools of one name.

use super::context::invalid_twice;
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::config::{Manager, Pool};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-pool-name",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "two pools with the same name, in one resource manager or in two",
    why: "A job names a pool and nothing else; the pool's name alone decides which resource manager gets it. So names are \
          unique over the whole deployment, and a pool belongs to one resource manager. A default resource manager \
          without `resource_pools` has a pool called `default`, which counts too. Case matters: `A` and `a` are two pools.",
    master_says: &[
        "resource pool has a duplicate name: <pool>",
        "resource pool has a duplicate name: <pool> They must be unique across even different resource managers",
    ],
    facts: &["E-V3", "E-V4"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
  - pool_name: a100
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
    resource_pools:
      - pool_name: a100
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
  - pool_name: a100
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
    resource_pools:
      - pool_name: gke-a100
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let mut seen: Vec<(&Manager, &Pool)> = Vec::new();
    let mut firsts = std::collections::BTreeMap::new();
    for manager in cx.managers() {
        for pool in manager.pools.iter().filter(|pool| !pool.name.is_broken()) {
            let name = pool.name.value.as_str();
            match firsts.get(name) {
                Some(&first) => {
                    let here = seen
                        .iter()
                        .skip(first)
                        .any(|(owner, other)| owner.index == manager.index && other.name.value == name);
                    if let Some((owner, other)) = seen.get(first) {
                        out.push(duplicate((owner, other), (manager, pool), here));
                    }
                }
                None => {
                    firsts.insert(name, seen.len());
                }
            }
            seen.push((manager, pool));
        }
    }
}

/// `here`: the manager had a pool of this name before, which changes the master's words.
fn duplicate(first: (&Manager, &Pool), again: (&Manager, &Pool), here: bool) -> Finding {
    let name = &again.1.name.value;
    let across = first.0.index != again.0.index;
    let words = if here {
        format!("resource pool has a duplicate name: {name}")
    } else {
        format!(
            "resource pool has a duplicate name: {name} They must be unique across even different resource managers"
        )
    };
    if name.is_empty() {
        return RULE
            .finding(again.1.name.span(), "two pools have no name, which counts as the same name")
            .saying("no name here")
            .also(first.1.name.span(), "and none here")
            .help("give each a `pool_name`")
            .ends_load(invalid_twice(&words));
    }
    let message = if across {
        format!("pool \"{name}\" belongs to two resource managers")
    } else {
        format!("two pools of {} are called \"{name}\"", again.0.title())
    };
    let first_text = match (first.1.name.is_written(), across) {
        (false, _) => format!("{} has no pools of its own, so it has one called \"{name}\"", first.0.title()),
        (true, true) => format!("first in {}", first.0.title()),
        (true, false) => "first used here".to_owned(),
    };
    let again_text = if across { format!("again in {}", again.0.title()) } else { "used again here".to_owned() };
    let finding = RULE.finding(again.1.name.span(), message);
    // One list of pools, used again through an alias.
    let finding = if again.1.name.span() == first.1.name.span() {
        finding.saying(format!("in {}, and through an alias in {}", first.0.title(), again.0.title()))
    } else {
        finding.saying(again_text).also(first.1.name.span(), first_text)
    };
    finding.help("rename one of them; jobs that name it have to follow").ends_load(invalid_twice(&words))
}
