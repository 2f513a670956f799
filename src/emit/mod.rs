//! YAML that every reader takes for the same: go-yaml v2 and v3, PyYAML and YAML 1.2.
//!
//! A text stands without quotes only when it is a word that no reader takes for anything else; all other texts stand in
//! double quotes with whatever is not plainly printable escaped. Numbers are written so that all readers take them for the
//! same number. Layout and comments are not the business of this room.

mod scalar;
mod text;

pub use scalar::{number, quoted, stays_text, unquoted, word};
pub use text::{block, flow, indented, lines};

/// A value to write. Members keep their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number of JSON.
    Number(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// Text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Whether it holds other nodes.
    #[must_use]
    pub fn is_block(&self) -> bool {
        match self {
            Self::List(items) => !items.is_empty(),
            Self::Map(members) => !members.is_empty(),
            _ => false,
        }
    }
}
