//! detctl: checks, renders and routes Determined AI deployments that span several Kubernetes clusters.

pub mod commands;
pub mod diagnostic;
pub mod formats;
pub mod model;
pub mod report;
pub mod scheduling;
pub mod source;
pub mod yaml;
