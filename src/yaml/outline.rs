//! What rules about the text itself ask of a tree, small enough to be kept when a large tree is not.

use std::collections::BTreeMap;

use ecow::EcoString;

use super::scalar::{Scalar, go_yaml_v2};
use super::tree::{Comment, Document, NodeId, NodeKind, ScalarStyle, Tree};
use crate::source::Span;

/// A key that stands again later in the same mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The key.
    pub key: EcoString,
    /// Where it stands without effect.
    pub ignored: Span,
    /// Where it stands last, which counts.
    pub winner: Span,
}

/// A plain whole number with a leading zero, which is octal and not what its digits say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Octal {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub value: i128,
    /// What it would be without the zero.
    pub decimal: i128,
}

/// What is left of a tree without its nodes.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The documents, in order.
    pub documents: Vec<Document>,
    /// What is wrong with a later document that is no YAML.
    pub broken: Option<Span>,
    /// The comments, in order.
    pub comments: Vec<Comment>,
    /// Keys of the first document that stand twice in one mapping, in the order of the text.
    pub duplicates: Vec<Duplicate>,
    /// Octal numbers among the values of the first document, in the order of the text.
    pub octals: Vec<Octal>,
}

impl Outline {
    /// The outline of a tree.
    #[must_use]
    pub fn of(tree: &Tree) -> Self {
        let (documents, comments) = (tree.documents.clone(), tree.comments.clone());
        Self { documents, broken: tree.broken, comments, duplicates: duplicates(tree), octals: octals(tree) }
    }
}

/// Keys of pod specs whose values are file modes, octal by custom.
const MODES: [&str; 2] = ["mode", "defaultMode"];

/// Octal numbers among the values of the first document, in the order of the text; file modes are meant to be octal.
#[must_use]
pub fn octals(tree: &Tree) -> Vec<Octal> {
    let mut out = Vec::new();
    let mut waiting: Vec<NodeId> = tree.documents().iter().take(1).filter_map(|document| document.root).collect();
    while let Some(id) = waiting.pop() {
        let node = tree.node(id);
        match node.kind {
            NodeKind::Mapping { entries, .. } => {
                let is_mode = |key: NodeId| key_of(tree, key).is_some_and(|(key, _)| MODES.contains(&&**key));
                waiting.extend(entries.iter().rev().filter(|(key, _)| !is_mode(*key)).map(|(_, value)| *value));
            }
            NodeKind::Sequence { items, .. } => waiting.extend(items.iter().rev()),
            NodeKind::Scalar { text, style: ScalarStyle::Plain } if node.tag().is_none() => {
                out.extend(octal(text).map(|(value, decimal)| Octal { span: node.span, value, decimal }));
            }
            NodeKind::Scalar { .. } | NodeKind::Alias { .. } => {}
        }
    }
    out
}

/// What an octal number is, and what its digits seem to say.
fn octal(text: &str) -> Option<(i128, i128)> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_octal = digits.strip_prefix('0')?.starts_with(|c: char| c.is_ascii_digit() || c == '_');
    let Scalar::Int(value) = is_octal.then(|| go_yaml_v2(text))? else {
        return None;
    };
    let decimal = text.replace('_', "").parse::<i128>().ok()?;
    (value != decimal).then_some((value, decimal))
}

fn duplicates(tree: &Tree) -> Vec<Duplicate> {
    let mut out = Vec::new();
    let mut waiting: Vec<NodeId> = tree.documents().iter().take(1).filter_map(|document| document.root).collect();
    while let Some(id) = waiting.pop() {
        match tree.node(id).kind {
            NodeKind::Mapping { entries, .. } => {
                mapping(tree, entries, &mut out);
                waiting.extend(entries.iter().rev().map(|(_, value)| *value));
            }
            NodeKind::Sequence { items, .. } => waiting.extend(items.iter().rev()),
            NodeKind::Scalar { .. } | NodeKind::Alias { .. } => {}
        }
    }
    out
}

/// Mappings up to this size are compared pair by pair, which needs no memory.
const SMALL: usize = 12;

fn mapping(tree: &Tree, entries: &[(NodeId, NodeId)], out: &mut Vec<Duplicate>) {
    if entries.len() > SMALL {
        return large_mapping(tree, entries, out);
    }
    for (at, (key, _)) in entries.iter().enumerate() {
        let Some((key, ignored)) = key_of(tree, *key) else { continue };
        let later = entries.iter().skip(at + 1).rev().filter_map(|(key, _)| key_of(tree, *key));
        if let Some((_, winner)) = later.into_iter().find(|(other, _)| *other == key) {
            out.push(Duplicate { key: key.clone(), ignored, winner });
        }
    }
}

fn large_mapping(tree: &Tree, entries: &[(NodeId, NodeId)], out: &mut Vec<Duplicate>) {
    let mut last: BTreeMap<&str, Span> = BTreeMap::new();
    for (key, ignored) in entries.iter().rev().filter_map(|(key, _)| key_of(tree, *key)) {
        match last.get(&**key) {
            Some(&winner) => out.push(Duplicate { key: key.clone(), ignored, winner }),
            None => {
                last.insert(key, ignored);
            }
        }
    }
}

/// The text of a key; merge keys may stand several times.
fn key_of(tree: &Tree, key: NodeId) -> Option<(&EcoString, Span)> {
    let node = tree.node(key);
    match node.kind {
        NodeKind::Scalar { text, style } if !(&**text == "<<" && *style == ScalarStyle::Plain) => {
            Some((text, node.span))
        }
        _ => None,
    }
}
