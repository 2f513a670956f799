//! A value is of a type that the chart's templates cannot work with.

use super::values_missing::{failure, stopped};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::chart::Reason;

pub(super) static RULE: Rule = Rule {
    id: "values-shape",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a value is of a type that stops the chart's templates",
    why: "Templates take values apart without a look at their types. A section that is null or text instead of a mapping, \
          a list where text is expected or a number as a password ends `helm` with a message of Go's template engine that \
          names a line of the chart, not of your file.",
    master_says: &[
        "master-deployment.yaml: error calling include: master-config.yaml: nil pointer evaluating interface \
         {}.defaultNamespace",
        "master-deployment.yaml: error calling include: master-config.yaml: wrong type for value; expected \
         map[string]interface {}; got interface {}",
        "master-deployment.yaml: error calling include: master-config.yaml: range can't iterate over <value>",
    ],
    facts: &["T-47", "§6.1", "§6.2"],
    docs: "reference/deploy/helm-config-reference",
    before: "\
maxSlotsPerPod: 4
initialUserPassword: Sample9Word
slotType: rocm
",
    after: "\
maxSlotsPerPod: 4
initialUserPassword: Sample9Word
slotType: rocm
slotResourceRequests:
  cpu: 2
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some((stop, near)) = stopped(cx, Reason::Shape) else { return };
    let path =
        stop.path.replace("@.", "additional_resource_managers[].").replace('@', "additional_resource_managers[]");
    let (parent, key) = path.rsplit_once('.').unwrap_or(("", &path));
    let words = &*stop.words;
    let (message, help) = if path == "slotResourceRequests.cpu" {
        (
            "the chart needs `slotResourceRequests` with this `slotType`".to_owned(),
            "add `slotResourceRequests` with `cpu`",
        )
    } else if words.contains("nil pointer") {
        (
            format!("the chart looks for `{key}` in `{parent}`, which is not there"),
            "write it as a mapping, or leave it out",
        )
    } else if words.contains("can't evaluate field") {
        (format!("the chart looks for `{key}` in `{parent}`, which is no mapping"), "write it as a mapping")
    } else if words.contains("range can't iterate") {
        (format!("`{path}` is no list"), "write a list with one element per cluster")
    } else if words.contains("expected map") {
        (format!("`{path}` is no mapping"), "write `resource_manager:` with the settings of the cluster below it")
    } else {
        (format!("`{path}` has to be text"), "put it in quotes")
    };
    out.push(RULE.finding(stop.place.unwrap_or(near), message).help(help).ends_load(failure(stop)));
}
