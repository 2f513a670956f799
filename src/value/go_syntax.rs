//! Nodes in Go's own syntax (`%#v`), as some messages of go-yaml and ghodss/yaml show them. They still have the types
//! that JSON loses: whole numbers are told from floats, keys need not be text.

use std::cmp::Ordering;

use super::go_text;
use crate::yaml::scalar::{Scalar, go_yaml_v2_tagged};
use crate::yaml::{NodeId, NodeKind, Tree};

/// How a null is shown inside of something.
pub(super) const NIL: &str = "interface {}(nil)";

/// `[]interface {}{"a", 1}`, `map[interface {}]interface {}{"a":true}`, `"text"`, `interface {}(nil)` …
pub(super) fn go_syntax(tree: &Tree, id: NodeId) -> String {
    let mut out = String::new();
    write(tree, id, &mut out);
    out
}

fn write(tree: &Tree, id: NodeId, out: &mut String) {
    match tree.node(id).kind {
        NodeKind::Alias { target } => write(tree, *target, out),
        NodeKind::Scalar { .. } => write_scalar(&scalar(tree, id), out),
        NodeKind::Sequence { items, .. } => {
            out.push_str("[]interface {}{");
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                write(tree, *item, out);
            }
            out.push('}');
        }
        NodeKind::Mapping { entries, .. } => {
            let mut members = Vec::with_capacity(entries.len());
            collect(tree, entries, &mut members);
            // The sort keeps equal keys in their order, of which the last counts.
            members.sort_by(|(a, _), (b, _)| compare(a, b));
            members.reverse();
            members.dedup_by(|(a, _), (b, _)| compare(a, b) == Ordering::Equal);
            members.reverse();
            out.push_str("map[interface {}]interface {}{");
            for (at, (key, value)) in members.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                write_scalar(key, out);
                out.push(':');
                write(tree, *value, out);
            }
            out.push('}');
        }
    }
}

/// The members of a mapping in the order in which they are set, those of merged mappings included.
fn collect(tree: &Tree, entries: &[(NodeId, NodeId)], members: &mut Vec<(Scalar, NodeId)>) {
    for (key, value) in entries {
        if super::from_tree::is_merge(tree.node(*key)) {
            collect_merged(tree, *value, members);
            continue;
        }
        members.push((scalar(tree, *key), *value));
    }
}

fn collect_merged(tree: &Tree, id: NodeId, members: &mut Vec<(Scalar, NodeId)>) {
    match tree.node(id).kind {
        NodeKind::Alias { target } => collect_merged(tree, *target, members),
        NodeKind::Mapping { entries, .. } => collect(tree, entries, members),
        NodeKind::Sequence { items, .. } => items.iter().rev().for_each(|item| collect_merged(tree, *item, members)),
        NodeKind::Scalar { .. } => {}
    }
}

/// A key or value that is no collection; collections as keys have been refused before.
fn scalar(tree: &Tree, id: NodeId) -> Scalar {
    let node = tree.node(id);
    match node.kind {
        NodeKind::Alias { target } => scalar(tree, *target),
        NodeKind::Scalar { text, style } => {
            let tag = node.tag().map(|tag| tag.name.as_str());
            go_yaml_v2_tagged(tag, text, *style).unwrap_or(Scalar::Null)
        }
        NodeKind::Sequence { .. } | NodeKind::Mapping { .. } => Scalar::Null,
    }
}

fn write_scalar(value: &Scalar, out: &mut String) {
    match value {
        Scalar::Null => out.push_str(NIL),
        Scalar::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Scalar::Int(int) if i64::try_from(*int).is_ok() => out.push_str(&int.to_string()),
        Scalar::Int(int) => out.push_str(&format!("{int:#x}")),
        Scalar::Float(number) => out.push_str(&go_text::float_g64(*number)),
        Scalar::String(text) => out.push_str(&go_text::quoted(text)),
    }
}

/// The order in which Go prints the keys of a map. Between keys of different types the released master's order
/// is that of its type descriptors.
fn compare(a: &Scalar, b: &Scalar) -> Ordering {
    let rank = |value: &Scalar| match value {
        Scalar::Null => 0,
        Scalar::String(_) => 1,
        Scalar::Int(int) if i64::try_from(*int).is_err() => 2,
        Scalar::Int(_) => 3,
        Scalar::Float(_) => 4,
        Scalar::Bool(_) => 5,
    };
    match (a, b) {
        (Scalar::String(a), Scalar::String(b)) => a.cmp(b),
        (Scalar::Int(a), Scalar::Int(b)) if rank(&Scalar::Int(*a)) == rank(&Scalar::Int(*b)) => a.cmp(b),
        (Scalar::Float(a), Scalar::Float(b)) => a.partial_cmp(b).unwrap_or_else(|| b.is_nan().cmp(&a.is_nan())),
        (Scalar::Bool(a), Scalar::Bool(b)) => a.cmp(b),
        _ => rank(a).cmp(&rank(b)),
    }
}
