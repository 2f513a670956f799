//! CPU slots of no size.

use super::context::{invalid, manager_path};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::value::go_text;

pub(super) static RULE: Rule = Rule {
    id: "cpu-slots-without-request",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "`slot_type: cpu` without `slot_resource_requests.cpu` above zero",
    why: "A CPU slot is so many CPUs; without a number the master cannot count slots.",
    master_says: &["slot_resource_requests.cpu must be > 0: <v> is not greater than 0"],
    facts: &["E-V8"],
    docs: "reference/deploy/master-config-reference#slot-type",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  slot_type: cpu
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  slot_type: cpu
  slot_resource_requests:
    cpu: 4
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for manager in cx.managers() {
        let Some(kubernetes) = manager.kubernetes() else {
            continue;
        };
        let request = &kubernetes.slot_cpu_request;
        if kubernetes.slot_type.value != "cpu" || request.is_broken() || request.value > 0.0 {
            continue;
        }
        let shown = go_text::float_v32(request.value);
        let words = format!("slot_resource_requests.cpu must be > 0: {shown} is not greater than 0");
        let place = if request.is_written() { request.span() } else { kubernetes.slot_type.span() };
        let finding = RULE.finding(place, format!("{} has CPU slots of no size", manager.title()));
        let help = "set `slot_resource_requests.cpu` to the CPUs of one slot";
        let path = manager_path(manager.index, "KubernetesRM");
        out.push(finding.help(help).ends_load(invalid(&path, &words)));
    }
}
