//! PBS as an additional resource manager.

use super::context::{Step, unresolved};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Ending, Finding, Severity};
use crate::model::config::ManagerKind;

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
    before: "additional_resource_managers:\n  - resource_manager:\n      type: pbs\n",
    after: "additional_resource_managers:\n  - resource_manager:\n      type: kubernetes\n",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for manager in cx.managers().iter().filter(|manager| manager.index > 0) {
        if matches!(manager.kind, ManagerKind::Pbs(_)) {
            let words = "please specify an resource manager type";
            let load = unresolved(Step::Types, manager.index, Ending::Message, words);
            let finding = RULE.finding(manager.span, "a PBS resource manager cannot be an additional one");
            out.push(finding.help("make it the default resource manager, alone").ends_load(load));
        }
    }
}
