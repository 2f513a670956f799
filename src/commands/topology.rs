//! `detctl topology`: what people will see of a configuration, before there is a cluster.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::cli::Global;
use crate::diagnostic::Finding;
use crate::error::{Error, Outcome};
use crate::formats::{Detection, detect, master};
use crate::io::Io;
use crate::model::MultiRm;
use crate::model::verdict::{Kind, Verdict};
use crate::release::Release;
use crate::report::topology::{Picture, Scene, Viewer, html, json, mermaid, text};
use crate::source::{SourceMap, Span};
use crate::{judge, report, rules};

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
    /// The configuration, a master.yaml; `-` reads standard input
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
    let read = read(&arguments.config, arguments.master_version, io)?;
    if let Some(words) = &read.refusal
        && !global.quiet
    {
        let hint = format!("`detctl validate {}` shows where", read.name);
        io.note("warning", format_args!("{}: the master does not load it: {words}; {hint}", read.name));
    }
    let scene = Scene {
        name: &read.name,
        kind: read.kind.as_str(),
        config: &read.config,
        sources: &read.sources,
        findings: &read.findings,
        secrets: &read.secrets,
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
    Ok(if read.refusal.is_some() { Outcome::No } else { Outcome::Success })
}

/// A configuration with everything that can be said of it.
struct Read {
    name: String,
    kind: Kind,
    sources: SourceMap,
    config: MultiRm,
    findings: Vec<Finding>,
    secrets: Vec<Span>,
    /// What the master says when it does not load it.
    refusal: Option<String>,
}

fn read(path: &Path, release: Release, io: &mut Io<'_>) -> Result<Read, Error> {
    let (name, text) = super::route_dry_run::text(path, io)?;
    let mut sources = SourceMap::new();
    let id = sources.add(name.clone(), text);
    let file = sources.file(id).text();
    let (tree, syntax) = master::read(id, file);
    if let Detection::Plain(kind @ (Kind::HelmValues | Kind::Devcluster), _) = detect(&tree, file) {
        let kind = kind.as_str();
        return Err(Error::new(format!("{name}: it is of kind {kind}; so far only files of kind master are drawn")));
    }
    let mut loaded = master::load(id, file, &tree, syntax, release);
    let findings = rules::check(&rules::Context::new(&sources, &tree, &loaded));
    let judged = judge::configuration(&findings, None);
    let words = judged.messages.first().map_or("it cannot be read", |message| message);
    let words: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let refusal = (judged.verdict != Verdict::Accepts).then(|| report::line(&words.join(" ")).into_owned());
    let Some(config) = loaded.config.take() else {
        let words = refusal.unwrap_or_else(|| "it holds no configuration".to_owned());
        let hint = format!("`detctl validate --kind {} {name}` shows where", Kind::Master.as_str());
        return Err(Error::with_hint(format!("{name}: there is nothing to draw: {words}"), Some(hint)));
    };
    Ok(Read { name, kind: Kind::Master, sources, config, findings, secrets: loaded.secrets, refusal })
}
