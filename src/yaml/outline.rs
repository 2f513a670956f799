//! What rules about the text itself ask of a tree, small enough to be kept when a large tree is not.

use std::collections::BTreeMap;

use ecow::EcoString;

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

/// What is left of a tree without its nodes.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// The documents, in order.
    pub documents: Vec<Document>,
    /// The comments, in order.
    pub comments: Vec<Comment>,
    /// Keys of the first document that stand twice in one mapping, in the order of the text.
    pub duplicates: Vec<Duplicate>,
}

impl Outline {
    /// The outline of a tree.
    #[must_use]
    pub fn of(tree: &Tree) -> Self {
        let (documents, comments) = (tree.documents.clone(), tree.comments.clone());
        Self { documents, comments, duplicates: duplicates(tree) }
    }
}

fn duplicates(tree: &Tree) -> Vec<Duplicate> {
    let mut out = Vec::new();
    let mut waiting: Vec<NodeId> = tree.documents().iter().take(1).filter_map(|document| document.root).collect();
    while let Some(id) = waiting.pop() {
        match &tree.node(id).kind {
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
    match &node.kind {
        NodeKind::Scalar { text, style } if !(&**text == "<<" && *style == ScalarStyle::Plain) => {
            Some((text, node.span))
        }
        _ => None,
    }
}
