//! Reading YAML as the master reads it.

mod scalars;

use detctl::source::{SourceId, SourceMap};
use detctl::yaml::parse::{Limits, Parsed, parse};

/// Reads a text with the usual limits.
pub(crate) fn read(text: &str) -> (SourceMap, SourceId, Parsed) {
    let mut map = SourceMap::new();
    let id = map.add("text.yaml", text);
    let parsed = parse(id, text, Limits::default());
    (map, id, parsed)
}
