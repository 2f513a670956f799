//! Where a key belongs that was written in the wrong block.

use crate::decode::problem::Known;

/// Keys of a Kubernetes resource manager that no other block of these has.
const MANAGER: &[&str] = &[
    "type",
    "name",
    "cluster_name",
    "metadata",
    "max_slots_per_pod",
    "default_namespace",
    "kubeconfig_path",
    "slot_type",
    "slot_resource_requests",
    "default_scheduler",
    "default_aux_resource_pool",
    "default_compute_resource_pool",
    "no_default_resource_pools",
    "determined_master_host",
    "determined_master_port",
    "determined_master_scheme",
    "master_service_name",
    "internal_task_gateway",
];

const POOL: &[&str] = &["pool_name", "description", "scheduler", "max_aux_containers_per_agent", "provider"];

const TASK_DEFAULTS: &[&str] = &[
    "cpu_pod_spec",
    "gpu_pod_spec",
    "checkpoint_gc_pod_spec",
    "image",
    "environment_variables",
    "force_pull_image",
    "bind_mounts",
    "shm_size_bytes",
    "network_mode",
    "work_dir",
    "startup_hook",
    "log_policies",
    "preemption_timeout",
];

const GATEWAY: &[&str] =
    &["gateway_name", "gateway_namespace", "gateway_ip", "gateway_port_range_start", "gateway_port_range_end"];

/// Where to move a key to that a neighbouring block knows; the block is that of `known`.
pub(super) fn home(key: &str, known: Known) -> Option<&'static str> {
    let block = match known {
        Known::Struct(of, _) => of.name,
        Known::Union(union, ..) => union.common.name,
    };
    let is = |keys: &[&str]| keys.contains(&key);
    match block {
        // Deployment name, sign-on and agents have keys of these names too; only clear cases are told.
        "Config" if is(MANAGER) => Some("move it into `resource_manager`"),
        // The old schema has a `scheduler` at the root, which is another rule's.
        "Config" if is(POOL) && key != "scheduler" => Some("move it into an item of `resource_pools`"),
        "Config" if is(TASK_DEFAULTS) => Some("move it into `task_container_defaults`"),
        "ResourceManagerWithPoolsConfig" if is(MANAGER) => {
            Some("move it below the `resource_manager` of this list item, indented")
        }
        "ResourceManagerWithPoolsConfig" if is(POOL) => Some("move it into an item of `resource_pools`"),
        "ResourceManagerConfig" if is(GATEWAY) => Some("move it into `internal_task_gateway`"),
        "ResourceManagerConfig" if is(POOL) => {
            Some("move it into an item of `resource_pools`, beside the resource manager")
        }
        "ResourceManagerConfig" if key == "task_container_defaults" || is(TASK_DEFAULTS) => {
            Some("move it into `task_container_defaults`, at the root or in a pool")
        }
        "ResourcePoolConfig" if matches!(key, "name" | "pool" | "resource_pool") => Some("did you mean `pool_name`?"),
        "ResourcePoolConfig" if key == "max_slots_per_pod" => {
            Some("a pool has it as `task_container_defaults.kubernetes.max_slots_per_pod`")
        }
        "ResourcePoolConfig" if is(TASK_DEFAULTS) => Some("move it into the pool's `task_container_defaults`"),
        "ResourcePoolConfig" if is(MANAGER) => Some("move it to the resource manager; pools cannot differ in it"),
        "TaskContainerDefaultsConfig" if key == "max_slots_per_pod" => Some("move it into `kubernetes`"),
        _ => None,
    }
}
