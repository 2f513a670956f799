//! `<<` as PyYAML takes it: the merged entries come before all others of the mapping.

use std::collections::BTreeMap;

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

/// How deep a chain of merges is followed at once. PyYAML replaces the entries of a mapping as it comes to it, so that a
/// chain is only as deep as it runs ahead.
const DEPTH: usize = 64;

/// The mappings of a tree with what is merged into them, each worked out once.
pub(super) struct Merges<'t> {
    tree: &'t Tree,
    known: BTreeMap<NodeId, Vec<Entry>>,
    /// Whether a chain was too deep to be followed to its end.
    is_cut: bool,
}

impl<'t> Merges<'t> {
    pub(super) fn new(tree: &'t Tree) -> Self {
        Self { tree, known: BTreeMap::new(), is_cut: false }
    }

    /// The entries of a mapping after merging: merged ones first, earlier mappings of a list last so that they win.
    pub(super) fn of(&mut self, id: NodeId, entries: &[Entry]) -> Result<Vec<Entry>, BadMerge> {
        if let Some(known) = self.known.get(&id) {
            return Ok(known.clone());
        }
        if !entries.iter().any(|(key, _)| is_merge(self.tree.node(target(self.tree, *key)))) {
            return Ok(entries.to_vec());
        }
        self.is_cut = false;
        self.inner(id, entries, DEPTH + 1)
    }

    fn flattened(&mut self, id: NodeId, entries: &[Entry], depth: usize) -> Result<Vec<Entry>, BadMerge> {
        let (mut merged, mut own) = (Vec::new(), Vec::new());
        for (key, value) in entries {
            if is_merge(self.tree.node(target(self.tree, *key))) {
                merged.extend(self.merged_from(id, *value, depth)?);
            } else {
                own.push((*key, *value));
            }
        }
        merged.append(&mut own);
        Ok(thinned(merged))
    }

    fn merged_from(&mut self, into: NodeId, value: NodeId, depth: usize) -> Result<Vec<Entry>, BadMerge> {
        let tree = self.tree;
        let at = target(tree, value);
        let node = tree.node(at);
        let found = kind_name(node);
        match node.kind {
            NodeKind::Mapping { entries, .. } => self.inner(at, entries, depth),
            NodeKind::Sequence { items, .. } => {
                let mut lists = Vec::new();
                for item in items {
                    let at = target(tree, *item);
                    let NodeKind::Mapping { entries, .. } = tree.node(at).kind else {
                        let problem = format!("expected a mapping for merging, but found {}", kind_name(tree.node(at)));
                        return Err(BadMerge { problem, at, into });
                    };
                    lists.push(self.inner(at, entries, depth)?);
                }
                Ok(lists.into_iter().rev().flatten().collect())
            }
            _ => {
                let problem = format!("expected a mapping or list of mappings for merging, but found {found}");
                Err(BadMerge { problem, at, into })
            }
        }
    }

    fn inner(&mut self, id: NodeId, entries: &[Entry], depth: usize) -> Result<Vec<Entry>, BadMerge> {
        let Some(depth) = depth.checked_sub(1) else {
            self.is_cut = true;
            return Ok(Vec::new());
        };
        if let Some(known) = self.known.get(&id) {
            return Ok(known.clone());
        }
        let merged = self.flattened(id, entries, depth)?;
        if !self.is_cut {
            self.known.insert(id, merged.clone());
        }
        Ok(merged)
    }
}

/// Fewer entries cost less than looking for those that stand there often.
const FEW: usize = 64;

/// The same entries to a dictionary, in which the first of equal keys gives the place and the last the value: what stands in
/// between of the very same entry changes nothing. Without it, merges of merges grow without end.
fn thinned(entries: Vec<Entry>) -> Vec<Entry> {
    if entries.len() < FEW {
        return entries;
    }
    let mut ends: BTreeMap<Entry, (usize, usize)> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        ends.entry(*entry).or_insert((at, at)).1 = at;
    }
    let stays = |(at, entry): &(usize, Entry)| ends.get(entry).is_some_and(|(first, last)| at == first || at == last);
    entries.into_iter().enumerate().filter(stays).map(|(_, entry)| entry).collect()
}
