//! Paths of keys. Viper knows every value by its path, the keys on the way joined by `..`, and splits that path again
//! to find the value and to place it. Where a key holds `..`, a mapping stands under a key that ends in a point, or one
//! under the empty key at the root, the way back leads elsewhere: a key is split, or a mapping is lost.

use crate::model::load::Vanished;
use crate::value::{Member, Object, Value, ValueKind};

/// Whether joining the keys to paths and splitting these again makes other keys.
pub(super) fn is_ambiguous(root: &Object) -> bool {
    let is_mapping = |value: &Value| value.as_object().is_some();
    root.get("").is_some_and(is_mapping) || holds_delimiter(root)
}

fn holds_delimiter(object: &Object) -> bool {
    object.members().iter().any(|member| {
        member.key.contains("..")
            || member.value.as_object().is_some_and(|inner| member.key.ends_with('.') || holds_delimiter(inner))
    })
}

/// Rebuilds the tree from the paths of its leaves; values that are not found again vanish.
pub(super) fn split_keys(root: &Object, vanished: &mut Vec<Vanished>) -> Object {
    let mut paths = Vec::new();
    leaf_paths(root, "", &mut paths);
    let mut out = Object::default();
    for (path, leaf) in paths {
        let steps: Vec<&str> = path.split("..").collect();
        match search(root, &steps) {
            Some(found) => put(&mut out, &steps, found, leaf),
            None => vanished.push(Vanished { path, key: leaf.key_span, value: leaf.value.span }),
        }
    }
    out
}

fn leaf_paths<'v>(object: &'v Object, prefix: &str, out: &mut Vec<(String, &'v Member)>) {
    for member in object.members() {
        let path = if prefix.is_empty() { member.key.to_string() } else { format!("{prefix}..{}", member.key) };
        match member.value.as_object() {
            Some(inner) => leaf_paths(inner, &path, out),
            None => out.push((path, member)),
        }
    }
}

/// Looks for the longest matching prefix of a path first; null is as good as nothing.
pub(super) fn search<'v>(object: &'v Object, steps: &[&str]) -> Option<&'v Member> {
    (1..=steps.len()).rev().find_map(|taken| {
        let member = object.member(&steps.get(..taken)?.join(".."))?;
        match steps.get(taken..) {
            None | Some([]) => (!member.value.is_null()).then_some(member),
            Some(rest) => search(member.value.as_object()?, rest),
        }
    })
}

fn put(object: &mut Object, steps: &[&str], found: &Member, leaf: &Member) {
    let Some((first, rest)) = steps.split_first() else {
        return;
    };
    if rest.is_empty() {
        object.insert(Member { key: (*first).into(), key_span: found.key_span, value: found.value.clone() });
        return;
    }
    let is_mapping = object.get(first).is_some_and(|value| value.as_object().is_some());
    if !is_mapping {
        let value = leaf.value.with_kind(ValueKind::Object(Object::default()));
        object.insert(Member { key: (*first).into(), key_span: leaf.key_span, value });
    }
    if let Some(Value { kind: ValueKind::Object(inner), .. }) = object.get_mut(first) {
        put(inner, rest, found, leaf);
    }
}
