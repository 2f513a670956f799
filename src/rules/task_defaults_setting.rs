//! Task container defaults out of range.

use super::context::invalid;
use super::{Context, Rule};
use crate::decode::Record;
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "task-defaults-setting",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "`shm_size_bytes`, `network_mode` or a bind mount that is refused",
    why: "The size of shared memory must be above zero (the message says `>= 0`; on Kubernetes the number has no effect), the \
          network mode must not be empty, and bind mounts need an absolute path on the host.",
    master_says: &[
        "shm_size_bytes must be >= 0: <v> is not greater than 0",
        "network_mode must be set:  must be non-empty",
        "host_path must be an absolute path: expected true, got false",
        "container_path must not be \".\": expected true, got false",
    ],
    facts: &["E-V15", "E-V18"],
    docs: "reference/deploy/master-config-reference#task-container-defaults",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
task_container_defaults:
  shm_size_bytes: 0
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
task_container_defaults:
  shm_size_bytes: 4294967296
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (path, defaults) in cx.records("model.TaskContainerDefaultsConfig") {
        shared_memory(path, defaults, out);
        if let (Some(""), Some(entry)) = (defaults.text("network_mode"), defaults.entry("network_mode")) {
            let words = "network_mode must be set:  must be non-empty";
            let finding = RULE.finding(entry.span, "the network mode is empty");
            out.push(finding.help("write `bridge` or `host`, or remove the line").ends_load(invalid(path, words)));
        }
    }
    for (path, mount) in cx.records("model.BindMount") {
        bind_mount(path, mount, out);
    }
}

fn shared_memory(path: &str, defaults: &Record, out: &mut Vec<Finding>) {
    let (Some(size), Some(entry)) = (defaults.int("shm_size_bytes"), defaults.entry("shm_size_bytes")) else {
        return;
    };
    if size <= 0 {
        let words = format!("shm_size_bytes must be >= 0: {size} is not greater than 0");
        let finding = RULE.finding(entry.span, "the size of shared memory is not above zero");
        out.push(finding.help("write a number of bytes, or remove the line").ends_load(invalid(path, &words)));
    }
}

fn bind_mount(path: &str, mount: &Record, out: &mut Vec<Finding>) {
    let place = |key: &str| mount.entry(key).map_or(mount.span, |entry| entry.span);
    if mount.text("container_path") == Some(".") {
        let words = "container_path must not be \".\": expected true, got false";
        let finding = RULE.finding(place("container_path"), "a bind mount cannot cover the working directory");
        out.push(finding.help("write a path inside the container").ends_load(invalid(path, words)));
    }
    if !mount.text("host_path").unwrap_or("").starts_with('/') {
        let words = "host_path must be an absolute path: expected true, got false";
        let finding = RULE.finding(place("host_path"), "the host path of a bind mount is not absolute");
        out.push(finding.help("write a path that starts with `/`").ends_load(invalid(path, words)));
    }
}
