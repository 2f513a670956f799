//! Values that nobody may see: passwords, keys and tokens anywhere in the values.

use super::given::{Given, GivenKind, Table};
use crate::model::confidential;
use crate::source::Span;

/// The bytes of all secrets.
pub fn secrets(values: &Table) -> Vec<Span> {
    let mut found = Vec::new();
    table(values, &mut found);
    found
}

fn table(values: &Table, found: &mut Vec<Span>) {
    for (key, value) in values {
        look(key, value, found);
    }
}

fn look(key: &str, value: &Given, found: &mut Vec<Span>) {
    match &value.kind {
        GivenKind::Table(_) | GivenKind::List(_) if confidential::tells_all_below(key) => found.extend(value.place),
        GivenKind::Table(values) => table(values, found),
        GivenKind::List(items) => items.iter().for_each(|item| look(key, item, found)),
        GivenKind::Null | GivenKind::Bool(_) => {}
        GivenKind::Text(text) if confidential::is_pasted(key, text) => found.extend(value.place),
        GivenKind::Float(_) | GivenKind::Int(_) | GivenKind::Text(_) => {
            found.extend(value.place.filter(|_| confidential::tells(key)));
        }
    }
}
