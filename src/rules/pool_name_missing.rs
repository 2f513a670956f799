//! A pool without a name.

use super::context::{invalid, pool_path};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "pool-name-missing",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a resource pool without `pool_name`",
    why: "Every pool needs a name. A misspelt `pool_name` is dropped without a word, so the complaint is then about an empty \
          name.",
    master_says: &["resource pool name cannot be empty: expected true, got false"],
    facts: &["E-V12"],
    docs: "reference/deploy/master-config-reference#resource-pools",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - poolname: default
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
    for manager in cx.managers() {
        for (at, pool) in manager.pools.iter().enumerate() {
            if pool.name.is_broken() || !pool.name.value.is_empty() {
                continue;
            }
            let words = "resource pool name cannot be empty: expected true, got false";
            let place = if pool.name.is_written() { pool.name.span() } else { pool.span };
            let finding = RULE.finding(place, format!("{} of {} has no name", ordinal(at), manager.title()));
            out.push(
                finding
                    .help("give it a `pool_name` that is unique in the deployment")
                    .ends_load(invalid(&pool_path(manager.index, at), words)),
            );
        }
    }
}

/// `the first pool`, `pool 12`
fn ordinal(at: usize) -> String {
    match ["first", "second", "third", "fourth", "fifth"].get(at) {
        Some(word) => format!("the {word} pool"),
        None => format!("pool {}", at + 1),
    }
}
