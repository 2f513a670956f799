//! Two spellings of one key.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "case-collision",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "two keys that differ only in case",
    why: "Outside lists the master folds keys to lower case. Of two spellings the one that is not all lower case wins, \
          whatever the order; of several such a random one, anew at every start. Inside lists, the last in the order of their \
          bytes wins: that in lower case.",
    master_says: &[],
    facts: &["T-38", "§1.2"],
    docs: "reference/deploy/master-config-reference",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
Resource_Manager:
  type: agent
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
    for collision in &cx.loaded.collisions {
        let (ignored, counts) = match collision.random {
            true => ("this one may count", "or this one, at random"),
            false => ("this one is ignored", "this spelling wins"),
        };
        out.push(
            RULE.finding(collision.loser, "two keys differ only in case, and the master keeps one")
                .saying(ignored)
                .also(collision.winner, counts)
                .help("remove one of them and write the other in lower case"),
        );
    }
}
