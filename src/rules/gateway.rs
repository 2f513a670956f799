//! An internal task gateway that is not complete or out of range.

use super::context::{invalid, manager_path};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::Setting;
use crate::model::config::{Gateway, Manager};

pub(super) static RULE: Rule = Rule {
    id: "gateway",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "an `internal_task_gateway` that is incomplete, or its ports out of range",
    why: "A gateway needs the name and namespace of the Gateway object (label syntax, at most 63 characters), its address, and \
          a port range within 1025–65535 whose start is below its end. The message says \"less than or equal\", but equal \
          ports are refused.",
    master_says: &[
        "invalid gateway_name: <why>",
        "invalid gateway_namespace: <why>",
        "invalid gateway_ip:  must be non-empty",
        "invalid gateway_port_range_start: <why>",
        "invalid gateway_port_range_end: <why>",
        "gateway_port_range_start must be less than or equal to gateway_port_range_end",
    ],
    facts: &["E-V11", "C-29", "§2.2"],
    docs: "setup-cluster/k8s/internal-task-gateway",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  internal_task_gateway:
    gateway_name: contour
    gateway_namespace: projectcontour
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
",
    check: Some(check),
};

const PORTS: std::ops::RangeInclusive<i64> = 1_025..=65_535;

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for manager in cx.managers() {
        if let Some(gateway) = manager.kubernetes().and_then(|kubernetes| kubernetes.gateway.as_ref()) {
            gateway_of(manager, gateway, out);
        }
    }
}

fn gateway_of(manager: &Manager, gateway: &Gateway, out: &mut Vec<Finding>) {
    let path = format!("{}.InternalTaskGateway", manager_path(manager.index, "KubernetesRM"));
    let mut add = |span, message: String, help: &'static str, words: String| {
        let finding = RULE.finding(span, message).help(help);
        out.push(finding.ends_load(invalid(&path, &words)));
    };
    for (key, setting) in [("gateway_name", &gateway.name), ("gateway_namespace", &gateway.namespace)] {
        if let Some(why) = label_fault(setting) {
            let help = "write the name of a Kubernetes object: at most 63 letters, digits, `-`, `_` or `.`, the first and the last a letter or digit";
            add(
                setting.span(),
                if setting.value.is_empty() {
                    format!("the gateway has no `{key}`")
                } else {
                    format!("\"{}\" is no name of a Kubernetes object", setting.value)
                },
                help,
                format!("invalid {key}: {why}"),
            );
        }
    }
    if gateway.address.value.is_empty() && !gateway.address.is_broken() {
        let words = "invalid gateway_ip:  must be non-empty".to_owned();
        let help = "add `gateway_ip` with the address or host name at which the master reaches the gateway";
        add(gateway.address.span(), "the gateway has no `gateway_ip`".to_owned(), help, words);
    }
    let ports = [("gateway_port_range_start", &gateway.port_start), ("gateway_port_range_end", &gateway.port_end)];
    for (key, port) in ports {
        if let Some(why) = port_fault(port) {
            let message = format!("`{key}` is {}, which is out of range", port.value);
            add(port.span(), message, "write a port from 1025 to 65535", format!("invalid {key}: {why}"));
        }
    }
    let known = !gateway.port_start.is_broken() && !gateway.port_end.is_broken();
    if known && gateway.port_start.value >= gateway.port_end.value {
        let words = "gateway_port_range_start must be less than or equal to gateway_port_range_end".to_owned();
        let message = format!("the ports {}–{} are no range", gateway.port_start.value, gateway.port_end.value);
        let (start, end) = (&gateway.port_start, &gateway.port_end);
        let (place, other) = if start.is_written() { (start, end) } else { (end, start) };
        let mut finding = RULE.finding(place.span(), message).help("make the start lower than the end");
        if other.is_written() {
            finding = finding.saying("the start").also(other.span(), "the end");
        }
        out.push(finding.ends_load(invalid(&path, &words)));
    }
}

/// `check.IsValidK8sLabel`
fn label_fault(setting: &Setting<String>) -> Option<String> {
    const PATTERN: &str = "^[a-zA-Z0-9]([-a-zA-Z0-9_.]*[a-zA-Z0-9])?$";
    let text = &setting.value;
    if setting.is_broken() {
        return None;
    }
    if text.is_empty() {
        return Some(" must be non-empty".to_owned());
    }
    if text.len() > 63 {
        return Some(format!("{} is not less than or equal to 63", text.len()));
    }
    let inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let fits = text.chars().all(inner) && edge(text.chars().next()) && edge(text.chars().next_back());
    (!fits).then(|| format!("{text} doesn't match regex {PATTERN}"))
}

fn port_fault(port: &Setting<i64>) -> Option<String> {
    let value = port.value;
    if value < *PORTS.start() {
        return Some(format!("{value} is not greater than or equal to 1025"));
    }
    (value > *PORTS.end()).then(|| format!("{value} is not less than or equal to 65535"))
}
