//! Keys that the master warns about.

use super::{Context, Rule, mending};
use crate::diagnostic::{Applicability, Effect, Finding, Severity};
use crate::model::config::{Manager, Pool};
use crate::release::Behaviour;

pub(super) static RULE: Rule = Rule {
    id: "deprecated-key",
    severity: Severity::Warning,
    effect: Effect::Style,
    summary: "`name` of a resource manager, or `agent_reattach_enabled` of a pool",
    why: "`name` is only looked at while `cluster_name` is empty, and only for the default resource manager. \
          `agent_reattach_enabled` has been always on since 0.21.0. The master logs a warning for each.",
    master_says: &[
        "name is set for resource manager <cluster_name>, but this field is deprecated and will be ignored unless \
         cluster_name is left empty. Please specify cluster_name instead of name in future master deployments.",
        "agent_reattach_enabled is set for resource pool <pool> but will be ignored; as of 0.21.0 this feature is always on",
    ],
    facts: &["§1.9", "C-8", "C-9"],
    docs: "reference/deploy/master-config-reference#resource-manager",
    before: "\
resource_manager:
  type: kubernetes
  name: onprem
  max_slots_per_pod: 8
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for manager in cx.managers() {
        if cx.release().has(Behaviour::NamedByClusterName) {
            out.extend(name_of(cx, manager));
        }
        let reattach = manager.pools.iter().map(Pool::agent_reattach);
        for reattach in reattach.filter(|reattach| reattach.value) {
            let message = "`agent_reattach_enabled` has no effect since 0.21.0";
            out.push(RULE.finding(reattach.span(), message).help("remove the line"));
        }
    }
}

fn name_of(cx: &Context<'_>, manager: &Manager) -> Option<Finding> {
    // An additional manager with `name` alone fails the load, which another rule tells.
    if manager.name.value.is_empty() || manager.index > 0 && !manager.cluster_name.is_written() {
        return None;
    }
    let key = manager.name.key().unwrap_or_else(|| manager.name.span());
    let ignored = manager.cluster_name.is_written();
    let message =
        if ignored { "`name` is deprecated, and ignored beside `cluster_name`" } else { "`name` is deprecated" };
    let finding = RULE.finding(key, message);
    Some(if ignored {
        finding.also(manager.cluster_name.span(), "this one counts").help("remove `name`")
    } else {
        finding.help("write `cluster_name`").fix_if(mending::rename(cx, key, "cluster_name", Applicability::Safe))
    })
}
