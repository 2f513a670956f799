//! The one model of a configuration: resource managers in the master's order, the default first.
//!
//! Values are effective ones, after all defaults; each [`Setting`] tells whether somebody wrote it.
//! Rules, rendering and routing see only this, never a file format.

use std::sync::Arc;

use super::setting::Setting;
use super::written;
use crate::decode::Record;
use crate::source::Span;

/// A whole configuration (facts §2, §1.7).
#[derive(Clone, Debug)]
pub struct MultiRm {
    /// The default resource manager first, then the additional ones in file order.
    pub managers: Vec<Manager>,
    /// Task container defaults at the root (§2.6).
    pub task_defaults: TaskDefaults,
    /// Name of the deployment; not that of a cluster.
    pub deployment_name: Setting<String>,
    /// Port that the master listens on (§1.7).
    pub port: Setting<i64>,
    /// All that was written, for what this model does not spell out.
    pub root: Record,
}

impl MultiRm {
    /// Lets go of all that was written at the root; the model itself stays.
    pub fn forget_written(&mut self) {
        self.root = Record::new(self.root.of, self.root.span);
    }

    /// Where it is said that the master serves TLS itself: it has a certificate and a key (facts §2.1).
    #[must_use]
    pub fn tls(&self) -> Option<Span> {
        let block = self.root.record("security")?.record("tls")?;
        let is_given = |key| block.text(key).is_some_and(|text| !text.is_empty());
        (is_given("cert") && is_given("key")).then(|| block.entry("cert").map(|entry| entry.span)).flatten()
    }

    /// The resource manager that answers requests without a pool.
    #[must_use]
    pub fn default_manager(&self) -> Option<&Manager> {
        self.managers.first()
    }

    /// The additional resource managers.
    pub fn additional(&self) -> impl Iterator<Item = &Manager> {
        self.managers.iter().skip(1)
    }

    /// Whether the Multi-RM router is in charge (§4.1).
    #[must_use]
    pub fn is_multi(&self) -> bool {
        self.managers.len() > 1
    }
}

/// A resource manager with its pools.
#[derive(Clone, Debug)]
pub struct Manager {
    /// 0 for the default one.
    pub index: usize,
    /// The key of its block, or what is nearest to it.
    pub span: Span,
    /// What it drives.
    pub kind: ManagerKind,
    /// Its name in the API and in bindings (§2.1).
    pub cluster_name: Setting<String>,
    /// The deprecated `name`.
    pub name: Setting<String>,
    /// Pool for requests without slots.
    pub default_aux_pool: Setting<Option<String>>,
    /// Pool for requests with slots.
    pub default_compute_pool: Setting<Option<String>>,
    /// Whether the two are blanked.
    pub no_default_pools: Setting<bool>,
    /// Free-form text shown in the API.
    pub metadata: Option<Vec<(String, String)>>,
    /// Its pools.
    pub pools: Vec<Pool>,
    /// Where the list of pools stands, and whether somebody wrote it.
    pub pools_origin: super::setting::Origin,
}

/// The kinds of resource managers.
#[derive(Clone, Debug)]
pub enum ManagerKind {
    /// Determined's own agents (§2.8); legal only as the default.
    Agent(Agent),
    /// A Kubernetes cluster (§2.1).
    Kubernetes(Box<Kubernetes>),
    /// Slurm (§2.9).
    Slurm(Dispatcher),
    /// PBS (§2.9).
    Pbs(Dispatcher),
    /// An element of `additional_resource_managers` without a resource manager (P-R1).
    Missing,
    /// Something whose type could not be told.
    Broken,
}

impl ManagerKind {
    /// The word in `type`.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Agent(_) => "agent",
            Self::Kubernetes(_) => "kubernetes",
            Self::Slurm(_) => "slurm",
            Self::Pbs(_) => "pbs",
            Self::Missing | Self::Broken => "unknown",
        }
    }
}

impl Manager {
    /// The Kubernetes settings, when it drives a cluster.
    #[must_use]
    pub fn kubernetes(&self) -> Option<&Kubernetes> {
        match &self.kind {
            ManagerKind::Kubernetes(kubernetes) => Some(kubernetes),
            _ => None,
        }
    }

    /// How to speak of it: its cluster name, or its place while it has none.
    #[must_use]
    pub fn title(&self) -> String {
        match (self.cluster_name.value.as_str(), self.index) {
            ("", 0) => "the default resource manager".to_owned(),
            ("", index) => format!("additional resource manager {index}"),
            (name, _) if name.contains(char::is_control) => format!("resource manager {name:?}"),
            (name, _) => format!("resource manager \"{name}\""),
        }
    }
}

/// An agent resource manager.
#[derive(Clone, Debug)]
pub struct Agent {
    /// Its scheduler; filled in when nothing is written.
    pub scheduler: Scheduler,
}

/// A Kubernetes resource manager.
#[derive(Clone, Debug)]
pub struct Kubernetes {
    /// Namespace of workspaces without a binding; empty means `default`.
    pub default_namespace: Setting<String>,
    /// Most slots in one pod (§5.1).
    pub max_slots_per_pod: Setting<Option<i64>>,
    /// Service that is looked up when host or port is missing (§3.4).
    pub master_service_name: Setting<String>,
    /// How tasks reach the master: `http`, `https`, or empty for what the master itself serves.
    pub master_scheme: Setting<String>,
    /// How tasks reach the master: host, used only together with the port.
    pub master_host: Setting<String>,
    /// How tasks reach the master: port, used only together with the host.
    pub master_port: Setting<i64>,
    /// Kubeconfig; empty means in-cluster.
    pub kubeconfig_path: Setting<String>,
    /// `cuda`, `rocm` or `cpu`.
    pub slot_type: Setting<String>,
    /// CPUs per slot, for `cpu` slots.
    pub slot_cpu_request: Setting<f64>,
    /// `coscheduler` or empty.
    pub default_scheduler: Setting<String>,
    /// Parsed and never read by the master.
    pub leave_kubernetes_resources: Setting<bool>,
    /// Gateway through which tasks are reached from outside (§2.2).
    pub gateway: Option<Gateway>,
}

impl Kubernetes {
    /// Whether the master drives the cluster that it runs in (§3.5).
    #[must_use]
    pub fn is_in_cluster(&self) -> bool {
        self.kubeconfig_path.value.is_empty() && !self.kubeconfig_path.is_broken()
    }

    /// Where tasks of workspaces without a binding run (§4.3).
    #[must_use]
    pub fn namespace(&self) -> &str {
        match self.default_namespace.value.as_str() {
            "" => "default",
            name => name,
        }
    }

    /// Whether tasks are told this host and port; where one is missing, a Service is looked up for both (§3.4).
    #[must_use]
    pub fn has_master_address(&self) -> bool {
        !self.master_host.value.is_empty() && self.master_port.value != 0
    }
}

/// An internal task gateway.
#[derive(Clone, Debug)]
pub struct Gateway {
    /// The key of its block.
    pub span: Span,
    /// Name of the Gateway object.
    pub name: Setting<String>,
    /// Namespace of the Gateway object.
    pub namespace: Setting<String>,
    /// Address of the gateway: an IP or a host name.
    pub address: Setting<String>,
    /// First port of the range.
    pub port_start: Setting<i64>,
    /// Last port of the range.
    pub port_end: Setting<i64>,
}

/// A Slurm or PBS resource manager, as far as detctl looks at it.
#[derive(Clone, Debug)]
pub struct Dispatcher {
    /// `singularity`, `podman` or `enroot`.
    pub container_run_type: Setting<String>,
    /// `singularity_image_root` as written.
    pub singularity_image_root: Setting<String>,
    /// `apptainer_image_root` as written.
    pub apptainer_image_root: Setting<String>,
    /// `cuda`, `rocm`, `cpu`, or nothing.
    pub slot_type: Setting<Option<String>>,
    /// `project`, `workspace`, `label[:x]`, or nothing.
    pub job_project_source: Setting<Option<String>>,
}

/// A resource pool (§2.3).
#[derive(Clone, Debug)]
pub struct Pool {
    /// The pool's block.
    pub span: Span,
    /// Its name.
    pub name: Setting<String>,
    /// Scheduler block, when there is one.
    pub scheduler: Option<Box<Scheduler>>,
    /// Whether a cloud provider is configured, and where.
    pub provider: Option<Span>,
    /// Task container defaults of the pool, when it has any.
    pub task_defaults: Option<Box<TaskDefaults>>,
    /// All that was written. What is seldom asked for is read from here, as there may be many thousands of pools.
    pub written: Arc<Record>,
}

/// `aproto.AgentReconnectWait` in nanoseconds: five attempts, five seconds apart.
const RECONNECT_WAIT: i64 = 25_000_000_000;

impl Manager {
    /// The path of its block in `master.yaml`.
    #[must_use]
    pub fn block(&self) -> String {
        match self.index.checked_sub(1) {
            None => "resource_manager".to_owned(),
            Some(at) => format!("additional_resource_managers[{at}].resource_manager"),
        }
    }
}

impl Pool {
    /// Shown to users.
    #[must_use]
    pub fn description(&self) -> Setting<String> {
        written::text(&self.written, "description", "", self.span)
    }

    /// Namespace of its tasks, in releases whose pools have one; empty for that of the resource manager.
    #[must_use]
    pub fn namespace(&self) -> Setting<String> {
        written::text(&self.written, "kubernetes_namespace", "", self.span)
    }

    /// Most containers without slots on an agent. Only for agents; checked all the same.
    #[must_use]
    pub fn max_aux_containers(&self) -> Setting<i64> {
        let old = written::int(&self.written, "max_cpu_containers_per_agent", -1, self.span);
        if old.value == -1 { written::int(&self.written, "max_aux_containers_per_agent", 100, self.span) } else { old }
    }

    /// Whether agents may come back with what runs on them. Only for agents, and without effect.
    #[must_use]
    pub fn agent_reattach(&self) -> Setting<bool> {
        written::boolean(&self.written, "agent_reattach_enabled", self.span)
    }

    /// How long an agent is waited for, in nanoseconds. Only for agents.
    #[must_use]
    pub fn agent_reconnect_wait(&self) -> Setting<i64> {
        written::int(&self.written, "agent_reconnect_wait", RECONNECT_WAIT, self.span)
    }
}

/// A scheduler block (§2.4).
#[derive(Clone, Debug)]
pub struct Scheduler {
    /// The block, or what is near.
    pub span: Span,
    /// The policy.
    pub policy: Policy,
    /// `best` or `worst`.
    pub fitting_policy: Setting<String>,
    /// Whether jobs may span unlike agents.
    pub allow_heterogeneous_fits: bool,
}

/// Scheduling policies.
#[derive(Clone, Debug)]
pub enum Policy {
    /// `fair_share`
    FairShare,
    /// `priority`
    Priority {
        /// Whether running jobs may be stopped for better ones.
        preemption: bool,
        /// Priority of jobs that ask for none.
        default_priority: Setting<i64>,
    },
    /// `round_robin`
    RoundRobin,
    /// None at all: only in an additional `resource_manager: {}` (P-R3).
    None,
    /// One that could not be told.
    Broken,
}

/// Task container defaults, as far as detctl looks at them (§2.6).
#[derive(Clone, Debug)]
pub struct TaskDefaults {
    /// The block, or what is near.
    pub span: Span,
    /// Most slots in one pod (§5.1).
    pub max_slots_per_pod: Setting<Option<i64>>,
    /// `host` or anything else.
    pub network_mode: Setting<String>,
    /// Bytes; without effect on Kubernetes.
    pub shm_size_bytes: Setting<i64>,
    /// Seconds.
    pub preemption_timeout: Setting<i64>,
    /// Pod spec of tasks without slots.
    pub cpu_pod_spec: Option<PodSpec>,
    /// Pod spec of tasks with slots, of whatever type.
    pub gpu_pod_spec: Option<PodSpec>,
    /// Pod spec of checkpoint garbage collection.
    pub checkpoint_gc_pod_spec: Option<PodSpec>,
    /// All that was written.
    pub written: Option<Arc<Record>>,
}

/// A `core/v1` Pod as a template.
#[derive(Clone, Debug)]
pub struct PodSpec {
    /// The key that holds it.
    pub key: Option<Span>,
    /// Its fields.
    pub pod: Arc<Record>,
}
