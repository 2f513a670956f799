//! A value that the chart demands is missing, or is not what it demands.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Ending, Finding, LoadFailure, Phase, Severity};
use crate::model::chart::{Reason, Stop};

pub(super) static RULE: Rule = Rule {
    id: "values-missing",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a value that the chart demands is missing",
    why: "The chart demands some values and stops `helm install`, `upgrade` and `template` with a message of its own when \
          one is missing: the slots of a pod, the Secret and file of every additional resource manager, the bucket of a \
          storage, and a password for the first two users. It asks for that password as long as its own database does \
          not exist, so with `db.hostAddress` at every upgrade.",
    master_says: &[
        "execution error at (master-deployment.yaml): A valid Values.maxSlotsPerPod entry is required!",
        "execution error at (master-deployment.yaml): An initial password for admin and determined users is required!",
        "execution error at (master-deployment.yaml): initialUserPassword must include an uppercase letter",
        "execution error at (master-deployment.yaml): for each additional_resource_managers, \
         resource_manager.kubeconfig_secret_value must be specified",
        "execution error at (master-deployment.yaml): for each additional_resource_managers, \
         resource_manager.kubeconfig_secret_name must be specified",
    ],
    facts: &["T-48", "§6.2", "§6.4"],
    docs: "reference/deploy/helm-config-reference",
    before: "\
maxSlotsPerPod: 4
",
    after: "\
maxSlotsPerPod: 4
initialUserPassword: Sample9Word
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some((stop, near)) = stopped(cx, Reason::Demanded) else { return };
    let what = stop.words.split_once("): ").map_or(&*stop.words, |(_, what)| what);
    let (message, help) = words_for(stop, what);
    let span = stop.place.unwrap_or(near);
    out.push(RULE.finding(span, message).help(help).ends_load(failure(stop)));
}

fn words_for(stop: &Stop, what: &str) -> (String, String) {
    let path = stop.path.replace("@.", "additional_resource_managers[].");
    if what.starts_with("An initial password") {
        let help = "set `initialUserPassword` to eight characters or more with an upper-case letter, a lower-case letter \
                    and a digit, or pass --installed if the release exists and uses the chart's own database";
        return ("the chart demands an initial password".to_owned(), help.to_owned());
    }
    if let Some(rest) = what.strip_prefix("initialUserPassword must ") {
        let help = "it needs eight characters or more, an upper-case letter, a lower-case letter and a digit";
        return (format!("the chart demands that the initial password must {rest}"), help.to_owned());
    }
    let help = match &*stop.path {
        "@.resource_manager.kubeconfig_secret_value" => {
            "name the file inside the Secret, such as `config`; an additional manager has no kubeconfig_path in the chart"
        }
        "@.resource_manager.kubeconfig_secret_name" => "name the Secret that holds the kubeconfig of this cluster",
        "maxSlotsPerPod" => "set it to the slots of one pod, as a rule the GPUs of a node",
        "checkpointStorage" => "keep one of the two",
        path if path.starts_with("genai.extra") => "name only pools of `resourcePools`",
        _ => "set it",
    };
    let message = match what.starts_with("Exactly") || what.contains("must not both") || what.contains("which is not") {
        true => format!("the chart stops: {}", what.trim_end_matches('!')),
        false => format!("the chart demands a value for `{path}`"),
    };
    (message, help.to_owned())
}

/// Helm stopped for this kind of reason; and where to point when nothing was written.
pub(super) fn stopped<'a>(cx: &Context<'a>, reason: Reason) -> Option<(&'a Stop, crate::source::Span)> {
    let chart = cx.chart?;
    chart.stop.as_ref().filter(|stop| stop.reason == reason).map(|stop| (stop, chart.near))
}

/// What the finding means: Helm renders nothing.
pub(super) fn failure(stop: &Stop) -> LoadFailure {
    LoadFailure { phase: Phase::Render, order: 1, ending: Ending::HelmFails, words: vec![stop.words.clone()] }
}
