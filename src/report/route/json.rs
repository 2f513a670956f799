//! The machine form (scheduling facts §6.3). Members are only ever added.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::room::room;
use super::{Answered, Routes, master_messages, verdict_word};
use crate::model::config::Manager;
use crate::report::capacity::{chance, remark};
use crate::report::{admission_words, scheduler_words};
use crate::scheduling::caveat::{Sort, caveats};
use crate::scheduling::routing::{Namespace, Place, PodPlan, Why};
use crate::scheduling::verdict::Placement;
use crate::scheduling::{Cluster, Refusal};

/// The document, with a line break at its end.
#[must_use]
pub fn json(routes: &Routes<'_>) -> String {
    let clusters: Vec<Value> = routes.config.managers.iter().map(|manager| cluster(routes, manager)).collect();
    let workloads: Vec<Value> = routes.answers.iter().map(|answered| workload(routes, answered)).collect();
    let document = json!({ "version": 1, "clusters": clusters, "workloads": workloads });
    format!("{document:#}\n")
}

fn cluster(routes: &Routes<'_>, manager: &Manager) -> Value {
    let inventory = routes.clusters.get(manager.index).and_then(Option::as_ref).map(Cluster::inventory);
    let read: BTreeMap<String, u64> = inventory
        .map(|inventory| inventory.read.iter().map(|(kind, count)| (format!("{kind:?}"), *count)).collect())
        .unwrap_or_default();
    json!({ "name": manager.cluster_name.value, "type": manager.kind.as_str(), "read": inventory.map(|_| read) })
}

fn workload(routes: &Routes<'_>, answered: &Answered<'_>) -> Value {
    let Answered { workload, answer, .. } = answered;
    let messages = master_messages(routes.config, workload, answer);
    let plan = answer.plan.as_ref().and_then(|plan| plan.as_ref().ok());
    let manager = answer.route.as_ref().map_or(0, |route| route.manager);
    let cluster = routes.clusters.get(manager).and_then(Option::as_ref);
    let placement = match (&answer.placement, plan, cluster) {
        (Some(placement), Some(plan), Some(cluster)) => placed(routes, placement, plan, cluster),
        _ => json!({ "placement": null, "admission": [], "assumptions": [], "notModelled": [], "chance": [] }),
    };
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
            "priority": workload.priority,
        },
        "route": way(routes, answered, plan),
        "podPlan": plan.map(pod_plan),
        "master": { "ok": messages.is_empty(), "messages": messages },
        "alternatives": alternatives(routes, answered),
    });
    if let (Some(document), Value::Object(placement)) = (document.as_object_mut(), placement) {
        document.extend(placement);
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
        Namespace::OfManager(_) => "default_namespace",
        Namespace::Default => "default",
    });
    json!({
        "pool": route.pool,
        "defined": route.place != Place::Undefined,
        "why": why_word(route.why),
        "resourceManager": name,
        "cluster": name,
        "namespace": plan.map(|plan| plan.namespace.name()),
        "namespaceSource": source,
        "configPath": Routes::config_path(route),
        "nearestPools": if route.place == Place::Undefined { routes.known_pools(&route.pool) } else { Vec::new() },
    })
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
    })
}

fn placed(routes: &Routes<'_>, placement: &Placement, plan: &PodPlan, cluster: &Cluster<'_>) -> Value {
    let outcome = &placement.now;
    let name = |at: usize| cluster.inventory().nodes.get(at).map_or("", |node| &node.name).to_owned();
    let nodes: Vec<Value> = outcome.rooms.iter().map(|(at, room)| json!({ "name": name(*at), "room": room })).collect();
    let reasons = outcome
        .refusal
        .as_ref()
        .map(|refusal| scheduler_words::histogram(refusal, cluster.resources(), routes.version))
        .unwrap_or_default();
    let message =
        outcome.refusal.as_ref().map(|refusal| scheduler_words::message(refusal, cluster.resources(), routes.version));
    let rejected = outcome.rejected.as_ref().map(|rejected| {
        let name = format!("{}-{}", plan.pod.metadata.name, rejected.copy);
        json!({ "check": "admission", "status": "reject", "detail": admission_words::rejection(&name, &rejected.rejection) })
    });
    let unread = placement.unread.iter().chain(&placement.unread_admission);
    let unknown = unread.map(|kind| json!({ "check": format!("{kind:?}"), "status": "unknown", "detail": "not read" }));
    let admission: Vec<Value> = rejected.into_iter().chain(unknown).collect();
    let numbers =
        plan.request.as_ref().and_then(|(resource, _)| room(cluster, outcome, resource).map(|room| (resource, room)));
    let free = numbers.map(|(resource, room)| {
        let holders: Vec<Value> =
            room.holders.iter().map(|(namespace, units)| json!({ "namespace": namespace, "amount": units })).collect();
        json!({
            "resource": resource, "free": room.free, "nodes": room.nodes, "largestFree": room.largest_free,
            "largestNode": room.largest, "terminating": room.terminating, "holders": holders,
        })
    });
    let priority = i32::try_from(plan.priority).unwrap_or(i32::MAX);
    let caveats = caveats(&plan.pod, priority, cluster);
    let remarks = |sort: Sort| -> Vec<Value> {
        let of_sort = caveats.iter().filter(|caveat| caveat.sort() == sort).map(remark);
        of_sort.map(|remark| json!({ "id": remark.id, "text": remark.text, "direction": remark.direction })).collect()
    };
    json!({
        "placement": {
            "placed": outcome.placed, "of": plan.split.pods, "created": outcome.created,
            "emptyClusterPlaced": placement.emptied.as_ref().map_or(outcome.placed, |emptied| emptied.placed),
            "nodes": nodes, "reasons": reasons, "exclusions": exclusions(routes, outcome.refusal.as_ref(), cluster),
            "schedulerMessage": message, "room": free,
        },
        "admission": admission,
        "chance": outcome.chance.iter().map(chance).collect::<Vec<_>>(),
        "assumptions": remarks(Sort::Assumption),
        "notModelled": remarks(Sort::NotModelled),
    })
}

fn exclusions(routes: &Routes<'_>, refusal: Option<&Refusal>, cluster: &Cluster<'_>) -> Vec<Value> {
    let Some(Refusal::Nodes(nodes)) = refusal else { return Vec::new() };
    let name = |at: &usize| cluster.inventory().nodes.get(*at).map_or("", |node| &node.name).to_owned();
    scheduler_words::groups(nodes)
        .into_iter()
        .map(|(reasons, members)| {
            let words: Vec<String> = reasons
                .iter()
                .map(|reason| scheduler_words::node_reason(reason, cluster.resources(), routes.version))
                .collect();
            json!({ "reasons": words, "count": members.len(), "nodes": members.iter().map(name).collect::<Vec<_>>() })
        })
        .collect()
}

fn alternatives(routes: &Routes<'_>, answered: &Answered<'_>) -> Vec<Value> {
    let pools = answered.alternatives.iter().filter_map(|(manager, pool)| {
        let manager = routes.config.managers.get(*manager)?;
        let pool = manager.pools.get(*pool)?;
        Some(json!({ "pool": pool.name.value, "resourceManager": manager.cluster_name.value }))
    });
    pools.collect()
}
