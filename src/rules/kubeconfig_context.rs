//! Kubeconfigs whose current context seems to be another cluster's.

use super::followed::{Followed, Named, harmless, named};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::kubeconfig::worth::{Part, Stanza};

pub(super) static RULE: Rule = Rule {
    id: "kubeconfig-context",
    severity: Severity::Warning,
    effect: Effect::Misroutes,
    summary: "a kubeconfig in which another context than the current one is named like the resource manager",
    why: "Of a kubeconfig with several contexts the master uses the current one; there is no way to choose another. Tools \
          switch it whenever a cluster is added. Where another context bears the `cluster_name` of the resource manager, the \
          master most likely drives the wrong cluster.",
    master_says: &[],
    facts: &["T-8", "§3.5"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
# west.kubeconfig, of the resource manager gke-west
current-context: minikube
contexts:
  - name: gke-west
    context: {cluster: gke-west, user: determined}
  - name: minikube
    context: {cluster: minikube, user: minikube}
",
    after: "\
# west.kubeconfig, of the resource manager gke-west
current-context: gke-west
contexts:
  - name: gke-west
    context: {cluster: gke-west, user: determined}
",
    check: None,
};

pub(super) fn check(cx: &Context<'_>, followed: &[Followed], out: &mut Vec<Finding>) {
    for named in named(cx, followed) {
        out.extend(named.stanzas().filter_map(|stanza| finding(&named, stanza)));
    }
}

fn finding(named: &Named<'_>, stanza: &Stanza) -> Option<Finding> {
    let Part::Context(current, others) = &stanza.part else { return None };
    let cluster = named.manager.cluster_name.value.to_lowercase();
    let is_named = |context: &String| context.to_lowercase().contains(&cluster);
    // A short name is found in anything.
    let is_there = named.text.loading.config.contexts.contains_key(current);
    if cluster.len() < 3 || !is_there || is_named(current) {
        return None;
    }
    let meant = others.iter().find(|other| is_named(other))?;
    let (at, current, meant) = (named.at(stanza.span), harmless(current), harmless(meant));
    let message = format!(
        "{} drives the cluster of context `{current}` ({at}), and there is one `{meant}`",
        named.manager.title()
    );
    let help = format!("make `{meant}` the current context, best in a kubeconfig that has no other");
    Some(RULE.finding(named.setting.span(), message).help(help))
}
