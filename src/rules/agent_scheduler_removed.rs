//! Round robin, which is gone.

use std::cell::LazyCell;

use super::context::{Step, types_by_block, unresolved};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Ending, Finding, Severity};
use crate::model::config::{ManagerKind, Policy};
use crate::release::Behaviour;

pub(super) static RULE: Rule = Rule {
    id: "agent-scheduler-removed",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "an agent resource manager with the round_robin scheduler",
    why: "The round robin scheduler was removed; the priority scheduler with equal priorities behaves the same. In a pool the \
          master still accepts the word.",
    master_says: &["scheduler not available"],
    facts: &["W/E-R4"],
    docs: "reference/deploy/master-config-reference#scheduler",
    before: "\
resource_manager:
  type: agent
  scheduler:
    type: round_robin
",
    after: "\
resource_manager:
  type: agent
  scheduler:
    type: priority
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if !cx.release().has(Behaviour::UntypedSchedulerIsPriority) {
        return;
    }
    let types = LazyCell::new(|| types_by_block(cx.tree()));
    let place = |block| types.get(&block).copied().unwrap_or(block);
    for manager in cx.managers() {
        let ManagerKind::Agent(agent) = &manager.kind else {
            continue;
        };
        if matches!(agent.scheduler.policy, Policy::RoundRobin) {
            let load = unresolved(Step::Scheduler, manager.index, Ending::Message, "scheduler not available");
            let finding = RULE.finding(place(agent.scheduler.span), "the round robin scheduler is gone");
            out.push(finding.help("write `type: priority`").ends_load(load));
        }
    }
}
