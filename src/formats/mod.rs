//! Wire → meaning (a stand-in until the engine lands).

use std::collections::BTreeMap;

use crate::diagnostic::{Effect, Finding, Label, Severity};
use crate::model::verdict::{Configuration, Kind, Phase, Verdict};
use crate::model::version::Version;
use crate::source::{SourceId, SourceMap, Span};

/// What the judgement depends on besides the text.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The release that will read the file.
    pub master_version: Version,
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
    _options: &Options,
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
    let findings = duplicate_pools(text, id);
    let configuration = Configuration {
        stage: None,
        verdict: if findings.is_empty() {
            Verdict::Accepts
        } else {
            Verdict::Refuses
        },
        phase: if findings.is_empty() {
            Phase::Ok
        } else {
            Phase::Validate
        },
        messages: findings.iter().map(|f| f.message.clone()).collect(),
        resolved: None,
    };
    Ok(Judgement {
        kind,
        configurations: vec![configuration],
        findings,
        secrets: Vec::new(),
        why_kind,
    })
}

fn duplicate_pools(text: &str, id: SourceId) -> Vec<Finding> {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    let mut findings = Vec::new();
    for (at, key) in text.match_indices("pool_name: ") {
        let start = at + key.len();
        let name = text[start..].lines().next().unwrap_or("");
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let span = Span::new(id, place(start), place(start + name.len()));
        let Some(first) = seen.insert(name, span) else {
            continue;
        };
        findings.push(Finding {
            rule: "duplicate-pool-name",
            severity: Severity::Error,
            effect: Effect::Refuses,
            message: format!("two resource pools are named `{name}`"),
            labels: vec![
                Label {
                    span,
                    text: "second pool of that name".to_owned(),
                    primary: true,
                },
                Label {
                    span: first,
                    text: "first pool of that name".to_owned(),
                    primary: false,
                },
            ],
            help: Some("give each pool of the cluster a name of its own".to_owned()),
            facts: &["E-V4"],
            fix: None,
        });
    }
    findings
}
