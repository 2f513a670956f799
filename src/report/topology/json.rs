//! The machine form. Members are only ever added, in the order of their names.
//!
//! It is written straight from the picture: of a large deployment it has tens of megabytes.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::capacity::{Capacity, MasterCount, Room};
use super::picture::{Card, ClusterView, Fact, Origin, Picture, Spot};
use super::remarks::Remark;
use super::routes::RouteRow;

/// The document, with a line break at its end.
///
/// # Errors
/// Never, but serde says so.
pub fn json(picture: &Picture<'_>) -> Result<String, serde_json::Error> {
    let scene = &picture.scene;
    let document = Document {
        config: json!({ "path": scene.name, "kind": scene.kind, "masterVersion": scene.release.to_string() }),
        findings: remarks(&picture.remarks),
        managers: picture.clusters.iter().map(Manager::of).collect(),
        routes: picture.routes.iter().map(route).collect(),
        version: 1,
        viewer: scene.viewer.as_str(),
        webui: scene.webui.map(|release| {
            json!({
                "version": release.to_string(),
                "nameRow": picture.name_row,
                "differences": picture.differences,
            })
        }),
    };
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}

#[derive(Serialize)]
struct Document<'a> {
    config: Value,
    findings: Vec<Value>,
    managers: Vec<Manager<'a>>,
    routes: Vec<Value>,
    version: u8,
    viewer: &'static str,
    webui: Option<Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Manager<'a> {
    cluster_name: &'a Option<String>,
    findings: Vec<Value>,
    index: usize,
    locality: String,
    marked_remote: bool,
    pools: Vec<Pool<'a>>,
    read: Option<&'a str>,
    settings: Settings<'a>,
    r#type: &'static str,
}

impl<'a> Manager<'a> {
    fn of(cluster: &'a ClusterView) -> Self {
        Self {
            cluster_name: &cluster.name,
            findings: remarks(&cluster.remarks),
            index: cluster.index,
            locality: cluster.locality.as_str().to_lowercase(),
            marked_remote: cluster.marks_remote && cluster.index > 0,
            pools: cluster.cards.iter().map(Pool::of).collect(),
            read: cluster.read.as_deref(),
            settings: Settings(&cluster.facts),
            r#type: cluster.kind,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Pool<'a> {
    badge: Value,
    capacity: Option<Value>,
    default_aux: bool,
    default_compute: bool,
    description: &'a str,
    findings: Vec<Value>,
    name: &'a str,
    settings: Settings<'a>,
    slots_per_pod: Option<i64>,
    takes_unnamed_requests: Value,
}

impl<'a> Pool<'a> {
    fn of(card: &'a Card) -> Self {
        Self {
            badge: json!(card.badge.label()),
            capacity: card.capacity.as_ref().map(capacity),
            default_aux: card.badge.aux,
            default_compute: card.badge.compute,
            description: &card.description,
            findings: remarks(&card.remarks),
            name: &card.name,
            settings: Settings(&card.facts),
            slots_per_pod: card.slots_per_pod,
            takes_unnamed_requests: json!(card.badge.routes),
        }
    }
}

/// Effective values by their keys.
struct Settings<'a>(&'a [Fact]);

impl Serialize for Settings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sorted: BTreeMap<&str, Setting<'_>> = self.0.iter().map(|fact| (fact.key, Setting::of(fact))).collect();
        serializer.collect_map(sorted)
    }
}

#[derive(Serialize)]
struct Setting<'a> {
    at: Place<'a>,
    origin: &'static str,
    shown: &'a str,
    value: &'a Value,
    why: Option<&'static str>,
}

#[derive(Serialize)]
struct Place<'a> {
    column: u32,
    line: u32,
    path: &'a str,
}

impl<'a> Setting<'a> {
    fn of(fact: &'a Fact) -> Self {
        let (origin, why, spot) = match &fact.origin {
            Origin::Written(spot) => ("written", None, spot),
            Origin::Implied(why, spot) => ("implied", Some(*why), spot),
        };
        let at = Place { column: spot.column, line: spot.line, path: &spot.path };
        Self { at, origin, shown: &fact.shown, value: &fact.value, why }
    }
}

fn remarks(remarks: &[Remark]) -> Vec<Value> {
    remarks.iter().map(remark).collect()
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
