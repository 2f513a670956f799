//! Wire → meaning: one room per kind of file.

pub mod detect;
pub mod devcluster;
pub mod helm_values;
pub mod mapped;
pub mod master;
mod resemblance;
pub mod snapshot;
pub mod workload;

pub use detect::{Detection, detect};
