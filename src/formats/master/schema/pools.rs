//! `resource_pools[]` and the scheduler block (§2.3, §2.4).

use super::provider::PROVIDER;
use super::task_container_defaults::DEFAULTS;
use super::{BOOL, DURATION, INT, INT_POINTER, TEXT};
use crate::decode::schema::{Field, Own, Struct, Type, Union, Variant};
use crate::release::keys;

/// `[]config.ResourcePoolConfig`
pub(super) const POOL_LIST: Type = Type::List { item: &Type::Own(&POOL), go: "[]config.ResourcePoolConfig" };

static POOL: Own = Own { of: &POOL_STRUCT, wrap: None, short_form: None };

static POOL_STRUCT: Struct = Struct {
    name: "ResourcePoolConfig",
    go: "config.ResourcePoolConfig",
    fields: &[
        Field::plain("pool_name", "PoolName", &TEXT),
        Field::plain("description", "Description", &TEXT),
        Field::plain("kubernetes_namespace", "KubernetesNamespace", &TEXT).dated(keys::POOL_NAMESPACE),
        Field::plain("provider", "Provider", &Type::Pointer(&Type::Union(&PROVIDER))),
        Field::plain("scheduler", "Scheduler", &Type::Pointer(&Type::Union(&SCHEDULER))),
        Field::plain("max_aux_containers_per_agent", "MaxAuxContainersPerAgent", &INT),
        Field::plain("task_container_defaults", "TaskContainerDefaults", &Type::Pointer(&Type::Own(&DEFAULTS))),
        Field::plain("agent_reattach_enabled", "AgentReattachEnabled", &BOOL),
        Field::plain("agent_reconnect_wait", "AgentReconnectWait", &DURATION),
        Field::plain("max_cpu_containers_per_agent", "MaxCPUContainersPerAgent", &INT),
    ],
};

/// `config.SchedulerConfig`
pub(super) static SCHEDULER: Union = Union {
    tag: "type",
    common: &Struct {
        name: "SchedulerConfig",
        go: "config.SchedulerConfig",
        fields: &[
            Field::plain("fitting_policy", "FittingPolicy", &TEXT),
            Field::plain("allow_heterogeneous_fits", "AllowHeterogeneousFits", &BOOL),
        ],
    },
    variants: &[
        Variant { tag: "fair_share", go: "FairShare", ty: &Type::Struct(&FAIR_SHARE), period: None },
        Variant { tag: "priority", go: "Priority", ty: &Type::Struct(&PRIORITY), period: None },
        Variant { tag: "round_robin", go: "RoundRobin", ty: &Type::Struct(&ROUND_ROBIN), period: None },
    ],
    wrap: None,
};

static FAIR_SHARE: Struct =
    Struct { name: "FairShareSchedulerConfig", go: "config.FairShareSchedulerConfig", fields: &[] };
static ROUND_ROBIN: Struct =
    Struct { name: "RoundRobinSchedulerConfig", go: "config.RoundRobinSchedulerConfig", fields: &[] };
static PRIORITY: Struct = Struct {
    name: "PrioritySchedulerConfig",
    go: "config.PrioritySchedulerConfig",
    fields: &[
        Field::plain("preemption", "Preemption", &BOOL),
        Field::plain("default_priority", "DefaultPriority", &INT_POINTER),
    ],
};
