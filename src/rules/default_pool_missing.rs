//! Default pools that the default resource manager does not have.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::Setting;
use crate::model::config::{Manager, ManagerKind};
use crate::model::workload::{Task, Workload};
use crate::scheduling::routing::{Place, route};
use crate::spelling;

pub(super) static RULE: Rule = Rule {
    id: "default-pool-missing",
    severity: Severity::Warning,
    effect: Effect::Misroutes,
    summary: "a default pool that the default resource manager does not have",
    why: "Requests that name no pool go to `default_compute_resource_pool` (with slots) or `default_aux_resource_pool` \
          (without) of the default resource manager; both are called `default` when not set. The master never checks that \
          such a pool exists. Where it does not, every job without a pool, every TensorBoard and checkpoint garbage \
          collection fails; where another resource manager has it, they run on that cluster.",
    master_says: &[],
    facts: &["T-18", "T-19", "§4.2"],
    docs: "reference/deploy/master-config-reference#resource-manager",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: cpu
  - pool_name: a100
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  default_aux_resource_pool: cpu
  default_compute_resource_pool: a100
resource_pools:
  - pool_name: cpu
  - pool_name: a100
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(default) = cx.managers().first() else {
        return;
    };
    let is_known = cx.is_typed(default) && matches!(default.kind, ManagerKind::Agent(_) | ManagerKind::Kubernetes(_));
    let unclear = default.pools.iter().any(|pool| pool.name.is_broken() || pool.name.value.is_empty());
    if !is_known || default.pools.is_empty() || unclear || default.no_default_pools.value {
        return;
    }
    let (aux, compute) = (&default.default_aux_pool, &default.default_compute_pool);
    if [aux, compute].iter().all(|setting| !setting.is_written() && !setting.is_broken()) {
        out.extend(missing(cx, default, &BOTH, aux));
        return;
    }
    for (asked, setting) in [(&AUX, aux), (&COMPUTE, compute)] {
        if !setting.is_broken() {
            out.extend(missing(cx, default, asked, setting));
        }
    }
}

/// Which requests a default pool is for.
struct Asked {
    slots: i64,
    requests: &'static str,
    mend: &'static str,
}

const AUX: Asked = Asked {
    slots: 0,
    requests: "requests without pool and slots",
    mend: "set `default_aux_resource_pool` to a pool that it has",
};
const COMPUTE: Asked = Asked {
    slots: 1,
    requests: "requests for slots without a pool",
    mend: "set `default_compute_resource_pool` to a pool that it has",
};
/// Neither is set: one finding for both.
const BOTH: Asked = Asked {
    slots: 0,
    requests: "requests without a pool",
    mend: "set `default_aux_resource_pool` and `default_compute_resource_pool` to pools that it has",
};

fn missing(cx: &Context<'_>, default: &Manager, asked: &Asked, setting: &Setting<Option<String>>) -> Option<Finding> {
    let way = route(cx.config()?, &Workload::new(Task::Experiment, asked.slots)).ok()?;
    let name = way.pool.as_str();
    let elsewhere = match way.place {
        Place::Pool(_) if way.manager == default.index => return None,
        Place::Pool(at) => {
            cx.managers().get(way.manager).and_then(|manager| Some((manager, manager.pools.get(at)?.name.span())))
        }
        _ => None,
    };
    let (title, requests) = (default.title(), asked.requests);
    let finding = if setting.is_written() {
        let own = default.pools.iter().map(|pool| pool.name.value.as_str());
        let meant = spelling::closest(name, own).map(|meant| format!("did you mean `{meant}`?"));
        let finding = RULE.finding(setting.span(), format!("{title} has no pool \"{name}\""));
        finding.help(meant.unwrap_or_else(|| asked.mend.to_owned()))
    } else {
        let message = format!("{requests} go to \"{name}\", and {title} has no such pool");
        RULE.finding(setting.span(), message).help(asked.mend)
    };
    Some(match elsewhere {
        Some((manager, pool)) => finding.also(pool, format!("{requests} run in {} instead", manager.title())),
        None => finding,
    })
}
