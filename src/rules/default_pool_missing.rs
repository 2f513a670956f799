//! Default pools that the default resource manager does not have.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::Setting;
use crate::model::config::{Manager, ManagerKind};
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
        out.extend(missing(cx, default, BOTH, aux));
        return;
    }
    for (key, setting) in [("`default_aux_resource_pool`", aux), ("`default_compute_resource_pool`", compute)] {
        if !setting.is_broken() {
            out.extend(missing(cx, default, key, setting));
        }
    }
}

/// Neither is set: one finding for both.
const BOTH: &str = "`default_aux_resource_pool` and `default_compute_resource_pool`";

fn missing(cx: &Context<'_>, default: &Manager, keys: &str, setting: &Setting<Option<String>>) -> Option<Finding> {
    let name = setting.value.as_deref().filter(|name| !name.is_empty())?;
    let has = |manager: &&Manager| manager.pools.iter().any(|pool| pool.name.value == name);
    if has(&default) {
        return None;
    }
    let (title, written) = (default.title(), setting.is_written());
    let message = if written {
        format!("{title} has no pool \"{name}\"")
    } else {
        format!("requests without a pool go to \"{name}\", and {title} has no such pool")
    };
    let finding = RULE.finding(setting.span(), message);
    let own = default.pools.iter().map(|pool| pool.name.value.as_str());
    let help = match spelling::closest(name, own) {
        Some(meant) if written => format!("did you mean `{meant}`?"),
        _ if keys == BOTH => format!("set {keys} to pools that it has"),
        _ => format!("set {keys} to a pool that it has"),
    };
    let elsewhere = cx.managers().iter().skip(1).find(has);
    let pool = elsewhere.and_then(|manager| manager.pools.iter().find(|pool| pool.name.value == name));
    let finding = match (elsewhere, pool) {
        (Some(manager), Some(pool)) => {
            finding.also(pool.name.span(), format!("they run in {} instead", manager.title()))
        }
        _ => finding,
    };
    Some(finding.help(help))
}
