//! `task_container_defaults`, at the root and in pools (§2.6).

use super::pod::POD;
use super::{BOOL, INT, INT_POINTER, INT64, TEXT, TEXT_LIST, TEXT_POINTER};
use crate::decode::schema::{Field, Own, Special, Struct, Type};
use crate::release::keys;

/// `model.TaskContainerDefaultsConfig`
pub(super) static DEFAULTS: Own =
    Own { of: &DEFAULTS_STRUCT, wrap: Some("failed to parse task container defaults"), short_form: None };

const POD_POINTER: Type = Type::Pointer(&Type::Struct(&POD));

static DEFAULTS_STRUCT: Struct = Struct {
    name: "TaskContainerDefaultsConfig",
    go: "model.TaskContainerDefaultsConfig",
    fields: &[
        Field::plain("dtrain_network_interface", "DtrainNetworkInterface", &TEXT),
        Field::plain("nccl_port_range", "NCCLPortRange", &TEXT),
        Field::plain("gloo_port_range", "GLOOPortRange", &TEXT),
        Field::plain("shm_size_bytes", "ShmSizeBytes", &INT64),
        Field::plain("network_mode", "NetworkMode", &Type::Text { go: "container.NetworkMode" }),
        Field::plain("cpu_pod_spec", "CPUPodSpec", &POD_POINTER),
        Field::plain("gpu_pod_spec", "GPUPodSpec", &POD_POINTER),
        Field::plain("checkpoint_gc_pod_spec", "CheckpointGCPodSpec", &POD_POINTER).dated(keys::CHECKPOINT_GC_POD_SPEC),
        Field::plain("image", "Image", &Type::Pointer(&Type::Special(Special::RuntimeItem))),
        Field::plain("registry_auth", "RegistryAuth", &Type::Pointer(&Type::Struct(&REGISTRY_AUTH))),
        Field::plain("force_pull_image", "ForcePullImage", &BOOL),
        Field::secret(
            "environment_variables",
            "EnvironmentVariables",
            &Type::Pointer(&Type::Special(Special::RuntimeItems)),
        ),
        Field::plain("add_capabilities", "AddCapabilities", &TEXT_LIST),
        Field::plain("drop_capabilities", "DropCapabilities", &TEXT_LIST),
        Field::plain("devices", "Devices", &Type::Special(Special::Devices)),
        Field::plain("bind_mounts", "BindMounts", &Type::Special(Special::BindMounts)),
        Field::plain("work_dir", "WorkDir", &TEXT_POINTER),
        Field::plain("slurm", "Slurm", &Type::Struct(&SLURM)),
        Field::plain("pbs", "Pbs", &Type::Struct(&PBS)),
        Field::plain("startup_hook", "StartupHook", &TEXT),
        Field::plain("log_policies", "LogPolicies", &Type::Special(Special::LogPolicies)),
        Field::plain("preemption_timeout", "PreemptionTimeout", &INT).dated(keys::PREEMPTION_TIMEOUT),
        Field::plain("kubernetes", "Kubernetes", &Type::Pointer(&Type::Struct(&KUBERNETES))),
    ],
};

static REGISTRY_AUTH: Struct = Struct {
    name: "AuthConfig",
    go: "registry.AuthConfig",
    fields: &[
        Field::secret("username", "Username", &TEXT),
        Field::secret("password", "Password", &TEXT),
        Field::secret("auth", "Auth", &TEXT),
        Field::plain("email", "Email", &TEXT),
        Field::plain("serveraddress", "ServerAddress", &TEXT),
        Field::secret("identitytoken", "IdentityToken", &TEXT),
        Field::secret("registrytoken", "RegistryToken", &TEXT),
    ],
};

static SLURM: Struct = Struct {
    name: "SlurmConfigV0",
    go: "expconf.SlurmConfigV0",
    fields: &[
        Field::plain("slots_per_node", "RawSlotsPerNode", &INT_POINTER),
        Field::plain("gpu_type", "RawGpuType", &TEXT_POINTER),
        Field::plain("sbatch_args", "RawSbatchArgs", &TEXT_LIST),
    ],
};

static PBS: Struct = Struct {
    name: "PbsConfigV0",
    go: "expconf.PbsConfigV0",
    fields: &[
        Field::plain("slots_per_node", "RawSlotsPerNode", &INT_POINTER),
        Field::plain("pbsbatch_args", "RawSbatchArgs", &TEXT_LIST),
    ],
};

static KUBERNETES: Struct = Struct {
    name: "KubernetesTaskContainerDefaults",
    go: "model.KubernetesTaskContainerDefaults",
    fields: &[Field::plain("max_slots_per_pod", "MaxSlotsPerPod", &INT_POINTER)],
};
