//! `base_config` of a pool on GCP: `compute.InstanceProperties` of the Google API client that the master is built
//! with. A table, generated from the published Go types by reflection.

use super::{BOOL, BOOL_POINTER, INT64, TEXT, TEXT_LIST, TEXT_MAP, TEXT_POINTER};
use crate::decode::schema::{Field, Special, Struct, Type};

/// A number that must be written as text (`json:",string"`).
const QUOTED: Type = Type::Special(Special::QuotedInt);

pub(super) static INSTANCE_PROPERTIES: Struct = Struct {
    name: "InstanceProperties",
    go: "compute.InstanceProperties",
    fields: &[
        Field::plain(
            "advancedMachineFeatures",
            "AdvancedMachineFeatures",
            &Type::Pointer(&Type::Struct(&ADVANCED_MACHINE_FEATURES)),
        ),
        Field::plain("canIpForward", "CanIpForward", &BOOL),
        Field::plain(
            "confidentialInstanceConfig",
            "ConfidentialInstanceConfig",
            &Type::Pointer(&Type::Struct(&CONFIDENTIAL_INSTANCE_CONFIG)),
        ),
        Field::plain("description", "Description", &TEXT),
        Field::plain(
            "disks",
            "Disks",
            &Type::List { item: &Type::Pointer(&Type::Struct(&ATTACHED_DISK)), go: "[]*compute.AttachedDisk" },
        ),
        Field::plain(
            "guestAccelerators",
            "GuestAccelerators",
            &Type::List {
                item: &Type::Pointer(&Type::Struct(&ACCELERATOR_CONFIG)),
                go: "[]*compute.AcceleratorConfig",
            },
        ),
        Field::plain("keyRevocationActionType", "KeyRevocationActionType", &TEXT),
        Field::plain("labels", "Labels", &TEXT_MAP),
        Field::plain("machineType", "MachineType", &TEXT),
        Field::plain("metadata", "Metadata", &Type::Pointer(&Type::Struct(&METADATA))),
        Field::plain("minCpuPlatform", "MinCpuPlatform", &TEXT),
        Field::plain(
            "networkInterfaces",
            "NetworkInterfaces",
            &Type::List { item: &Type::Pointer(&Type::Struct(&NETWORK_INTERFACE)), go: "[]*compute.NetworkInterface" },
        ),
        Field::plain(
            "networkPerformanceConfig",
            "NetworkPerformanceConfig",
            &Type::Pointer(&Type::Struct(&NETWORK_PERFORMANCE_CONFIG)),
        ),
        Field::plain("privateIpv6GoogleAccess", "PrivateIpv6GoogleAccess", &TEXT),
        Field::plain(
            "reservationAffinity",
            "ReservationAffinity",
            &Type::Pointer(&Type::Struct(&RESERVATION_AFFINITY)),
        ),
        Field::plain("resourceManagerTags", "ResourceManagerTags", &TEXT_MAP),
        Field::plain("resourcePolicies", "ResourcePolicies", &TEXT_LIST),
        Field::plain("scheduling", "Scheduling", &Type::Pointer(&Type::Struct(&SCHEDULING))),
        Field::plain(
            "serviceAccounts",
            "ServiceAccounts",
            &Type::List { item: &Type::Pointer(&Type::Struct(&SERVICE_ACCOUNT)), go: "[]*compute.ServiceAccount" },
        ),
        Field::plain(
            "shieldedInstanceConfig",
            "ShieldedInstanceConfig",
            &Type::Pointer(&Type::Struct(&SHIELDED_INSTANCE_CONFIG)),
        ),
        Field::plain("tags", "Tags", &Type::Pointer(&Type::Struct(&TAGS))),
    ],
};

static ADVANCED_MACHINE_FEATURES: Struct = Struct {
    name: "AdvancedMachineFeatures",
    go: "compute.AdvancedMachineFeatures",
    fields: &[
        Field::plain("enableNestedVirtualization", "EnableNestedVirtualization", &BOOL),
        Field::plain("enableUefiNetworking", "EnableUefiNetworking", &BOOL),
        Field::plain("threadsPerCore", "ThreadsPerCore", &INT64),
        Field::plain("visibleCoreCount", "VisibleCoreCount", &INT64),
    ],
};

static CONFIDENTIAL_INSTANCE_CONFIG: Struct = Struct {
    name: "ConfidentialInstanceConfig",
    go: "compute.ConfidentialInstanceConfig",
    fields: &[Field::plain("enableConfidentialCompute", "EnableConfidentialCompute", &BOOL)],
};

static ATTACHED_DISK: Struct = Struct {
    name: "AttachedDisk",
    go: "compute.AttachedDisk",
    fields: &[
        Field::plain("architecture", "Architecture", &TEXT),
        Field::plain("autoDelete", "AutoDelete", &BOOL),
        Field::plain("boot", "Boot", &BOOL),
        Field::plain("deviceName", "DeviceName", &TEXT),
        Field::plain("diskEncryptionKey", "DiskEncryptionKey", &Type::Pointer(&Type::Struct(&CUSTOMER_ENCRYPTION_KEY))),
        Field::plain("diskSizeGb", "DiskSizeGb", &QUOTED),
        Field::plain("forceAttach", "ForceAttach", &BOOL),
        Field::plain(
            "guestOsFeatures",
            "GuestOsFeatures",
            &Type::List { item: &Type::Pointer(&Type::Struct(&GUEST_OS_FEATURE)), go: "[]*compute.GuestOsFeature" },
        ),
        Field::plain("index", "Index", &INT64),
        Field::plain(
            "initializeParams",
            "InitializeParams",
            &Type::Pointer(&Type::Struct(&ATTACHED_DISK_INITIALIZE_PARAMS)),
        ),
        Field::plain("interface", "Interface", &TEXT),
        Field::plain("kind", "Kind", &TEXT),
        Field::plain("licenses", "Licenses", &TEXT_LIST),
        Field::plain("mode", "Mode", &TEXT),
        Field::plain("savedState", "SavedState", &TEXT),
        Field::plain(
            "shieldedInstanceInitialState",
            "ShieldedInstanceInitialState",
            &Type::Pointer(&Type::Struct(&INITIAL_STATE_CONFIG)),
        ),
        Field::plain("source", "Source", &TEXT),
        Field::plain("type", "Type", &TEXT),
    ],
};

static CUSTOMER_ENCRYPTION_KEY: Struct = Struct {
    name: "CustomerEncryptionKey",
    go: "compute.CustomerEncryptionKey",
    fields: &[
        Field::plain("kmsKeyName", "KmsKeyName", &TEXT),
        Field::plain("kmsKeyServiceAccount", "KmsKeyServiceAccount", &TEXT),
        Field::secret("rawKey", "RawKey", &TEXT),
        Field::secret("rsaEncryptedKey", "RsaEncryptedKey", &TEXT),
        Field::plain("sha256", "Sha256", &TEXT),
    ],
};

static GUEST_OS_FEATURE: Struct =
    Struct { name: "GuestOsFeature", go: "compute.GuestOsFeature", fields: &[Field::plain("type", "Type", &TEXT)] };

static ATTACHED_DISK_INITIALIZE_PARAMS: Struct = Struct {
    name: "AttachedDiskInitializeParams",
    go: "compute.AttachedDiskInitializeParams",
    fields: &[
        Field::plain("architecture", "Architecture", &TEXT),
        Field::plain("description", "Description", &TEXT),
        Field::plain("diskName", "DiskName", &TEXT),
        Field::plain("diskSizeGb", "DiskSizeGb", &QUOTED),
        Field::plain("diskType", "DiskType", &TEXT),
        Field::plain("enableConfidentialCompute", "EnableConfidentialCompute", &BOOL),
        Field::plain("labels", "Labels", &TEXT_MAP),
        Field::plain("licenses", "Licenses", &TEXT_LIST),
        Field::plain("onUpdateAction", "OnUpdateAction", &TEXT),
        Field::plain("provisionedIops", "ProvisionedIops", &QUOTED),
        Field::plain("provisionedThroughput", "ProvisionedThroughput", &QUOTED),
        Field::plain("replicaZones", "ReplicaZones", &TEXT_LIST),
        Field::plain("resourceManagerTags", "ResourceManagerTags", &TEXT_MAP),
        Field::plain("resourcePolicies", "ResourcePolicies", &TEXT_LIST),
        Field::plain("sourceImage", "SourceImage", &TEXT),
        Field::plain(
            "sourceImageEncryptionKey",
            "SourceImageEncryptionKey",
            &Type::Pointer(&Type::Struct(&CUSTOMER_ENCRYPTION_KEY)),
        ),
        Field::plain("sourceSnapshot", "SourceSnapshot", &TEXT),
        Field::plain(
            "sourceSnapshotEncryptionKey",
            "SourceSnapshotEncryptionKey",
            &Type::Pointer(&Type::Struct(&CUSTOMER_ENCRYPTION_KEY)),
        ),
    ],
};

static INITIAL_STATE_CONFIG: Struct = Struct {
    name: "InitialStateConfig",
    go: "compute.InitialStateConfig",
    fields: &[
        Field::plain(
            "dbs",
            "Dbs",
            &Type::List {
                item: &Type::Pointer(&Type::Struct(&FILE_CONTENT_BUFFER)),
                go: "[]*compute.FileContentBuffer",
            },
        ),
        Field::plain(
            "dbxs",
            "Dbxs",
            &Type::List {
                item: &Type::Pointer(&Type::Struct(&FILE_CONTENT_BUFFER)),
                go: "[]*compute.FileContentBuffer",
            },
        ),
        Field::plain(
            "keks",
            "Keks",
            &Type::List {
                item: &Type::Pointer(&Type::Struct(&FILE_CONTENT_BUFFER)),
                go: "[]*compute.FileContentBuffer",
            },
        ),
        Field::plain("pk", "Pk", &Type::Pointer(&Type::Struct(&FILE_CONTENT_BUFFER))),
    ],
};

static FILE_CONTENT_BUFFER: Struct = Struct {
    name: "FileContentBuffer",
    go: "compute.FileContentBuffer",
    fields: &[Field::plain("content", "Content", &TEXT), Field::plain("fileType", "FileType", &TEXT)],
};

static ACCELERATOR_CONFIG: Struct = Struct {
    name: "AcceleratorConfig",
    go: "compute.AcceleratorConfig",
    fields: &[
        Field::plain("acceleratorCount", "AcceleratorCount", &INT64),
        Field::plain("acceleratorType", "AcceleratorType", &TEXT),
    ],
};

static METADATA: Struct = Struct {
    name: "Metadata",
    go: "compute.Metadata",
    fields: &[
        Field::plain("fingerprint", "Fingerprint", &TEXT),
        Field::plain(
            "items",
            "Items",
            &Type::List { item: &Type::Pointer(&Type::Struct(&METADATA_ITEMS)), go: "[]*compute.MetadataItems" },
        ),
        Field::plain("kind", "Kind", &TEXT),
    ],
};

static METADATA_ITEMS: Struct = Struct {
    name: "MetadataItems",
    go: "compute.MetadataItems",
    fields: &[Field::plain("key", "Key", &TEXT), Field::secret("value", "Value", &TEXT_POINTER)],
};

static NETWORK_INTERFACE: Struct = Struct {
    name: "NetworkInterface",
    go: "compute.NetworkInterface",
    fields: &[
        Field::plain(
            "accessConfigs",
            "AccessConfigs",
            &Type::List { item: &Type::Pointer(&Type::Struct(&ACCESS_CONFIG)), go: "[]*compute.AccessConfig" },
        ),
        Field::plain(
            "aliasIpRanges",
            "AliasIpRanges",
            &Type::List { item: &Type::Pointer(&Type::Struct(&ALIAS_IP_RANGE)), go: "[]*compute.AliasIpRange" },
        ),
        Field::plain("fingerprint", "Fingerprint", &TEXT),
        Field::plain("internalIpv6PrefixLength", "InternalIpv6PrefixLength", &INT64),
        Field::plain(
            "ipv6AccessConfigs",
            "Ipv6AccessConfigs",
            &Type::List { item: &Type::Pointer(&Type::Struct(&ACCESS_CONFIG)), go: "[]*compute.AccessConfig" },
        ),
        Field::plain("ipv6AccessType", "Ipv6AccessType", &TEXT),
        Field::plain("ipv6Address", "Ipv6Address", &TEXT),
        Field::plain("kind", "Kind", &TEXT),
        Field::plain("name", "Name", &TEXT),
        Field::plain("network", "Network", &TEXT),
        Field::plain("networkAttachment", "NetworkAttachment", &TEXT),
        Field::plain("networkIP", "NetworkIP", &TEXT),
        Field::plain("nicType", "NicType", &TEXT),
        Field::plain("queueCount", "QueueCount", &INT64),
        Field::plain("stackType", "StackType", &TEXT),
        Field::plain("subnetwork", "Subnetwork", &TEXT),
    ],
};

static ACCESS_CONFIG: Struct = Struct {
    name: "AccessConfig",
    go: "compute.AccessConfig",
    fields: &[
        Field::plain("externalIpv6", "ExternalIpv6", &TEXT),
        Field::plain("externalIpv6PrefixLength", "ExternalIpv6PrefixLength", &INT64),
        Field::plain("kind", "Kind", &TEXT),
        Field::plain("name", "Name", &TEXT),
        Field::plain("natIP", "NatIP", &TEXT),
        Field::plain("networkTier", "NetworkTier", &TEXT),
        Field::plain("publicPtrDomainName", "PublicPtrDomainName", &TEXT),
        Field::plain("securityPolicy", "SecurityPolicy", &TEXT),
        Field::plain("setPublicPtr", "SetPublicPtr", &BOOL),
        Field::plain("type", "Type", &TEXT),
    ],
};

static ALIAS_IP_RANGE: Struct = Struct {
    name: "AliasIpRange",
    go: "compute.AliasIpRange",
    fields: &[
        Field::plain("ipCidrRange", "IpCidrRange", &TEXT),
        Field::plain("subnetworkRangeName", "SubnetworkRangeName", &TEXT),
    ],
};

static NETWORK_PERFORMANCE_CONFIG: Struct = Struct {
    name: "NetworkPerformanceConfig",
    go: "compute.NetworkPerformanceConfig",
    fields: &[Field::plain("totalEgressBandwidthTier", "TotalEgressBandwidthTier", &TEXT)],
};

static RESERVATION_AFFINITY: Struct = Struct {
    name: "ReservationAffinity",
    go: "compute.ReservationAffinity",
    fields: &[
        Field::plain("consumeReservationType", "ConsumeReservationType", &TEXT),
        Field::plain("key", "Key", &TEXT),
        Field::plain("values", "Values", &TEXT_LIST),
    ],
};

static SCHEDULING: Struct = Struct {
    name: "Scheduling",
    go: "compute.Scheduling",
    fields: &[
        Field::plain("automaticRestart", "AutomaticRestart", &BOOL_POINTER),
        Field::plain("instanceTerminationAction", "InstanceTerminationAction", &TEXT),
        Field::plain("localSsdRecoveryTimeout", "LocalSsdRecoveryTimeout", &Type::Pointer(&Type::Struct(&DURATION))),
        Field::plain("locationHint", "LocationHint", &TEXT),
        Field::plain("minNodeCpus", "MinNodeCpus", &INT64),
        Field::plain(
            "nodeAffinities",
            "NodeAffinities",
            &Type::List {
                item: &Type::Pointer(&Type::Struct(&SCHEDULING_NODE_AFFINITY)),
                go: "[]*compute.SchedulingNodeAffinity",
            },
        ),
        Field::plain("onHostMaintenance", "OnHostMaintenance", &TEXT),
        Field::plain("preemptible", "Preemptible", &BOOL),
        Field::plain("provisioningModel", "ProvisioningModel", &TEXT),
    ],
};

static DURATION: Struct = Struct {
    name: "Duration",
    go: "compute.Duration",
    fields: &[Field::plain("nanos", "Nanos", &INT64), Field::plain("seconds", "Seconds", &QUOTED)],
};

static SCHEDULING_NODE_AFFINITY: Struct = Struct {
    name: "SchedulingNodeAffinity",
    go: "compute.SchedulingNodeAffinity",
    fields: &[
        Field::plain("key", "Key", &TEXT),
        Field::plain("operator", "Operator", &TEXT),
        Field::plain("values", "Values", &TEXT_LIST),
    ],
};

static SERVICE_ACCOUNT: Struct = Struct {
    name: "ServiceAccount",
    go: "compute.ServiceAccount",
    fields: &[Field::plain("email", "Email", &TEXT), Field::plain("scopes", "Scopes", &TEXT_LIST)],
};

static SHIELDED_INSTANCE_CONFIG: Struct = Struct {
    name: "ShieldedInstanceConfig",
    go: "compute.ShieldedInstanceConfig",
    fields: &[
        Field::plain("enableIntegrityMonitoring", "EnableIntegrityMonitoring", &BOOL),
        Field::plain("enableSecureBoot", "EnableSecureBoot", &BOOL),
        Field::plain("enableVtpm", "EnableVtpm", &BOOL),
    ],
};

static TAGS: Struct = Struct {
    name: "Tags",
    go: "compute.Tags",
    fields: &[Field::plain("fingerprint", "Fingerprint", &TEXT), Field::plain("items", "Items", &TEXT_LIST)],
};
