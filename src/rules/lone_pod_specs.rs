//! Root task container defaults that hold nothing but empty pod specs.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Ending, Finding, LoadFailure, Phase, Severity};

pub(super) static RULE: Rule = Rule {
    id: "lone-pod-specs",
    severity: Severity::Error,
    effect: Effect::Crashes,
    summary: "the root's task_container_defaults hold only empty pod specs",
    why: "Nulls and empty mappings vanish before the master decodes the file, and with them the whole block when nothing \
          else is in it. Then the master restores the case of the pod specs into a block that is no longer there, and \
          panics.",
    master_says: &["panic: interface conversion: interface {} is nil, not map[string]interface {}"],
    facts: &["P-L4", "T-37"],
    docs: "reference/deploy/master-config-reference#task-container-defaults",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
task_container_defaults:
  cpu_pod_spec: {}
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some((span, found)) = cx.loaded.lone_pod_specs else {
        return;
    };
    let words = vec![format!("panic: interface conversion: interface {{}} is {found}, not map[string]interface {{}}")];
    let load = LoadFailure { phase: Phase::Shim, order: 0, ending: Ending::Panic, words };
    let message = match found {
        "nil" => "this empty pod spec is all that `task_container_defaults` holds, and the master panics on it",
        _ => "another spelling of `task_container_defaults` holds no mapping to put this pod spec into: a panic",
    };
    out.push(RULE.finding(span, message).help("remove the key, or give the pod spec content").ends_load(load));
}
