//! The one integration test binary.

mod scheduling;
