//! The report of `detctl topology`: what people will see of a configuration, before there is a cluster.
//!
//! [`Picture::new`] gathers everything once; each form below only lays it out. What a viewer may not see is
//! left out of the picture itself, so no form can show it by mistake.

mod capacity;
mod html;
mod json;
mod mermaid;
mod picture;
mod remarks;
mod routes;
mod text;
mod values;
mod webui;

pub use capacity::{Capacity, MasterCount, Room, Seen, requests};
pub use html::html;
pub use json::json;
pub use mermaid::mermaid;
pub use picture::{Card, ClusterView, Fact, Locality, Names, Origin, Picture};
pub use remarks::Remark;
pub use routes::RouteRow;
pub use text::text;
pub use webui::{Badge, Viewer};

use crate::diagnostic::Finding;
use crate::judge::Model;
use crate::model::MultiRm;
use crate::model::whole::Whole;
use crate::release::Release;
use crate::source::{SourceMap, Span};

/// Everything that a picture is made from.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// How the user calls the configuration.
    pub name: &'a str,
    /// The kind of its file, in the word of `--kind`.
    pub kind: &'static str,
    /// The configuration with the way to where its values were written.
    pub model: &'a Model,
    /// What it says.
    pub config: &'a MultiRm,
    /// Its texts.
    pub sources: &'a SourceMap,
    /// What `validate` says of it.
    pub findings: &'a [Finding],
    /// Bytes that must not be shown.
    pub secrets: &'a [Span],
    /// The release of the master.
    pub release: Release,
    /// Who looks.
    pub viewer: Viewer,
    /// What was read of its clusters.
    pub seen: Seen<'a>,
    /// Everything that there is of the resource managers, for programs; empty for forms that have no room for it.
    pub whole: &'a [Whole],
    /// What the master says when it does not load the configuration.
    pub refusal: Option<&'a str>,
    /// Draw what the WebUI of this release shows, instead of what the documentation page says.
    pub webui: Option<Release>,
}
