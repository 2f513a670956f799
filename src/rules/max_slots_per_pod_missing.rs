//! No, or two, values for the most slots in one pod.

use super::context::{Step, unresolved};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Ending, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "max-slots-per-pod-missing",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "`max_slots_per_pod` is missing, or given twice",
    why: "With two or more resource managers every Kubernetes one needs its own `max_slots_per_pod`; the value in the root's \
          task container defaults no longer stands in for it. With exactly one, exactly one of the two places must have \
          it. The master does not say which resource manager it means.",
    master_says: &[
        "must provide resource_manager.max_slots_per_pod",
        "must provide exactly one of resource_manager.max_slots_per_pod and \
         task_container_defaults.kubernetes.max_slots_per_pod",
    ],
    facts: &["E-R5", "E-R6", "C-5", "T-15"],
    docs: "reference/deploy/master-config-reference#max-slots-per-pod",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
    resource_pools:
      - pool_name: l4
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
    resource_pools:
      - pool_name: l4
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(config) = cx.config() else { return };
    let root = &config.task_defaults.max_slots_per_pod;
    for manager in &config.managers {
        let Some(kubernetes) = manager.kubernetes() else {
            continue;
        };
        let own = &kubernetes.max_slots_per_pod;
        if own.is_broken() || root.is_broken() {
            continue;
        }
        let (message, words) = if config.is_multi() {
            if own.is_written() {
                continue;
            }
            ("has no `max_slots_per_pod`", "must provide resource_manager.max_slots_per_pod")
        } else {
            if own.is_written() != root.is_written() {
                continue;
            }
            let message = if own.is_written() { "has two `max_slots_per_pod`" } else { "has no `max_slots_per_pod`" };
            (
                message,
                "must provide exactly one of resource_manager.max_slots_per_pod and \
                 task_container_defaults.kubernetes.max_slots_per_pod",
            )
        };
        let load = unresolved(Step::Slots, manager.index, Ending::Message, words);
        let place = if own.is_written() { own.span() } else { manager.span };
        let mut finding = RULE.finding(place, format!("{} {message}", manager.title()));
        if root.is_written() {
            let note = if config.is_multi() { "ignored with several resource managers" } else { "the other one" };
            finding = finding.also(root.span(), note);
        }
        let help = match (own.is_written(), config.is_multi()) {
            (true, _) => "remove one of the two",
            (false, true) => "add `max_slots_per_pod` to it: as many slots as one of its nodes has",
            (false, false) => "add `max_slots_per_pod`: as many slots as one node has",
        };
        out.push(finding.help(help).ends_load(load));
    }
}
