//! Agents without default pools.

use super::context::{manager_path, validation};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::config::ManagerKind;

pub(super) static RULE: Rule = Rule {
    id: "agent-default-pools",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "`no_default_resource_pools` on an agent resource manager",
    why: "The setting blanks both default pools, and a later check wants both of them. So it can never load on agents; on \
          Kubernetes it works.",
    master_says: &[
        "default_aux_resource_pool should be non-empty:  must be non-empty",
        "default_compute_resource_pool should be non-empty:  must be non-empty",
    ],
    facts: &["E-V17", "§2.8"],
    docs: "reference/deploy/master-config-reference#resource-manager",
    before: "\
resource_manager:
  type: agent
  no_default_resource_pools: true
",
    after: "\
resource_manager:
  type: agent
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for manager in cx.managers() {
        let is_agent = matches!(manager.kind, ManagerKind::Agent(_));
        if !(is_agent && manager.no_default_pools.value) {
            continue;
        }
        let path = manager_path(manager.index, "AgentRM");
        let words = ["default_aux_resource_pool", "default_compute_resource_pool"]
            .map(|key| format!("error found at {path}: {key} should be non-empty:  must be non-empty"));
        let message = "agents need default pools, and this setting blanks both";
        let finding = RULE.finding(manager.no_default_pools.span(), message).help("remove the line");
        out.push(finding.ends_load(validation(words.into())));
    }
}
