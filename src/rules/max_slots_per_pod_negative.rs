//! A negative number of slots per pod.

use super::context::{Step, unresolved};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Ending, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "max-slots-per-pod-negative",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "`max_slots_per_pod` below zero",
    why: "The master refuses a negative `max_slots_per_pod` of a resource manager. That of a pool it does not check.",
    master_says: &["max_slots_per_pod must be >= 0 got <n>"],
    facts: &["E-R8"],
    docs: "reference/deploy/master-config-reference#max-slots-per-pod",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: -1
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
        let Some(slots) = manager.kubernetes().map(|kubernetes| &kubernetes.max_slots_per_pod) else {
            continue;
        };
        let Some(value) = slots.value.filter(|value| *value < 0) else {
            continue;
        };
        let words = format!("max_slots_per_pod must be >= 0 got {value}");
        let load = unresolved(Step::Slots, manager.index, Ending::Message, &words);
        let finding = RULE.finding(slots.span(), format!("{} allows {value} slots in a pod", manager.title()));
        out.push(finding.help("write as many slots as one node has").ends_load(load));
    }
}
