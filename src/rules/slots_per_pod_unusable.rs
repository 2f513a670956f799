//! Limits of slots per pod with which no request for slots can run.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::config::{Manager, Pool};
use crate::model::workload::{Task, Workload};
use crate::model::{MultiRm, Setting};
use crate::scheduling::routing::{Place, max_slots_per_pod, route, split};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "slots-per-pod-unusable",
    severity: Severity::Error,
    effect: Effect::Degrades,
    summary: "`max_slots_per_pod` of 0, or below it in a pool: nothing that wants slots can run",
    why: "The master checks only that the `max_slots_per_pod` of a resource manager is not negative, and that of a pool not \
          at all. With 0, experiments that want slots end in `runtime error: integer divide by zero`, and commands, \
          notebooks and shells are refused; with a negative number, a pool asks for a negative number of pods, which the \
          cluster refuses. A pool that serves only requests without slots may have 0: that of \
          `default_aux_resource_pool` is left alone.",
    master_says: &[],
    facts: &["T-13", "T-14", "§5.1"],
    docs: "reference/deploy/master-config-reference#max-slots-per-pod",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 0
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
    let Some(config) = cx.config() else { return };
    let mut told: Vec<Span> = Vec::new();
    for manager in &config.managers {
        for (at, pool) in manager.pools.iter().enumerate() {
            let Some((setting, is_own)) = limit(manager, pool) else { continue };
            let Some(value) = max_slots_per_pod(config, manager.index, at) else { continue };
            // What the resource manager itself has below zero does not load, which is another rule's.
            let excused =
                setting.is_broken() || value < 0 && !is_own || value == 0 && is_only_for_aux(config, manager, at);
            if excused || told.contains(&setting.span()) || can_run(Some(value)) {
                continue;
            }
            told.push(setting.span());
            let pool = &pool.name.value;
            let message = match value {
                0 => format!("no request for slots can run in pool \"{pool}\": a pod may have 0 slots"),
                _ => format!("pool \"{pool}\" allows {value} slots in a pod"),
            };
            out.push(RULE.finding(setting.span(), message).help("write as many slots as one node has"));
        }
    }
}

/// Where the limit of a pool stands, and whether that is the pool itself.
fn limit<'c>(manager: &'c Manager, pool: &'c Pool) -> Option<(&'c Setting<Option<i64>>, bool)> {
    let own = pool.task_defaults.as_deref().map(|defaults| &defaults.max_slots_per_pod);
    let own = own.filter(|own| own.value.is_some() || own.is_broken()).map(|own| (own, true));
    own.or_else(|| manager.kubernetes().map(|kubernetes| (&kubernetes.max_slots_per_pod, false)))
}

/// Whether one slot makes at least one pod.
fn can_run(limit: Option<i64>) -> bool {
    split(&Workload::new(Task::Experiment, 1), limit).is_ok_and(|split| split.pods > 0)
}

/// Whether requests that name no pool come here without slots only.
fn is_only_for_aux(config: &MultiRm, manager: &Manager, pool: usize) -> bool {
    let comes = |slots: i64| {
        let way = route(config, &Workload::new(Task::Experiment, slots));
        way.is_ok_and(|way| way.manager == manager.index && way.place == Place::Pool(pool))
    };
    comes(0) && !comes(1)
}
