//! What a node is to PyYAML's constructors: the tag decides, and without one the kind and the style.

use crate::yaml::scalar::{PyError, PyScalar, pyyaml_tagged, repr_text};
use crate::yaml::{Node, NodeId, NodeKind, ScalarStyle, Tree};

/// How the tags of YAML itself begin.
pub(super) const YAML_TAGS: &str = "tag:yaml.org,2002:";

/// What a node is to the constructor.
pub(super) enum Form<'t> {
    Scalar(Result<PyScalar, PyError>),
    List(&'t [NodeId]),
    Dict(&'t [(NodeId, NodeId)]),
    Set(&'t [(NodeId, NodeId)]),
    /// `!!omap` and `!!pairs`.
    Pairs(&'t [NodeId]),
    /// A tag that does not fit: the words, and the node that they are about if it is another one.
    Misfit(String, Option<NodeId>),
}

pub(super) fn target(tree: &Tree, id: NodeId) -> NodeId {
    let mut at = id;
    while let &NodeKind::Alias { target } = tree.node(at).kind {
        at = target;
    }
    at
}

pub(super) fn kind_name(node: Node<'_>) -> &'static str {
    match node.kind {
        NodeKind::Scalar { .. } | NodeKind::Alias { .. } => "scalar",
        NodeKind::Sequence { .. } => "sequence",
        NodeKind::Mapping { .. } => "mapping",
    }
}

/// The written tag without those that leave the choice to the reader.
pub(super) fn tag_of(node: Node<'_>) -> Option<&str> {
    node.tag().map(|tag| tag.name.as_str()).filter(|name| *name != "!")
}

pub(super) fn form<'t>(tree: &'t Tree, node: Node<'t>) -> Form<'t> {
    let tag = tag_of(node);
    let kind = tag.map(|tag| tag.strip_prefix(YAML_TAGS).unwrap_or(""));
    match (node.kind, kind) {
        (NodeKind::Scalar { text, style }, _) => scalar_form(text, *style, node),
        (NodeKind::Sequence { items, .. }, None | Some("seq")) => Form::List(items),
        (NodeKind::Mapping { entries, .. }, None | Some("map")) => Form::Dict(entries),
        (NodeKind::Mapping { entries, .. }, Some("set")) => Form::Set(entries),
        (NodeKind::Sequence { items, .. }, Some("omap" | "pairs")) => Form::Pairs(items),
        (NodeKind::Mapping { entries, .. }, Some(kind)) if SCALARS.contains(&kind) => {
            value_form(tree, kind, tag, entries).unwrap_or_else(|| misfit(kind, tag.unwrap_or(""), node))
        }
        (_, Some(kind)) => misfit(kind, tag.unwrap_or(""), node),
        (NodeKind::Alias { .. }, None) => Form::Misfit(String::new(), None),
    }
}

pub(super) fn scalar_form<'t>(text: &str, style: ScalarStyle, node: Node<'t>) -> Form<'t> {
    let lone = node.tag().is_some_and(|tag| tag.name == "!");
    let style = if lone { ScalarStyle::Plain } else { style };
    match tag_of(node) {
        Some(tag) if matches!(tag.strip_prefix(YAML_TAGS), Some("seq" | "map" | "set" | "omap" | "pairs")) => {
            misfit(tag.strip_prefix(YAML_TAGS).unwrap_or(""), tag, node)
        }
        tag => Form::Scalar(pyyaml_tagged(tag, text, style)),
    }
}

/// A mapping with the tag of a scalar: PyYAML takes the text of its value key `=`, if it has one.
fn value_form<'t>(tree: &'t Tree, kind: &str, tag: Option<&str>, entries: &'t [(NodeId, NodeId)]) -> Option<Form<'t>> {
    let mut entries = entries;
    for _ in 0..MOST_VALUE_KEYS {
        let (_, value) = entries.iter().find(|(key, _)| is_value(tree.node(target(tree, *key))))?;
        let at = target(tree, *value);
        let node = tree.node(at);
        match node.kind {
            NodeKind::Mapping { entries: inner, .. } if inner.iter().any(|(key, _)| is_value(tree.node(*key))) => {
                entries = inner;
            }
            NodeKind::Scalar { .. } if kind == "timestamp" => {
                let message = "expected string or bytes-like object, got 'list'".to_owned();
                return Some(Form::Scalar(Err(PyError { exception: "TypeError", message })));
            }
            NodeKind::Scalar { text, .. } => {
                return Some(Form::Scalar(pyyaml_tagged(tag, text, ScalarStyle::Plain)));
            }
            _ => {
                let words = format!("expected a scalar node, but found {}", kind_name(node));
                return Some(Form::Misfit(words, Some(at)));
            }
        }
    }
    None
}

/// Longest chain of value keys that is followed.
const MOST_VALUE_KEYS: usize = 64;

/// The tags of scalars.
const SCALARS: &[&str] = &["null", "bool", "int", "float", "binary", "timestamp", "str"];

/// A tag that does not fit its node.
fn misfit<'t>(kind: &str, tag: &str, node: Node<'_>) -> Form<'t> {
    let found = kind_name(node);
    let words = match kind {
        _ if SCALARS.contains(&kind) => format!("expected a scalar node, but found {found}"),
        "seq" => format!("expected a sequence node, but found {found}"),
        "map" | "set" => format!("expected a mapping node, but found {found}"),
        "omap" | "pairs" => format!("expected a sequence, but found {found}"),
        _ => format!("could not determine a constructor for the tag {}", repr_text(tag)),
    };
    Form::Misfit(words, None)
}

/// Whether a key is the merge key.
pub(super) fn is_merge(node: Node<'_>) -> bool {
    match (node.kind, tag_of(node)) {
        (NodeKind::Scalar { text, style }, None) => {
            let lone = node.tag().is_some();
            &**text == "<<" && (*style == ScalarStyle::Plain || lone)
        }
        (_, Some(tag)) => tag.strip_prefix(YAML_TAGS) == Some("merge"),
        _ => false,
    }
}

/// Whether a key has the tag of the value key, written or not.
fn is_value(node: Node<'_>) -> bool {
    is_value_key(node) || tag_of(node).is_some_and(|tag| tag.strip_prefix(YAML_TAGS) == Some("value"))
}

/// Whether a key is the value key, which is text as a key.
pub(super) fn is_value_key(node: Node<'_>) -> bool {
    matches!(node.kind, NodeKind::Scalar { text, style: ScalarStyle::Plain } if &**text == "=" && node.tag().is_none())
}
