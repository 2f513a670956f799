//! Wire → meaning: one room per kind of file.

pub mod master;
