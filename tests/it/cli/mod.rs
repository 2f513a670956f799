//! One file per command: that its flags arrive and what its output looks like.

mod capacity;
mod completions;
mod convert;
mod diff;
mod explain;
mod init;
mod man;
mod render_helm;
mod render_helm_limits;
mod render_helm_values;
mod root;
mod route_bad_input;
mod route_dry_run;
mod route_verdicts;
mod rules;
mod schema;
mod secrets;
mod topology;
mod validate;
mod version;
