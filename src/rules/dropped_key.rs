//! A key that is dropped without a word.

use super::decoding::{KeyFault, key_fault, problems};
use super::unknown_key::{place, suggest};
use super::{Context, Rule};
use crate::decode::ProblemKind;
use crate::diagnostic::{Applicability, Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "dropped-key",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "a key that the master drops without a word",
    why: "Resource pools, task container defaults, gateways, slot requests and pod specs are decoded leniently: a misspelt \
          key loads, and the setting has no effect. Nothing in the master's log tells of it.",
    master_says: &[],
    facts: &["T-1", "T-2", "§1.5"],
    docs: "reference/deploy/master-config-reference#resource-pools",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
    taskcontainerdefaults:
      work_dir: /scratch
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
    task_container_defaults:
      work_dir: /scratch
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (problem, _) in problems(cx) {
        let ProblemKind::DroppedKey { key, known } = &problem.kind else {
            continue;
        };
        if key_fault(&problem.path, key, *known) == KeyFault::Unknown {
            let written = cx.slice(problem.span);
            let message = format!("the master drops the key `{written}` without a word");
            let finding = RULE.finding(problem.span, message).saying(format!("unknown in {}", place(&problem.path)));
            out.push(suggest(cx, finding, key, problem.span, *known, Applicability::Unsafe));
        }
    }
}
