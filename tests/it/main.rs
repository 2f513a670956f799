//! The one integration test binary.

#![allow(clippy::unwrap_used, reason = "a test stops at what is not as it should be")]

mod bad_input;
mod canary;
mod canary_sound;
mod charts;
mod ci;
mod cli;
mod clusters;
mod coverage;
mod devcluster;
mod fixes;
mod followed;
mod guards;
mod kinds;
mod kubeconfig;
mod readme;
mod renderings;
mod report;
mod rules;
mod scheduling;
mod schemas;
mod seen;
mod support;
mod verdicts;
mod whole;
mod yaml;
