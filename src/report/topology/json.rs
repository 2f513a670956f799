//! The machine form. Members are only ever added, in the order of their names.
//!
//! It is written straight from the picture: of a large deployment it has tens of megabytes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::Scene;
use super::capacity::{Capacity, MasterCount, Room};
use super::picture::{Card, ClusterView, Fact, Origin, Picture, Spot, sees_settings};
use super::remarks::Remark;
use super::routes::RouteRow;
use crate::model::{config, told, whole};
use crate::report::compare::value;
use crate::source::Span;

/// The document, with a line break at its end.
///
/// # Errors
/// Never, but serde says so.
pub fn json(picture: &Picture<'_>) -> Result<String, serde_json::Error> {
    let scene = &picture.scene;
    let document = Document {
        config: json!({
            "path": scene.name,
            "kind": scene.kind,
            "masterVersion": scene.release.to_string(),
            "refusal": picture.refusal,
        }),
        findings: remarks(&picture.remarks),
        managers: picture.clusters.iter().map(|it| Manager::of(picture, it)).collect(),
        routes: picture.routes.iter().map(|row| route(picture, row)).collect(),
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
    Ok(harmless(text))
}

/// The same document with what terminals and editors act on, or do not show, as numbers.
fn harmless(text: String) -> String {
    let acts = |letter: char| {
        matches!(letter, '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(letter, '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    if !text.contains(acts) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match acts(letter) {
            true => out.push_str(&format!("\\u{:04x}", u32::from(letter))),
            false => out.push(letter),
        }
    }
    out
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
    cluster_name: Option<&'a str>,
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
    fn of(picture: &'a Picture<'_>, cluster: &'a ClusterView) -> Self {
        let scene = &picture.scene;
        let own = scene.config.managers.get(cluster.index);
        let whole = scene.whole.get(cluster.index);
        let pool = |(at, card): (usize, &'a Card)| {
            Some(Pool::of(scene, card, own?.pools.get(at)?, whole.and_then(|whole| whole.pools.get(at))))
        };
        Self {
            cluster_name: own.filter(|_| cluster.name.is_some()).map(|own| own.cluster_name.value.as_str()),
            findings: remarks(&cluster.remarks),
            index: cluster.index,
            locality: cluster.locality.as_str().to_lowercase(),
            marked_remote: cluster.marks_remote && cluster.index > 0,
            pools: cluster.cards.iter().enumerate().filter_map(pool).collect(),
            read: cluster.read.as_deref(),
            settings: Settings::new(scene, &cluster.facts, whole.map(|whole| &whole.settings), own.map(|own| own.span)),
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
    description: Cow<'a, str>,
    findings: Vec<Value>,
    name: &'a str,
    settings: Settings<'a>,
    slots_per_pod: Option<i64>,
    takes_unnamed_requests: Value,
}

impl<'a> Pool<'a> {
    fn of(scene: &'a Scene<'_>, card: &'a Card, own: &'a config::Pool, whole: Option<&'a whole::Settings>) -> Self {
        let description = own.description().value;
        Self {
            badge: json!(card.badge.label()),
            capacity: card.capacity.as_ref().map(capacity),
            default_aux: card.badge.aux,
            default_compute: card.badge.compute,
            description: told::text("description", &description).to_owned().into(),
            findings: remarks(&card.remarks),
            name: &own.name.value,
            settings: Settings::new(scene, &card.facts, whole, Some(own.span)),
            slots_per_pod: card.slots_per_pod,
            takes_unnamed_requests: json!(card.takes_unnamed),
        }
    }
}

/// Effective values by their keys: those that the picture has words for, and all others.
#[derive(Serialize)]
#[serde(transparent)]
struct Settings<'a>(BTreeMap<&'a str, Setting<'a>>);

impl<'a> Settings<'a> {
    fn new(scene: &'a Scene<'_>, facts: &'a [Fact], whole: Option<&'a whole::Settings>, span: Option<Span>) -> Self {
        let mut all: BTreeMap<&'a str, Setting<'a>> = BTreeMap::new();
        let near = span.map(|span| Spot::of(scene, span)).filter(|_| sees_settings(scene.viewer));
        for (near, (key, found)) in near.iter().flat_map(|near| whole.into_iter().flatten().map(move |one| (near, one)))
        {
            let (origin, why) = if found.written.is_some() { ("written", None) } else { ("implied", Some("default")) };
            let at = Cow::Owned(found.written.map_or_else(|| near.clone(), |span| Spot::of(scene, span)));
            all.insert(key, Setting { at, origin, shown: None, value: Cow::Owned(value(&found.value)), why });
        }
        // Their words say more.
        all.extend(facts.iter().map(|fact| (fact.key, Setting::of(fact))));
        Self(all)
    }
}

#[derive(Serialize)]
struct Setting<'a> {
    at: Cow<'a, Spot>,
    origin: &'static str,
    shown: Option<&'a str>,
    value: Cow<'a, Value>,
    why: Option<&'static str>,
}

impl<'a> Setting<'a> {
    fn of(fact: &'a Fact) -> Self {
        let (origin, why, spot) = match &fact.origin {
            Origin::Written(spot) => ("written", None, spot),
            Origin::Implied(why, spot) => ("implied", Some(*why), spot),
        };
        let value = Cow::Borrowed(&fact.value);
        Self { at: Cow::Borrowed(spot), origin, shown: Some(&fact.shown), value, why }
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

fn remark(remark: &Remark) -> Value {
    json!({
        "rule": remark.rule,
        "severity": remark.severity.as_str(),
        "message": remark.message,
        "at": remark.spot,
    })
}

/// Names as they are written, so that programs find them again.
fn route(picture: &Picture<'_>, row: &RouteRow) -> Value {
    let manager = row.place.and_then(|(manager, _)| picture.scene.config.managers.get(manager));
    let pool = manager.zip(row.place).and_then(|(manager, (_, at))| manager.pools.get(at));
    json!({
        "request": row.request,
        "named": row.named,
        "pool": pool.map(|pool| &pool.name.value),
        "manager": row.place.map(|(manager, _)| manager),
        "cluster": manager.filter(|_| picture.name_row.is_some()).map(|manager| &manager.cluster_name.value),
        "refusal": row.refusal,
    })
}
