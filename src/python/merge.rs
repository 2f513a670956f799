//! `<<` as PyYAML takes it: the merged entries come before all others of the mapping.

use super::form::{is_merge, kind_name, target};
use crate::yaml::{NodeId, NodeKind, Tree};

type Entries = Vec<(NodeId, NodeId)>;

/// What is wrong with a merge, and with which node.
pub(super) type BadMerge = (String, NodeId);

/// The entries of a mapping after merging: merged ones first, earlier mappings of a list last so that they win. Chains
/// of merges are followed `depth` deep.
pub(super) fn flattened(tree: &Tree, entries: &[(NodeId, NodeId)], depth: usize) -> Result<Entries, BadMerge> {
    let (mut merged, mut own) = (Vec::new(), Vec::new());
    for (key, value) in entries {
        if is_merge(tree.node(target(tree, *key))) {
            merged.extend(merged_from(tree, *value, depth)?);
        } else {
            own.push((*key, *value));
        }
    }
    merged.append(&mut own);
    Ok(merged)
}

fn merged_from(tree: &Tree, value: NodeId, depth: usize) -> Result<Entries, BadMerge> {
    let from = target(tree, value);
    let node = tree.node(from);
    match &node.kind {
        NodeKind::Mapping { entries, .. } => inner(tree, entries, depth),
        NodeKind::Sequence { items, .. } => {
            let mut lists = Vec::new();
            for item in items {
                let from = target(tree, *item);
                let NodeKind::Mapping { entries, .. } = &tree.node(from).kind else {
                    let found = kind_name(tree.node(from));
                    return Err((format!("expected a mapping for merging, but found {found}"), from));
                };
                lists.push(inner(tree, entries, depth)?);
            }
            Ok(lists.into_iter().rev().flatten().collect())
        }
        _ => {
            let found = kind_name(node);
            Err((format!("expected a mapping or list of mappings for merging, but found {found}"), from))
        }
    }
}

fn inner(tree: &Tree, entries: &[(NodeId, NodeId)], depth: usize) -> Result<Entries, BadMerge> {
    depth.checked_sub(1).map_or_else(|| Ok(Vec::new()), |depth| flattened(tree, entries, depth))
}
