//! What a kubeconfig is worth to a master, for people and for programs. No line of the file is ever shown.

mod human;
mod json;
mod words;

pub use human::human;
pub use json::json;

use crate::kubeconfig::worth::Worth;
use crate::source::SourceMap;

/// A kubeconfig with its judgement.
pub struct Judged<'a> {
    /// The path as the user wrote it, or `<stdin>`.
    pub path: &'a str,
    /// The text, for lines and columns.
    pub sources: &'a SourceMap,
    /// What it is worth.
    pub worth: &'a Worth,
    /// Where the master runs, to follow "a master ".
    pub place: &'static str,
}
