//! Reading YAML as the master reads it.

mod errors;
mod hostile;
pub(crate) mod mutations;
mod recorded;
mod scalars;
mod spans;

use detctl::source::{SourceId, SourceMap};
use detctl::yaml::parse::{Limits, Parsed, parse};
use detctl::yaml::{Node, NodeId, NodeKind, Tree};

/// Reads a text with the usual limits.
fn read(text: &str) -> (SourceMap, SourceId, Parsed) {
    let mut map = SourceMap::new();
    let id = map.add("text.yaml", text);
    let parsed = parse(id, text, Limits::default());
    (map, id, parsed)
}

/// All nodes of a tree, in the order in which they were written.
fn nodes(tree: &Tree) -> impl Iterator<Item = Node<'_>> {
    (0..tree.len()).map(|index| tree.node(NodeId::from_index(index)))
}

/// The nodes inside a collection, keys before their values.
fn children(node: Node<'_>) -> Vec<NodeId> {
    match node.kind {
        NodeKind::Sequence { items, .. } => items.to_vec(),
        NodeKind::Mapping { entries, .. } => entries.iter().flat_map(|&(k, v)| [k, v]).collect(),
        NodeKind::Scalar { .. } | NodeKind::Alias { .. } => Vec::new(),
    }
}
