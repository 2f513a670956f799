//! Values of misspelt keys that were meant to hold secrets: `passwrd: hunter2`.

use std::collections::BTreeMap;

use super::Context;
use crate::decode::ProblemKind;
use crate::decode::problem::Known;
use crate::decode::schema::{Field, Trait};
use crate::model::confidential;
use crate::source::Span;
use crate::spelling;
use crate::yaml::{NodeId, NodeKind, Tree};

/// The bytes to mask besides those of known keys.
pub(super) fn misspelt_secrets(cx: &Context<'_>) -> Vec<Span> {
    let unknown = cx.loaded.problems.iter().filter_map(|problem| match &problem.kind {
        ProblemKind::RejectedKey { key, known } | ProblemKind::DroppedKey { key, known } => {
            means_secret(key, *known).then_some(problem.span)
        }
        _ => None,
    });
    let keys: Vec<Span> = unknown.collect();
    if keys.is_empty() {
        return Vec::new();
    }
    let values = values_by_key(cx.tree());
    keys.iter().filter_map(|key| values.get(key).copied()).collect()
}

fn means_secret(key: &str, known: Known) -> bool {
    let name = key.to_lowercase();
    let meant = spelling::closest(key, known.keys());
    // The chart's keys name a Secret; what is in it stands elsewhere.
    let names_one = name.starts_with("kubeconfig_secret_") || name.ends_with("_name");
    (name.contains("secret") && !names_one || confidential::tells(key))
        || meant.is_some_and(|meant| fields(known).any(|field| field.key == meant && field.trait_ == Trait::Secret))
}

fn fields(known: Known) -> impl Iterator<Item = &'static Field> {
    let (common, own) = match known {
        Known::Struct(of, _) => (of.fields, None),
        Known::Union(union, tag, _) => {
            let variant = union.variants.iter().find(|variant| Some(variant.tag) == tag);
            (union.common.fields, variant.and_then(|variant| variant.ty.fields_of()))
        }
    };
    common.iter().chain(own.map_or(&[][..], |of| of.fields))
}

fn values_by_key(tree: &Tree) -> BTreeMap<Span, Span> {
    let mut values = BTreeMap::new();
    let mut waiting: Vec<NodeId> = tree.documents().iter().filter_map(|document| document.root).collect();
    while let Some(id) = waiting.pop() {
        match tree.node(id).kind {
            NodeKind::Mapping { entries, .. } => {
                for (key, value) in entries {
                    values.insert(tree.node(*key).span, tree.node(*value).span);
                    waiting.push(*value);
                }
            }
            NodeKind::Sequence { items, .. } => waiting.extend(items),
            NodeKind::Scalar { .. } | NodeKind::Alias { .. } => {}
        }
    }
    values
}
