//! Meaning: what the consumers of a configuration will understand.

pub mod chart;
pub mod confidential;
pub mod config;
pub mod devcluster;
pub mod inventory;
pub mod kubernetes_version;
pub mod load;
pub mod master_host;
pub mod node;
pub mod pod;
pub mod pod_volume;
pub mod policy;
pub mod probe;
pub mod quantity;
pub mod requests;
pub mod security_context;
pub mod selector;
pub mod setting;
pub mod storage;
pub mod told;
pub mod verdict;
pub mod whole;
pub mod workload;
pub(crate) mod written;

pub use config::MultiRm;
pub use setting::{Origin, Setting, Why};
