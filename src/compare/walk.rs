//! Two decoded configurations gone through side by side: every setting, with what the master implies where nobody wrote it.

use std::borrow::Cow;
use std::sync::Arc;

use super::settings::{self, Difference, entry, pairs, place};
use crate::decode::schema::{Trait, Type, Variant};
use crate::decode::{Decoded, Entry, Record};
use crate::formats::master::defaults::{self, Implied};
use crate::model::MultiRm;
use crate::model::confidential::{arguments, is_left_out};
use crate::model::told::{HIDDEN, decoded as shown};
use crate::model::verdict::Json;

/// All differences, also those of the effective configurations.
pub(super) fn walk(before: &MultiRm, after: &MultiRm) -> Vec<Difference> {
    let mut found = Vec::new();
    Walk { root: &before.root, found: &mut found }.records(&before.root, &after.root, "");
    found
}

/// The differences of a block in each of the two, by paths in the first. A block that nobody wrote is one without anything.
pub(super) fn beneath(before: &MultiRm, one: &str, after: &MultiRm, other: &str) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut walk = Walk { root: &before.root, found: &mut found };
    let block = |of, path| settings::found(of, path).ok().and_then(Entry::as_record);
    let like = |other: &Record| Record::new(other.of, other.span);
    match (block(&before.root, one), block(&after.root, other)) {
        (Some(first), Some(second)) => walk.records(first, second, one),
        (Some(first), None) => walk.records(first, &like(first), one),
        (None, Some(second)) => walk.records(&like(second), second, one),
        (None, None) => {}
    }
    found
}

/// Goes through two structs at once.
struct Walk<'a> {
    root: &'a Record,
    found: &'a mut Vec<Difference>,
}

/// The variant of a union with its own fields.
type Chosen = Option<(&'static Variant, Arc<Record>)>;

/// A setting in one of the two.
#[derive(Clone, Copy)]
struct Said<'d> {
    value: &'d Decoded,
    /// Whether somebody wrote it.
    is_written: bool,
}

impl<'d> Said<'d> {
    /// A part of it.
    fn part(self, value: &'d Decoded) -> Self {
        Self { value, ..self }
    }

    /// What is said of it. That nobody set anything is nothing.
    fn shown(self) -> Json {
        match self.value {
            value if !self.is_written && is_nothing(value) => Json::Null,
            value => shown(value),
        }
    }
}

impl Walk<'_> {
    fn records(&mut self, before: &Record, after: &Record, path: &str) {
        for field in before.of.fields {
            let (first, second) = (before.entry(field.key), after.entry(field.key));
            if first.is_none() && second.is_none() {
                continue;
            }
            let path = if path.is_empty() { field.key.to_owned() } else { format!("{path}.{}", field.key) };
            if field.trait_ == Trait::Secret {
                self.secrets(first, second, field.ty, path);
            } else {
                self.entries(first, second, field.ty, path);
            }
        }
        self.variants(&before.variant, &after.variant, path);
    }

    /// The own fields of a variant, or that it is another one.
    fn variants(&mut self, before: &Chosen, after: &Chosen, path: &str) {
        let setting = format!("{path}.type");
        let tag = |chosen: &Chosen| match chosen {
            Some((variant, _)) => Decoded::Text(variant.tag.into()),
            None => implied(&setting).unwrap_or(Decoded::Null),
        };
        let (one, other) = (tag(before), tag(after));
        if !is_same(&one, &other) {
            let first = Said { value: &one, is_written: before.is_some() };
            return self.push(setting, first, Said { value: &other, is_written: after.is_some() });
        }
        let like = |other: &Record| Record::new(other.of, other.span);
        match (before, after) {
            (Some((_, first)), Some((_, second))) => self.records(first, second, path),
            (Some((_, first)), None) => self.records(first, &like(first), path),
            (None, Some((_, second))) => self.records(&like(second), second, path),
            (None, None) => {}
        }
    }

    /// What differs in a secret is not told.
    fn secrets(&mut self, before: Option<&Entry>, after: Option<&Entry>, ty: &Type, path: String) {
        let mut found = Vec::new();
        Walk { root: self.root, found: &mut found }.entries(before, after, ty, path.clone());
        let Some(first) = found.first() else { return };
        let is_written = first.is_written;
        let both = (hidden(found.iter().map(|it| &it.before)), hidden(found.iter().map(|it| &it.after)));
        self.tell(path, is_written, both);
    }

    fn entries(&mut self, before: Option<&Entry>, after: Option<&Entry>, ty: &Type, path: String) {
        let (one, other) = (effective(before, ty, &path), effective(after, ty, &path));
        let is_written = |entry: Option<&Entry>| entry.is_some_and(|entry| !matches!(entry.value, Decoded::Null));
        let first = Said { value: &one, is_written: is_written(before) };
        self.values(first, Said { value: &other, is_written: is_written(after) }, path);
    }

    fn values(&mut self, before: Said<'_>, after: Said<'_>, path: String) {
        match (before.value, after.value) {
            (Decoded::Record(first), Decoded::Record(second)) => self.records(first, second, &path),
            // What was not written as a block is a block without anything.
            (Decoded::Null, Decoded::Record(second)) => {
                self.records(&Record::new(second.of, second.span), second, &path);
            }
            (Decoded::Record(first), Decoded::Null) => self.records(first, &Record::new(first.of, first.span), &path),
            // One image for all types of slots, and one each.
            (Decoded::Text(_), Decoded::Record(second)) => {
                for field in second.of.fields {
                    let other = second.entry(field.key).map_or(&Decoded::Null, |entry| &entry.value);
                    self.values(before, after.part(other), format!("{path}.{}", field.key));
                }
            }
            (Decoded::List(first), Decoded::List(second)) if first.len() == second.len() => {
                let mut found = Vec::new();
                let mut inner = Walk { root: self.root, found: &mut found };
                for (at, (first, second)) in first.iter().zip(second).enumerate() {
                    inner.values(before.part(&first.value), after.part(&second.value), format!("{path}[{at}]"));
                }
                // A list of arguments is told as a whole: some of them are secret because of others.
                match !found.is_empty() && (are_arguments(first) || are_arguments(second)) {
                    true => self.push(path, before, after),
                    false => self.found.append(&mut found),
                }
            }
            (Decoded::Map(first), Decoded::Map(second)) => {
                let pairs = pairs(first.iter().map(entry), second.iter().map(entry), &Decoded::Null);
                for (key, (first, second)) in pairs {
                    self.values(before.part(first), after.part(second), format!("{path}.{key}"));
                }
            }
            (first, second) if is_same(first, second) => {}
            _ => self.push(path, before, after),
        }
    }

    fn push(&mut self, path: String, first: Said<'_>, second: Said<'_>) {
        self.tell(path, first.is_written, (first.shown(), second.shown()));
    }

    fn tell(&mut self, path: String, is_written: bool, (before, after): (Json, Json)) {
        let place = place(self.root, &path);
        self.found.push(Difference { path: path.clone(), setting: path, place, is_written, before, after });
    }
}

/// What is told of one side of a secret: that it is there, or what was left of it.
fn hidden<'v>(mut parts: impl Iterator<Item = &'v Json>) -> Json {
    let first = parts.next().unwrap_or(&Json::Null);
    let is_left = |value: &Json| match value {
        Json::Null => true,
        Json::String(text) => is_left_out(text),
        _ => false,
    };
    if is_left(first) && parts.all(is_left) { first.clone() } else { Json::String(HIDDEN.to_owned()) }
}

/// What a setting says: what was written, else what the master implies, else what Go has for nothing.
fn effective<'d>(entry: Option<&'d Entry>, ty: &Type, path: &str) -> Cow<'d, Decoded> {
    match entry.map(|entry| &entry.value) {
        None | Some(Decoded::Null) => Cow::Owned(implied(path).unwrap_or_else(|| nothing(ty))),
        Some(value) => Cow::Borrowed(value),
    }
}

fn implied(setting: &str) -> Option<Decoded> {
    Some(match defaults::of(setting)? {
        Implied::Truth(truth) => Decoded::Bool(truth),
        Implied::Whole(number) => Decoded::Int(number),
        Implied::Text(text) => Decoded::Text((*text).into()),
    })
}

/// Go's value of a type that nobody set; behind a pointer there is none.
fn nothing(ty: &Type) -> Decoded {
    match ty {
        Type::Bool => Decoded::Bool(false),
        Type::Int { .. } => Decoded::Int(0),
        Type::Float { .. } => Decoded::Float(0.0),
        Type::Text { .. } => Decoded::Text("".into()),
        _ => Decoded::Null,
    }
}

/// Whether a value is what Go has for nothing.
fn is_nothing(value: &Decoded) -> bool {
    match value {
        Decoded::Bool(truth) => !truth,
        Decoded::Int(number) => *number == 0,
        Decoded::Float(number) => *number == 0.0,
        Decoded::Text(text) => text.is_empty(),
        other => is_empty(other),
    }
}

fn are_arguments(items: &[Entry]) -> bool {
    let texts = items.iter().map(|item| if let Decoded::Text(text) = &item.value { text } else { "" });
    !arguments::among(texts).is_empty()
}

/// Whether nothing is in a list, mapping or struct, which is as good as none.
fn is_empty(value: &Decoded) -> bool {
    match value {
        Decoded::Null => true,
        Decoded::List(items) => items.is_empty(),
        Decoded::Map(entries) => entries.is_empty(),
        Decoded::Record(of) => of.variant.is_none() && of.fields().iter().all(|(_, entry)| is_empty(&entry.value)),
        _ => false,
    }
}

fn is_same(first: &Decoded, second: &Decoded) -> bool {
    match (first, second) {
        (Decoded::Null, Decoded::Null) => true,
        (Decoded::Bool(first), Decoded::Bool(second)) => first == second,
        (Decoded::Int(first), Decoded::Int(second)) => first == second,
        (Decoded::Float(first), Decoded::Float(second)) => first.to_bits() == second.to_bits(),
        (Decoded::Text(first), Decoded::Text(second)) => first == second,
        // The same mistake twice is the same.
        (Decoded::Broken, Decoded::Broken) => true,
        _ => is_empty(first) && is_empty(second),
    }
}
