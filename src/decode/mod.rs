//! The way of Go's encoding/json from generic values into structs, as tables and one interpreter
//! (facts §1.5).
//!
//! A [`schema::Type`] says what a place takes; [`go_json::decode`] walks a value along it in the
//! order of the real decoder, keeps every [`Problem`] instead of the first, and works out which one
//! the master reports.

pub mod decoded;
mod digits;
pub mod duration;
pub mod go_json;
mod literals;
mod log_policies;
pub mod problem;
pub mod quantity;
mod run;
mod scalars;
pub mod schema;
mod special;
mod time;
mod union;

pub use decoded::{Decoded, Entry, Record};
pub use problem::{Problem, ProblemKind};
