//! Text that its setting cannot read.

use super::decoding::{problems, with_load};
use super::unknown_key::place;
use super::{Context, Rule};
use crate::decode::ProblemKind;
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "unreadable-value",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a duration, device, quantity or action that cannot be read",
    why: "Some settings have a notation of their own. Durations are text with a unit (`30s`, never a bare number), devices \
          are `host:container`, quantities in pod specs follow Kubernetes.",
    master_says: &["invalid duration: <raw>", "error parsing duration: <why>", "invalid device string: \"<text>\""],
    facts: &["E-L12", "E-L13", "E-V18"],
    docs: "reference/deploy/master-config-reference#resource-pools",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
    agent_reconnect_wait: 25
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
    agent_reconnect_wait: 25s
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (problem, load) in problems(cx) {
        let ProblemKind::Unreadable { what } = &problem.kind else {
            continue;
        };
        let message = format!("{} is not {what}", place(&problem.path));
        out.push(with_load(RULE.finding(problem.span, message).help(format!("write {what}")), load));
    }
}
