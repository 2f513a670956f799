//! A key that ends the load.

use super::decoding::{KeyFault, key_fault, problems, with_load};
use super::{Context, Rule};
use crate::decode::ProblemKind;
use crate::decode::problem::Known;
use crate::diagnostic::{Applicability, Edit, Effect, Finding, Fix, Severity};
use crate::source::Span;
use crate::spelling;

pub(super) static RULE: Rule = Rule {
    id: "unknown-key",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a key that the master does not know, where it insists on knowing all",
    why: "At the root, in plain sections, in resource managers, schedulers, providers, checkpoint storage and logging the \
          master refuses keys that it does not know. It names one of them, without its place; of several in one block \
          a random one. Inside lists the spelling must match to the letter, elsewhere case does not matter.",
    master_says: &["json: unknown field \"<key>\""],
    facts: &["E-L7", "§1.5"],
    docs: "reference/deploy/master-config-reference",
    before: "resource_manager:\n  type: kubernetes\n  max_slots: 4\n",
    after: "resource_manager:\n  type: kubernetes\n  max_slots_per_pod: 4\n",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (problem, load) in problems(cx) {
        let ProblemKind::RejectedKey { key, known } = &problem.kind else {
            continue;
        };
        if key_fault(&problem.path, key, *known) == KeyFault::Unknown {
            let written = cx.slice(problem.span);
            let finding = RULE.finding(problem.span, format!("the master does not know the key `{written}` here"));
            let finding = finding.saying(format!("unknown in {}", place(&problem.path)));
            out.push(with_load(suggest(finding, key, problem.span, *known, Applicability::Safe), load));
        }
    }
}

/// How to speak of a block.
pub(super) fn place(path: &str) -> String {
    if path.is_empty() { "the root of the file".to_owned() } else { format!("`{path}`") }
}

/// Adds what was probably meant, or what would be right.
pub(super) fn suggest(finding: Finding, key: &str, span: Span, known: Known, applicability: Applicability) -> Finding {
    let keys = known.keys();
    match spelling::closest(key, keys.iter().copied()) {
        Some(meant) => {
            let fix = Fix {
                title: format!("rename it to `{meant}`"),
                applicability,
                edits: vec![Edit { span, replacement: meant.to_owned() }],
            };
            finding.help(format!("did you mean `{meant}`?")).fix(fix)
        }
        None if keys.is_empty() => finding.help("remove it: nothing can be set here"),
        None => finding.help(format!("known keys: {}", keys.join(", "))),
    }
}
