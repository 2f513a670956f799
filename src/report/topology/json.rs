//! The machine form. Members are only ever added.

use serde_json::{Map, Value, json};

use super::capacity::{Capacity, MasterCount, Room};
use super::picture::{Card, ClusterView, Fact, Origin, Picture, Spot};
use super::remarks::Remark;
use super::routes::RouteRow;

/// The document, with a line break at its end.
#[must_use]
pub fn json(picture: &Picture<'_>) -> String {
    let scene = &picture.scene;
    let document = json!({
        "version": 1,
        "config": { "path": scene.name, "kind": scene.kind, "masterVersion": scene.release.to_string() },
        "viewer": scene.viewer.as_str(),
        "webui": scene.webui.map(|release| json!({
            "version": release.to_string(),
            "nameRow": picture.name_row,
            "differences": picture.differences,
        })),
        "managers": picture.clusters.iter().map(cluster).collect::<Vec<_>>(),
        "routes": picture.routes.iter().map(route).collect::<Vec<_>>(),
        "findings": picture.remarks.iter().map(remark).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn cluster(cluster: &ClusterView) -> Value {
    json!({
        "index": cluster.index,
        "clusterName": cluster.name,
        "type": cluster.kind,
        "locality": cluster.locality.as_str().to_lowercase(),
        "markedRemote": cluster.marks_remote && cluster.index > 0,
        "read": cluster.read,
        "settings": facts(&cluster.facts),
        "pools": cluster.cards.iter().map(card).collect::<Vec<_>>(),
        "findings": cluster.remarks.iter().map(remark).collect::<Vec<_>>(),
    })
}

fn card(card: &Card) -> Value {
    json!({
        "name": card.name,
        "description": card.description,
        "badge": card.badge.label(),
        "defaultCompute": card.badge.compute,
        "defaultAux": card.badge.aux,
        "takesUnnamedRequests": card.badge.routes,
        "slotsPerPod": card.slots_per_pod,
        "capacity": card.capacity.as_ref().map(capacity),
        "settings": facts(&card.facts),
        "findings": card.remarks.iter().map(remark).collect::<Vec<_>>(),
    })
}

/// The master's words for what it counts, and what fits beside it.
fn capacity(capacity: &Capacity) -> Value {
    let master = match capacity.master {
        MasterCount::Slots { slots, nodes, agents } => {
            json!({ "slotsAvailable": slots, "nodeCount": nodes, "numAgents": agents })
        }
        MasterCount::Panics(spec) => json!({ "panics": spec }),
    };
    let room = |room: &Room| json!({ "slotsPerPod": room.slots, "pods": room.pods, "atMost": room.is_most });
    json!({ "master": master, "fitsNow": capacity.rooms.iter().map(room).collect::<Vec<_>>() })
}

fn facts(facts: &[Fact]) -> Value {
    let members = facts.iter().map(|fact| (fact.key.to_owned(), value(fact)));
    Value::Object(members.collect::<Map<_, _>>())
}

fn value(fact: &Fact) -> Value {
    let (origin, why, place) = match &fact.origin {
        Origin::Written(place) => ("written", None, place),
        Origin::Implied(why, place) => ("implied", Some(*why), place),
    };
    json!({ "value": fact.value, "shown": fact.shown, "origin": origin, "why": why, "at": spot(place) })
}

fn spot(spot: &Spot) -> Value {
    json!({ "path": spot.path, "line": spot.line, "column": spot.column })
}

fn remark(remark: &Remark) -> Value {
    json!({
        "rule": remark.rule,
        "severity": remark.severity.as_str(),
        "message": remark.message,
        "at": remark.spot.as_ref().map(spot),
    })
}

fn route(row: &RouteRow) -> Value {
    json!({
        "request": row.request,
        "named": row.named,
        "pool": row.pool,
        "manager": row.manager,
        "cluster": row.cluster,
        "refusal": row.refusal,
    })
}
