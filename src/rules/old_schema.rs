//! Keys of the schema before resource managers.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Ending, Finding, LoadFailure, Phase, Severity};
use crate::model::load::ShimEvent;

pub(super) static RULE: Rule = Rule {
    id: "old-schema",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "root `scheduler` or `provisioner` that cannot be converted",
    why: "The master still converts `scheduler` and `provisioner` at the root into a resource manager and a pool, but \
          refuses them beside `resource_manager` or `resource_pools`, and refuses values of other types than it expects.",
    master_says: &[
        "cannot apply backwards compatibility: cannot use the old and the new configuration schema at the same time",
        "cannot apply backwards compatibility: wrong type for scheduler field",
    ],
    facts: &["E-L5", "§1.4"],
    docs: "reference/deploy/master-config-reference#resource-manager",
    before: "\
scheduler:
  fit: best
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
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
    for event in &cx.loaded.shims {
        let ShimEvent::Refused { text, span, other } = event else {
            continue;
        };
        let words = vec![format!("cannot apply backwards compatibility: {text}")];
        let load = LoadFailure { phase: Phase::Shim, order: 1, ending: Ending::Message, words };
        let mut finding = RULE.finding(*span, text.clone());
        if let Some(other) = other {
            finding = finding.saying("the old schema").also(*other, "the new schema");
        }
        out.push(finding.help("say it with `resource_manager` and `resource_pools` alone").ends_load(load));
    }
}
