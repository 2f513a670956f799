//! Commands against live clusters, real and made up.

pub(crate) mod capacity;
pub(crate) mod real;
pub(crate) mod route_dry_run;
