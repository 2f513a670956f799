//! Wire → meaning: one room per kind of file.

pub mod detect;
pub mod mapped;
pub mod master;
pub mod snapshot;

pub use detect::{Detection, detect};
