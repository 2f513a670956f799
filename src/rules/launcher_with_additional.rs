//! Slurm or PBS with Kubernetes clusters beside it.

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
    before: "resource_manager:\n  type: slurm\nadditional_resource_managers:\n  - resource_manager:\n      type: kubernetes\n      cluster_name: west\n      max_slots_per_pod: 1\n    resource_pools:\n      - pool_name: west\n",
    after: "resource_manager:\n  type: slurm\n",
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
    let message = format!("{} cannot have clusters beside it", default.kind.as_str());
    let mut finding = RULE.finding(default.span, message);
    if let Some(additional) = config.managers.get(1) {
        finding = finding.also(additional.span, "an additional resource manager");
    }
    out.push(finding.help("run the clusters with a master of their own").ends_load(load));
}
