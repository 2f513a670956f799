//! What an editor shows for a key: meanings, defaults, values, and keys that are on their way out. A test holds each row
//! to a field of the tables.

use serde_json::{Map, Value, json};

use crate::release::{Behaviour, Release};

/// A row: the struct, the key, and what it means.
type Row = (&'static str, &'static str, &'static str);

const KUBERNETES: &str = "config.KubernetesResourceManagerConfig";
const AGENT: &str = "config.AgentResourceManagerConfig";
const GATEWAY: &str = "config.InternalTaskGatewayConfig";
const POOL: &str = "config.ResourcePoolConfig";
const ROOT: &str = "config.Config";
const DEFAULTS: &str = "model.TaskContainerDefaultsConfig";
const DATABASE: &str = "config.DBConfig";

/// Meanings (facts §2.1–2.11).
const MEANINGS: &[Row] = &[
    (ROOT, "resource_manager", "The default resource manager: requests without a pool go to it."),
    (ROOT, "resource_pools", "The pools of the default resource manager."),
    (
        ROOT,
        "additional_resource_managers",
        "Further resource managers, each of type kubernetes, with a cluster_name and at least one pool.",
    ),
    (ROOT, "task_container_defaults", "Defaults for the containers of all tasks."),
    (ROOT, "checkpoint_storage", "Where checkpoints are kept."),
    (ROOT, "db", "The database of the master."),
    (ROOT, "port", "The port that the master listens on; 8080 unless given."),
    (ROOT, "cluster_name", "The name that people see for the deployment; it has nothing to do with resource managers."),
    (ROOT, "launch_error", "No effect on Kubernetes; true unless given."),
    (ROOT, "tensorboard_timeout", "Seconds after which an idle TensorBoard ends; 300 unless given."),
    (ROOT, "reserved_ports", "Ports that tasks must not use."),
    (DATABASE, "port", "The port of the database, as text."),
    ("config.ResourceManagerConfig", "type", "What the resource manager runs tasks on."),
    (
        "config.ResourceManagerWithPoolsConfig",
        "resource_manager",
        "An additional resource manager, of type kubernetes.",
    ),
    ("config.ResourceManagerWithPoolsConfig", "resource_pools", "Its pools; at least one."),
    (
        KUBERNETES,
        "cluster_name",
        "The name of the resource manager, unique among all of them; namespaces are bound to workspaces by it. Needed for \
         additional ones; the default one is called default unless given.",
    ),
    (KUBERNETES, "default_namespace", "The namespace for workspaces that are bound to none; default unless given."),
    (
        KUBERNETES,
        "max_slots_per_pod",
        "The slots of the largest pod. Needed for each resource manager as soon as there are several; 0 loads, and nothing \
         can be scheduled.",
    ),
    (KUBERNETES, "master_service_name", "The Service of the master, looked up where host or port is missing."),
    (
        KUBERNETES,
        "determined_master_scheme",
        "How tasks reach the master: https if it serves TLS, else http, unless given.",
    ),
    (KUBERNETES, "determined_master_host", "Where tasks find the master; used only together with the port."),
    (KUBERNETES, "determined_master_port", "The port at that host; used only together with the host."),
    (KUBERNETES, "kubeconfig_path", "The kubeconfig of the cluster; that of the master's own cluster unless given."),
    (
        KUBERNETES,
        "slot_type",
        "What a slot is: cuda unless given, rocm, or cpu with slot_resource_requests.cpu. gpu means cuda.",
    ),
    (KUBERNETES, "slot_resource_requests", "What a slot asks for; its cpu must be above zero where slot_type is cpu."),
    (KUBERNETES, "default_scheduler", "Empty or coscheduler."),
    (
        KUBERNETES,
        "default_aux_resource_pool",
        "The pool of requests without slots; default unless given. Only that of the default resource manager routes, and \
         the master never checks that it exists.",
    ),
    (
        KUBERNETES,
        "default_compute_resource_pool",
        "The pool of requests with slots; default unless given. Only that of the default resource manager routes, and the \
         master never checks that it exists.",
    ),
    (KUBERNETES, "no_default_resource_pools", "True takes both default pools away, also where they are given."),
    (KUBERNETES, "internal_task_gateway", "The gateway through which the master reaches tasks of another cluster."),
    (KUBERNETES, "metadata", "Texts that the API returns with the resource manager."),
    (KUBERNETES, "leave_kubernetes_resources", "Read, and never used."),
    ("config.PodSlotResourceRequests", "cpu", "CPUs of a slot."),
    (GATEWAY, "gateway_name", "The name of the Gateway, 1 to 63 characters."),
    (GATEWAY, "gateway_namespace", "The namespace of the Gateway."),
    (GATEWAY, "gateway_ip", "The address of the Gateway, which may be a host name."),
    (GATEWAY, "gateway_port_range_start", "The first port, 1025 to 65535 and below the last; 32768 unless given."),
    (GATEWAY, "gateway_port_range_end", "The last port, 1025 to 65535; 65535 unless given."),
    (POOL, "pool_name", "The name of the pool, unique among all resource managers."),
    (POOL, "description", "Shown to people."),
    (
        POOL,
        "task_container_defaults",
        "Defaults for the containers of tasks in this pool; a block here replaces the root's.",
    ),
    (POOL, "scheduler", "On Kubernetes only default_priority has an effect."),
    (POOL, "max_aux_containers_per_agent", "Not used on Kubernetes, but must not be below zero."),
    (POOL, "agent_reconnect_wait", "A duration, as text; not used on Kubernetes."),
    (POOL, "provider", "Not used on Kubernetes, but a bad block stops the master."),
    ("config.PrioritySchedulerConfig", "default_priority", "1 to 99; 42 unless given."),
    (DEFAULTS, "shm_size_bytes", "Above zero; on Kubernetes the size has no effect."),
    (DEFAULTS, "network_mode", "On Kubernetes host gives pods the network of their node; bridge unless given."),
    (DEFAULTS, "cpu_pod_spec", "A Kubernetes Pod, laid under those of tasks without slots."),
    (DEFAULTS, "gpu_pod_spec", "A Kubernetes Pod, laid under those of tasks with slots."),
    (DEFAULTS, "checkpoint_gc_pod_spec", "A Kubernetes Pod, laid under those that delete checkpoints."),
    (DEFAULTS, "image", "One image, or one for each of cpu, cuda and rocm."),
    (DEFAULTS, "environment_variables", "A list, or one for each of cpu, cuda and rocm."),
    (DEFAULTS, "force_pull_image", "Pull images although they are there."),
    (DEFAULTS, "devices", "Not used on Kubernetes."),
    (DEFAULTS, "bind_mounts", "On Kubernetes they become hostPath volumes."),
    (DEFAULTS, "preemption_timeout", "Seconds between the wish for a task to end and its end; 3600 unless given."),
];

/// Keys that are read and should not be written any more (facts §1.9, §2).
const DEPRECATED: &[Row] = &[
    (KUBERNETES, "name", "write cluster_name; name helps the default resource manager only"),
    (AGENT, "name", "write cluster_name"),
    (KUBERNETES, "fluent", "never read"),
    (AGENT, "default_cpu_resource_pool", "write default_aux_resource_pool"),
    (AGENT, "default_gpu_resource_pool", "write default_compute_resource_pool"),
    (POOL, "max_cpu_containers_per_agent", "write max_aux_containers_per_agent"),
    (POOL, "agent_reattach_enabled", "agents are always reattached"),
];

/// A key with all values that the master takes.
struct Values {
    of: &'static str,
    key: &'static str,
    values: &'static [&'static str],
    by: Option<Behaviour>,
}

/// Facts §2.1.
const VALUES: &[Values] = &[
    Values { of: KUBERNETES, key: "slot_type", values: &["cuda", "rocm", "cpu", "gpu"], by: None },
    Values {
        of: KUBERNETES,
        key: "default_scheduler",
        values: &["", "coscheduler"],
        by: Some(Behaviour::ChecksDefaultScheduler),
    },
];

/// A key that is converted before decoding, so that no table holds it (facts §1.4).
pub(super) struct Converted {
    of: &'static str,
    pub(super) key: &'static str,
    instead: &'static str,
    by: Option<Behaviour>,
    pub(super) shape: Shape,
}

/// What a converted key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Whatever the new key takes.
    Any,
    /// The scheduler of the schema before resource managers.
    Scheduler,
    /// The provider of that schema's only pool.
    Provisioner,
}

const CONVERTED: &[Converted] = &[
    Converted { of: ROOT, key: "scheduler", instead: "write resource_manager", by: None, shape: Shape::Scheduler },
    Converted {
        of: ROOT,
        key: "provisioner",
        instead: "write resource_pools with a provider",
        by: None,
        shape: Shape::Provisioner,
    },
    Converted {
        of: KUBERNETES,
        key: "determined_master_ip",
        instead: "write determined_master_host",
        by: Some(Behaviour::ConvertsMasterIp),
        shape: Shape::Any,
    },
    Converted {
        of: "config.InternalConfig",
        key: "preemption_timeout",
        instead: "write task_container_defaults.preemption_timeout, in seconds",
        by: Some(Behaviour::ConvertsPreemptionTimeout),
        shape: Shape::Any,
    },
];

impl Converted {
    /// The schema of its value, with what to write instead.
    pub(super) fn described(&self, mut schema: Value) -> Value {
        if schema == true {
            schema = json!({});
        }
        if let Some(members) = schema.as_object_mut() {
            deprecate(members, self.instead);
        }
        schema
    }
}

/// Marks a key for every reader of schemas, and for those editors that can say what to write instead.
fn deprecate(members: &mut Map<String, Value>, instead: &str) {
    members.insert("deprecated".to_owned(), true.into());
    members.insert("deprecationMessage".to_owned(), instead.into());
    members.insert("doNotSuggest".to_owned(), true.into());
}

/// `scheduler` at the root. With Kubernetes behind it the conversion ends in a key that the master does not know.
pub(super) fn old_scheduler() -> Value {
    let text = || json!({ "$ref": "#/$defs/text-or-nothing" });
    json!({
        "type": ["object", "null"],
        "properties": {
            "fit": text(),
            "type": text(),
            "resource_provider": {
                "type": ["object", "null"],
                "properties": { "type": { "enum": ["default", null] } },
            },
        },
    })
}

/// The keys of a struct that a release converts.
pub(super) fn converted(of: &str, release: Release) -> impl Iterator<Item = &'static Converted> {
    CONVERTED.iter().filter(move |row| row.of == of && row.by.is_none_or(|behaviour| release.has(behaviour)))
}

/// A schema with what is known of its key.
pub(super) fn described(mut schema: Value, of: &str, key: &str, release: Release) -> Value {
    let find = |rows: &[Row]| rows.iter().find(|row| (row.0, row.1) == (of, key)).map(|row| row.2);
    let Some(members) = schema.as_object_mut() else {
        return schema;
    };
    if let Some(meaning) = find(MEANINGS) {
        members.insert("description".to_owned(), meaning.into());
    }
    if let Some(instead) = find(DEPRECATED) {
        deprecate(members, instead);
    }
    let values = VALUES.iter().find(|row| (row.of, row.key) == (of, key));
    if let Some(row) = values.filter(|row| row.by.is_none_or(|behaviour| release.has(behaviour))) {
        let values = row.values.iter().map(|value| Value::from(*value)).chain([Value::Null]);
        members.insert("enum".to_owned(), values.collect());
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::{CONVERTED, DEPRECATED, MEANINGS, VALUES};
    use crate::release::Release;

    #[test]
    fn every_row_is_of_a_key_that_there_is() {
        let schema = crate::schema::master(Release::default());
        let text = schema.to_string();
        let meanings = MEANINGS.iter().chain(DEPRECATED).map(|row| row.2);
        for words in meanings.chain(CONVERTED.iter().map(|row| row.instead)) {
            let words = serde_json::to_string(words).unwrap();
            assert!(text.contains(&words), "{words} belongs to no key of the tables");
        }
        for row in VALUES {
            assert!(row.values.iter().all(|value| text.contains(value)), "{}", row.key);
        }
    }
}
