//! `resource_manager` and `additional_resource_managers[]` (§2.1, §2.2, §2.8–2.10).

use super::pools::{POOL_LIST, SCHEDULER};
use super::storage::TLS_CLIENT;
use super::task_container_defaults::DEFAULTS;
use super::{BOOL, DEVICE_TYPE, FLOAT32, INT, INT_POINTER, INT32, TEXT, TEXT_MAP, TEXT_POINTER};
use crate::decode::schema::{Field, Own, Struct, Type, Union, Variant};
use crate::release::keys;

/// `*config.ResourceManagerConfig`
pub(super) const RESOURCE_MANAGER_POINTER: Type = Type::Pointer(&Type::Union(&RESOURCE_MANAGER));

/// `[]*config.ResourceManagerWithPoolsConfig`
pub(super) const ADDITIONAL_LIST: Type = Type::List {
    item: &Type::Pointer(&Type::Struct(&MANAGER_WITH_POOLS)),
    go: "[]*config.ResourceManagerWithPoolsConfig",
};

static MANAGER_WITH_POOLS: Struct = Struct {
    name: "ResourceManagerWithPoolsConfig",
    go: "config.ResourceManagerWithPoolsConfig",
    fields: &[
        Field::plain("resource_manager", "ResourceManager", &RESOURCE_MANAGER_POINTER),
        Field::plain("resource_pools", "ResourcePools", &POOL_LIST),
    ],
};

static RESOURCE_MANAGER: Union = Union {
    tag: "type",
    common: &Struct { name: "ResourceManagerConfig", go: "config.ResourceManagerConfig", fields: &[] },
    variants: &[
        Variant { tag: "agent", go: "AgentRM", ty: &Type::Own(&AGENT), period: None },
        Variant { tag: "kubernetes", go: "KubernetesRM", ty: &Type::Own(&KUBERNETES), period: None },
        Variant { tag: "slurm", go: "DispatcherRM", ty: &Type::Own(&DISPATCHER), period: Some(keys::ENTERPRISE) },
        Variant { tag: "pbs", go: "PbsRM", ty: &Type::Own(&DISPATCHER), period: Some(keys::ENTERPRISE) },
    ],
    wrap: None,
};

static AGENT: Own = Own { of: &AGENT_STRUCT, wrap: None, short_form: None };
static AGENT_STRUCT: Struct = Struct {
    name: "AgentResourceManagerConfig",
    go: "config.AgentResourceManagerConfig",
    fields: &[
        Field::plain("cluster_name", "ClusterName", &TEXT).dated(keys::CLUSTER_NAME),
        Field::plain("scheduler", "Scheduler", &Type::Pointer(&Type::Union(&SCHEDULER))),
        Field::plain("default_aux_resource_pool", "DefaultAuxResourcePool", &TEXT),
        Field::plain("default_compute_resource_pool", "DefaultComputeResourcePool", &TEXT),
        Field::plain("no_default_resource_pools", "NoDefaultResourcePools", &BOOL),
        Field::plain("default_cpu_resource_pool", "DefaultCPUResourcePool", &TEXT),
        Field::plain("default_gpu_resource_pool", "DefaultGPUResourcePool", &TEXT),
        Field::plain("require_authentication", "RequireAuthentication", &BOOL),
        Field::plain("client_ca", "ClientCA", &TEXT),
        Field::plain("name", "Name", &TEXT),
        Field::plain("metadata", "Metadata", &TEXT_MAP),
    ],
};

static KUBERNETES: Own = Own { of: &KUBERNETES_STRUCT, wrap: None, short_form: None };
static KUBERNETES_STRUCT: Struct = Struct {
    name: "KubernetesResourceManagerConfig",
    go: "config.KubernetesResourceManagerConfig",
    fields: &[
        Field::plain("namespace", "Namespace", &TEXT).dated(keys::NAMESPACE),
        Field::plain("default_namespace", "DefaultNamespace", &TEXT).dated(keys::DEFAULT_NAMESPACE),
        Field::plain("max_slots_per_pod", "MaxSlotsPerPod", &INT_POINTER),
        Field::plain("cluster_name", "ClusterName", &TEXT).dated(keys::CLUSTER_NAME),
        Field::plain("master_service_name", "MasterServiceName", &TEXT),
        Field::plain("leave_kubernetes_resources", "LeaveKubernetesResources", &BOOL),
        Field::plain("default_scheduler", "DefaultScheduler", &TEXT),
        Field::plain("slot_type", "SlotType", &DEVICE_TYPE),
        Field::plain("slot_resource_requests", "SlotResourceRequests", &Type::Struct(&SLOT_REQUESTS)),
        Field::plain("fluent", "Fluent", &Type::Struct(&FLUENT)),
        Field::plain("kubeconfig_path", "KubeconfigPath", &TEXT),
        Field::plain("determined_master_scheme", "DetMasterScheme", &TEXT).dated(keys::MASTER_SCHEME),
        Field::plain("determined_master_ip", "DetMasterIP", &TEXT).dated(keys::MASTER_IP),
        Field::plain("determined_master_host", "DetMasterHost", &TEXT).dated(keys::MASTER_HOST),
        Field::plain("determined_master_port", "DetMasterPort", &INT32),
        Field::plain("default_aux_resource_pool", "DefaultAuxResourcePool", &TEXT),
        Field::plain("default_compute_resource_pool", "DefaultComputeResourcePool", &TEXT),
        Field::plain("no_default_resource_pools", "NoDefaultResourcePools", &BOOL),
        Field::plain("internal_task_gateway", "InternalTaskGateway", &Type::Pointer(&Type::Own(&GATEWAY)))
            .dated(keys::GATEWAY),
        Field::plain("name", "Name", &TEXT),
        Field::plain("metadata", "Metadata", &TEXT_MAP),
    ],
};

static SLOT_REQUESTS: Struct = Struct {
    name: "PodSlotResourceRequests",
    go: "config.PodSlotResourceRequests",
    fields: &[Field::plain("cpu", "CPU", &FLOAT32)],
};

static FLUENT: Struct = Struct {
    name: "FluentConfig",
    go: "config.FluentConfig",
    fields: &[
        Field::plain("image", "Image", &TEXT),
        Field::plain("uid", "UID", &INT),
        Field::plain("gid", "GID", &INT),
    ],
};

static GATEWAY: Own = Own { of: &GATEWAY_STRUCT, wrap: None, short_form: None };
static GATEWAY_STRUCT: Struct = Struct {
    name: "InternalTaskGatewayConfig",
    go: "config.InternalTaskGatewayConfig",
    fields: &[
        Field::plain("gateway_name", "GatewayName", &TEXT),
        Field::plain("gateway_namespace", "GatewayNamespace", &TEXT),
        Field::plain("gateway_ip", "GatewayIP", &TEXT),
        Field::plain("gateway_port_range_start", "GWPortStart", &INT),
        Field::plain("gateway_port_range_end", "GWPortEnd", &INT),
    ],
};

static DISPATCHER: Own = Own { of: &DISPATCHER_STRUCT, wrap: None, short_form: None };
static DISPATCHER_STRUCT: Struct = Struct {
    name: "DispatcherResourceManagerConfig",
    go: "config.DispatcherResourceManagerConfig",
    fields: &[
        Field::plain("cluster_name", "ClusterName", &TEXT).dated(keys::CLUSTER_NAME),
        Field::plain("master_host", "MasterHost", &TEXT),
        Field::plain("master_port", "MasterPort", &INT),
        Field::plain("host", "LauncherHost", &TEXT),
        Field::plain("port", "LauncherPort", &INT),
        Field::plain("protocol", "LauncherProtocol", &TEXT),
        Field::plain("slot_type", "SlotType", &Type::Pointer(&DEVICE_TYPE)),
        Field::plain("auth_file", "LauncherAuthFile", &TEXT),
        Field::plain("container_run_type", "LauncherContainerRunType", &TEXT),
        Field::plain("rendezvous_network_interface", "RendezvousNetworkInterface", &TEXT),
        Field::plain("proxy_network_interface", "ProxyNetworkInterface", &TEXT),
        Field::plain("user_name", "UserName", &TEXT),
        Field::plain("group_name", "GroupName", &TEXT),
        Field::plain("singularity_image_root", "SingularityImageRoot", &TEXT),
        Field::plain("apptainer_image_root", "ApptainerImageRoot", &TEXT),
        Field::plain("job_storage_root", "JobStorageRoot", &TEXT),
        Field::plain("path", "Path", &TEXT),
        Field::plain("ld_library_path", "LdLibraryPath", &TEXT),
        Field::plain("launcher_jvm_args", "LauncherJvmArgs", &TEXT),
        Field::plain("sudo_authorized", "SudoAuthorized", &TEXT),
        Field::plain("tres_supported", "TresSupported", &BOOL),
        Field::plain("gres_supported", "GresSupported", &BOOL),
        Field::plain("default_aux_resource_pool", "DefaultAuxResourcePool", &TEXT_POINTER),
        Field::plain("default_compute_resource_pool", "DefaultComputeResourcePool", &TEXT_POINTER),
        Field::plain("job_project_source", "JobProjectSource", &TEXT_POINTER),
        Field::plain("name", "Name", &TEXT),
        Field::plain("metadata", "Metadata", &TEXT_MAP),
        Field::plain("security", "Security", &Type::Pointer(&Type::Struct(&DISPATCHER_SECURITY))),
        Field::plain(
            "partition_overrides",
            "PartitionOverrides",
            &Type::Map {
                value: &Type::Struct(&PARTITION_OVERRIDES),
                go: "map[string]config.DispatcherPartitionOverrideConfigs",
            },
        ),
    ],
};

static DISPATCHER_SECURITY: Struct = Struct {
    name: "DispatcherSecurityConfig",
    go: "config.DispatcherSecurityConfig",
    fields: &[Field::plain("tls", "TLS", &Type::Struct(&TLS_CLIENT))],
};

static PARTITION_OVERRIDES: Struct = Struct {
    name: "DispatcherPartitionOverrideConfigs",
    go: "config.DispatcherPartitionOverrideConfigs",
    fields: &[
        Field::plain("rendezvous_network_interface", "RendezvousNetworkInterface", &TEXT_POINTER),
        Field::plain("proxy_network_interface", "ProxyNetworkInterface", &TEXT_POINTER),
        Field::plain("slot_type", "SlotType", &Type::Pointer(&DEVICE_TYPE)),
        Field::plain("task_container_defaults", "TaskContainerDefaultsConfig", &Type::Pointer(&Type::Own(&DEFAULTS))),
        Field::plain("description", "Description", &TEXT),
    ],
};
