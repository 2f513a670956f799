//! The whole of resource managers and pools: every effective value, whether somebody wrote it, and where.

use std::collections::BTreeMap;

use super::verdict::Json;
use crate::source::Span;

/// A resource manager with its pools.
#[derive(Clone, Debug)]
pub struct Whole {
    /// Its settings.
    pub settings: Settings,
    /// Those of its pools, in order.
    pub pools: Vec<Settings>,
}

/// Effective values by their keys in `master.yaml`.
pub type Settings = BTreeMap<String, Effective>;

/// An effective value, as it may be told.
#[derive(Clone, Debug)]
pub struct Effective {
    /// The value; a block as a whole.
    pub value: Json,
    /// Where it was written; nothing where the master fills it in.
    pub written: Option<Span>,
}
