//! How something stands in one of two configurations.

use super::settings::{found, setting_of};
use crate::model::MultiRm;
use crate::model::confidential::is_left_out;
use crate::model::config::{Manager, Pool};
use crate::model::told::{HIDDEN, told};
use crate::model::verdict::Json;
use crate::source::Span;

/// How something stands in one of the two.
#[derive(Clone, Debug)]
pub struct Side {
    /// Where.
    pub place: Span,
    /// Whether it was written there; else the place is what is nearest.
    pub is_written: bool,
    /// The path in `master.yaml`.
    pub setting: String,
    /// What it says, as it may be told.
    pub value: Json,
    /// What sort of value that is.
    pub content: Content,
    /// The bytes of the value; of what is nearest, where it was not written.
    pub bytes: Span,
}

/// What a value is, apart from its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Something that may be told.
    Open,
    /// A secret.
    Secret,
    /// Nothing, or what is left where a secret was left out.
    Blank,
}

pub(super) fn pool_side(manager: &Manager, at: usize, pool: &Pool) -> Side {
    Side {
        bytes: pool.span,
        content: Content::Open,
        place: pool.span,
        is_written: true,
        setting: setting_of(&format!("resource_managers[{}].resource_pools[{at}]", manager.index)),
        value: Json::String(manager.cluster_name.value.clone()),
    }
}

pub(super) fn side(of: &MultiRm, base: &str, key: &str, value: Json) -> Side {
    side_of(of, &format!("{base}.{key}"), value)
}

/// A setting by its path in the effective configuration.
pub(super) fn side_at(of: &MultiRm, path: &str, value: Json) -> Side {
    side_of(of, &setting_of(path), value)
}

pub(super) fn side_of(of: &MultiRm, setting: &str, value: Json) -> Side {
    let found = found(&of.root, setting);
    let (place, bytes) = match found {
        Ok(entry) => (entry.key.unwrap_or(entry.span), entry.span),
        Err(near) => (near, near),
    };
    let content = content(setting, &value);
    Side { place, is_written: found.is_ok(), setting: setting.to_owned(), value: told(setting, value), content, bytes }
}

fn content(setting: &str, value: &Json) -> Content {
    match value {
        Json::Null => Content::Blank,
        Json::String(text) if is_left_out(text) => Content::Blank,
        Json::String(text) if text == HIDDEN => Content::Secret,
        Json::Array(items) if items.iter().any(|item| content(setting, item) == Content::Blank) => Content::Blank,
        value if told(setting, value.clone()) != *value => Content::Secret,
        _ => Content::Open,
    }
}
