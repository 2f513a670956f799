//! A resource manager that is there and empty.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "vanished-manager",
    severity: Severity::Error,
    effect: Effect::Misroutes,
    summary: "an empty `resource_manager`, which makes the master one of agents",
    why: "Nulls and empty mappings vanish before the master decodes the file. An empty `resource_manager` therefore counts as \
          none, and without one the master runs an agent resource manager called `default`: it waits for agents that never \
          come, and no job reaches Kubernetes.",
    master_says: &[],
    facts: &["T-35", "§1.2", "§1.7"],
    docs: "reference/deploy/master-config-reference#resource-manager",
    before: "\
resource_manager:
  # type: kubernetes
  # max_slots_per_pod: 8
resource_pools:
  - pool_name: default
",
    after: "\
resource_manager:
  type: kubernetes
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let vanished = cx.loaded.vanished.iter().filter(|vanished| vanished.path == "resource_manager");
    for vanished in vanished {
        let message = "this resource manager is empty, so the master runs one for agents instead";
        out.push(RULE.finding(vanished.key, message).help("write `type: kubernetes` and its settings below it"));
    }
}
