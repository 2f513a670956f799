//! Schemes that do not go with what listens at the master's address.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::MultiRm;
use crate::model::config::Kubernetes;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "master-scheme-mismatch",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "a scheme that does not go with the port, or with what the master itself serves",
    why: "Tasks speak https to the master when it serves TLS itself (`security.tls` has a certificate and a key), and http \
          otherwise; `determined_master_scheme` overrides that for one cluster. Where the way to the master leads through a \
          gateway that wants TLS, it has to be set to https. A wrong scheme is not noticed at the start: pods run, cannot \
          talk to the master and fail. Certificates follow the master's own, whatever the scheme says.",
    master_says: &[],
    facts: &["T-11", "C-16"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  determined_master_host: det.example.com
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
    let Some(config) = cx.config() else { return };
    let tls = config.tls();
    for kubernetes in config.managers.iter().filter_map(|manager| manager.kubernetes()) {
        let unclear = kubernetes.master_scheme.is_broken() || kubernetes.master_port.is_broken();
        if kubernetes.has_master_address() && !unclear {
            out.extend(mismatch(config, kubernetes, tls));
        }
    }
}

fn mismatch(config: &MultiRm, kubernetes: &Kubernetes, tls: Option<Span>) -> Option<Finding> {
    let (scheme, port) = (&kubernetes.master_scheme, &kubernetes.master_port);
    let is_own = port.value == config.port.value;
    match scheme.value.as_str() {
        "" | "http" if tls.is_none() && is_tls_port(port.value) && !is_own => {
            let message = format!("tasks speak http to port {}, which is for TLS by custom", port.value);
            let finding = RULE.finding(port.span(), message);
            let help = "set `determined_master_scheme: https` when a gateway with TLS is behind it";
            Some(and(finding, scheme.is_written().then(|| (scheme.span(), "for it is said so"))).help(help))
        }
        "http" if tls.is_some() => {
            let finding = RULE.finding(scheme.span(), "tasks speak http to the master, which serves TLS only");
            let help = "set it to https, or remove it, unless a proxy in between takes http";
            Some(and(finding, tls.map(|tls| (tls, "TLS is served"))).help(help))
        }
        "https" if tls.is_none() && is_own => {
            let message = format!("tasks speak https to port {}, at which the master itself serves http", port.value);
            let finding = RULE.finding(scheme.span(), message).also(port.span(), "the master's own port");
            Some(finding.help("set it to http, or `determined_master_port` to that of the gateway with TLS"))
        }
        "https" if port.value == 80 => Some(plain(kubernetes, scheme.span())),
        "" if tls.is_some() && port.value == 80 => {
            Some(and(plain(kubernetes, port.span()), tls.map(|tls| (tls, "because TLS is served"))))
        }
        _ => None,
    }
}

fn plain(kubernetes: &Kubernetes, place: Span) -> Finding {
    let finding = RULE.finding(place, "tasks speak https to port 80, which is without TLS by custom");
    let port = kubernetes.master_port.span();
    let finding = and(finding, (port != place).then_some((port, "the port")));
    finding.help("set `determined_master_scheme: http`, or `determined_master_port` to the port with TLS")
}

fn and(finding: Finding, further: Option<(Span, &'static str)>) -> Finding {
    match further {
        Some((place, text)) => finding.also(place, text),
        None => finding,
    }
}

/// Ports at which TLS is expected; 8443 is the master's own with TLS.
fn is_tls_port(port: i64) -> bool {
    matches!(port, 443 | 8_443)
}
