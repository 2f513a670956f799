//! `detctl secrets`.

mod create;
mod explain;
