//! A block without its `type`.

use super::decoding::{problems, with_load};
use super::unknown_key::place;
use super::{Context, Rule, context::one_of};
use crate::decode::ProblemKind;
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "missing-type",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a block without the `type` that tells what it is",
    why: "Without `type` the only key that the master knows in the block is `type` itself. So it refuses a random other key \
          as unknown and never says what is missing. Inside lists `Type` is not `type`.",
    master_says: &["json: unknown field \"<any key of the block>\""],
    facts: &["§1.5", "E-L7"],
    docs: "reference/deploy/master-config-reference#resource-manager",
    before: "\
resource_manager:
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

/// The union of resource managers; additional ones are of one type only.
const MANAGER: &str = "ResourceManagerConfig";

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (problem, load) in problems(cx) {
        let ProblemKind::MissingTag { union } = &problem.kind else {
            continue;
        };
        let tags: Vec<&str> = union.variants.iter().map(|variant| variant.tag).collect();
        let message = format!("{} has no `{}`", place(&problem.path), union.tag);
        let finding = RULE.finding(problem.span, message).saying("so this key is unknown");
        let written = cx.slice(problem.span);
        let help = if written.eq_ignore_ascii_case(union.tag) {
            format!("write `{}` in lower case: inside lists case counts", union.tag)
        } else if problem.path.starts_with("additional_resource_managers") && union.common.name == MANAGER {
            "add `type: kubernetes`".to_owned()
        } else {
            format!("add `{}:` with {}", union.tag, one_of(&tags))
        };
        out.push(with_load(finding.help(help), load));
    }
}
