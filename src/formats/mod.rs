//! Wire → meaning: one room per kind of file.

pub mod master;

use crate::diagnostic::Finding;
use crate::judge as verdicts;
use crate::model::verdict::{Configuration, Kind};
use crate::release::Release;
use crate::rules::{self, Context};
use crate::source::{SourceId, SourceMap, Span};

/// What the judgement depends on besides the text.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The release that will read the file.
    pub release: Release,
}

/// What becomes of a file.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The kind that it was judged as.
    pub kind: Kind,
    /// Its configurations; at least one.
    pub configurations: Vec<Configuration>,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// Bytes to mask in every excerpt.
    pub secrets: Vec<Span>,
    /// Why it was judged as this kind.
    pub why_kind: String,
}

/// What a text looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detection {
    /// Of this kind, and why.
    Plain(Kind, String),
    /// Of none, and why.
    None(String),
    /// Of one of several.
    Ambiguous(Vec<Kind>),
}

/// Judges one text.
///
/// # Errors
/// When no kind was given and the text does not tell.
pub fn judge(
    sources: &SourceMap,
    id: SourceId,
    kind: Option<Kind>,
    options: &Options,
) -> Result<Judgement, Detection> {
    let text = sources.file(id).text();
    let detected = text.contains("resource_manager:") || text.contains("pool_name:");
    let (kind, why_kind) = match kind {
        Some(kind) => (kind, "--kind".to_owned()),
        None if detected => (Kind::Master, "it has a master's keys".to_owned()),
        None => {
            return Err(Detection::None(
                "it has no key of a master configuration".to_owned(),
            ));
        }
    };
    let (tree, loaded) = master::load(id, text, options.release);
    let findings = rules::check(&Context::new(sources, &tree, &loaded));
    let resolved = loaded.config.as_ref().map(master::resolved::resolved);
    let configurations = vec![verdicts::configuration(&findings, resolved)];
    Ok(Judgement {
        kind,
        configurations,
        findings,
        secrets: loaded.secrets,
        why_kind,
    })
}
