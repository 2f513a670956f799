//! Values as they may be told.

use std::borrow::Cow;

use super::confidential;
use super::verdict::Json;

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

/// A text under a key as it may be told.
#[must_use]
pub fn text<'t>(key: &str, text: &'t str) -> &'t str {
    if confidential::hides(key, text) { HIDDEN } else { text }
}

/// Items, of which some are secret because of the one before.
fn array(key: &str, items: Vec<Json>) -> Json {
    let texts: Vec<&str> = items.iter().map(|item| if let Json::String(text) = item { text } else { "" }).collect();
    let secret = confidential::arguments::among(&texts);
    let item = |(at, item)| if secret.contains(&at) { hidden() } else { told(key, item) };
    Json::Array(items.into_iter().enumerate().map(item).collect())
}

fn hidden() -> Json {
    Json::String(HIDDEN.to_owned())
}
