//! A key without a value, which the master does not see.

use super::{Context, Rule, mending};
use crate::diagnostic::{Applicability, Effect, Finding, Severity};
use crate::model::config::ManagerKind;
use crate::model::load::Stranger;
use crate::spelling;

pub(super) static RULE: Rule = Rule {
    id: "vanished-key",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "a key without a value, which vanishes before the master looks at it",
    why: "Outside lists, nulls and empty mappings vanish before the master decodes the file. A misspelt key with nothing \
          below it is therefore not refused, and would be as soon as it has a value. `resource_pools` without any counts as \
          not given, and the master makes up a pool called `default`; `additional_resource_managers` counts as none.",
    master_says: &[],
    facts: &["§1.2", "§13"],
    docs: "reference/deploy/master-config-reference",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  # - pool_name: a100
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: a100
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for vanished in &cx.loaded.vanished {
        match &*vanished.path {
            "resource_pools" if takes_pools(cx) => {
                let message = "there are no pools here, so the master makes one up called `default`";
                out.push(RULE.finding(vanished.key, message).help("name the pools, or remove the key"));
            }
            "additional_resource_managers" => {
                let message = "there are no additional resource managers here";
                let mut finding = RULE.finding(vanished.key, message).help("name them, or remove the key");
                finding.severity = Severity::Info;
                out.push(finding);
            }
            _ => {}
        }
    }
    out.extend(cx.loaded.strangers.iter().map(|stranger| misspelt(cx, stranger)));
}

/// Whether the default resource manager has no pools but those that are written; others ask their launcher.
fn takes_pools(cx: &Context<'_>) -> bool {
    let default = cx.managers().first().filter(|default| cx.is_typed(default));
    default.is_some_and(|default| matches!(default.kind, ManagerKind::Agent(_) | ManagerKind::Kubernetes(_)))
}

/// The finding for a key that the master would refuse if it had a value.
fn misspelt(cx: &Context<'_>, stranger: &Stranger) -> Finding {
    let message = format!("the master does not know the key `{}`, and does not see it", cx.slice(stranger.span));
    let finding = RULE.finding(stranger.span, message).saying("refused as soon as it has a value");
    match spelling::closest(&stranger.key, stranger.known.iter().copied()) {
        Some(meant) => {
            let fix = mending::rename(cx, stranger.span, meant, Applicability::Unsafe);
            finding.help(format!("did you mean `{meant}`?")).fix_if(fix)
        }
        None => finding.help("remove it"),
    }
}
