//! From files to meaning.

pub mod snapshot;
