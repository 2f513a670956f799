//! detctl: checks, renders and routes Determined AI deployments that span several Kubernetes clusters.

pub mod cli;
pub mod commands;
pub mod decode;
pub mod diagnostic;
pub mod error;
pub mod formats;
pub mod io;
pub mod judge;
pub mod model;
pub mod release;
pub mod report;
pub mod rules;
pub mod scheduling;
pub mod source;
pub mod spelling;
pub mod value;
pub mod yaml;

pub use cli::run;
