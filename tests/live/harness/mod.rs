//! The harness's own tests: that planes behave as clusters do, and go away.

pub(crate) mod access;
pub(crate) mod ending;
pub(crate) mod failures;
pub(crate) mod kubeconfigs;
pub(crate) mod planes;
pub(crate) mod pods;
