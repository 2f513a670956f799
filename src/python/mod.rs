//! What PyYAML makes of a tree for a Python program: devcluster reads its file with `yaml.safe_load` (facts §7.1).
//!
//! `construct` turns nodes into values and knows what PyYAML refuses, `text` prints values as Python does in its
//! messages.

mod construct;
mod form;
mod key;
mod mark;
mod merge;
pub mod regex;
mod text;

pub use construct::{ReadError, construct};
pub use mark::traceback;
pub use text::repr_set;

use crate::source::Span;
use crate::yaml::NodeId;

/// A Python value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PyValue {
    /// Where it was written; for an aliased value the alias.
    pub span: Span,
    /// The node that it was made of, after following aliases. Values of one node are one object to Python.
    pub node: NodeId,
    /// What it is.
    pub kind: PyKind,
}

/// The kinds of values that `safe_load` makes.
#[derive(Clone, Debug, PartialEq)]
pub enum PyKind {
    /// `None`
    None,
    /// `True`, `False`
    Bool(bool),
    /// An integer of any size, in decimal.
    Int(String),
    /// A floating point number.
    Float(f64),
    /// Text.
    Str(String),
    /// Bytes, from `!!binary`.
    Bytes(Vec<u8>),
    /// A date as `isoformat()` gives it.
    Date(String),
    /// A moment as `isoformat(" ")` gives it.
    DateTime(String),
    /// A list.
    List(Vec<PyValue>),
    /// A pair in the list that `!!omap` or `!!pairs` makes.
    Pair(Box<(PyValue, PyValue)>),
    /// A dictionary, in insertion order.
    Dict(Vec<(PyValue, PyValue)>),
    /// A set, in the order in which its members were written.
    Set(Vec<PyValue>),
}

impl PyValue {
    /// The same place with another value.
    #[must_use]
    pub fn with_kind(&self, kind: PyKind) -> Self {
        Self { span: self.span, node: self.node, kind }
    }

    /// The text, when it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            PyKind::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The entries, when it is a dictionary.
    #[must_use]
    pub fn as_dict(&self) -> Option<&[(Self, Self)]> {
        match &self.kind {
            PyKind::Dict(entries) => Some(entries),
            _ => None,
        }
    }

    /// Whether all that it holds stands fewer than `levels` collections deep.
    #[must_use]
    pub fn is_shallow(&self, levels: usize) -> bool {
        let mut level = vec![self];
        for _ in 0..levels {
            level = level.into_iter().flat_map(Self::members).collect();
            if level.is_empty() {
                return true;
            }
        }
        false
    }

    /// What it holds, keys included.
    fn members(&self) -> Vec<&Self> {
        match &self.kind {
            PyKind::List(items) | PyKind::Set(items) => items.iter().collect(),
            PyKind::Dict(entries) => entries.iter().flat_map(|(key, value)| [key, value]).collect(),
            PyKind::Pair(pair) => vec![&pair.0, &pair.1],
            _ => Vec::new(),
        }
    }

    /// The name of its type, as Python's messages have it.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self.kind {
            PyKind::None => "NoneType",
            PyKind::Bool(_) => "bool",
            PyKind::Int(_) => "int",
            PyKind::Float(_) => "float",
            PyKind::Str(_) => "str",
            PyKind::Bytes(_) => "bytes",
            PyKind::Date(_) => "datetime.date",
            PyKind::DateTime(_) => "datetime.datetime",
            PyKind::List(_) => "list",
            PyKind::Pair(_) => "tuple",
            PyKind::Dict(_) => "dict",
            PyKind::Set(_) => "set",
        }
    }

    /// The name of its type without that of its module.
    #[must_use]
    pub fn class_name(&self) -> &'static str {
        self.type_name().trim_start_matches("datetime.")
    }

    /// What it is, for people.
    #[must_use]
    pub fn in_words(&self) -> &'static str {
        match self.kind {
            PyKind::None => "nothing",
            PyKind::Bool(_) => "a truth value",
            PyKind::Int(_) | PyKind::Float(_) => "a number",
            PyKind::Str(_) => "text",
            PyKind::Bytes(_) => "binary data",
            PyKind::Date(_) | PyKind::DateTime(_) => "a date",
            PyKind::List(_) | PyKind::Pair(_) => "a list",
            PyKind::Dict(_) => "a mapping",
            PyKind::Set(_) => "a set",
        }
    }
}
