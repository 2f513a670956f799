//! Equal keys in one mapping, of which the last counts.

use std::collections::BTreeMap;

use crate::model::devcluster::Overridden;
use crate::source::Span;
use crate::yaml::{NodeId, NodeKind, ScalarStyle, Tree};

/// All of them, in the order of the file.
pub(super) fn find(tree: &Tree) -> Vec<Overridden> {
    let mut found = Vec::new();
    for index in 0..tree.len() {
        if let NodeKind::Mapping { entries, .. } = &tree.node(NodeId::from_index(index)).kind {
            mapping(tree, entries, &mut found);
        }
    }
    found
}

fn mapping(tree: &Tree, entries: &[(NodeId, NodeId)], found: &mut Vec<Overridden>) {
    let mut last: BTreeMap<&str, Span> = BTreeMap::new();
    for (key, _) in entries.iter().rev() {
        let node = tree.node(*key);
        let NodeKind::Scalar { text, style } = node.kind else { continue };
        // Merge keys may stand several times.
        if &**text == "<<" && *style == ScalarStyle::Plain {
            continue;
        }
        match last.get(&**text) {
            Some(winner) => found.push(Overridden { name: text.to_string(), loser: node.span, winner: *winner }),
            None => {
                last.insert(text, node.span);
            }
        }
    }
}
