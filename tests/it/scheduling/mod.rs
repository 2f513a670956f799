//! Admission and placement, held against what real API servers and real schedulers did.

mod records;
mod replay;
