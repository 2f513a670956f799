//! Kubeconfigs whose server means something else inside the master's pod.

use super::followed::{Followed, Named, Place, named};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::kubeconfig::address::Reach;
use crate::kubeconfig::worth::{Part, Reason, Stanza};

pub(super) static RULE: Rule = Rule {
    id: "kubeconfig-server",
    severity: Severity::Warning,
    effect: Effect::FailsAtStart,
    summary: "a kubeconfig whose server cannot be reached from the master's pod, or is another one there",
    why: "Kubeconfigs of minikube, kind and Docker Desktop name the machine that they were written on: `127.0.0.1`, \
          `host.docker.internal`. In the master's pod that is the pod itself, or nothing, and one cluster that cannot be \
          reached keeps the whole master from starting. `kubernetes.default.svc` is the cluster that the pod runs in. \
          A private address is fine where the networks are joined.",
    master_says: &[
        "failed to get system pods: Get \"<server>/api/v1/namespaces/<namespace>/pods?labelSelector=determined-system\": dial tcp <address>: connect: connection refused",
    ],
    facts: &["T-9", "§3.5"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
# west.kubeconfig
clusters:
  - name: west
    cluster: {server: 'https://127.0.0.1:6443'}
",
    after: "\
# west.kubeconfig
clusters:
  - name: west
    cluster: {server: 'https://west.example.com:6443'}
",
    check: None,
};

pub(super) fn check(cx: &Context<'_>, followed: &[Followed], out: &mut Vec<Finding>) {
    for named in named(cx, followed).filter(|named| named.followed.place == Place::Pod) {
        out.extend(named.stanzas().filter_map(|stanza| finding(&named, stanza)));
    }
}

fn finding(named: &Named<'_>, stanza: &Stanza) -> Option<Finding> {
    let what = match stanza.part {
        Part::Server(_) => "server",
        Part::Proxy(_) => "proxy",
        _ => return None,
    };
    let leads =
        stanza.reasons.iter().find_map(|reason| if let Reason::Leads(leads) = reason { Some(*leads) } else { None });
    let (where_to, severity, effect) = match leads? {
        Reach::Loopback => ("is the pod of the master itself", Severity::Warning, Effect::FailsAtStart),
        Reach::Unspecified | Reach::LinkLocal => ("leads nowhere from a pod", Severity::Warning, Effect::FailsAtStart),
        Reach::HostAlias => ("is known on one machine only, not in a pod", Severity::Warning, Effect::FailsAtStart),
        Reach::OwnCluster => ("is the cluster that the master runs in", Severity::Warning, Effect::Misroutes),
        Reach::Private => {
            ("is in a private network, which the pod has to be able to reach", Severity::Info, Effect::FailsAtStart)
        }
        Reach::Public | Reach::Name => return None,
    };
    let message = format!("the {what} of this kubeconfig ({}) {where_to}", named.at(stanza.span));
    let mut finding = RULE.finding(named.setting.span(), message);
    (finding.severity, finding.effect) = (severity, effect);
    Some(finding.help(format!("write the address of the {what} as the master's pod reaches it")))
}
