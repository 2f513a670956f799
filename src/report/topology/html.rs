//! One page that needs nothing else: no script, no network, one style sheet that its own policy names by digest.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use handlebars::{Context, Handlebars, html_escape};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::picture::{Card, ClusterView, Fact, Origin, Picture};
use super::remarks::Remark;
use super::text::{badge_words, label};
use crate::report::words::counted;

const PAGE: &str = include_str!("../../../templates/topology.html.hbs");
const STYLE: &str = include_str!("../../../templates/topology.css");

/// The page. Names are escaped by the template engine, which is strict: a name that the template asks for and nobody
/// gives is an error, not an empty place.
///
/// # Errors
/// Only when the template itself is wrong, which a test excludes.
pub fn html(picture: &Picture<'_>) -> Result<String, handlebars::RenderError> {
    let mut engine = Handlebars::new();
    engine.set_strict_mode(true);
    engine.render_template_with_context(PAGE, &Context::from(context(picture)))
}

/// The rows of a list of settings, escaped. There are tens of thousands of them, and a loop in the template takes many
/// times as long.
fn rows<'a>(facts: impl Iterator<Item = &'a Fact>) -> String {
    let mut out = String::new();
    for fact in facts {
        if !out.is_empty() {
            out.push('\n');
        }
        let (label, shown, origin) = (label(fact.key), html_escape(&fact.shown), html_escape(&origin(&fact.origin)));
        let label = html_escape(label);
        // Writing to a text does not fail.
        let _ = write!(out, "<dt>{label}</dt><dd>{shown} <span class=\"origin\">{origin}</span></dd>");
    }
    out
}

/// The rows of the table of routes, escaped; as many as there are pools.
fn routes(picture: &Picture<'_>) -> String {
    let mut out = String::new();
    for row in &picture.routes {
        let cell = |text: Option<&str>| html_escape(text.unwrap_or("–"));
        let (request, pool) = (html_escape(&row.request), cell(row.pool.as_deref()));
        let _ = write!(out, "<tr><th scope=\"row\">{request}</th><td>{pool}</td>");
        if picture.name_row.is_some() {
            let _ = write!(out, "<td>{}</td>", cell(row.cluster.as_deref()));
        }
        let takes = if picture.refusal.is_none() { "takes it" } else { "would take it" };
        let answer = html_escape(row.refusal.as_deref().unwrap_or(takes));
        let _ = writeln!(out, "<td>{answer}</td></tr>");
    }
    out
}

fn context(picture: &Picture<'_>) -> Value {
    let digest = BASE64_STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let csp = format!("default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'");
    let who = picture.scene.viewer.as_str();
    let subtitle = format!(
        "{}, {}, as seen by {}{}",
        counted(picture.clusters.len(), "resource manager"),
        counted(picture.pools(), "pool"),
        if who == "admin" { "an administrator" } else { "any user" },
        picture.scene.webui.map_or_else(String::new, |release| {
            format!(" in the WebUI of {release}; settings and findings are the configuration's")
        }),
    );
    json!({
        "csp": csp,
        "style": STYLE,
        "title": format!("Clusters of {}", crate::report::line(picture.scene.name)),
        "subtitle": subtitle,
        "refusal": picture.refusal,
        "names": picture.name_row.is_some(),
        "clusters": picture.clusters.iter().map(|it| cluster(picture, it)).collect::<Vec<_>>(),
        "routes": routes(picture),
        "differences": picture.differences,
        "remarks": picture.remarks.iter().map(remark).collect::<Vec<_>>(),
    })
}

fn cluster(picture: &Picture<'_>, cluster: &ClusterView) -> Value {
    let tag = cluster.marks_remote.then(|| cluster.locality.as_str());
    json!({
        "index": cluster.index,
        "row": picture.name_row,
        "title": cluster.title(),
        "tag": tag,
        "tone": cluster.locality.as_str().to_lowercase(),
        "kind": kind(cluster.kind),
        "read": cluster.read,
        "facts": rows(cluster.facts.iter().filter(|fact| fact.key != "cluster_name")),
        "remarks": cluster.remarks.iter().map(remark).collect::<Vec<_>>(),
        "cards": cluster.cards.iter().map(|it| card(picture, cluster, it)).collect::<Vec<_>>(),
    })
}

fn card(picture: &Picture<'_>, cluster: &ClusterView, card: &Card) -> Value {
    json!({
        "name": card.title(),
        "badge": card.badge.label().map(|label| badge_words(label, card)),
        "description": card.description,
        "kind": kind(cluster.kind),
        "row": picture.name_row,
        "cluster": cluster.title(),
        "capacity": card.capacity.as_ref().map(|it| json!({ "said": it.said(), "room": it.room() })),
        "facts": rows(card.facts.iter().filter(|fact| fact.key != "description")),
        "remarks": card.remarks.iter().map(remark).collect::<Vec<_>>(),
    })
}

/// The type as the WebUI prints it.
fn kind(word: &'static str) -> &'static str {
    match word {
        "kubernetes" => "Kubernetes",
        "agent" => "Agents",
        "slurm" => "Slurm",
        "pbs" => "PBS",
        other => other,
    }
}

fn origin(origin: &Origin) -> String {
    match origin {
        Origin::Written(spot) => format!("line {}", spot.line),
        Origin::Implied("default", _) => "by default".to_owned(),
        Origin::Implied(why, _) => (*why).to_owned(),
    }
}

fn remark(remark: &Remark) -> Value {
    json!({
        "severity": remark.severity.as_str(),
        "message": remark.message,
        "rule": remark.rule,
        "place": remark.spot.as_ref().map(|spot| format!("line {}", spot.line)),
    })
}
