//! The one integration test binary.

mod verdicts;
