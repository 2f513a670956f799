//! Commands against live clusters, real and made up.

pub(crate) mod capacity;
