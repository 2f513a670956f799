//! What a Go program holds after it has read a YAML text into generic values (facts §1.1).
//!
//! The tree of `yaml` says what was written; a [`Value`] says what go-yaml v2 and ghodss/yaml make of
//! it: scalars typed, aliases and merge keys followed, the last of several equal keys kept, every key
//! a string, every number a double. Each value still knows the bytes that it came from.

mod from_tree;
mod go_syntax;
pub mod go_text;
mod json_text;
mod object;
mod reread;

pub use from_tree::{Failure, FailureKind, from_tree};
pub use json_text::{json_text, write_json_string};
pub use object::{Member, Object};
pub use reread::reread;

use ecow::EcoString;

use crate::{source::Span, yaml::NodeId};

/// A generic value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Where it was written; for an aliased value the alias.
    pub span: Span,
    /// The node that it came from, after following an alias.
    pub node: NodeId,
    /// The value itself.
    pub kind: ValueKind,
}

/// The kinds that JSON knows.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueKind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number; whole numbers above 2^53 have lost precision as they do in the master (§1.1).
    Number(f64),
    /// A whole number that keeps all its digits, as only a setting has that the master cast to one.
    Int(i64),
    /// Text.
    String(EcoString),
    /// A list.
    Array(Vec<Value>),
    /// A mapping.
    Object(Object),
}

impl Value {
    /// The kind in the words of Go's encoding/json.
    #[must_use]
    pub fn json_kind(&self) -> &'static str {
        match self.kind {
            ValueKind::Null => "null",
            ValueKind::Bool(_) => "bool",
            ValueKind::Number(_) | ValueKind::Int(_) => "number",
            ValueKind::String(_) => "string",
            ValueKind::Array(_) => "array",
            ValueKind::Object(_) => "object",
        }
    }

    /// The Go type that `encoding/json` gives a generic value.
    #[must_use]
    pub fn go_type(&self) -> &'static str {
        match self.kind {
            ValueKind::Null => "nil",
            ValueKind::Bool(_) => "bool",
            ValueKind::Number(_) => "float64",
            ValueKind::Int(_) => "int",
            ValueKind::String(_) => "string",
            ValueKind::Array(_) => "[]interface {}",
            ValueKind::Object(_) => "map[string]interface {}",
        }
    }

    /// The members, when it is a mapping.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        match &self.kind {
            ValueKind::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The text, when it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            ValueKind::String(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.kind, ValueKind::Null)
    }

    /// A copy of this place with another value, as casts and conversions of old keys need it.
    #[must_use]
    pub fn with_kind(&self, kind: ValueKind) -> Self {
        Self { span: self.span, node: self.node, kind }
    }
}
