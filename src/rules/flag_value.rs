//! A value that the master casts to something else, as its key is also a flag.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::confidential;
use crate::model::load::{Became, Recast};

pub(super) static RULE: Rule = Rule {
    id: "flag-value",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "a value that the master silently casts to another",
    why: "Keys that are also flags of the master, such as `port`, `log` and `db`, are cast to the type of the flag. What does \
          not convert becomes zero, false or an empty text without a word: `port: abc` is 0, and the master then listens on \
          its default port. A truth value is 1 or 0 as a number, a fraction is cut off, and a number as a text loses the way \
          that it was written: 1e3 is 1000.",
    master_says: &[],
    facts: &["§1.2", "§1.6", "§13"],
    docs: "reference/deploy/master-config-reference",
    before: "\
port: http
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
",
    after: "\
port: 8080
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for recast in &cx.loaded.recast {
        let (message, help) = match &recast.became {
            Became::Digits(digits) if digits == cx.slice(recast.value) || is_octal(cx, recast) => continue,
            Became::Zero(zero) => (
                format!("this is not {}, and the master takes it for {zero}", recast.wanted),
                format!("`{}` is {}", recast.path, recast.wanted),
            ),
            Became::Other(other) | Became::Digits(other) => (
                match confidential::tells(&recast.path) {
                    true => "the master reads something else here than what is written".to_owned(),
                    false => format!("the master reads {other} here"),
                },
                match recast.wanted {
                    "a text" => "put it in quotes to have it as it is written".to_owned(),
                    wanted => format!("`{}` is {wanted}", recast.path),
                },
            ),
        };
        out.push(RULE.finding(recast.value, message).help(help));
    }
}

/// Numbers with a leading zero have a rule of their own.
fn is_octal(cx: &Context<'_>, recast: &Recast) -> bool {
    cx.outline.octals.iter().any(|octal| octal.span == recast.value)
}
