//! `detctl topology`: what people will see of a configuration, before there is a cluster.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::configuration::{self, Configured, Reading};
use crate::cli::Global;
use crate::error::{Error, Outcome};
use crate::io::Io;
use crate::release::Release;
use crate::report::topology::{Picture, Scene, Viewer, html, json, mermaid, text};

/// Draw the clusters and pools of a configuration as people will see them
///
/// Examples:
///   detctl topology master.yaml
///   detctl topology --format html master.yaml > clusters.html
///   detctl topology --viewer user --webui 0.38.1 master.yaml
///
/// Exit codes: 0 drawn · 1 drawn, but the master does not load it · 2 could not run
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The configuration, of any kind that `validate` reads; `-` reads standard input
    #[arg(value_name = "CONFIG")]
    config: PathBuf,
    /// How to draw
    #[arg(long, value_enum, default_value_t = TopologyFormat::Text)]
    format: TopologyFormat,
    /// Who looks: by the documentation page only administrators, and those who may define resource managers, see
    /// names of clusters
    #[arg(long, value_enum, default_value_t = ViewerName::Admin)]
    viewer: ViewerName,
    /// Draw what the WebUI of this release really shows, and say where that departs from the page
    #[arg(long, value_name = "RELEASE")]
    webui: Option<Release>,
    /// The release of the master that will read the file
    #[arg(long, value_name = "VERSION", default_value_t)]
    master_version: Release,
    #[command(flatten)]
    reading: Reading,
}

/// How to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TopologyFormat {
    /// A tree for terminals
    Text,
    /// One JSON document, fields only ever added
    Json,
    /// A mermaid flowchart
    Mermaid,
    /// One self-contained page
    Html,
}

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ViewerName {
    /// An administrator, or somebody who may define resource managers
    Admin,
    /// Anybody else
    User,
}

impl From<ViewerName> for Viewer {
    fn from(name: ViewerName) -> Self {
        match name {
            ViewerName::Admin => Self::Admin,
            ViewerName::User => Self::User,
        }
    }
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let configured = configuration::read(&arguments.config, &arguments.reading, arguments.master_version, io)?;
    let refusal = configured.refusal();
    if let Some(words) = &refusal
        && !global.quiet
    {
        io.note("warning", format_args!("{}: {words}; {}", configured.name, configured.hint()));
    }
    let Configured { name, sources, judgement, model } = &configured;
    let scene = Scene {
        name,
        kind: judgement.kind.as_str(),
        model,
        config: &model.config,
        sources,
        findings: &judgement.findings,
        secrets: &judgement.secrets,
        release: arguments.master_version,
        viewer: arguments.viewer.into(),
        webui: arguments.webui,
    };
    let picture = Picture::new(scene);
    let drawn = match arguments.format {
        TopologyFormat::Text => text(&picture, io.width),
        TopologyFormat::Json => json(&picture),
        TopologyFormat::Mermaid => mermaid(&picture),
        TopologyFormat::Html => {
            html(&picture).map_err(|error| Error::new(format!("the page cannot be made: {error}")))?
        }
    };
    io.stdout.write_all(drawn.as_bytes())?;
    Ok(if refusal.is_some() { Outcome::No } else { Outcome::Success })
}
