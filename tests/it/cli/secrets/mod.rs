//! `detctl secrets`.

mod explain;
