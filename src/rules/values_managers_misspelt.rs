//! `additional_resource_managers` in another spelling, which the chart drops.

use super::values_key_ignored::{MANAGERS, meant, suggest};
use super::{Context, Rule};
use crate::diagnostic::{Applicability, Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "values-managers-misspelt",
    severity: Severity::Error,
    effect: Effect::Misroutes,
    summary: "`additional_resource_managers` in another spelling, which the chart drops",
    why: "It is the one option of the chart in snake case. Any other spelling is dropped without a word: the installation \
          succeeds and works with the one cluster that it is installed in, and jobs for the others find no pool.",
    master_says: &[],
    facts: &["§6.1", "C-2"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
maxSlotsPerPod: 4
initialUserPassword: Sample9Word
additionalResourceManagers:
  - resource_manager:
      type: kubernetes
      cluster_name: west
      max_slots_per_pod: 4
      kubeconfig_secret_name: west
      kubeconfig_secret_value: config
    resource_pools:
      - pool_name: west
",
    after: "\
maxSlotsPerPod: 4
initialUserPassword: Sample9Word
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: west
      max_slots_per_pod: 4
      kubeconfig_secret_name: west
      kubeconfig_secret_value: config
    resource_pools:
      - pool_name: west
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for ignored in cx.chart.map_or(&[][..], |chart| &chart.ignored) {
        if ignored.parent.is_empty() && meant(ignored) == Some(MANAGERS) {
            let message = format!("the chart drops `{}` and all resource managers in it", ignored.key);
            out.push(suggest(RULE.finding(ignored.span, message), ignored, MANAGERS, Applicability::Safe));
        }
    }
}
