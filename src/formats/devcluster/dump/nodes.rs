//! Values → nodes: tags, sorted keys, anchors.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::python::{PyKind, PyValue};
use crate::source::Span;
use crate::yaml::scalar::{Scalar, go_yaml_v2_tagged};
use crate::yaml::{NodeId, NodeKind, Tree};

/// A node that is about to be written.
#[derive(Debug)]
pub(super) struct Out {
    pub(super) span: Span,
    /// The object that it is, if uses of one object are written as anchor and aliases.
    pub(super) object: Option<NodeId>,
    pub(super) content: Content,
    /// What the master would have read in a master.yaml that holds this scalar.
    pub(super) meant: Option<Scalar>,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Content {
    Scalar { kind: ScalarTag, text: String },
    List { tag: Option<&'static str>, items: Vec<Out> },
    Mapping { tag: Option<&'static str>, entries: Vec<(Out, Out)> },
}

/// The tag of a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScalarTag {
    Str,
    Null,
    Bool,
    Int,
    Float,
    Timestamp,
    Binary,
}

impl ScalarTag {
    /// As it is written.
    pub(super) fn written(self) -> &'static str {
        match self {
            Self::Str => "!!str",
            Self::Null => "!!null",
            Self::Bool => "!!bool",
            Self::Int => "!!int",
            Self::Float => "!!float",
            Self::Timestamp => "!!timestamp",
            Self::Binary => "!!binary",
        }
    }
}

/// The nodes of a value.
pub(super) fn represent(value: &PyValue, tree: &Tree) -> Out {
    Out { span: value.span, object: object(value), content: content(value, tree), meant: meant(value, tree) }
}

/// The object that a value is, where Python compares by identity: plain values are written out each time, and
/// expanding variables copies mappings and lists.
fn object(value: &PyValue) -> Option<NodeId> {
    let is_shared = matches!(value.kind, PyKind::Date(_) | PyKind::DateTime(_) | PyKind::Set(_) | PyKind::Pair(_));
    is_shared.then_some(value.node)
}

/// Numbers for the objects that are used more than once, in the order of their second uses.
pub(super) fn shared(root: &Out) -> BTreeMap<NodeId, usize> {
    let mut seen = BTreeSet::new();
    let mut numbers = BTreeMap::new();
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        if let Some(object) = node.object
            && !seen.insert(object)
        {
            let next = numbers.len() + 1;
            numbers.entry(object).or_insert(next);
            continue;
        }
        match &node.content {
            Content::Scalar { .. } => {}
            Content::List { items, .. } => waiting.extend(items.iter().rev()),
            Content::Mapping { entries, .. } => {
                waiting.extend(entries.iter().rev().flat_map(|(key, value)| [value, key]));
            }
        }
    }
    numbers
}

fn content(value: &PyValue, tree: &Tree) -> Content {
    let scalar = |kind, text: &str| Content::Scalar { kind, text: text.to_owned() };
    match &value.kind {
        PyKind::None => scalar(ScalarTag::Null, "null"),
        PyKind::Bool(true) => scalar(ScalarTag::Bool, "true"),
        PyKind::Bool(false) => scalar(ScalarTag::Bool, "false"),
        PyKind::Int(digits) => scalar(ScalarTag::Int, digits),
        PyKind::Float(_) => scalar(ScalarTag::Float, &float(&value.repr())),
        PyKind::Str(text) => scalar(ScalarTag::Str, text),
        PyKind::Date(iso) | PyKind::DateTime(iso) => scalar(ScalarTag::Timestamp, iso),
        PyKind::Bytes(bytes) => scalar(ScalarTag::Binary, &base64_lines(bytes)),
        PyKind::List(items) => {
            Content::List { tag: None, items: items.iter().map(|item| represent(item, tree)).collect() }
        }
        PyKind::Pair(pair) => {
            let items = [&pair.0, &pair.1].into_iter().map(|item| represent(item, tree)).collect();
            Content::List { tag: Some("!!python/tuple"), items }
        }
        PyKind::Dict(entries) => {
            let mut sorted: Vec<&(PyValue, PyValue)> = entries.iter().collect();
            // Keys without a common order stay as they are.
            let _ = PyValue::sort(&mut sorted, |entry| &entry.0);
            let entries = sorted.into_iter().map(|(key, value)| (represent(key, tree), represent(value, tree)));
            Content::Mapping { tag: None, entries: entries.collect() }
        }
        PyKind::Set(members) => {
            let mut sorted: Vec<&PyValue> = members.iter().collect();
            let _ = PyValue::sort(&mut sorted, |member| member);
            let null = |span| Out { span, object: None, content: scalar(ScalarTag::Null, "null"), meant: None };
            let entries = sorted.into_iter().map(|member| (represent(member, tree), null(member.span)));
            Content::Mapping { tag: Some("!!set"), entries: entries.collect() }
        }
    }
}

/// What go-yaml reads where the author wrote a scalar.
fn meant(value: &PyValue, tree: &Tree) -> Option<Scalar> {
    let node = tree.node(value.node);
    match node.kind {
        NodeKind::Scalar { text, style } => {
            go_yaml_v2_tagged(node.tag().map(|tag| tag.name.as_str()), text, *style).ok()
        }
        _ => None,
    }
}

/// A number as PyYAML writes it, always with a point.
fn float(repr: &str) -> String {
    match repr {
        "nan" => ".nan".to_owned(),
        "inf" => ".inf".to_owned(),
        "-inf" => "-.inf".to_owned(),
        _ if repr.contains('e') && !repr.contains('.') => repr.replacen('e', ".0e", 1),
        _ => repr.to_owned(),
    }
}

/// Base 64 in lines of 76 characters, each with its line break.
fn base64_lines(bytes: &[u8]) -> String {
    let lines = bytes.chunks(57).map(|chunk| STANDARD.encode(chunk) + "\n");
    lines.collect()
}
