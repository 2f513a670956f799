//! Text → [`Kubeconfig`], as `clientcmd.Load` does it.

use super::fault::{Fault, FaultKind};
use super::model::Kubeconfig;
use super::{convert, kind, schema};
use crate::decode::problem::Problem;
use crate::decode::{ProblemKind, go_json};
use crate::source::{SourceId, Span};
use crate::value::{Failure, FailureKind, Value, ValueKind, from_tree};
use crate::yaml::NodeId;
use crate::yaml::parse::{Limits, SyntaxError, parse};

/// What came of a text.
#[derive(Clone, Debug, Default)]
pub struct Loading {
    /// What could be read.
    pub config: Kubeconfig,
    /// What is wrong with it; the first is the one that client-go reports, and only its words are known to be right.
    pub faults: Vec<Fault>,
    /// Keys that client-go passes over without a word.
    pub unknown: Vec<(String, Span)>,
    /// A second document, which is never looked at.
    pub second_document: Option<Span>,
    /// What must not be shown.
    pub secrets: Vec<Span>,
}

/// Reads a text.
#[must_use]
pub fn load(source: SourceId, text: &str) -> Loading {
    let parsed = parse(source, text, Limits::default());
    if let Some(error) = parsed.error {
        return Loading { faults: vec![syntax(&error)], ..Loading::default() };
    }
    let mut documents = parsed.tree.documents().iter();
    let first = documents.next();
    let second_document = documents.next().map(|document| document.span);
    let value = match first.and_then(|document| document.root) {
        Some(root) => from_tree(&parsed.tree, text, root),
        None => Ok(Value { span: Span::empty(source, 0), node: NodeId::default(), kind: ValueKind::Null }),
    };
    match value.map_err(|failure| not_json(&failure)).and_then(|value| kind::check(&value).map(|()| value)) {
        Ok(value) => Loading { second_document, ..decode(&value) },
        Err(fault) => Loading { faults: vec![fault], second_document, ..Loading::default() },
    }
}

fn decode(value: &Value) -> Loading {
    let outcome = go_json::decode_kubernetes(value, &schema::CONFIG);
    let (config, doubles) = convert::kubeconfig(&outcome.record);
    let mut loading = Loading { config, secrets: outcome.secrets, ..Loading::default() };
    for (at, problem) in outcome.problems.iter().enumerate() {
        match fault(problem) {
            Some(fault) if outcome.reported.contains(&at) => loading.faults.insert(0, fault),
            Some(fault) => loading.faults.push(fault),
            None => {
                if let ProblemKind::DroppedKey { key, .. } = &problem.kind {
                    loading.unknown.push((key.clone(), problem.span));
                }
            }
        }
    }
    loading.faults.extend(doubles);
    loading
}

fn fault(problem: &Problem) -> Option<Fault> {
    let kind = match &problem.kind {
        ProblemKind::DroppedKey { .. } => return None,
        ProblemKind::Unreadable { .. } => FaultKind::NotBase64,
        _ => FaultKind::WrongType,
    };
    Some(Fault::new(kind, problem.span, problem.texts.first().cloned().unwrap_or_default()))
}

/// go-yaml's words name no part of the text but anchors, and what stands after `*` may have been meant as a token.
fn syntax(error: &SyntaxError) -> Fault {
    let words = error.go_yaml.as_deref().unwrap_or("yaml: …");
    let end = words.find("unknown anchor").map_or(words.len(), |at| at + "unknown anchor".len());
    let (shown, cut) = (words.get(..end).unwrap_or(words), if end < words.len() { " …" } else { "" });
    Fault::new(FaultKind::Syntax, error.span, format!("{shown}{cut}"))
}

/// The words of most failures print keys or values.
fn not_json(failure: &Failure) -> Fault {
    let words = match failure.kind {
        FailureKind::NotANumber | FailureKind::Aliasing => failure.text.clone(),
        FailureKind::Merge => failure.text.clone(),
        _ => "…".to_owned(),
    };
    Fault::new(FaultKind::NotJson, failure.span, words)
}
