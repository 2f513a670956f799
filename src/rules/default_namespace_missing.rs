//! Additional clusters that do not say where their jobs run, while others do.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::config::Manager;
use crate::release::keys;

pub(super) static RULE: Rule = Rule {
    id: "default-namespace-missing",
    severity: Severity::Info,
    effect: Effect::Misroutes,
    summary: "an additional cluster without `default_namespace`, while another one has it",
    why: "Jobs of workspaces that are not bound to a namespace run in `default_namespace` of their cluster; where it is not \
          set, in the namespace `default`. Nothing is taken over from the default resource manager: the chart gives that \
          one the namespace of the release, and the additional ones nothing.",
    master_says: &[],
    facts: &["T-41", "§4.3", "§6.2"],
    docs: "reference/deploy/master-config-reference#default-namespace",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  default_namespace: det
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
    resource_pools:
      - pool_name: l4
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  default_namespace: det
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
      default_namespace: det
    resource_pools:
      - pool_name: l4
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let namespace = |manager: &Manager| manager.kubernetes().map(|kubernetes| kubernetes.default_namespace.clone());
    let other = cx.managers().iter().find_map(|manager| {
        let namespace = namespace(manager)?.value;
        (!matches!(namespace.as_str(), "" | "default")).then(|| (manager.title(), namespace))
    });
    let Some((other, model)) = other else { return };
    let key = if keys::DEFAULT_NAMESPACE.contains(cx.release()) { "default_namespace" } else { "namespace" };
    for manager in cx.managers().iter().skip(1).filter(|manager| cx.is_whole(manager)) {
        if namespace(manager).is_some_and(|namespace| namespace.value.is_empty() && !namespace.is_broken()) {
            let title = manager.title();
            let message = format!("jobs in {title} run in the namespace `default`, those in {other} in {model:?}");
            let finding = RULE.finding(manager.span, message).saying(format!("no `{key}`"));
            out.push(finding.help(format!("add `{key}`, also if it is `default`")));
        }
    }
}
