//! Meaning: what the consumers of a configuration will understand.

pub mod config;
pub mod load;
pub mod setting;
pub mod verdict;
pub mod version;

pub use config::MultiRm;
pub use setting::{Origin, Setting, Why};
