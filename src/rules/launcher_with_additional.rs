//! Slurm or PBS with Kubernetes clusters beside it.

use super::context::types_by_block;
use super::{Context, Rule};
use crate::diagnostic::{Effect, Ending, Finding, LoadFailure, Phase, Severity};
use crate::model::config::ManagerKind;

pub(super) static RULE: Rule = Rule {
    id: "launcher-with-additional",
    severity: Severity::Error,
    effect: Effect::FailsAtStart,
    summary: "a slurm or pbs default resource manager with additional ones",
    why: "The file loads and passes every check, but building several resource managers knows only agents and Kubernetes as \
          the default one. The master exits after it has opened its database.",
    master_says: &["could not initialize resource manager(s): no expected resource manager config is defined"],
    facts: &["§3.4"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
resource_manager:
  type: slurm
  cluster_name: hpc
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
  type: slurm
  cluster_name: hpc
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(config) = cx.config().filter(|config| config.is_multi()) else {
        return;
    };
    let Some(default) = config.default_manager() else {
        return;
    };
    if !matches!(default.kind, ManagerKind::Slurm(_) | ManagerKind::Pbs(_)) {
        return;
    }
    let words = "could not initialize resource manager(s): no expected resource manager config is defined";
    let load =
        LoadFailure { phase: Phase::Construct, order: 0, ending: Ending::Message, words: vec![words.to_owned()] };
    let message = format!("{} cannot be the default beside additional resource managers", default.kind.as_str());
    let types = types_by_block(cx.tree());
    let place = |span| types.get(&span).copied().unwrap_or(span);
    let mut finding = RULE.finding(place(default.span), message);
    if let Some(additional) = config.managers.get(1) {
        finding = finding.also(additional.span, "an additional resource manager");
    }
    out.push(finding.help("give the Kubernetes clusters a master of their own").ends_load(load));
}
