//! A fitting policy or priority out of range.

use super::context::invalid;
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::spelling;

pub(super) static RULE: Rule = Rule {
    id: "scheduler-setting",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a `fitting_policy` or `default_priority` out of range",
    why: "A scheduler block takes `best` or `worst` as its fitting policy and priorities from 1 to 99, in resource managers \
          and in pools.",
    master_says: &[
        "invalid fitting policy: <x> not in [best worst]",
        "scheduling priority must be greater than 0 and less than 100: <why>",
    ],
    facts: &["E-V14", "§2.4"],
    docs: "reference/deploy/master-config-reference#scheduler",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
    scheduler:
      type: priority
      default_priority: 100
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
    scheduler:
      type: priority
      default_priority: 99
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (path, scheduler) in cx.records("config.SchedulerConfig") {
        let Some(entry) = scheduler.entry("fitting_policy") else {
            continue;
        };
        let policy = scheduler.text("fitting_policy").unwrap_or("");
        if !matches!(policy, "" | "best" | "worst") {
            let words = format!("invalid fitting policy: {policy} not in [best worst]");
            let finding = RULE.finding(entry.span, format!("\"{policy}\" is no fitting policy"));
            let help = match spelling::closest(policy, ["best", "worst"]) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "write `best` or `worst`".to_owned(),
            };
            out.push(finding.help(help).ends_load(invalid(path, &words)));
        }
    }
    for (path, priority) in cx.records("config.PrioritySchedulerConfig") {
        let (Some(value), Some(entry)) = (priority.int("default_priority"), priority.entry("default_priority")) else {
            continue;
        };
        let why = match value {
            ..1 => format!("{value} is not greater than or equal to 1"),
            1..=99 => continue,
            _ => format!("{value} is not less than or equal to 99"),
        };
        let words = format!("scheduling priority must be greater than 0 and less than 100: {why}");
        let finding = RULE.finding(entry.span, format!("priority {value} is out of range"));
        out.push(finding.help("write a number from 1 to 99").ends_load(invalid(path, &words)));
    }
}
