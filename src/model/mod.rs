//! Meaning: what the consumers of a configuration will understand.

pub mod verdict;
pub mod version;
