//! `default_scheduler: preemption`.

use super::context::{Step, unresolved};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Ending, Finding, Severity};
use crate::release::Behaviour;

pub(super) static RULE: Rule = Rule {
    id: "default-scheduler-preemption",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "`default_scheduler: preemption` on Kubernetes",
    why: "The scheduler is gone since 0.36.0. The master logs that the field will be ignored, and then refuses it.",
    master_says: &["scheduler not available"],
    facts: &["E-R9", "C-28", "T-52"],
    docs: "reference/deploy/master-config-reference#resource-manager",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  default_scheduler: preemption
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
    if !cx.release().has(Behaviour::ChecksDefaultScheduler) {
        return;
    }
    for manager in cx.managers() {
        let Some(scheduler) = manager.kubernetes().map(|kubernetes| &kubernetes.default_scheduler) else {
            continue;
        };
        if scheduler.value == "preemption" {
            let words = "scheduler not available";
            let load = unresolved(Step::DefaultScheduler, manager.index, Ending::Message, words);
            let finding = RULE.finding(scheduler.span(), "the preemption scheduler is gone since 0.36.0");
            out.push(finding.help("remove the line, or write `coscheduler`").ends_load(load));
        }
    }
}
