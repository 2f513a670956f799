//! What `detctl secrets` plans and does, for people and for programs. Never anything secret.

pub mod create;
mod words;
