//! What a text resembles that no root key plainly tells: its keys are misspelt, or it is a part of a configuration.

use super::detect::{HELM, MASTER, SHARED, from_keys, mapping_keys};
use super::{Detection, master};
use crate::decode::schema::{Struct, Type};
use crate::model::verdict::Kind;
use crate::spelling;
use crate::yaml::{NodeId, NodeKind, Tree};

/// The shortest key whose misspelling tells; shorter words are near to words of other programs.
const TELLING: usize = 12;

/// How many letters of such a key may be mistaken.
const MISTAKES: usize = 2;

/// Its kind, and why.
pub(super) fn resembles(tree: &Tree, keys: &[&str]) -> Option<Detection> {
    keys.iter().find_map(|key| misspelt(key)).or_else(|| section(tree)).or_else(|| list(tree))
}

/// A root key that is nearly one that tells.
fn misspelt(key: &str) -> Option<Detection> {
    let lengths = TELLING - MISTAKES..=64;
    if !lengths.contains(&key.len()) {
        return None;
    }
    let candidates = [(MASTER, Kind::Master), (SHARED, Kind::Master), (HELM, Kind::HelmValues)];
    let candidates = candidates.iter().flat_map(|(known, kind)| known.iter().map(move |known| (*known, *kind)));
    let near = candidates.filter(|(known, _)| known.len() >= TELLING);
    let near = near.map(|(known, kind)| (spelling::distance(key, known), is_other_style(key, kind), known, kind));
    let (_, _, known, kind) =
        near.filter(|(mistakes, ..)| *mistakes <= MISTAKES).min_by_key(|near| (near.0, near.1))?;
    let owner = if kind == Kind::Master { "the master's" } else { "the chart's" };
    Some(Detection::Likely(kind, format!("it has `{key}`, which is nearly {owner} key `{known}`")))
}

/// Of two keys that differ in their separators only, a key is meant in its own style.
fn is_other_style(key: &str, kind: Kind) -> bool {
    let camel = key.contains(|letter: char| letter.is_ascii_uppercase()) && !key.contains('_');
    camel != (kind == Kind::HelmValues)
}

/// A root key of one section of the master, with keys that the section has, or nearly has, and no others.
fn section(tree: &Tree) -> Option<Detection> {
    let root = tree.documents().first()?.root?;
    let NodeKind::Mapping { entries, .. } = tree.node(root).kind else { return None };
    entries.iter().find_map(|(key, value)| {
        let NodeKind::Scalar { text: name, .. } = tree.node(*key).kind else { return None };
        let known = known_below(name)?;
        let keys = mapping_keys(tree, *value)?;
        let is_known = |key: &&str| spelling::closest(key, known.iter().copied()).is_some();
        let tells = !keys.is_empty() && keys.iter().all(is_known);
        tells.then(|| Detection::Likely(Kind::Master, format!("it has the master's section `{name}`")))
    })
}

/// What the master knows below a root key; older masters knew the scheduler there.
fn known_below(name: &str) -> Option<Vec<&'static str>> {
    if name == "scheduler" {
        return Some(vec!["fit", "type", "resource_provider"]);
    }
    let field = master::table().fields.iter().find(|field| field.key == name)?;
    let Type::Struct(Struct { fields, .. }) = field.ty else { return None };
    Some(fields.iter().map(|field| field.key).collect())
}

/// A list of resource managers at the root, as if its key had been lost.
fn list(tree: &Tree) -> Option<Detection> {
    let root = tree.documents().first()?.root?;
    let NodeKind::Sequence { items, .. } = tree.node(root).kind else { return None };
    let of_master = |item: &NodeId| match from_keys(&mapping_keys(tree, *item)?) {
        Detection::Plain(Kind::Master, _) => Some(()),
        _ => None,
    };
    items.iter().find_map(of_master)?;
    Some(Detection::Likely(Kind::Master, "an element of its list has keys of the master".to_owned()))
}
