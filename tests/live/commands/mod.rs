//! Commands against live clusters, real and made up.

pub(crate) mod capacity;
pub(crate) mod logins;
pub(crate) mod real;
pub(crate) mod render_helm;
pub(crate) mod route_dry_run;
pub(crate) mod secrets;
pub(crate) mod size;
pub(crate) mod sound;
pub(crate) mod validate;
