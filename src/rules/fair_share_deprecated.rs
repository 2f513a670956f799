//! Fair share, which is on its way out.

use std::cell::LazyCell;

use super::context::types_by_block;
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::config::{ManagerKind, Policy};
use crate::release::Behaviour;

pub(super) static RULE: Rule = Rule {
    id: "fair-share-deprecated",
    severity: Severity::Warning,
    effect: Effect::Style,
    summary: "an agent resource manager with the fair_share scheduler",
    why: "The fair share scheduler still works and is deprecated.",
    master_says: &["Fair-Share Scheduler has been deprecated, please update master config to use Priority Scheduler."],
    facts: &["W/E-R4"],
    docs: "reference/deploy/master-config-reference#scheduler",
    before: "\
resource_manager:
  type: agent
  scheduler:
    type: fair_share
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
        if matches!(agent.scheduler.policy, Policy::FairShare) {
            out.push(
                RULE.finding(place(agent.scheduler.span), "the fair share scheduler is deprecated")
                    .help("write `type: priority`"),
            );
        }
    }
}
