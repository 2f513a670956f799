//! `detctl topology`: what people will see of a configuration, before there is a cluster.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::clusters::{self, Clusters, Sought};
use super::configuration::{self, Configured, Reading};
use super::live::Live;
use crate::cli::Global;
use crate::error::{Error, Outcome};
use crate::formats::master::whole::whole;
use crate::io::Io;
use crate::model::MultiRm;
use crate::model::config::Manager;
use crate::release::Release;
use crate::report;
use crate::report::topology::{Picture, Scene, Seen, Viewer, html, json, mermaid, requests, text};
use crate::scheduling::Cluster;
use crate::scheduling::verdict::{Answer, Asking};
use crate::source::stream;

/// Draw the clusters and pools of a configuration as people will see them
///
/// Examples:
///   detctl topology master.yaml
///   detctl topology --format html master.yaml > clusters.html
///   detctl topology --viewer user --webui 0.38.1 master.yaml
///   detctl topology --live --map west=gpu-west master.yaml
///
/// Exit codes:
///   0  drawn
///   1  drawn, but the master does not load it
///   2  could not run, or not read every cluster
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
    /// The release of the master that will read the file, 0.29.1 to 0.38.1
    #[arg(long, value_name = "VERSION", default_value_t)]
    master_version: Release,
    /// Kubernetes Lists, for how much there is of each pool: a folder with one file a cluster, or one file
    #[arg(long, value_name = "DIR|FILE", conflicts_with = "live")]
    snapshot: Option<PathBuf>,
    /// The List of one cluster, with --live its context; repeatable
    #[arg(long = "map", value_name = "CLUSTER=FILE|CONTEXT")]
    maps: Vec<String>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    live: Live,
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
    let read = arguments.read(&model.config, io)?;
    let clusters: Vec<Option<Cluster<'_>>> = read.inventories.iter().map(|it| it.as_ref().map(Cluster::new)).collect();
    let mut unread: Vec<Option<String>> = read.unread.iter().map(|it| it.as_ref().map(|it| it.words.clone())).collect();
    let is_whole = unread.iter().all(Option::is_none);
    if arguments.snapshot.as_deref().is_some_and(stream::is_folder) {
        miss(&model.config, &read, &mut unread);
    }
    let whole = match arguments.format {
        TopologyFormat::Json => whole(&model.config),
        _ => Vec::new(),
    };
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
        seen: Seen { clusters: &clusters, origins: &read.origins, unread: &unread },
        whole: &whole,
        refusal: refusal.as_deref(),
        webui: arguments.webui,
    };
    let picture = Picture::new(scene);
    let drawn = match arguments.format {
        TopologyFormat::Text => text(&picture, io.width),
        TopologyFormat::Json => json(&picture).map_err(std::io::Error::from)?,
        TopologyFormat::Mermaid => mermaid(&picture),
        TopologyFormat::Html => {
            html(&picture).map_err(|error| Error::new(format!("the page cannot be made: {error}")))?
        }
    };
    io.stdout.write_all(drawn.as_bytes())?;
    Ok(match refusal {
        Some(_) => Outcome::No,
        None if is_whole => Outcome::Success,
        None => Outcome::Failure,
    })
}

impl Arguments {
    /// What there is of the clusters; nothing when nobody asks for it.
    fn read(&self, config: &MultiRm, io: &mut Io<'_>) -> Result<Clusters, Error> {
        if !self.live.live && self.snapshot.is_none() && self.maps.is_empty() {
            return Ok(Clusters::none(config));
        }
        let asking = Asking::of(config);
        let asked = |manager: &Manager| -> Vec<Answer> {
            let of_pools = (0..manager.pools.len()).flat_map(|at| requests(config, manager, at));
            of_pools.map(|request| asking.prepare(&request)).collect()
        };
        let prepared: Vec<Answer> = config.managers.iter().flat_map(asked).collect();
        let tried = |manager: usize| config.managers.get(manager).map(asked).unwrap_or_default();
        let sought = Sought {
            config,
            snapshot: self.snapshot.as_deref(),
            maps: &self.maps,
            live: &self.live,
            version: None,
            prepared: &prepared,
            tried: &tried,
        };
        let read = clusters::read(sought, io)?;
        for (manager, unread) in config.managers.iter().zip(&read.unread) {
            if let Some(unread) = unread {
                io.complain(&clusters::unread(&manager.cluster_name.value, unread));
            }
        }
        Ok(read)
    }
}

/// Says of clusters that nothing was found of them.
fn miss(config: &MultiRm, read: &Clusters, unread: &mut [Option<String>]) {
    let found = read.inventories.iter().zip(unread);
    for (manager, (inventory, unread)) in config.managers.iter().zip(found) {
        if inventory.is_none() && unread.is_none() && manager.kubernetes().is_some() {
            *unread = Some(report::no_snapshot(&report::line(&manager.cluster_name.value)));
        }
    }
}
