//! A value breaks the rendered file that it stands in.

use super::values_missing::{failure, stopped};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::chart::Reason;

pub(super) static RULE: Rule = Rule {
    id: "values-manifest",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a value breaks the rendered file that it stands in",
    why: "The chart prints many values without quotes into YAML. A value with a colon and a blank, with several lines or \
          with brackets can end the place where it stands, and `helm` stops with a message about a line of the rendered \
          file that nobody has seen.",
    master_says: &[
        "YAML parse error on master-deployment.yaml: error converting YAML to JSON: yaml: line <n>: mapping values are \
         not allowed in this context",
    ],
    facts: &["§6.1", "T-26"],
    docs: "reference/deploy/helm-config-reference",
    before: "\
maxSlotsPerPod: 4
initialUserPassword: Sample9Word
tlsSecret: \"a: b\"
",
    after: "\
maxSlotsPerPod: 4
initialUserPassword: Sample9Word
tlsSecret: determined-tls
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some((stop, near)) = stopped(cx, Reason::Manifest) else { return };
    let file = stop.words.strip_prefix("YAML parse error on ").and_then(|words| words.split_once(": "));
    let file = file.map_or("a file", |(file, _)| file);
    let message = format!("the chart prints this as it is into {file}, which is no YAML then");
    let help = "use a plain word of letters, digits, dots and dashes on one line";
    out.push(RULE.finding(stop.place.unwrap_or(near), message).help(help).ends_load(failure(stop)));
}
