//! Admission and placement, held against what real API servers and real schedulers did.

mod admitted;
mod bad_input;
mod corners;
mod laws;
pub(crate) mod records;
mod replay;
mod routing;
mod saved;
mod steps;
