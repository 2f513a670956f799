//! `detctl secrets`.

mod check;
mod create;
mod explain;
mod list;
mod rotate;
mod show;
