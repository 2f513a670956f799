//! Meaning: what the consumers of a configuration will understand.

pub mod inventory;
pub mod kubernetes_version;
pub mod node;
pub mod pod;
pub mod policy;
pub mod quantity;
pub mod requests;
pub mod security_context;
pub mod selector;
pub mod storage;
pub mod verdict;
