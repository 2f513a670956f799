//! Admission and placement, held against what real API servers and real schedulers did.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot read its own records has failed"
)]

mod admitted;
mod bad_input;
mod capacity;
mod laws;
mod records;
mod replay;
