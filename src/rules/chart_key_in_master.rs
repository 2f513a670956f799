//! Keys of the Helm chart in the master's own file.

use super::decoding::{KeyFault, key_fault, problems, with_load};
use super::{Context, Rule};
use crate::decode::ProblemKind;
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "chart-key-in-master",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a key that only the Helm chart knows",
    why: "`kubeconfig_secret_name` and `kubeconfig_secret_value` are read by the chart, which mounts the Secret and writes \
          `kubeconfig_path`. The master itself refuses them.",
    master_says: &["json: unknown field \"kubeconfig_secret_name\""],
    facts: &["§2.1", "C-7", "E-L7"],
    docs: "reference/deploy/helm-config-reference",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_secret_name: gke-west
      kubeconfig_secret_value: config
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
    for (problem, load) in problems(cx) {
        let ProblemKind::RejectedKey { key, known } = &problem.kind else {
            continue;
        };
        if key_fault(&problem.path, key, *known) == KeyFault::ChartKey {
            let message = format!("`{}` is a key of the Helm chart, not of the master", cx.slice(problem.span));
            let finding = RULE.finding(problem.span, message).help("write `kubeconfig_path` here");
            out.push(with_load(finding, load));
        }
    }
}
