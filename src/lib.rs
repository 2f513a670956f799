//! detctl: checks, renders and routes Determined AI deployments that span several Kubernetes clusters.

pub mod decode;
pub mod diagnostic;
pub mod formats;
pub mod judge;
pub mod model;
pub mod release;
pub mod rules;
pub mod source;
pub mod value;
pub mod yaml;
