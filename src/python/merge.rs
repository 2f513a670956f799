//! `<<` as PyYAML takes it: the merged entries come before all others of the mapping.

use super::form::{is_merge, kind_name, target};
use crate::yaml::{NodeId, NodeKind, Tree};

type Entry = (NodeId, NodeId);

/// What is wrong with a merge.
#[derive(Debug)]
pub(super) struct BadMerge {
    pub(super) problem: String,
    /// What cannot be merged.
    pub(super) at: NodeId,
    /// The mapping that it was to be merged into.
    pub(super) into: NodeId,
}

/// The entries of a mapping after merging: merged ones first, earlier mappings of a list last so that they win. Chains
/// of merges are followed `depth` deep.
pub(super) fn flattened(tree: &Tree, id: NodeId, entries: &[Entry], depth: usize) -> Result<Vec<Entry>, BadMerge> {
    let (mut merged, mut own) = (Vec::new(), Vec::new());
    for (key, value) in entries {
        if is_merge(tree.node(target(tree, *key))) {
            merged.extend(merged_from(tree, id, *value, depth)?);
        } else {
            own.push((*key, *value));
        }
    }
    merged.append(&mut own);
    Ok(merged)
}

fn merged_from(tree: &Tree, into: NodeId, value: NodeId, depth: usize) -> Result<Vec<Entry>, BadMerge> {
    let at = target(tree, value);
    let node = tree.node(at);
    let found = kind_name(node);
    match &node.kind {
        NodeKind::Mapping { entries, .. } => inner(tree, at, entries, depth),
        NodeKind::Sequence { items, .. } => {
            let mut lists = Vec::new();
            for item in items {
                let at = target(tree, *item);
                let NodeKind::Mapping { entries, .. } = &tree.node(at).kind else {
                    let problem = format!("expected a mapping for merging, but found {}", kind_name(tree.node(at)));
                    return Err(BadMerge { problem, at, into });
                };
                lists.push(inner(tree, at, entries, depth)?);
            }
            Ok(lists.into_iter().rev().flatten().collect())
        }
        _ => {
            let problem = format!("expected a mapping or list of mappings for merging, but found {found}");
            Err(BadMerge { problem, at, into })
        }
    }
}

fn inner(tree: &Tree, id: NodeId, entries: &[Entry], depth: usize) -> Result<Vec<Entry>, BadMerge> {
    depth.checked_sub(1).map_or_else(|| Ok(Vec::new()), |depth| flattened(tree, id, entries, depth))
}
