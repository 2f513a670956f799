//! Values that nobody may see: passwords, keys and tokens anywhere in the values.

use super::given::{Given, GivenKind, Table};
use crate::source::Span;
use crate::spelling::{contains_one, ends_with_one};

/// Parts of names under which secrets stand, without separators and in lower case.
const TELLING: &[&str] =
    &["passw", "token", "secretkey", "accesskey", "privatekey", "credential", "connectionstring", "clientsecret"];

/// Ends of names that only tell where a secret is.
const NAMES_ONE: &[&str] = &["name", "path", "clientsecretkey", "attribute"];

/// The bytes of all secrets.
pub fn secrets(values: &Table) -> Vec<Span> {
    let mut found = Vec::new();
    table(values, &mut found);
    found
}

fn table(values: &Table, found: &mut Vec<Span>) {
    for (key, value) in values {
        let is_secret = contains_one(key, TELLING) && !ends_with_one(key, NAMES_ONE);
        look(value, is_secret, found);
    }
}

fn look(value: &Given, is_secret: bool, found: &mut Vec<Span>) {
    match &value.kind {
        GivenKind::Table(values) => table(values, found),
        GivenKind::List(items) => items.iter().for_each(|item| look(item, is_secret, found)),
        GivenKind::Null | GivenKind::Bool(_) => {}
        GivenKind::Float(_) | GivenKind::Int(_) | GivenKind::Text(_) => found.extend(value.place.filter(|_| is_secret)),
    }
}
