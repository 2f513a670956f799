//! Old keys that still work.

use super::{Context, Rule, mending};
use crate::diagnostic::{Applicability, Effect, Finding, Severity};
use crate::model::load::ShimEvent;

pub(super) static RULE: Rule = Rule {
    id: "old-key-converted",
    severity: Severity::Info,
    effect: Effect::Style,
    summary: "an old key that the master still converts",
    why: "The master converts a few old keys as it loads: the root's `scheduler` and `provisioner`, \
          `__internal.preemption_timeout`, and `determined_master_ip` of the default resource manager. Beside the new key the \
          old one is ignored.",
    master_says: &["ignoring duplicated configuration `determined_master_ip`"],
    facts: &["W-L6", "§1.4"],
    docs: "release-notes",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  determined_master_ip: 10.0.0.1
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  determined_master_host: 10.0.0.1
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for event in &cx.loaded.shims {
        match event {
            ShimEvent::Converted { key, into } => {
                let message = format!("`{}` is an old key, read as {into}", cx.slice(*key));
                // The other conversions change more than a name.
                let renamed = *into == "determined_master_host";
                let fix = renamed.then(|| mending::rename(cx, *key, into, Applicability::Safe)).flatten();
                out.push(RULE.finding(*key, message).help(format!("write {into}")).fix_if(fix));
            }
            ShimEvent::Ignored { key, by } => {
                let message = format!("`{}` is an old key, and ignored", cx.slice(*key));
                let mut finding = RULE.finding(*key, message).also(*by, "this one counts").help("remove the old key");
                finding.severity = Severity::Warning;
                finding.effect = Effect::Degrades;
                out.push(finding);
            }
            ShimEvent::Refused { .. } | ShimEvent::Panicked { .. } => {}
        }
    }
}
