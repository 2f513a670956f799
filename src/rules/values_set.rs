//! An argument of `--set` that does not fit the values.

use super::values_missing::{failure, stopped};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::chart::Reason;

pub(super) static RULE: Rule = Rule {
    id: "values-set",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a `--set` that does not fit the values",
    why: "`--set a.b=1` goes through mappings only, and `--set a[0]=1` through lists only. Where the values hold something \
          else, `helm` stops with the words of a failed conversion, and it never says which value it is about.",
    master_says: &[],
    facts: &["§6.2"],
    docs: "reference/deploy/helm-config-reference",
    before: "\
# --set additional_resource_managers.max_slots_per_pod=4
additional_resource_managers:
  - resource_manager:
      max_slots_per_pod: 8
",
    after: "\
# --set additional_resource_managers[0].resource_manager.max_slots_per_pod=4
additional_resource_managers:
  - resource_manager:
      max_slots_per_pod: 8
",
    check: None,
};

pub(super) fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some((stop, near)) = stopped(cx, Reason::Set) else { return };
    let argument = &stop.path;
    let (message, help) = match stop.words.split_once("interface {} is ") {
        Some((_, types)) if types.ends_with("not map[string]interface {}") => (
            format!("`{argument}` goes through this value as if it were a mapping"),
            if types.starts_with('[') {
                "name the element of the list by its index, as in `a[0].b=1`"
            } else {
                "set the whole value"
            },
        ),
        Some(_) => {
            (format!("`{argument}` goes through this value as if it were a list"), "name a key of it, as in `a.b=1`")
        }
        None => {
            let words = stop.words.split_once("data: ").map_or(&*stop.words, |(_, words)| words);
            (
                format!("Helm cannot read this argument: {words}"),
                "write `name=value`, with a backslash before a comma in a value",
            )
        }
    };
    out.push(RULE.finding(stop.place.unwrap_or(near), message).help(help).ends_load(failure(stop)));
}
