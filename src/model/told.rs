//! Values as they may be told.

use std::borrow::Cow;

use super::confidential;
use super::verdict::Json;
use crate::decode::schema::Trait;
use crate::decode::{Decoded, Entry};

/// What stands in place of a value that is never shown.
pub const HIDDEN: &str = "********";

/// A value as it may be told: secrets by their names or their looks are covered, at any depth.
#[must_use]
pub fn told(setting: &str, value: Json) -> Json {
    let key = setting.rsplit('.').next().unwrap_or(setting);
    let key = key.split('[').next().unwrap_or(key);
    match value {
        Json::Object(_) | Json::Array(_) if confidential::tells_all_below(key) => hidden(),
        Json::Object(members) => {
            let member = |(key, value): (Cow<'static, str>, Json)| {
                let value = told(&key, value);
                (key, value)
            };
            Json::Object(members.into_iter().map(member).collect())
        }
        Json::Array(items) => array(key, items),
        Json::String(text) if confidential::hides(key, &text) => hidden(),
        Json::Int(_) | Json::Float(_) if confidential::tells(key) => hidden(),
        other => other,
    }
}

/// A decoded value, in which fields that the master itself takes for secrets are covered. The names of keys tell more:
/// [`told`].
#[must_use]
pub fn decoded(value: &Decoded) -> Json {
    match value {
        Decoded::Null | Decoded::Broken => Json::Null,
        Decoded::Bool(truth) => Json::Bool(*truth),
        Decoded::Int(number) => Json::Int(*number),
        Decoded::Float(number) => Json::Float(*number),
        Decoded::Text(text) => Json::String(text.to_string()),
        Decoded::List(items) => Json::Array(items.iter().map(|item| decoded(&item.value)).collect()),
        Decoded::Map(entries) => {
            Json::Object(entries.iter().map(|(key, entry)| (Cow::Owned(key.clone()), decoded(&entry.value))).collect())
        }
        Decoded::Record(of) => {
            let is_secret = |key: &str| of.of.fields.iter().any(|it| it.key == key && it.trait_ == Trait::Secret);
            let field = |(key, entry): &(&'static str, Entry)| match is_secret(key) {
                true => (Cow::Borrowed(*key), Json::String(HIDDEN.to_owned())),
                false => (Cow::Borrowed(*key), decoded(&entry.value)),
            };
            Json::Object(of.fields().iter().map(field).collect())
        }
    }
}

/// A text under a key as it may be told.
#[must_use]
pub fn text<'t>(key: &str, text: &'t str) -> &'t str {
    if confidential::hides(key, text) { HIDDEN } else { text }
}

/// Items, of which some are secret because of the one before.
fn array(key: &str, items: Vec<Json>) -> Json {
    let secret = confidential::arguments::among(items.iter().map(|item| item.as_str().unwrap_or("")));
    let item = |(at, item)| if secret.contains(&at) { hidden() } else { told(key, item) };
    Json::Array(items.into_iter().enumerate().map(item).collect())
}

fn hidden() -> Json {
    Json::String(HIDDEN.to_owned())
}
