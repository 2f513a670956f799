//! The machine form (scheduling facts §6.3). Members are only ever added.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::master_view::MasterView;
use super::room::{holders, share_of};
use super::{Answered, Origin, Routes, ServerSays, admission, verdict_word};
use crate::model::config::Manager;
use crate::model::inventory::Kind;
use crate::report::capacity::amount;
use crate::report::caveat_words::{chance, remark};
use crate::report::scheduler_words;
use crate::scheduling::caveat::{Sort, caveats, of_route};
use crate::scheduling::routing::{Namespace, Place, PodPlan, Route, Why};
use crate::scheduling::verdict::{NearestBy, Placement};
use crate::scheduling::{Cluster, Copies, Coupling, Outcome, Refusal};

/// The document, with a line break at its end.
#[must_use]
pub fn json(routes: &Routes<'_>) -> String {
    let clusters = routes.config.managers.iter().map(|manager| cluster(routes, manager)).collect();
    let document = Document { clusters, version: 1, workloads: Workloads(routes) };
    // Nothing in it has keys that are no texts, so that it can always be written.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

/// Members in the order of the alphabet, as inside of them.
#[derive(Serialize)]
struct Document<'r> {
    clusters: Vec<Value>,
    version: u8,
    workloads: Workloads<'r>,
}

/// Written one by one: each names thousands of nodes where clusters are large, and there may be thousands of them.
struct Workloads<'r>(&'r Routes<'r>);

impl Serialize for Workloads<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut emptied = Emptied::default();
        serializer.collect_seq(self.0.answers.iter().map(|answered| workload(self.0, answered, &mut emptied)))
    }
}

fn cluster(routes: &Routes<'_>, manager: &Manager) -> Value {
    let inventory = routes.clusters.get(manager.index).and_then(Option::as_ref).map(Cluster::inventory);
    let read = inventory.map(|inventory| -> BTreeMap<String, u64> {
        inventory.read.iter().map(|(kind, count)| (format!("{kind:?}"), *count)).collect()
    });
    let count = |kind: Kind| inventory.map(|inventory| inventory.read.get(&kind).copied().unwrap_or(0));
    let (file, context, said) = match routes.origins.get(manager.index).and_then(Option::as_ref) {
        None => (None, None, None),
        Some(Origin::Snapshot(file)) => (Some(file.display().to_string()), None, None),
        Some(Origin::Live { name, said }) => (None, Some(name), Some(said).filter(|said| !said.is_empty())),
    };
    json!({
        "name": manager.cluster_name.value,
        "type": manager.kind.as_str(),
        "snapshot": file,
        "context": context,
        "serverVersion": said,
        "error": routes.unread.get(manager.index),
        "schedulerVersion": inventory.map(|inventory| inventory.version.to_string()),
        "nodes": count(Kind::Node),
        "pods": count(Kind::Pod),
        "read": read,
    })
}

/// How many copies of a pod emptied clusters take, by resource manager and pod: requests are often alike.
#[derive(Default)]
struct Emptied(BTreeMap<(usize, String), Option<u64>>);

impl Emptied {
    fn capacity(&mut self, manager: usize, plan: &PodPlan, cluster: &Cluster<'_>) -> Option<u64> {
        let key = (manager, plan.manifest.to_string());
        *self.0.entry(key).or_insert_with(|| {
            let outcome = Cluster::emptied(cluster.inventory()).submit(&plan.pod, Copies::Exactly(1));
            capacity(&outcome)
        })
    }
}

/// How many copies fit without the quotas; nothing where that depends on choices.
fn capacity(outcome: &Outcome) -> Option<u64> {
    let is_sum = outcome.coupling == Coupling::None;
    is_sum.then(|| outcome.rooms.iter().fold(0, |sum: u64, (_, room)| sum.saturating_add(*room)))
}

fn workload(routes: &Routes<'_>, answered: &Answered<'_>, emptied: &mut Emptied) -> Value {
    let Answered { workload, answer, .. } = answered;
    let messages = routes.messages(workload, answer);
    let plan = answer.plan.as_ref().and_then(|plan| plan.as_ref().ok());
    let mut document = json!({
        "name": workload.name,
        "verdict": verdict_word(answer.verdict),
        "summary": routes.summary(answered),
        "request": {
            "task": workload.task.as_str(),
            "pool": workload.pool,
            "slots": workload.effective_slots(),
            "singleNode": workload.is_single_pod(),
            "workspace": workload.workspace.name,
            "workspaceDefaultPool": workload.workspace.default_pool,
            "namespace": workload.workspace.namespace,
            "priority": workload.priority,
        },
        "route": way(routes, answered, plan),
        "podPlan": plan.map(pod_plan),
        "serverDryRun": answered.server.as_ref().map(server),
        "master": {
            "ok": messages.is_empty(),
            "errors": messages,
            "messages": messages,
            "view": view(routes, answered),
        },
        "nearest": answered.nearest.map(|nearest| json!({
            "slots": nearest.split.pods * nearest.split.slots_per_pod,
            "pods": nearest.split.pods,
            "slotsPerPod": nearest.split.slots_per_pod,
            "checked": match nearest.by { NearestBy::Cluster => "cluster", NearestBy::Master => "master" },
        })),
        "alternatives": alternatives(routes, answered),
    });
    let placement = match (&answer.placement, plan, routes.cluster(answered), &answer.route) {
        (Some(placement), Some(plan), Some(cluster), Ok(route)) => {
            let emptied = cluster.inventory().has_all_pods().then(|| emptied.capacity(route.manager, plan, cluster));
            Placed { placement, plan, cluster }.json(emptied.flatten())
        }
        _ => json!({
            "placement": null, "admission": [], "holders": [], "pendingAhead": null,
            "assumptions": [], "notModelled": [], "chance": [],
        }),
    };
    if let (Some(document), Value::Object(placement)) = (document.as_object_mut(), placement) {
        document.extend(placement);
    }
    if let (Some(assumptions), Some(_), Ok(route)) = (document["assumptions"].as_array_mut(), plan, &answer.route) {
        assumptions.extend(of_route(workload, route).iter().map(|caveat| json!(remark(caveat))));
    }
    document
}

fn why_word(why: Why) -> &'static str {
    match why {
        Why::Named => "named",
        Why::AuxDefault => "aux-default",
        Why::ComputeDefault => "compute-default",
        Why::WorkspaceDefault => "workspace-default",
        Why::UndefinedPool => "undefined-pool",
    }
}

fn way(routes: &Routes<'_>, answered: &Answered<'_>, plan: Option<&PodPlan>) -> Value {
    let Ok(route) = &answered.answer.route else { return Value::Null };
    let name = routes.cluster_name(route.manager);
    let source = plan.map(|plan| match plan.namespace {
        Namespace::Bound(_) => "workspace-binding",
        Namespace::OfPool(_) => "kubernetes_namespace",
        Namespace::OfManager(_) => "default_namespace",
        Namespace::Default => "default",
    });
    json!({
        "pool": route.pool,
        "defined": is_defined(route),
        "why": why_word(route.why),
        "resourceManager": name,
        "cluster": name,
        "namespace": plan.map(|plan| plan.namespace.name()),
        "namespaceSource": source,
        "configPath": Routes::config_path(route),
        "nearestPools": if is_defined(route) { Vec::new() } else { routes.known_pools(&route.pool) },
    })
}

fn server(says: &ServerSays) -> Value {
    let (status, message) = match says {
        ServerSays::Takes => ("ok", None),
        ServerSays::Refuses(words) => ("refused", Some(words)),
        ServerSays::Unknown(why) => ("unknown", Some(why)),
    };
    json!({ "status": status, "message": message })
}

fn is_defined(route: &Route) -> bool {
    route.place != Place::Undefined
}

fn pod_plan(plan: &PodPlan) -> Value {
    let requests: BTreeMap<&str, &str> =
        plan.request.iter().map(|(resource, amount)| (&**resource, &**amount)).collect();
    json!({
        "pods": plan.split.pods,
        "slotsPerPod": plan.split.slots_per_pod,
        "requests": requests,
        "schedulerName": plan.pod.scheduler(),
        "priority": plan.priority,
        "podSpecs": plan.sources,
        "podTemplate": plan.manifest,
    })
}

/// The master's view of the pool (facts §5.7). `numAgents` is how many pools of the resource manager have nodes.
fn view(routes: &Routes<'_>, answered: &Answered<'_>) -> Value {
    let Some(cluster) = routes.cluster(answered) else { return Value::Null };
    match routes.view(answered) {
        None => Value::Null,
        Some(MasterView::Panics(spec)) => json!({ "panics": spec.key() }),
        Some(MasterView::Nodes(view)) => {
            let nodes = Routes::nodes(cluster);
            json!({
                "nodes": view.nodes.iter().map(|at| nodes.name(*at)).collect::<Vec<_>>(),
                "nodeCount": view.nodes.len(),
                "slotsAvailable": view.slots,
                "numAgents": view.pools_with_nodes,
            })
        }
    }
}

/// What the pods met on their cluster.
struct Placed<'a> {
    placement: &'a Placement,
    plan: &'a PodPlan,
    cluster: &'a Cluster<'a>,
}

impl Placed<'_> {
    fn json(&self, empty_capacity: Option<u64>) -> Value {
        let Self { placement, plan, cluster } = *self;
        let outcome = &placement.now;
        let priority = outcome.admitted.as_ref().unwrap_or(&plan.pod).priority();
        let caveats = caveats(&plan.pod, priority, cluster);
        let remarks = |sort: Sort| -> Vec<Value> {
            let of_sort = caveats.iter().filter(|caveat| caveat.sort() == sort).map(remark);
            of_sort.map(|remark| json!(remark)).collect()
        };
        json!({
            "placement": self.placement(empty_capacity),
            "admission": self.admission(),
            "holders": self.holders(),
            "pendingAhead": self.pending_ahead(priority),
            "unread": placement.unread.iter().chain(&placement.unread_admission).map(|kind| format!("{kind:?}")).collect::<Vec<_>>(),
            "chance": outcome.chance.iter().map(chance).collect::<Vec<_>>(),
            "assumptions": remarks(Sort::Assumption),
            "notModelled": remarks(Sort::NotModelled),
        })
    }

    fn resource(&self) -> Option<&str> {
        self.plan.request.as_ref().map(|(resource, _)| resource.as_str())
    }

    fn placement(&self, empty_capacity: Option<u64>) -> Value {
        let Self { placement, plan, cluster } = *self;
        let outcome = &placement.now;
        let nodes = Routes::nodes(cluster);
        let rooms: Vec<Value> =
            outcome.rooms.iter().map(|(at, room)| json!({ "name": nodes.name(*at), "room": room })).collect();
        let refusal = outcome.refusal.as_ref();
        let reasons = refusal
            .map(|refusal| scheduler_words::histogram(refusal, cluster.resources(), cluster.inventory().version));
        let message =
            refusal.map(|refusal| scheduler_words::message(refusal, cluster.resources(), cluster.inventory().version));
        let placed_empty = placement.emptied.as_ref().map_or(outcome.placed, |emptied| emptied.placed);
        json!({
            "placed": outcome.placed,
            "placedIs": if placement.is_most() { "at most" } else { "exact" },
            "of": plan.split.pods,
            "created": outcome.created,
            "capacityForThisPod": capacity(outcome),
            "emptyClusterCapacity": empty_capacity,
            "emptyClusterPlaced": placed_empty,
            "nodes": rooms,
            "matchingNodes": outcome.suitable,
            "reasons": reasons.unwrap_or_default(),
            "exclusions": self.exclusions(),
            "schedulerMessage": message,
            "room": self.room(),
        })
    }

    fn exclusions(&self) -> Vec<Value> {
        let Some(Refusal::Nodes(exclusions)) = &self.placement.now.refusal else { return Vec::new() };
        let names = self.cluster.resources();
        let asked = |resource: &str| {
            let mut shares = self.placement.now.shares.iter();
            shares.find(|share| names.name(share.resource) == resource).map(|share| share.asked)
        };
        let nodes = Routes::nodes(self.cluster);
        exclusions.iter().map(|exclusion| nodes.json(exclusion, asked)).collect()
    }

    /// Numbers about what slots are, on the nodes that the pod allows.
    fn room(&self) -> Value {
        let Some(resource) = self.resource() else { return Value::Null };
        let Some(share) = share_of(self.cluster, &self.placement.now, resource) else { return Value::Null };
        json!({
            "resource": resource,
            "total": share.total,
            "free": share.free,
            "freeText": amount(resource, share.free),
            "nodes": share.nodes,
            "nodesWithEnough": share.enough,
            "perPod": share.asked,
            "largestFree": share.largest_free,
            "largestNode": share.largest,
            "terminating": share.terminating,
        })
    }

    fn holders(&self) -> Vec<Value> {
        let Some(resource) = self.resource() else { return Vec::new() };
        let allowed = self.cluster.suitable(self.placement.now.admitted.as_ref().unwrap_or(&self.plan.pod));
        let holders = holders(self.cluster, resource, &allowed).into_iter();
        holders
            .map(|(namespace, units)| {
                json!({ "namespace": namespace, "resource": resource, "amount": units, "amountText": amount(resource, units) })
            })
            .collect()
    }

    /// Pending pods of equal or higher priority; `gpus` is what they ask for of what slots are.
    fn pending_ahead(&self, priority: i32) -> Value {
        let inventory = self.cluster.inventory();
        let id = self.resource().and_then(|resource| inventory.resources.find(resource));
        let (mut pods, mut slots) = (0, 0);
        for (_, tally) in inventory.pending.range(priority..) {
            pods += tally.pods;
            slots += id.map_or(0, |id| tally.requests.get(id));
        }
        json!({ "pods": pods, "gpus": slots, "resource": self.resource() })
    }

    fn admission(&self) -> Vec<Value> {
        let checks = self.placement.admission.iter().map(|checked| {
            let line = admission::line(checked, &self.placement.now, self.plan);
            let created = self.placement.now.created;
            json!({ "check": line.check, "status": line.status, "detail": line.detail, "createdPods": created })
        });
        checks.collect()
    }
}

fn alternatives(routes: &Routes<'_>, answered: &Answered<'_>) -> Vec<Value> {
    let pools = answered.alternatives.iter().map(|(manager, pool)| {
        json!({
            "pool": routes.pool_name(*manager, *pool),
            "resourceManager": routes.cluster_name(*manager),
            "cluster": routes.cluster_name(*manager),
        })
    });
    pools.collect()
}
