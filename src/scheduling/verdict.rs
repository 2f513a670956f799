//! The whole answer to one request: route, the master's check, pods, admission, placement, verdict.

use super::admission::review::{Checked, review};
use super::needs::looks_at_pods;
use super::routing::Place;
use super::routing::{
    PodPlan, PoolPanic, Refused, Route, Split, TemplateError, Unroutable, listing_panics, max_slots_per_pod, plan,
    route, split,
};
use super::{Cluster, Copies, Outcome};
use crate::model::MultiRm;
use crate::model::inventory::{Inventory, Kind};
use crate::model::pod::Pod;
use crate::model::workload::Workload;

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
    /// Some of its pods, at most, would be placed and hold their resources: Determined is no gang scheduler.
    Partial,
    /// None would be placed now; it would fit were the nodes free of pods that can go, as far as these were read.
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
    /// The checks of admission, up to the one that refused.
    pub admission: Vec<Checked>,
    /// Kinds that decide whether it fits and were not read.
    pub unread: Vec<Kind>,
    /// Kinds that only admission asks for and were not read.
    pub unread_admission: Vec<Kind>,
}

impl Placement {
    /// Whether no more than what is said here is placed, and perhaps less: what is taken was not all read.
    #[must_use]
    pub fn is_most(&self) -> bool {
        !self.unread.is_empty()
    }
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
    /// The pool that makes the master panic whenever it looks for a pool, by resource manager and pool.
    pub panic: Option<(usize, usize, PoolPanic)>,
}

/// A request with fewer slots that would be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// How it would be cut.
    pub split: Split,
    /// Who says so.
    pub by: NearestBy,
}

/// Who says that a request would be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NearestBy {
    /// The master alone: no cluster was looked at.
    Master,
    /// The cluster too: it fits now.
    Cluster,
}

/// How requests are asked about.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'c> {
    /// The configuration.
    pub config: &'c MultiRm,
    /// The id of the Determined cluster, where it is known.
    pub cluster_id: Option<&'c str>,
    /// How admission objects count that were not read.
    pub strictness: Strictness,
    /// The pool that makes the master panic.
    pub panic: Option<(usize, usize, PoolPanic)>,
}

impl<'c> Asking<'c> {
    /// With nothing known but the configuration.
    #[must_use]
    pub fn of(config: &'c MultiRm) -> Self {
        let panic = if config.is_multi() { listing_panics(config) } else { None };
        Self { config, cluster_id: None, strictness: Strictness::default(), panic }
    }

    /// Answers a request. What is placed stays on the cluster, so that a clone asks "alone" and the same one again
    /// "together with what came before". `clusters` has an entry for each resource manager, in order.
    pub fn answer(&self, workload: &Workload, clusters: &mut [Option<Cluster<'_>>]) -> Answer {
        let mut answer = self.prepare(workload);
        if let (Some(Ok(plan)), Ok(route)) = (&answer.plan, &answer.route)
            && let Some(Some(cluster)) = clusters.get_mut(route.manager)
            && answer.verdict == Verdict::Routed
        {
            let placement = place(cluster, plan);
            answer.verdict = of_placement(&placement, plan, self.strictness);
            answer.placement = Some(placement);
        }
        answer
    }

    /// The answer as far as the configuration gives it.
    #[must_use]
    pub fn prepare(&self, workload: &Workload) -> Answer {
        self.prepare_routed(workload, route(self.config, workload))
    }

    /// The same for a request whose way is known already: to find a pool by its name takes a look at all of them.
    #[must_use]
    pub fn prepare_routed(&self, workload: &Workload, route: Result<Route, Unroutable>) -> Answer {
        let config = self.config;
        let (verdict, panic) = (Verdict::Unroutable, self.panic);
        let mut answer = Answer { verdict, route, split: None, plan: None, placement: None, panic };
        if panic.is_some() && answer.route.is_ok() {
            answer.verdict = Verdict::Rejected;
            return answer;
        }
        let Ok(Route { manager, place: Place::Pool(pool), .. }) = answer.route else { return answer };
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
        let plan = plan(config, manager, pool, workload, cut, self.cluster_id);
        answer.verdict = if plan.is_ok() && cut.pods > 0 { Verdict::Routed } else { Verdict::Rejected };
        answer.plan = Some(plan);
        answer
    }

    /// The largest request below a refused one that would be taken: by the master, and now by the cluster, where one was
    /// looked at. `clusters` are as they were before the request.
    #[must_use]
    pub fn nearest(&self, workload: &Workload, answer: &Answer, clusters: &[Option<Cluster<'_>>]) -> Option<Nearest> {
        let Ok(Route { manager, place: Place::Pool(pool), .. }) = answer.route else { return None };
        let most = max_slots_per_pod(self.config, manager, pool).filter(|most| *most > 0)?;
        let asked = workload.effective_slots();
        let cluster = clusters.get(manager).and_then(Option::as_ref);
        let refused = matches!(answer.verdict, Verdict::Rejected | Verdict::Partial | Verdict::Busy | Verdict::Never);
        if !refused || cluster.is_none() && !matches!(answer.split, Some(Err(_))) {
            return None;
        }
        // Smaller requests would meet pods that were passed over.
        if cluster.is_some_and(|cluster| !cluster.inventory().has_all_pods()) {
            return None;
        }
        let by = if cluster.is_some() { NearestBy::Cluster } else { NearestBy::Master };
        let takes = |slots: i64| {
            let smaller = Workload { slots, ..workload.clone() };
            let verdict = self.answer(&smaller, &mut clusters.to_vec()).verdict;
            verdict == Verdict::FitsNow || by == NearestBy::Master && verdict == Verdict::Routed
        };
        // Full pods first, then one pod that is smaller; fewer never fit worse.
        let full = if workload.is_single_pod() { i64::from(asked > most) } else { (asked - 1) / most };
        let slots = match largest(full, |pods| takes(pods * most)) {
            0 => largest((asked - 1).min(most - 1), takes),
            pods => pods * most,
        };
        let smaller = Workload { slots, ..workload.clone() };
        let split = split(&smaller, Some(most)).ok().filter(|_| slots > 0)?;
        Some(Nearest { split, by })
    }
}

/// The largest number up to a bound of which something holds that holds of all below it too; 0 when there is none.
fn largest(bound: i64, holds: impl Fn(i64) -> bool) -> i64 {
    let (mut low, mut high) = (0, bound.max(0));
    while low < high {
        let middle = low + (high - low + 1) / 2;
        if holds(middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

/// Kinds that only admission asks for: without them a yes is not verified.
const ADMISSION: [Kind; 3] = [Kind::Namespace, Kind::LimitRange, Kind::ResourceQuota];

fn place(cluster: &mut Cluster<'_>, plan: &PodPlan) -> Placement {
    let copies = Copies::Exactly(u64::try_from(plan.split.pods).unwrap_or(0));
    let inventory = cluster.inventory();
    let before = cluster.ledger().clone();
    let now = cluster.submit(&plan.pod, copies);
    let emptied = (!now.is_complete()).then(|| without_removable_pods(&plan.pod, copies, inventory));
    Placement {
        admission: review(&plan.pod, &now, &before, inventory),
        unread: unread(&plan.pod, inventory),
        unread_admission: unread_admission(&plan.pod, inventory),
        now,
        emptied,
    }
}

/// What becomes of copies where the pods that can go are gone. Who has to be beside others needs those to stay, but not
/// those that take the room: either is enough.
fn without_removable_pods(pod: &Pod, copies: Copies, inventory: &Inventory) -> Outcome {
    let alone = Cluster::emptied(inventory).submit(pod, copies);
    if alone.is_complete() || pod.affinity_terms().is_empty() {
        return alone;
    }
    let beside = Cluster::unloaded(inventory).submit(pod, copies);
    if beside.placed > alone.placed { beside } else { alone }
}

/// Kinds that decide whether a pod fits and were not read.
#[must_use]
pub fn unread(pod: &Pod, inventory: &Inventory) -> Vec<Kind> {
    let mut kinds = vec![Kind::Node, Kind::Pod];
    let names = pod.spec.volumes.iter().filter_map(|volume| volume.claim_name.as_ref());
    let mut has_claims = false;
    for name in names {
        has_claims = true;
        match inventory.claims.get(&(pod.namespace().to_owned(), name.clone())) {
            Some(claim) if claim.is_bound() => kinds.push(Kind::Volume),
            Some(_) => kinds.extend([Kind::StorageClass, Kind::Volume]),
            None => {}
        }
    }
    if has_claims {
        kinds.push(Kind::VolumeClaim);
    }
    kinds.sort_unstable();
    kinds.dedup();
    kinds.retain(|kind| inventory.is_unread(*kind));
    kinds
}

/// Kinds that only admission asks for and were not read.
#[must_use]
pub fn unread_admission(pod: &Pod, inventory: &Inventory) -> Vec<Kind> {
    let mut kinds = ADMISSION.to_vec();
    if !inventory.priority_classes.contains_key(&pod.spec.priority_class_name) {
        kinds.push(Kind::PriorityClass);
    }
    if pod.spec.runtime_class_name.is_some() {
        kinds.push(Kind::RuntimeClass);
    }
    kinds.retain(|kind| inventory.is_unread(*kind));
    kinds
}

fn of_placement(placement: &Placement, plan: &PodPlan, strictness: Strictness) -> Verdict {
    let asked = u64::try_from(plan.split.pods).unwrap_or(0);
    let Placement { now, emptied, unread, unread_admission, .. } = placement;
    if now.created < asked {
        return Verdict::Rejected;
    }
    let fits = now.placed == asked;
    // Pods and volumes only take room: without them a no stays a no, unless the pods have to be beside others, or
    // evenly among them.
    let sure_no = !unread.contains(&Kind::Node) && !looks_at_pods(&plan.pod);
    let unverified = strictness == Strictness::Strict && !unread_admission.is_empty();
    if !unread.is_empty() && (fits || !sure_no) || unverified && fits {
        return Verdict::Unknown;
    }
    match (now.placed, emptied) {
        (placed, _) if placed == asked => Verdict::FitsNow,
        (_, Some(emptied)) if emptied.placed < asked => Verdict::Never,
        // That it does not fit now is sure, also when not all that is taken was read; who would have to go is not.
        (0, _) => Verdict::Busy,
        _ => Verdict::Partial,
    }
}
