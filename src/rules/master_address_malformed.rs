//! Addresses of the master that make no URL.

use super::{Context, Rule, mending};
use crate::diagnostic::{Applicability, Effect, Finding, Fix, Severity};
use crate::model::config::Kubernetes;
use crate::model::{Setting, master_host};

pub(super) static RULE: Rule = Rule {
    id: "master-address-malformed",
    severity: Severity::Error,
    effect: Effect::Degrades,
    summary: "a host, port or scheme from which tasks cannot make the master's address",
    why: "The master puts scheme, host and port together to `<scheme>://<host>:<port>` and checks none of them; tasks get the \
          result as DET_MASTER. With a scheme, a path or a port inside the host, a scheme other than http and https (in \
          small letters), an address of IP version 6, or a port beyond 65535 the pods start, cannot make out the master and \
          fail.",
    master_says: &[],
    facts: &["T-11", "T-12"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  determined_master_host: https://det.example.com
  determined_master_port: 443
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  determined_master_host: det.example.com
  determined_master_port: 443
  determined_master_scheme: https
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for kubernetes in cx.managers().iter().filter_map(|manager| manager.kubernetes()) {
        host(cx, kubernetes, out);
        scheme(cx, &kubernetes.master_scheme, out);
        let port = &kubernetes.master_port;
        if !port.is_broken() && !(0..=65_535).contains(&port.value) {
            let finding = RULE.finding(port.span(), format!("{} is no port", port.value));
            out.push(finding.help("write a port from 1 to 65535"));
        }
    }
}

fn host(cx: &Context<'_>, kubernetes: &Kubernetes, out: &mut Vec<Finding>) {
    let setting = &kubernetes.master_host;
    let text = setting.value.as_str();
    let Some((fault, help)) = master_host::fault(text).filter(|_| !setting.is_broken()) else { return };
    let finding = RULE.finding(setting.span(), format!("the host {text:?} {fault}")).help(help);
    out.push(finding.fix_if(bare_host(cx, kubernetes)));
}

/// The host alone, where nothing else is lost by it.
fn bare_host(cx: &Context<'_>, kubernetes: &Kubernetes) -> Option<Fix> {
    let text = kubernetes.master_host.value.trim();
    let (scheme, rest) = text.split_once("://").map_or((None, text), |(scheme, rest)| (Some(scheme), rest));
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (bare, port) = rest.split_once(':').map_or((rest, None), |(bare, port)| (bare, Some(port)));
    let is_name = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    let says = |part: Option<&str>, setting: &str| part.is_none_or(|part| part == setting);
    let port_stays = says(port, &kubernetes.master_port.value.to_string());
    let applicability =
        if says(scheme, &kubernetes.master_scheme.value) { Applicability::Safe } else { Applicability::Unsafe };
    (is_name && port_stays).then(|| mending::reword(cx, kubernetes.master_host.span(), bare, applicability)).flatten()
}

fn scheme(cx: &Context<'_>, setting: &Setting<String>, out: &mut Vec<Finding>) {
    let text = setting.value.as_str();
    if setting.is_broken() || matches!(text, "" | "http" | "https") {
        return;
    }
    let meant = text.trim().trim_end_matches(['/', ':']).to_lowercase();
    let finding = RULE.finding(setting.span(), format!("tasks cannot reach the master by {text:?}"));
    out.push(match meant.as_str() {
        "http" | "https" => {
            let fix = mending::reword(cx, setting.span(), &meant, Applicability::Safe);
            finding.help(format!("write `{meant}`")).fix_if(fix)
        }
        _ => finding.help("write `http` or `https`"),
    });
}
