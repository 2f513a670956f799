//! A value of another type than the place takes.

use super::decoding::{problems, with_load};
use super::unknown_key::place;
use super::{Context, Rule, mending};
use crate::decode::{Problem, ProblemKind};
use crate::diagnostic::{Applicability, Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "wrong-type",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a value of another type than the setting takes",
    why: "The master refuses a number or truth value where it wants text, and text where it wants a number. It names the \
          section, not the key. YAML 1.1 reads more words as something else than text than most people expect: `y`, `on`, \
          `no`, `1e3`, `12e4`, `010` and `null` among them.",
    master_says: &[
        "json: cannot unmarshal <kind> into Go struct field Config.resource_pools of type string",
        "json: cannot unmarshal string into Go struct field Config.resource_manager of type int",
    ],
    facts: &["E-L9", "E-L10", "E-L11", "E-L12", "T-25", "T-28"],
    docs: "reference/deploy/master-config-reference",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
    resource_pools:
      - pool_name: on
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
    resource_pools:
      - pool_name: \"on\"
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (problem, load) in problems(cx) {
        let ProblemKind::WrongType { found, wanted } = &problem.kind else {
            continue;
        };
        let wants = wanted_at(&problem.path).unwrap_or_else(|| wanted_for_people(wanted));
        let message = format!("{} takes {wants}, not {}", place(&problem.path), found_for_people(found));
        // A block is best shown by its key.
        let block = problem.key.filter(|_| matches!(&**found, "object" | "array"));
        let finding = with_load(RULE.finding(block.unwrap_or(problem.span), message), load);
        out.push(mend(cx, problem, finding, found, wants));
    }
}

/// The mend of a word that YAML takes for something else than text.
pub(super) const QUOTE: &str = "put it in quotes";

fn mend(cx: &Context<'_>, problem: &Problem, finding: Finding, found: &str, wants: &str) -> Finding {
    let written = cx.slice(problem.span);
    if wants == "text" && matches!(found, "bool" | "number") {
        let fix = mending::quote(cx, problem.span, Applicability::Safe);
        let reading = if found == "bool" { "a truth value" } else { "a number" };
        return finding.saying(format!("YAML 1.1 reads this as {reading}")).help(QUOTE).fix_if(fix);
    }
    let quoted = written.strip_prefix(['"', '\'']).and_then(|rest| rest.strip_suffix(['"', '\'']));
    match quoted {
        Some(inner) if found == "string" && inner.parse::<i64>().is_ok() && wants.contains("number") => {
            finding.help("remove the quotes").fix_if(mending::unquote_number(cx, problem.span, Applicability::Safe))
        }
        _ if wants == "a list" => finding.help("write a list: each item on lines of its own, the first after `- `"),
        _ => finding.help(format!("write {wants}")),
    }
}

/// A text that devcluster has put together from variables.
pub(super) fn explain_variable(mut finding: Finding) -> Finding {
    if finding.rule == RULE.id {
        finding.help = Some("write it out: devcluster makes text of everything with a variable in it".into());
        finding.fix = None;
    }
    finding
}

fn found_for_people(found: &str) -> String {
    match found {
        "bool" => "a truth value".to_owned(),
        "string" => "text".to_owned(),
        "array" => "a list".to_owned(),
        "object" => "a mapping".to_owned(),
        "number" => "a number".to_owned(),
        other => format!("the {other}"),
    }
}

/// Settings of which the Go type says too little.
fn wanted_at(path: &str) -> Option<&'static str> {
    let (block, key) = path.rsplit_once('.')?;
    if !block.ends_with("task_container_defaults") {
        return None;
    }
    Some(match key {
        "environment_variables" => "a list of NAME=VALUE or a mapping by slot type",
        "image" => "text or a mapping by slot type",
        "shm_size_bytes" => "a whole number of bytes",
        "preemption_timeout" => "a whole number of seconds",
        _ => return None,
    })
}

fn wanted_for_people(wanted: &str) -> &'static str {
    match wanted {
        "bool" => "true or false",
        "int" | "int64" => "a whole number",
        "int16" => "a whole number from -32768 to 32767",
        "int32" => "a whole number of at most 2147483647",
        "float32" | "float64" => "a number",
        "uint8" => "a whole number from 0 to 255",
        "[]uint8" => "text in base64",
        _ if wanted.starts_with("[]") => "a list",
        _ if wanted.starts_with("map[") => "a mapping",
        "string" | "device.Type" | "container.NetworkMode" | "types.UID" | "provconfig.Ec2InstanceType" => "text",
        _ if wanted.starts_with("v1.")
            && wanted.ends_with(|c: char| c.is_ascii_alphabetic())
            && is_text_type(wanted) =>
        {
            "text"
        }
        _ => "a mapping",
    }
}

/// Named string types of the Kubernetes API.
fn is_text_type(wanted: &str) -> bool {
    ["Effect", "Operator", "Policy", "Type", "Protocol", "Name", "Mode", "Medium", "Scheme", "Kind", "Action", "Phase"]
        .iter()
        .any(|ending| wanted.ends_with(ending))
}
