//! Everything that a person or a program reads.

pub mod admission_words;
pub mod capacity;
pub mod scheduler_words;
mod security_words;
