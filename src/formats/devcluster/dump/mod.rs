//! The file that devcluster writes for a master: `yaml.dump` of PyYAML 6 (facts §7.4).
//!
//! `nodes` turns values into nodes with tags, sorts keys and finds what is shared, `emit` lays nodes out, `style` chooses
//! quotes and `fold` writes scalars.

mod emit;
mod fold;
mod nodes;
mod style;

use crate::formats::mapped::Origins;
use crate::model::devcluster::Retyped;
use crate::python::PyValue;
use crate::source::{SourceMap, Span};
use crate::yaml::Tree;

/// A written configuration.
#[derive(Debug)]
pub(super) struct Dumped {
    pub(super) text: String,
    pub(super) origins: Origins,
    pub(super) retyped: Vec<Retyped>,
}

/// What `yaml.dump(value)` gives; `None` stands for an empty mapping. `whole` is where the configuration stands.
pub(super) fn dump(value: Option<&PyValue>, whole: Span, sources: &SourceMap, tree: &Tree) -> Dumped {
    let node = value.map(|value| nodes::represent(value, tree));
    let mut emitter = emit::Emitter::new(sources);
    emitter.document(node.as_ref());
    let (text, origins) = emitter.writer.finish(whole);
    Dumped { text, origins, retyped: emitter.retyped }
}
