//! A `type` that names nothing.

use super::decoding::{problems, with_load};
use super::{Context, Rule, context::one_of, mending};
use crate::decode::ProblemKind;
use crate::diagnostic::{Applicability, Effect, Finding, Severity};
use crate::spelling;

pub(super) static RULE: Rule = Rule {
    id: "unknown-type",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a `type` that the master does not know, or that is no text",
    why: "Resource managers, schedulers, providers, checkpoint storage and logging are told apart by `type`. The master \
          takes the exact lower-case word only. A null counts as no text, and the message then is the odd `type must be a \
          string: got string`.",
    master_says: &["unexpected type: <x>", "type must be a string: got string"],
    facts: &["E-L8"],
    docs: "reference/deploy/master-config-reference#resource-manager",
    before: "\
resource_manager:
  type: Kubernetes
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
    for (problem, load) in problems(cx) {
        let ProblemKind::WrongTag { found, union } = &problem.kind else {
            continue;
        };
        let tags: Vec<&str> = union.variants.iter().map(|variant| variant.tag).collect();
        let mut finding = match found {
            Some(found) => RULE.finding(problem.span, format!("`{found}` is no {} that the master knows", union.tag)),
            None => RULE.finding(problem.key.unwrap_or(problem.span), format!("`{}` has to be text", union.tag)),
        };
        let additional =
            union.common.name == "ResourceManagerConfig" && problem.path.starts_with("additional_resource_managers");
        // Only one type is right there.
        let tags = if additional { vec!["kubernetes"] } else { tags };
        let short = |found: &str| ["k8s", "kube"].contains(&&*found.to_lowercase()).then_some("kubernetes");
        let meant = found.as_deref().and_then(|found| {
            let short = short(found).filter(|meant| tags.contains(meant));
            short.or_else(|| spelling::closest(found, tags.iter().copied()))
        });
        finding = match meant {
            Some(meant) => {
                let short_form = found.as_deref().and_then(short).is_some();
                let certainty = mending::certainty(found.as_deref().unwrap_or(""), meant);
                let applicability = if short_form { Applicability::Safe } else { certainty };
                let fix = mending::reword(cx, problem.span, meant, applicability);
                finding.help(format!("did you mean `{meant}`?")).fix_if(fix)
            }
            None => finding.help(format!("write {}", one_of(&tags))),
        };
        out.push(with_load(finding, load));
    }
}
