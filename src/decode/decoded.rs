//! What the decoder could read, with places.

use std::sync::Arc;

use ecow::EcoString;

use super::schema::{Struct, Type, Variant};
use crate::source::Span;
use crate::value::{Member, Value, ValueKind};

/// A decoded value.
#[derive(Clone, Debug)]
pub enum Decoded {
    /// null, or nothing.
    Null,
    /// A value that does not fit its place; the rules that depend on it stay silent.
    Broken,
    /// true or false
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any number.
    Float(f64),
    /// Text.
    Text(EcoString),
    /// Items in order.
    List(Vec<Entry>),
    /// Free keys in order.
    Map(Box<[(String, Entry)]>),
    /// A struct.
    Record(Arc<Record>),
}

impl Decoded {
    /// Anything, as it is.
    pub(super) fn raw(value: &Value) -> Self {
        match &value.kind {
            ValueKind::Null => Self::Null,
            ValueKind::Bool(truth) => Self::Bool(*truth),
            ValueKind::Number(number) => Self::Float(*number),
            ValueKind::Int(number) => Self::Int(*number),
            ValueKind::String(text) => Self::Text(text.clone()),
            ValueKind::Array(items) => Self::List(
                items.iter().map(|item| Entry { key: None, span: item.span, value: Self::raw(item) }).collect(),
            ),
            ValueKind::Object(object) => Self::Map(object.members().iter().map(raw_entry).collect()),
        }
    }
}

fn raw_entry(member: &Member) -> (String, Entry) {
    let entry = Entry { key: Some(member.key_span), span: member.value.span, value: Decoded::raw(&member.value) };
    (member.key.to_string(), entry)
}

impl Decoded {
    /// What a second decoding into the same place leaves behind, as when a key stands twice in two spellings: plain
    /// structs keep the fields that the second one does not set, lists theirs item by item, maps their keys. Types with
    /// decoders of their own start anew.
    fn overlay(&mut self, newer: Self, ty: &Type) {
        match (self, newer, ty) {
            (old, newer, Type::Pointer(to)) => old.overlay(newer, to),
            (Self::Record(old), Self::Record(new), Type::Struct(_)) => {
                let old = Arc::make_mut(old);
                for (key, entry) in Arc::unwrap_or_clone(new).fields {
                    old.set(key, entry);
                }
            }
            (Self::Map(old), Self::Map(new), _) => {
                let mut keys = std::mem::take(old).into_vec();
                for (key, entry) in new {
                    match keys.binary_search_by(|(known, _)| known.cmp(&key)) {
                        Ok(at) => keys[at].1 = entry,
                        Err(at) => keys.insert(at, (key, entry)),
                    }
                }
                *old = keys.into();
            }
            (Self::List(old), Self::List(new), Type::List { item, .. }) => {
                old.truncate(new.len());
                for (at, entry) in new.into_iter().enumerate() {
                    match old.get_mut(at) {
                        Some(known) => known.overlay(entry, item),
                        None => old.push(entry),
                    }
                }
            }
            (old, newer, _) => *old = newer,
        }
    }
}

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key, when it has one.
    pub key: Option<Span>,
    /// The value.
    pub span: Span,
    /// What it is.
    pub value: Decoded,
}

/// The fields of a struct that were written.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its table.
    pub of: &'static Struct,
    /// For a union the variant that was chosen and its own fields.
    pub variant: Option<(&'static Variant, Arc<Record>)>,
    /// Where it stands.
    pub span: Span,
    fields: Vec<(&'static str, Entry)>,
}

impl Record {
    /// A struct without fields.
    #[must_use]
    pub fn new(of: &'static Struct, span: Span) -> Self {
        Self::with_capacity(of, span, 0)
    }

    /// A struct without fields and with room for some.
    #[must_use]
    pub fn with_capacity(of: &'static Struct, span: Span, fields: usize) -> Self {
        Self { of, variant: None, span, fields: Vec::with_capacity(fields) }
    }

    /// Sets a field, over what an earlier spelling of its key has set; the place of that key, if there is one.
    pub fn set(&mut self, key: &'static str, entry: Entry) -> Option<Span> {
        let Some((_, old)) = self.fields.iter_mut().find(|(name, _)| *name == key) else {
            self.fields.push((key, entry));
            return None;
        };
        let field = self.of.fields.iter().find(|field| field.key == key);
        let before = old.key;
        old.overlay(entry, field.map_or(&Type::Any, |field| field.ty));
        before
    }

    /// Gives back the room for fields that did not come.
    pub(super) fn shrink(&mut self) {
        self.fields.shrink_to_fit();
    }

    /// A field that was written, null included.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.fields.iter().find(|(name, _)| *name == key).map(|(_, entry)| entry)
    }

    /// The fields that were written, in the order in which they were decoded.
    #[must_use]
    pub fn fields(&self) -> &[(&'static str, Entry)] {
        &self.fields
    }

    /// A field as text.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        match &self.entry(key)?.value {
            Decoded::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A field as a whole number.
    #[must_use]
    pub fn int(&self, key: &str) -> Option<i64> {
        match self.entry(key)?.value {
            Decoded::Int(number) => Some(number),
            _ => None,
        }
    }

    /// A field as true or false.
    #[must_use]
    pub fn bool(&self, key: &str) -> Option<bool> {
        match self.entry(key)?.value {
            Decoded::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// A field as a number.
    #[must_use]
    pub fn float(&self, key: &str) -> Option<f64> {
        match self.entry(key)?.value {
            Decoded::Float(number) => Some(number),
            _ => None,
        }
    }

    /// A field as a struct.
    #[must_use]
    pub fn record(&self, key: &str) -> Option<&Record> {
        match &self.entry(key)?.value {
            Decoded::Record(record) => Some(record),
            _ => None,
        }
    }

    /// A field as a struct, to keep.
    #[must_use]
    pub fn shared(&self, key: &str) -> Option<Arc<Record>> {
        match &self.entry(key)?.value {
            Decoded::Record(record) => Some(Arc::clone(record)),
            _ => None,
        }
    }

    /// A field as a list.
    #[must_use]
    pub fn list(&self, key: &str) -> Option<&[Entry]> {
        match &self.entry(key)?.value {
            Decoded::List(items) => Some(items),
            _ => None,
        }
    }
}

impl Entry {
    fn overlay(&mut self, newer: Self, ty: &Type) {
        self.key = newer.key;
        self.span = newer.span;
        self.value.overlay(newer.value, ty);
    }

    /// The value as a struct.
    #[must_use]
    pub fn as_record(&self) -> Option<&Record> {
        match &self.value {
            Decoded::Record(record) => Some(record),
            _ => None,
        }
    }

    /// Whether something was written that could not be decoded.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        matches!(self.value, Decoded::Broken)
    }
}
