//! YAML as it was written: a tree of spanned nodes that knows no field names.
//!
//! `parse` is the only room that names the YAML crate. `scalar` tells what each reader (the master's
//! go-yaml v2, devcluster's PyYAML) makes of a plain word. What a document *means* to a Go program
//! is the business of the next stratum, `value`.

mod build;
pub mod parse;
pub mod scalar;
mod tree;

pub use tree::{Comment, Document, Node, NodeId, NodeKind, ScalarStyle, StructureStyle, Tag, Tree};
