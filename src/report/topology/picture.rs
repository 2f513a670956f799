//! What is to be seen, gathered once: clusters, their pools, and where each value comes from.

use serde::Serialize;

use super::capacity::{self, Capacity};
use super::remarks::{Remark, Remarks};
use super::routes::{self, RouteRow};
use super::webui::{Badge, Viewer, differences, marks_remote, name_row};
use super::{Scene, values};
use crate::model::config::{Manager, Pool};
use crate::model::setting::{Setting, Why};
use crate::model::told;
use crate::report::line;
use crate::scheduling::routing::max_slots_per_pod;
use crate::scheduling::verdict::Asking;
use crate::source::Span;

/// A configuration as its viewer sees it.
#[derive(Clone, Debug)]
pub struct Picture<'a> {
    /// What it was made from.
    pub scene: Scene<'a>,
    /// The clusters, the default resource manager's first.
    pub clusters: Vec<ClusterView>,
    /// Where requests go.
    pub routes: Vec<RouteRow>,
    /// Findings that concern no single cluster.
    pub remarks: Vec<Remark>,
    /// What the WebUI of the wished release shows otherwise than the page says.
    pub differences: Vec<String>,
    /// What cards call the name of their cluster, where the viewer sees one.
    pub name_row: Option<&'static str>,
    /// What the master says when it does not load the configuration, in one line.
    pub refusal: Option<String>,
}

/// Whether a viewer sees names of clusters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// They do.
    Shown,
    /// They do not.
    Hidden,
}

/// A resource manager and its pools.
#[derive(Clone, Debug)]
pub struct ClusterView {
    /// Its place: 0 is the default one.
    pub index: usize,
    /// Its name in the API, where the viewer sees it.
    pub name: Option<String>,
    /// Its `type`.
    pub kind: &'static str,
    /// Whether it is the default one.
    pub locality: Locality,
    /// Whether cards say "Remote" where they are.
    pub marks_remote: bool,
    /// Its settings; none for a viewer who does not see them.
    pub facts: Vec<Fact>,
    /// Where its nodes and pods were read from, or why they were not; where the viewer sees settings.
    pub read: Option<String>,
    /// Its pools.
    pub cards: Vec<Card>,
    /// Findings about it.
    pub remarks: Vec<Remark>,
}

/// Where a cluster is, seen from the master's configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locality {
    /// That of the default resource manager.
    Local,
    /// That of an additional one.
    Remote,
}

impl Locality {
    /// The word on the card.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Local => "Local",
            Self::Remote => "Remote",
        }
    }
}

/// A pool's card.
#[derive(Clone, Debug)]
pub struct Card {
    /// Its name.
    pub name: String,
    /// What it says of itself; may be empty.
    pub description: String,
    /// For which requests it is the default.
    pub badge: Badge,
    /// Whether requests that name no pool really come here.
    pub takes_unnamed: bool,
    /// Most slots of one pod, where there is a limit (facts §5.1).
    pub slots_per_pod: Option<i64>,
    /// How much there is of it, where its cluster was looked at.
    pub capacity: Option<Capacity>,
    /// Its settings.
    pub facts: Vec<Fact>,
    /// Findings about it.
    pub remarks: Vec<Remark>,
}

/// An effective value.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its key in the master's configuration, or what it is called here when several keys make it.
    pub key: &'static str,
    /// The value.
    pub value: serde_json::Value,
    /// The value in words, harmless and in one line.
    pub shown: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Somebody wrote it.
    Written(Spot),
    /// The master fills it in, for a reason, at what was written nearest.
    Implied(&'static str, Spot),
}

/// A place in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spot {
    /// Column in characters, from 1.
    pub column: u32,
    /// Line, from 1.
    pub line: u32,
    /// The text's name.
    pub path: String,
}

impl Spot {
    /// The start of a span.
    #[must_use]
    pub fn of(scene: &Scene<'_>, span: Span) -> Self {
        let span = scene.model.home(span);
        let file = scene.sources.file(span.source);
        let position = file.position(span.start);
        Self { path: file.name().to_owned(), line: position.line, column: position.column }
    }
}

impl Origin {
    /// Of a setting.
    #[must_use]
    pub fn of<T>(scene: &Scene<'_>, setting: &Setting<T>) -> Self {
        use crate::model::setting::Origin as Of;
        match setting.origin {
            Of::Written { value, .. } | Of::Broken { value, .. } => Self::Written(Spot::of(scene, value)),
            Of::Implied { near, why } => Self::Implied(reason(why), Spot::of(scene, near)),
        }
    }
}

fn reason(why: Why) -> &'static str {
    match why {
        Why::Default => "default",
        Why::FromName => "taken from the deprecated name",
        Why::NoDefaultPools => "blanked by no_default_resource_pools",
        Why::FromTaskDefaults => "taken from task_container_defaults",
        Why::NoManager => "no resource manager is written",
    }
}

impl Fact {
    /// A value in words of its own.
    pub(super) fn new(
        key: &'static str,
        value: impl Into<serde_json::Value>,
        shown: impl AsRef<str>,
        origin: Origin,
    ) -> Self {
        Self { key, value: value.into(), shown: line(shown.as_ref()).into_owned(), origin }
    }
}

impl<'a> Picture<'a> {
    /// What a viewer sees.
    #[must_use]
    pub fn new(scene: Scene<'a>) -> Self {
        let mut remarks = Remarks::new(&scene);
        let name_row = name_row(scene.config, scene.viewer, scene.webui);
        let asking = Asking::of(scene.config);
        let names = if name_row.is_some() { Names::Shown } else { Names::Hidden };
        let routes = routes::rows(&scene, names);
        let clusters = scene.config.managers.iter().map(|manager| {
            let cards = cards(&scene, asking, manager, &mut remarks, &routes);
            ClusterView {
                index: manager.index,
                name: name_row.map(|_| line(&manager.cluster_name.value).into_owned()),
                kind: manager.kind.as_str(),
                locality: if manager.index == 0 { Locality::Local } else { Locality::Remote },
                marks_remote: marks_remote(scene.webui),
                facts: values::of_manager(&scene, manager),
                read: capacity::source(&scene, manager.index).filter(|_| sees_settings(scene.viewer)),
                cards,
                remarks: remarks.of_manager(&scene, manager),
            }
        });
        let clusters = clusters.collect();
        Self {
            clusters,
            routes,
            differences: scene.webui.map_or_else(Vec::new, |it| differences(scene.config, scene.viewer, it)),
            remarks: remarks.rest(),
            name_row,
            refusal: scene.refusal.map(|words| line(words).into_owned()),
            scene,
        }
    }

    /// How many pools there are.
    #[must_use]
    pub fn pools(&self) -> usize {
        self.clusters.iter().map(|cluster| cluster.cards.len()).sum()
    }
}

fn cards(
    scene: &Scene<'_>,
    asking: Asking<'_>,
    manager: &Manager,
    remarks: &mut Remarks,
    routes: &[RouteRow],
) -> Vec<Card> {
    let unnamed = || routes.iter().take_while(|row| row.named.is_none());
    let is_default = |at: usize| unnamed().any(|row| row.place == Some((manager.index, at)));
    let card = |(at, pool): (usize, &Pool)| Card {
        name: line(&pool.name.value).into_owned(),
        description: line(told::text("description", &pool.description().value)).into_owned(),
        badge: Badge::new(manager, pool),
        takes_unnamed: is_default(at),
        slots_per_pod: max_slots_per_pod(scene.config, manager.index, at),
        capacity: Capacity::of(scene, asking, manager, at),
        facts: values::of_pool(scene, manager, pool),
        remarks: remarks.of_pool(scene, pool),
    };
    manager.pools.iter().enumerate().map(card).collect()
}

impl ClusterView {
    /// How to head its pools: the name where it is seen, else what it is.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.name {
            Some(name) if !name.is_empty() => name.clone(),
            _ if self.index == 0 => "default resource manager".to_owned(),
            _ => format!("additional resource manager {}", self.index),
        }
    }
}

impl Card {
    /// How to head it: its name, where there is something to be seen of that.
    #[must_use]
    pub fn title(&self) -> &str {
        if self.name.trim().is_empty() { "(no name)" } else { &self.name }
    }
}

/// Whether the viewer sees what only the configuration tells: credentials, addresses, namespaces.
pub(super) fn sees_settings(viewer: Viewer) -> bool {
    viewer == Viewer::Admin
}

/// The same for what may be negative.
pub(super) fn counted_i64(count: i64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
