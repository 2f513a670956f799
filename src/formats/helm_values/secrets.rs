//! Values that nobody may see: passwords, keys and tokens anywhere in the values.

use super::given::{Given, GivenKind, Table};
use crate::source::Span;

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
        let is_secret = is_telling(key);
        look(value, is_secret, found);
    }
}

/// Whether secrets stand under a key of this name. Most keys are short and hold no separator, so nothing is copied.
fn is_telling(key: &str) -> bool {
    let mut buffer = [0; 64];
    let mut length = 0;
    for byte in key.bytes().filter(|byte| !matches!(byte, b'_' | b'-')).take(buffer.len()) {
        buffer[length] = byte.to_ascii_lowercase();
        length += 1;
    }
    let name = &buffer[..length];
    let has = |part: &&str| name.windows(part.len()).any(|window| window == part.as_bytes());
    name.iter().any(|byte| matches!(byte, b'k' | b'w' | b'c'))
        && TELLING.iter().any(has)
        && !NAMES_ONE.iter().any(|end| name.ends_with(end.as_bytes()))
}

fn look(value: &Given, is_secret: bool, found: &mut Vec<Span>) {
    match &value.kind {
        GivenKind::Table(values) => table(values, found),
        GivenKind::List(items) => items.iter().for_each(|item| look(item, is_secret, found)),
        GivenKind::Null | GivenKind::Bool(_) => {}
        GivenKind::Float(_) | GivenKind::Int(_) | GivenKind::Text(_) => found.extend(value.place.filter(|_| is_secret)),
    }
}
