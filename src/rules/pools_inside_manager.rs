//! Pools below a resource manager instead of beside it.

use super::decoding::{KeyFault, key_fault, problems, with_load};
use super::{Context, Rule, mending};
use crate::decode::ProblemKind;
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "pools-inside-manager",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "`resource_pools` stands inside a resource manager",
    why: "Both examples of the documentation page indent `resource_pools` below `resource_manager`. The master wants them \
          side by side, at the root for the default resource manager and in the list element for an additional one, and \
          refuses the rest.",
    master_says: &["json: unknown field \"resource_pools\""],
    facts: &["C-4", "E-L7"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  resource_pools:
    - pool_name: default
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (problem, load) in problems(cx) {
        let ProblemKind::RejectedKey { key, known } = &problem.kind else {
            continue;
        };
        if key_fault(&problem.path, key, *known) == KeyFault::PoolsInside {
            let finding = RULE
                .finding(problem.span, "pools cannot stand inside a resource manager")
                .help("move `resource_pools` one level out, beside `resource_manager`")
                .fix_if(mending::move_out(cx, problem.span, "resource_pools"));
            out.push(with_load(finding, load));
        }
    }
}
