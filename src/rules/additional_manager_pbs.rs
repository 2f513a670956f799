//! PBS as an additional resource manager.

use super::context::{Step, types_by_block, unresolved};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Ending, Finding, Severity};
use crate::model::config::{Manager, ManagerKind};

pub(super) static RULE: Rule = Rule {
    id: "additional-manager-pbs",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "an additional resource manager of type pbs",
    why: "Only Kubernetes clusters can be additional. For `pbs` the master fails earlier than for other types and with a \
          message that sounds as if the type were missing.",
    master_says: &["please specify an resource manager type"],
    facts: &["E-R2"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_manager:
      type: pbs
      cluster_name: hpc
    resource_pools:
      - pool_name: hpc
",
    after: "\
resource_manager:
  type: pbs
  cluster_name: hpc
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let additional = cx.managers().iter().filter(|manager| manager.index > 0);
    let launchers: Vec<&Manager> = additional.filter(|manager| matches!(manager.kind, ManagerKind::Pbs(_))).collect();
    if launchers.is_empty() {
        return;
    }
    let types = types_by_block(cx.tree());
    for manager in launchers {
        let words = "please specify an resource manager type";
        let load = unresolved(Step::Types, manager.index, Ending::Message, words);
        let place = types.get(&manager.span).copied().unwrap_or(manager.span);
        let finding = RULE.finding(place, "an additional resource manager cannot be of type pbs");
        out.push(finding.help("give PBS a master of its own, where it is the only resource manager").ends_load(load));
    }
}
