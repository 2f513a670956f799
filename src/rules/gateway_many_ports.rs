//! Port ranges of which a Gateway cannot open all.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::config::Gateway;

pub(super) static RULE: Rule = Rule {
    id: "gateway-many-ports",
    severity: Severity::Info,
    effect: Effect::Degrades,
    summary: "a gateway's port range that is larger than the number of listeners that a Gateway may have",
    why: "Every proxied task takes a listener on the Gateway, and a Gateway has at most 64 of them, its own included, unless \
          `maxItems` of its CRD was raised. Beyond that tasks fail although the range has free ports. The range is \
          32768–65535 unless it is set.",
    master_says: &[],
    facts: &["T-30", "§2.2"],
    docs: "setup-cluster/k8s/internal-task-gateway",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  internal_task_gateway:
    gateway_name: contour
    gateway_namespace: projectcontour
    gateway_ip: 10.0.0.7
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  internal_task_gateway:
    gateway_name: contour
    gateway_namespace: projectcontour
    gateway_ip: 10.0.0.7
    gateway_port_range_start: 49152
    gateway_port_range_end: 49200
",
    check: Some(check),
};

/// `maxItems` of `listeners` in the CRD as it is delivered.
const LISTENERS: i64 = 64;

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let gateways = cx.managers().iter().filter_map(|manager| manager.kubernetes()?.gateway.as_ref());
    out.extend(gateways.filter_map(many));
}

fn many(gateway: &Gateway) -> Option<Finding> {
    let (start, end) = (&gateway.port_start, &gateway.port_end);
    let ports = end.value.saturating_sub(start.value).saturating_add(1);
    if start.is_broken() || end.is_broken() || ports <= LISTENERS {
        return None;
    }
    let place = [end, start].into_iter().find(|port| port.is_written()).map_or(gateway.span, |port| port.span());
    let message =
        format!("{ports} ports ({}–{}), and a Gateway has {LISTENERS} listeners at most", start.value, end.value);
    let help = format!("set a range of up to {LISTENERS} ports, or raise `maxItems` in the CRD of the cluster");
    Some(RULE.finding(place, message).help(help))
}
