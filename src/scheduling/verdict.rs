//! The whole answer to one request: route, the master's check, pods, admission, placement, verdict.

use super::needs::{looks_at_pods, unseen};
use super::routing::Place;
use super::routing::{
    PodPlan, Refused, Route, Split, TemplateError, Unroutable, Why, max_slots_per_pod, plan, route, split,
};
use super::{Cluster, Copies, Outcome};
use crate::model::MultiRm;
use crate::model::inventory::Kind;
use crate::model::workload::{Task, Workload};

/// What becomes of a request, in order of precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// No resource manager takes it.
    Unroutable,
    /// The master or the API server refuses it.
    Rejected,
    /// What was read does not tell.
    Unknown,
    /// All its pods would be placed now.
    FitsNow,
    /// Not even the empty cluster holds it.
    Never,
    /// Some of its pods would be placed and hold their resources: Determined is no gang scheduler.
    Partial,
    /// It would fit were the nodes free of pods that can go.
    Busy,
    /// It has a way; no cluster was looked at.
    Routed,
}

/// How admission objects count that were not read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// A yes stays one, marked.
    #[default]
    Marked,
    /// A yes becomes unknown.
    Strict,
}

/// What the pods met on a cluster.
#[derive(Clone, Debug)]
pub struct Placement {
    /// Submitted now.
    pub now: Outcome,
    /// Submitted to the same cluster without removable pods, when not all were placed now.
    pub emptied: Option<Outcome>,
    /// Kinds that decide whether it fits and were not read, or not all of them.
    pub unread: Vec<Kind>,
    /// Kinds that only admission asks for and were not read.
    pub unread_admission: Vec<Kind>,
}

/// The answer to one request.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What becomes of it.
    pub verdict: Verdict,
    /// Its way.
    pub route: Result<Route, Unroutable>,
    /// How it is cut into pods, once it has a pool.
    pub split: Option<Result<Split, Refused>>,
    /// Its pods, once it is cut.
    pub plan: Option<Result<PodPlan, TemplateError>>,
    /// What they met, when there is an inventory of the cluster.
    pub placement: Option<Placement>,
}

/// Kinds without which nothing can be said about room.
const DECIDING: [Kind; 2] = [Kind::Node, Kind::Pod];
/// Kinds that can only turn a yes into a no.
const ADMISSION: [Kind; 3] = [Kind::Namespace, Kind::LimitRange, Kind::ResourceQuota];

/// Answers a request. What is placed stays on the cluster, so that a clone asks "alone" and the same one
/// again "together with what came before". `clusters` has an entry for each resource manager, in order.
pub fn answer(
    config: &MultiRm,
    workload: &Workload,
    cluster_id: Option<&str>,
    strictness: Strictness,
    clusters: &mut [Option<Cluster<'_>>],
) -> Answer {
    let mut answer = prepare(config, workload, cluster_id);
    if let (Some(Ok(plan)), Ok(route)) = (&answer.plan, &answer.route)
        && let Some(Some(cluster)) = clusters.get_mut(route.manager)
    {
        let placement = place(cluster, plan);
        answer.verdict = of_placement(&placement, plan, strictness);
        answer.placement = Some(placement);
    }
    answer
}

/// The answer as far as the configuration gives it.
#[must_use]
pub fn prepare(config: &MultiRm, workload: &Workload, cluster_id: Option<&str>) -> Answer {
    let route = route(config, workload);
    let mut answer = Answer { verdict: Verdict::Unroutable, route, split: None, plan: None, placement: None };
    let Ok(Route { manager, place: Place::Pool(pool), .. }) = answer.route else {
        let unchecked = matches!(&answer.route, Ok(route) if is_found_later(config, workload, route));
        if unchecked {
            answer.verdict = Verdict::Rejected;
        }
        return answer;
    };
    let found = config.managers.get(manager).and_then(|manager| Some((manager, manager.pools.get(pool)?)));
    let Some((owner, of_owner)) = found else { return answer };
    if owner.kubernetes().is_none() {
        // Agents and launchers make no pods: the way is all that can be told.
        answer.verdict = Verdict::Routed;
        return answer;
    }
    let cut = split(workload, max_slots_per_pod(config, manager, pool));
    answer.split = Some(cut);
    answer.verdict = Verdict::Rejected;
    let (Ok(cut), manager, pool) = (cut, owner, of_owner) else { return answer };
    let plan = plan(config, manager, pool, workload, cut, cluster_id);
    answer.verdict = if plan.is_ok() && cut.pods > 0 { Verdict::Routed } else { Verdict::Rejected };
    answer.plan = Some(plan);
    answer
}

/// With one resource manager and no slots a missing default pool is only found when the task is to start.
fn is_found_later(config: &MultiRm, workload: &Workload, route: &Route) -> bool {
    let by_default = matches!(route.why, Why::AuxDefault | Why::ComputeDefault);
    by_default && !config.is_multi() && workload.effective_slots() == 0 && workload.task != Task::Experiment
}

fn place(cluster: &mut Cluster<'_>, plan: &PodPlan) -> Placement {
    let copies = Copies::Exactly(u64::try_from(plan.split.pods).unwrap_or(0));
    let read = &cluster.inventory().read;
    let needless = &cluster.inventory().needless;
    let is_missing = |kind: &Kind| !read.contains_key(kind) && !needless.contains(kind);
    let missing = |kinds: &[Kind]| kinds.iter().copied().filter(is_missing).collect::<Vec<_>>();
    let (mut unread, unread_admission) = (missing(&DECIDING), missing(&ADMISSION));
    unread.extend(&cluster.inventory().partly);
    unread.extend(unseen(&plan.pod, cluster.inventory()));
    let now = cluster.submit(&plan.pod, copies);
    let emptied = (!now.is_complete()).then(|| Cluster::emptied(cluster.inventory()).submit(&plan.pod, copies));
    Placement { now, emptied, unread, unread_admission }
}

fn of_placement(placement: &Placement, plan: &PodPlan, strictness: Strictness) -> Verdict {
    let asked = u64::try_from(plan.split.pods).unwrap_or(0);
    // Of pods alone it is known in which direction they turn the answer: what is taken is at least this much, so that
    // a no stays one. Not so where the pod looks at other pods.
    let is_at_least = |kind: &Kind| *kind == Kind::Pod && !looks_at_pods(&plan.pod);
    if !placement.unread.iter().all(is_at_least) {
        return Verdict::Unknown;
    }
    if placement.now.created < asked {
        return Verdict::Rejected;
    }
    let unverified = strictness == Strictness::Strict && !placement.unread_admission.is_empty();
    match (placement.now.placed, &placement.emptied) {
        (placed, _) if placed == asked && (unverified || !placement.unread.is_empty()) => Verdict::Unknown,
        (placed, _) if placed == asked => Verdict::FitsNow,
        (_, Some(emptied)) if emptied.placed < asked => Verdict::Never,
        (0, _) => Verdict::Busy,
        _ => Verdict::Partial,
    }
}
