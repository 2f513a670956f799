//! `provider` of a pool: meaningless on Kubernetes, but a bad one stops the master all the same (§2.5).

use super::compute::INSTANCE_PROPERTIES;
use super::{BOOL, DURATION, INT, INT_POINTER, TEXT, TEXT_LIST, TEXT_MAP};
use crate::decode::schema::{Field, Own, Struct, Type, Union, Variant};

/// `provconfig.Config`
pub(super) static PROVIDER: Union = Union {
    tag: "type",
    common: &Struct {
        name: "Config",
        go: "provconfig.Config",
        fields: &[
            Field::plain("master_url", "MasterURL", &TEXT),
            Field::plain("master_cert_name", "MasterCertName", &TEXT),
            Field::secret("startup_script", "StartupScript", &TEXT),
            Field::secret("container_startup_script", "ContainerStartupScript", &TEXT),
            Field::plain("agent_docker_network", "AgentDockerNetwork", &TEXT),
            Field::plain("agent_docker_runtime", "AgentDockerRuntime", &TEXT),
            Field::plain("agent_docker_image", "AgentDockerImage", &TEXT),
            Field::plain("agent_fluent_image", "AgentFluentImage", &TEXT),
            Field::plain("agent_reconnect_attempts", "AgentReconnectAttempts", &INT),
            Field::plain("agent_reconnect_backoff", "AgentReconnectBackoff", &INT),
            Field::plain("agent_config_file_contents", "AgentConfigFileContents", &Type::Any),
            Field::plain("max_idle_agent_period", "MaxIdleAgentPeriod", &DURATION),
            Field::plain("max_agent_starting_period", "MaxAgentStartingPeriod", &DURATION),
            Field::plain("min_instances", "MinInstances", &INT),
            Field::plain("max_instances", "MaxInstances", &INT),
            Field::plain("launch_error_timeout", "LaunchErrorTimeout", &Type::Pointer(&DURATION)),
            Field::plain("launch_error_retries", "LaunchErrorRetries", &INT),
        ],
    },
    variants: &[
        Variant { tag: "aws", go: "AWS", ty: &Type::Own(&AWS), period: None },
        Variant { tag: "gcp", go: "GCP", ty: &Type::Own(&GCP), period: None },
        Variant { tag: "hpc", go: "HPC", ty: &Type::Struct(&HPC), period: None },
    ],
    wrap: None,
};

static AWS: Own = Own { of: &AWS_STRUCT, wrap: None, short_form: None };
static AWS_STRUCT: Struct = Struct {
    name: "AWSClusterConfig",
    go: "provconfig.AWSClusterConfig",
    fields: &[
        Field::plain("region", "Region", &TEXT),
        Field::plain("root_volume_size", "RootVolumeSize", &INT),
        Field::plain("image_id", "ImageID", &TEXT),
        Field::plain("tag_key", "TagKey", &TEXT),
        Field::plain("tag_value", "TagValue", &TEXT),
        Field::plain("instance_name", "InstanceName", &TEXT),
        Field::plain("ssh_key_name", "SSHKeyName", &TEXT),
        Field::plain("network_interface", "NetworkInterface", &Type::Struct(&EC2_NETWORK)),
        Field::plain("iam_instance_profile_arn", "IamInstanceProfileArn", &TEXT),
        Field::plain("instance_type", "InstanceType", &Type::Text { go: "provconfig.Ec2InstanceType" }),
        Field::plain("instance_slots", "InstanceSlots", &INT_POINTER),
        Field::plain("log_group", "LogGroup", &TEXT),
        Field::plain("log_stream", "LogStream", &TEXT),
        Field::plain("spot", "SpotEnabled", &BOOL),
        Field::plain("spot_max_price", "SpotMaxPrice", &TEXT),
        Field::plain(
            "custom_tags",
            "CustomTags",
            &Type::List { item: &Type::Pointer(&Type::Struct(&EC2_TAG)), go: "[]*provconfig.ec2Tag" },
        ),
        Field::plain("cpu_slots_allowed", "CPUSlotsAllowed", &BOOL),
    ],
};

static EC2_NETWORK: Struct = Struct {
    name: "ec2NetworkInterface",
    go: "provconfig.ec2NetworkInterface",
    fields: &[
        Field::plain("public_ip", "PublicIP", &BOOL),
        Field::plain("subnet_id", "SubnetID", &TEXT),
        Field::plain("security_group_id", "SecurityGroupID", &TEXT),
    ],
};

static EC2_TAG: Struct = Struct {
    name: "ec2Tag",
    go: "provconfig.ec2Tag",
    fields: &[Field::plain("key", "Key", &TEXT), Field::plain("value", "Value", &TEXT)],
};

static GCP: Own = Own { of: &GCP_STRUCT, wrap: None, short_form: None };
static GCP_STRUCT: Struct = Struct {
    name: "GCPClusterConfig",
    go: "provconfig.GCPClusterConfig",
    fields: &[
        Field::plain("base_config", "BaseConfig", &Type::Pointer(&Type::Struct(&INSTANCE_PROPERTIES))),
        Field::plain("project", "Project", &TEXT),
        Field::plain("zone", "Zone", &TEXT),
        Field::plain("boot_disk_size", "BootDiskSize", &INT),
        Field::plain("boot_disk_source_image", "BootDiskSourceImage", &TEXT),
        Field::plain("boot_disk_type", "BootDiskType", &TEXT),
        Field::plain("labels", "Labels", &TEXT_MAP),
        Field::plain("label_key", "LabelKey", &TEXT),
        Field::plain("label_value", "LabelValue", &TEXT),
        Field::plain("name_prefix", "NamePrefix", &TEXT),
        Field::plain("network_interface", "NetworkInterface", &Type::Struct(&GCE_NETWORK)),
        Field::plain("network_tags", "NetworkTags", &TEXT_LIST),
        Field::plain("service_account", "ServiceAccount", &Type::Struct(&GCE_SERVICE_ACCOUNT)),
        Field::plain("instance_type", "InstanceType", &Type::Struct(&GCE_INSTANCE)),
        Field::plain("operation_timeout_period", "OperationTimeoutPeriod", &DURATION),
        Field::plain("cpu_slots_allowed", "CPUSlotsAllowed", &BOOL),
        Field::plain("use_cloud_logging", "UseCloudLogging", &BOOL),
    ],
};

static GCE_NETWORK: Struct = Struct {
    name: "gceNetworkInterface",
    go: "provconfig.gceNetworkInterface",
    fields: &[
        Field::plain("network", "Network", &TEXT),
        Field::plain("subnetwork", "Subnetwork", &TEXT),
        Field::plain("external_ip", "ExternalIP", &BOOL),
    ],
};

static GCE_SERVICE_ACCOUNT: Struct = Struct {
    name: "gceServiceAccount",
    go: "provconfig.gceServiceAccount",
    fields: &[Field::plain("email", "Email", &TEXT), Field::plain("scopes", "Scopes", &TEXT_LIST)],
};

static GCE_INSTANCE: Struct = Struct {
    name: "gceInstanceType",
    go: "provconfig.gceInstanceType",
    fields: &[
        Field::plain("machine_type", "MachineType", &TEXT),
        Field::plain("gpu_type", "GPUType", &TEXT),
        Field::plain("gpu_num", "GPUNum", &INT),
        Field::plain("preemptible", "Preemptible", &BOOL),
    ],
};

static HPC: Struct = Struct {
    name: "HpcClusterConfig",
    go: "provconfig.HpcClusterConfig",
    fields: &[Field::plain("partition", "Partition", &TEXT)],
};
