//! The one integration test binary.

mod verdicts;
mod yaml;
