//! Several resource managers with a release that wants a licence for them.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::Origin;
use crate::release::Behaviour;

pub(super) static RULE: Rule = Rule {
    id: "licence-required",
    severity: Severity::Warning,
    effect: Effect::FailsAtStart,
    summary: "several resource managers with a release from 0.32.0 to 0.37 need a licence",
    why: "Releases from 0.32.0 up to 0.37.x start several resource managers only with an enterprise licence: they load the \
          file, open the database and panic without one. Since 0.38.0 the check does nothing.",
    master_says: &[],
    facts: &["C-12", "§3.4", "§4.4"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
# master-version: 0.37.0
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
    resource_pools:
      - pool_name: l4
",
    after: "\
# master-version: 0.38.1
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
    resource_pools:
      - pool_name: l4
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(config) = cx.config().filter(|config| config.is_multi()) else {
        return;
    };
    if !cx.release().has(Behaviour::NeedsLicence) {
        return;
    }
    let written = config.root.entry("additional_resource_managers").and_then(|entry| entry.key);
    let default = config.default_manager().map(|manager| manager.pools_origin);
    let place = written.or(match default {
        Some(Origin::Implied { near, .. }) => Some(near),
        _ => config.managers.get(1).map(|manager| manager.span),
    });
    if let Some(place) = place {
        let message = format!("release {} starts several resource managers only with a licence", cx.release());
        out.push(RULE.finding(place, message).help("have a licence at hand, or upgrade to 0.38.0 or later"));
    }
}
