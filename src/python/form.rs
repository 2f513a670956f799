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
    Misfit(String),
}

pub(super) fn target(tree: &Tree, id: NodeId) -> NodeId {
    let mut at = id;
    while let NodeKind::Alias { target } = tree.node(at).kind {
        at = target;
    }
    at
}

pub(super) fn kind_name(node: &Node) -> &'static str {
    match node.kind {
        NodeKind::Scalar { .. } | NodeKind::Alias { .. } => "scalar",
        NodeKind::Sequence { .. } => "sequence",
        NodeKind::Mapping { .. } => "mapping",
    }
}

/// The written tag without those that leave the choice to the reader.
pub(super) fn tag_of(node: &Node) -> Option<&str> {
    node.tag.as_ref().map(|tag| tag.name.as_str()).filter(|name| *name != "!")
}

pub(super) fn form(node: &Node) -> Form<'_> {
    let tag = tag_of(node);
    let kind = tag.map(|tag| tag.strip_prefix(YAML_TAGS).unwrap_or(""));
    match (&node.kind, kind) {
        (NodeKind::Scalar { text, style }, _) => scalar_form(text, *style, node),
        (NodeKind::Sequence { items, .. }, None | Some("seq")) => Form::List(items),
        (NodeKind::Mapping { entries, .. }, None | Some("map")) => Form::Dict(entries),
        (NodeKind::Mapping { entries, .. }, Some("set")) => Form::Set(entries),
        (NodeKind::Sequence { items, .. }, Some("omap" | "pairs")) => Form::Pairs(items),
        (_, Some(kind)) => Form::Misfit(misfit(kind, tag.unwrap_or(""), node)),
        (NodeKind::Alias { .. }, None) => Form::Misfit(String::new()),
    }
}

pub(super) fn scalar_form<'t>(text: &str, style: ScalarStyle, node: &'t Node) -> Form<'t> {
    let lone = node.tag.as_ref().is_some_and(|tag| tag.name == "!");
    let style = if lone { ScalarStyle::Plain } else { style };
    match tag_of(node) {
        Some(tag) if matches!(tag.strip_prefix(YAML_TAGS), Some("seq" | "map" | "set" | "omap" | "pairs")) => {
            Form::Misfit(misfit(tag.strip_prefix(YAML_TAGS).unwrap_or(""), tag, node))
        }
        tag => Form::Scalar(pyyaml_tagged(tag, text, style)),
    }
}

/// The words for a tag that does not fit its node.
pub(super) fn misfit(kind: &str, tag: &str, node: &Node) -> String {
    let found = kind_name(node);
    match kind {
        "null" | "bool" | "int" | "float" | "binary" | "timestamp" | "str" => {
            format!("expected a scalar node, but found {found}")
        }
        "seq" => format!("expected a sequence node, but found {found}"),
        "map" | "set" => format!("expected a mapping node, but found {found}"),
        "omap" | "pairs" => format!("expected a sequence, but found {found}"),
        _ => format!("could not determine a constructor for the tag {}", repr_text(tag)),
    }
}

/// Whether a key is the merge key.
pub(super) fn is_merge(node: &Node) -> bool {
    match (&node.kind, tag_of(node)) {
        (NodeKind::Scalar { text, style }, None) => {
            let lone = node.tag.is_some();
            &**text == "<<" && (*style == ScalarStyle::Plain || lone)
        }
        (_, Some(tag)) => tag.strip_prefix(YAML_TAGS) == Some("merge"),
        _ => false,
    }
}

/// Whether a key is the value key, which is text as a key.
pub(super) fn is_value_key(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Scalar { text, style: ScalarStyle::Plain } if &**text == "=" && node.tag.is_none())
}
