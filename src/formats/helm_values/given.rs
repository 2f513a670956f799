//! Values as Helm holds them: every file and `--set` in one tree, each value with the bytes that it was written with.

use std::collections::BTreeMap;

use ecow::EcoString;

use crate::source::Span;
use crate::value::{Object, Value, ValueKind, go_text};

/// A mapping of values.
pub type Table = BTreeMap<EcoString, Given>;

/// One value.
#[derive(Clone, Debug)]
pub struct Given {
    /// What it is.
    pub kind: GivenKind,
    /// Where its key was written; `None` for what the chart brings along, and for elements of lists.
    pub key: Option<Span>,
    /// Where it was written; `None` for what the chart brings along.
    pub place: Option<Span>,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum GivenKind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number of a file.
    Float(f64),
    /// A number of `--set`.
    Int(i64),
    /// Text; also the numbers of the chart's own defaults, which print as they are written.
    Text(EcoString),
    /// A list.
    List(Vec<Given>),
    /// A mapping.
    Table(Table),
}

impl Given {
    /// What was read from a file.
    #[must_use]
    pub fn from_value(value: Value, key: Option<Span>) -> Self {
        let place = Some(value.span);
        let kind = match value.kind {
            ValueKind::Null => GivenKind::Null,
            ValueKind::Bool(truth) => GivenKind::Bool(truth),
            ValueKind::Number(number) => GivenKind::Float(number),
            ValueKind::Int(number) => GivenKind::Int(number),
            ValueKind::String(text) => GivenKind::Text(text),
            ValueKind::Array(items) => {
                GivenKind::List(items.into_iter().map(|item| Self::from_value(item, None)).collect())
            }
            ValueKind::Object(object) => GivenKind::Table(table(object)),
        };
        Self { kind, key, place }
    }

    /// The members, when it is a mapping.
    #[must_use]
    pub fn as_table(&self) -> Option<&Table> {
        match &self.kind {
            GivenKind::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The text, when it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            GivenKind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self.kind, GivenKind::Null)
    }

    /// Whether Go's templates take it for true.
    #[must_use]
    pub fn is_filled(&self) -> bool {
        match &self.kind {
            GivenKind::Null => false,
            GivenKind::Bool(truth) => *truth,
            GivenKind::Float(number) => *number != 0.0,
            GivenKind::Int(number) => *number != 0,
            GivenKind::Text(text) => !text.is_empty(),
            GivenKind::List(items) => !items.is_empty(),
            GivenKind::Table(table) => !table.is_empty(),
        }
    }

    /// The Go type that it has in a template.
    #[must_use]
    pub fn go_type(&self) -> &'static str {
        match self.kind {
            GivenKind::Null => "interface {}",
            GivenKind::Bool(_) => "bool",
            GivenKind::Float(_) => "float64",
            GivenKind::Int(_) => "int64",
            GivenKind::Text(_) => "string",
            GivenKind::List(_) => "[]interface {}",
            GivenKind::Table(_) => "map[string]interface {}",
        }
    }

    /// The best place to point at: the key, else the value.
    #[must_use]
    pub fn anchor(&self) -> Option<Span> {
        self.key.or(self.place)
    }

    /// As `fmt.Print` prints it.
    #[must_use]
    pub fn printed(&self) -> String {
        match &self.kind {
            GivenKind::Null => "<nil>".to_owned(),
            GivenKind::Bool(truth) => truth.to_string(),
            GivenKind::Float(number) => go_text::float_g64(*number),
            GivenKind::Int(number) => number.to_string(),
            GivenKind::Text(text) => text.to_string(),
            GivenKind::List(items) => {
                let items: Vec<String> = items.iter().map(Self::printed).collect();
                format!("[{}]", items.join(" "))
            }
            GivenKind::Table(table) => {
                let members: Vec<String> =
                    table.iter().map(|(key, value)| format!("{key}:{}", value.printed())).collect();
                format!("map[{}]", members.join(" "))
            }
        }
    }
}

/// The members of a mapping that was read.
#[must_use]
pub fn table(object: Object) -> Table {
    let members = object.into_members().into_iter();
    members.map(|member| (member.key, Given::from_value(member.value, Some(member.key_span)))).collect()
}
