//! A key that ends the load.

use super::decoding::{KeyFault, key_fault, problems, with_load};
use super::places;
use super::{Context, Rule, mending};
use crate::decode::ProblemKind;
use crate::decode::problem::Known;
use crate::diagnostic::{Applicability, Effect, Finding, Severity};
use crate::release::Release;
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
    facts: &["E-L7", "§1.5", "T-46"],
    docs: "reference/deploy/master-config-reference",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pods: 8
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
        let ProblemKind::RejectedKey { key, known } = &problem.kind else {
            continue;
        };
        if key_fault(&problem.path, key, *known) == KeyFault::Unknown {
            let written = cx.slice(problem.span);
            let finding = RULE.finding(problem.span, format!("the master does not know the key `{written}` here"));
            let finding = finding.saying(format!("unknown in {}", place(&problem.path)));
            if problem.path.is_empty() && holds_anchor(cx, problem.span) {
                let help = "put the anchor on the first block that uses it: the root takes no keys of your own";
                out.push(with_load(finding.help(help), load));
                continue;
            }
            out.push(with_load(suggest(cx, finding, key, problem.span, *known, Applicability::Safe), load));
        }
    }
}

/// Whether an anchor follows a key.
pub(super) fn holds_anchor(cx: &Context<'_>, key: Span) -> bool {
    let rest = cx.sources.file(key.source).text().get(key.end as usize..).unwrap_or("");
    rest.trim_start_matches([':', ' ']).starts_with('&')
}

/// How to speak of a block.
pub(super) fn place(path: &str) -> String {
    if path.is_empty() { "the root of the file".to_owned() } else { format!("`{path}`") }
}

/// The release that brought a key which the release of the file does not know yet.
fn since(key: &str, known: Known) -> Option<(Release, Release)> {
    let (fields, own, release) = match known {
        Known::Struct(of, release) => (of.fields, None, release),
        Known::Union(union, tag, release) => {
            let variant = union.variants.iter().find(|variant| Some(variant.tag) == tag);
            (union.common.fields, variant.and_then(|variant| variant.ty.fields_of()), release)
        }
    };
    let fields = fields.iter().chain(own.map_or(&[][..], |of| of.fields));
    let began =
        fields.filter(|field| field.key == key && !field.is_known_to(release)).find_map(|field| field.period?.began());
    began.filter(|began| *began > release).map(|began| (began, release))
}

/// Adds what was probably meant, or what would be right; `best` is the most that can be said for a rename.
pub(super) fn suggest(
    cx: &Context<'_>,
    finding: Finding,
    key: &str,
    span: Span,
    known: Known,
    best: Applicability,
) -> Finding {
    if key == "<<" {
        return finding.help("in quotes `<<` is an ordinary key: remove the quotes to merge");
    }
    if let Some((began, release)) = since(key, known) {
        return finding.help(format!("it is known since release {began}, and this file is for {release}"));
    }
    if let Some(home) = places::home(key, known) {
        return finding.help(home);
    }
    let keys = known.keys();
    match spelling::closest(key, keys.iter().copied()) {
        Some(meant) => {
            let applicability = match best {
                Applicability::Safe => mending::certainty(key, meant),
                Applicability::Unsafe => best,
            };
            finding.help(format!("did you mean `{meant}`?")).fix_if(mending::rename(cx, span, meant, applicability))
        }
        None if keys.is_empty() => finding.help("remove it: nothing can be set here"),
        None => finding.help(format!("known keys: {}", keys.join(", "))),
    }
}
