//! How Helm lays values over each other: later files over earlier ones, all of them over the chart's own.

use super::chart::defaults::{DEFAULTS, Default, Preset};
use super::given::{Given, GivenKind, Table};
use crate::model::chart::Contradiction;
use crate::model::confidential::STAND_IN;

/// Lays one table over another: mappings are merged, anything else replaces what was there, null too.
pub fn merge(below: &mut Table, above: Table, path: &str, found: &mut Vec<Contradiction>) {
    for (key, value) in above {
        let path = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
        match (below.get_mut(&key), value) {
            (
                Some(Given { kind: GivenKind::Table(old), key: old_key, place }),
                Given { kind: GivenKind::Table(new), key: new_key, place: new_place },
            ) => {
                merge(old, new, &path, found);
                (*old_key, *place) = (new_key, new_place);
            }
            (old, value) => {
                if let Some(old) = old {
                    found.extend(contradiction(path, old, &value));
                }
                let _ = below.insert(key, value);
            }
        }
    }
}

fn contradiction(path: String, earlier: &Given, later: &Given) -> Option<Contradiction> {
    let tables = (earlier.as_table().is_some(), later.as_table().is_some());
    if earlier.is_null() || later.is_null() || tables.0 == tables.1 {
        return None;
    }
    Some(Contradiction { path, earlier: earlier.anchor()?, later: later.anchor()?, later_is_table: tables.1 })
}

/// Fills in what the chart brings along; a null takes such a value away.
pub fn fill(values: &mut Table) {
    // At the root a null is as good as nothing, and it has a place.
    let nulls: Table =
        values.iter().filter(|(_, value)| value.is_null()).map(|(key, value)| (key.clone(), value.clone())).collect();
    fill_from(values, DEFAULTS);
    values.extend(nulls);
}

/// Secrets without which the chart renders nothing (facts §6.4).
const SECRETS: [(&str, &str); 2] = [("db", "password"), ("", "initialUserPassword")];

/// Puts something in place of the secrets that the chart demands and that are not there.
pub fn assume(values: &mut Table) {
    for (table, key) in SECRETS {
        let stand_in = || given(&Preset::Text(STAND_IN));
        let table = match table {
            "" => Some(&mut *values),
            table => match values.get_mut(table).map(|value| &mut value.kind) {
                Some(GivenKind::Table(inner)) => Some(inner),
                _ => None,
            },
        };
        if let Some(table) = table.filter(|table| table.get(key).is_none_or(|value| !value.is_filled())) {
            let _ = table.insert(key.into(), stand_in());
        }
    }
}

fn fill_from(values: &mut Table, defaults: &[Default]) {
    for (key, preset) in defaults {
        match (values.get_mut(*key), preset) {
            (None, preset) => {
                let _ = values.insert((*key).into(), given(preset));
            }
            (Some(Given { kind: GivenKind::Table(own), .. }), Preset::Table(inner)) => fill_from(own, inner),
            (Some(Given { kind: GivenKind::Null, .. }), _) => {
                let _ = values.remove(*key);
            }
            (Some(_), _) => {}
        }
    }
}

fn given(preset: &Preset) -> Given {
    let kind = match preset {
        Preset::Null => GivenKind::Null,
        Preset::Bool(truth) => GivenKind::Bool(*truth),
        Preset::Text(text) => GivenKind::Text((*text).into()),
        Preset::List(items) => GivenKind::List(items.iter().map(given).collect()),
        Preset::Table(members) => {
            GivenKind::Table(members.iter().map(|(key, value)| ((*key).into(), given(value))).collect())
        }
    };
    Given { kind, key: None, place: None }
}
