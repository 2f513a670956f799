//! detctl: checks, renders and routes Determined AI deployments that span several Kubernetes clusters.

pub mod diagnostic;
pub mod model;
pub mod source;
pub mod yaml;
