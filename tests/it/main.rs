//! The one integration test binary.

mod bad_input;
mod cli;
mod guards;
mod readme;
mod report;
mod support;
