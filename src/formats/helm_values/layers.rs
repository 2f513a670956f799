//! How Helm lays values over each other: later files over earlier ones, all of them over the chart's own.

use super::State;
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

/// Values for the password of the first users; the chart asks for one where its database is new (facts §6.4).
const PASSWORDS: [&str; 2] = ["initialUserPassword", "defaultPassword"];

/// Puts something in place of the secrets without which the chart renders nothing and that are not there.
pub fn assume(values: &mut Table, state: State) {
    let stand_in = || given(&Preset::Text(STAND_IN));
    let is_filled = |table: &Table, key: &str| table.get(key).is_some_and(Given::is_filled);
    let mut is_new = state == State::New;
    if let Some(GivenKind::Table(db)) = values.get_mut("db").map(|db| &mut db.kind) {
        // Helm looks for the chart's own database only.
        is_new |= is_filled(db, "hostAddress");
        if !is_filled(db, "password") {
            let _ = db.insert("password".into(), stand_in());
        }
    }
    if is_new && !PASSWORDS.iter().any(|key| is_filled(values, key)) {
        let _ = values.insert(PASSWORDS[0].into(), stand_in());
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
