//! detctl: checks, renders and routes Determined AI deployments that span several Kubernetes clusters.

pub mod decode;
pub mod diagnostic;
pub mod formats;
pub mod model;
pub mod source;
pub mod value;
pub mod yaml;
