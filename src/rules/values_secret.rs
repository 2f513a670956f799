//! Secrets with kubeconfigs and certificates that cannot be mounted or read.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "values-secret",
    severity: Severity::Error,
    effect: Effect::FailsAtStart,
    summary: "a Secret that cannot be mounted, or a file that cannot be in it",
    why: "The chart mounts the Secret `kubeconfig_secret_name` for every additional resource manager and hands the master \
          the path of the file `kubeconfig_secret_value` in it. That is the name of a file, not what stands in it. The API \
          server refuses a Deployment with a name that is no name, and one that mounts two Secrets at one path.",
    master_says: &[],
    facts: &["T-45", "§6.2", "§6.4", "§13 additional resource managers of the chart"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
maxSlotsPerPod: 4
initialUserPassword: Sample9Word
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: west
      max_slots_per_pod: 4
      kubeconfig_secret_name: west
      kubeconfig_secret_value: YXBpVmVyc2lvbjogdjE=
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
    for fault in cx.chart.map_or(&[][..], |chart| &chart.secrets) {
        let finding = RULE.finding(fault.place, fault.message.clone()).help(fault.help.clone());
        out.push(match fault.is_refused {
            true => finding.saying("the API server refuses the Deployment of the master"),
            false => finding,
        });
    }
}
