//! What `detctl secrets` plans and does, for people and for programs. Never anything secret.

pub mod check;
pub mod create;
pub mod delete;
pub mod list;
pub mod manifest;
pub mod rotate;
pub mod show;
mod words;
