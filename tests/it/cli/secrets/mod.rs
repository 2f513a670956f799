//! `detctl secrets`.

mod bad_input;
mod check;
mod copy;
mod create;
mod explain;
mod list;
mod manifest;
mod pull;
mod redaction;
mod rotate;
mod show;
mod threats;
