//! Default pools of additional resource managers.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::Setting;
use crate::model::config::Manager;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "additional-default-pool",
    severity: Severity::Info,
    effect: Effect::Degrades,
    summary: "a default pool of an additional resource manager, to which nothing defaults",
    why: "Requests that name no pool always go to the default resource manager and to its default pools. Those of an \
          additional one only put the badge \"Default\" on a pool of that name in the WebUI, and keep the master from \
          starting when a pool of that name is bound to a workspace.",
    master_says: &[],
    facts: &["T-20", "§4.2", "§3.4"],
    docs: "reference/deploy/master-config-reference#resource-manager",
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
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
      default_compute_resource_pool: l4
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
    // An anchor brings one text to many resource managers, and that of the default one has its effect there.
    let mut told: Vec<Span> = cx.managers().first().map(keys).unwrap_or_default();
    for manager in cx.managers().iter().skip(1).filter(|manager| manager.kubernetes().is_some()) {
        for key in keys(manager) {
            if told.contains(&key) {
                continue;
            }
            told.push(key);
            let written = cx.slice(key);
            let message =
                format!("`{written}` has no effect on requests: they default to the default resource manager");
            let help = "remove it; jobs that are meant for the cluster have to name the pool";
            out.push(RULE.finding(key, message).help(help));
        }
    }
}

/// Where its default pools are set.
fn keys(manager: &Manager) -> Vec<Span> {
    let settings = [&manager.default_aux_pool, &manager.default_compute_pool];
    settings.into_iter().filter(|setting| setting.is_written()).filter_map(Setting::key).collect()
}
