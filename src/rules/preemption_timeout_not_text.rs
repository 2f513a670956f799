//! `__internal.preemption_timeout` as a number.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Ending, Finding, LoadFailure, Phase, Severity};
use crate::model::load::ShimEvent;

pub(super) static RULE: Rule = Rule {
    id: "preemption-timeout-not-text",
    severity: Severity::Error,
    effect: Effect::Crashes,
    summary: "`__internal.preemption_timeout` is no duration text",
    why: "The master converts the old key by a type assertion that panics on anything but text.",
    master_says: &["panic: interface conversion: interface {} is float64, not string"],
    facts: &["§1.4", "§13"],
    docs: "reference/deploy/master-config-reference",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
__internal:
  preemption_timeout: 60
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
task_container_defaults:
  preemption_timeout: 60
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for event in &cx.loaded.shims {
        let ShimEvent::Panicked { text, span } = event else {
            continue;
        };
        let words = vec![format!("panic: {text}")];
        let load = LoadFailure { phase: Phase::Shim, order: 2, ending: Ending::Panic, words };
        let finding = RULE.finding(*span, "the master panics on a `preemption_timeout` that is no text");
        let help = "move it to `task_container_defaults.preemption_timeout`, in seconds";
        out.push(finding.help(help).ends_load(load));
    }
}
