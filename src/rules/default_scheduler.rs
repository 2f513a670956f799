//! A scheduler that Kubernetes resource managers do not take.

use super::context::{invalid, manager_path};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::release::Behaviour;
use crate::spelling;

pub(super) static RULE: Rule = Rule {
    id: "default-scheduler",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a `default_scheduler` other than coscheduler",
    why: "Since 0.36.0 a Kubernetes resource manager takes `coscheduler` or nothing; older releases took any text.",
    master_says: &[
        "the ``priority`` scheduler was deprecated, please use the default Kubernetes scheduler or coscheduler",
        "only blank or ``coscheduler`` values allowed for Kubernetes scheduler",
    ],
    facts: &["E-V9", "E-V10", "T-52"],
    docs: "reference/deploy/master-config-reference#resource-manager",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  default_scheduler: priority
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  default_scheduler: coscheduler
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
        let words = match &*scheduler.value {
            "" | "coscheduler" | "preemption" => continue,
            "priority" => {
                "the ``priority`` scheduler was deprecated, please use the default Kubernetes scheduler or coscheduler"
            }
            _ => "only blank or ``coscheduler`` values allowed for Kubernetes scheduler",
        };
        let path = manager_path(manager.index, "KubernetesRM");
        let message = format!("\"{}\" is no scheduler for Kubernetes", scheduler.value);
        let finding = RULE.finding(scheduler.span(), message);
        let finding = finding.help(match spelling::closest(&scheduler.value, ["coscheduler"]) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "remove the line to have Kubernetes schedule, or write `coscheduler`".to_owned(),
        });
        out.push(finding.ends_load(invalid(&path, words)));
    }
}
