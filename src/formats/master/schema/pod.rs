//! `core/v1` Pod of the Kubernetes API 0.28.3, the version that the master is built with: every struct with
//! the keys that it knows. A table, generated from the published Go types by reflection.

use crate::decode::schema::{Field, Special, Struct, Type};

const TEXT: Type = Type::Text { go: "string" };
const BOOL: Type = Type::Bool;
const INT32: Type = Type::Int { bits: 32, go: "int32" };
const INT64: Type = Type::Int { bits: 64, go: "int64" };
const QUANTITY: Type = Type::Special(Special::Quantity);
const INT_OR_STRING: Type = Type::Special(Special::IntOrString);
const TIME: Type = Type::Special(Special::Time);
const RAW: Type = Type::Special(Special::RawObject);

pub(in crate::formats) static POD: Struct = Struct {
    name: "Pod",
    go: "v1.Pod",
    fields: &[
        Field::omitted("kind", "TypeMeta.Kind", &TEXT),
        Field::omitted("apiVersion", "TypeMeta.APIVersion", &TEXT),
        Field::omitted("metadata", "ObjectMeta", &Type::Struct(&OBJECT_META)),
        Field::omitted("spec", "Spec", &Type::Struct(&POD_SPEC)),
        Field::omitted("status", "Status", &Type::Struct(&POD_STATUS)),
    ],
};

static OBJECT_META: Struct = Struct {
    name: "ObjectMeta",
    go: "v1.ObjectMeta",
    fields: &[
        Field::omitted("name", "Name", &TEXT),
        Field::omitted("generateName", "GenerateName", &TEXT),
        Field::omitted("namespace", "Namespace", &TEXT),
        Field::omitted("selfLink", "SelfLink", &TEXT),
        Field::omitted("uid", "UID", &Type::Text { go: "types.UID" }),
        Field::omitted("resourceVersion", "ResourceVersion", &TEXT),
        Field::omitted("generation", "Generation", &INT64),
        Field::omitted("creationTimestamp", "CreationTimestamp", &TIME),
        Field::omitted("deletionTimestamp", "DeletionTimestamp", &Type::Pointer(&TIME)),
        Field::omitted("deletionGracePeriodSeconds", "DeletionGracePeriodSeconds", &Type::Pointer(&INT64)),
        Field::omitted("labels", "Labels", &Type::Map { value: &TEXT, go: "map[string]string" }),
        Field::omitted("annotations", "Annotations", &Type::Map { value: &TEXT, go: "map[string]string" }),
        Field::omitted(
            "ownerReferences",
            "OwnerReferences",
            &Type::List { item: &Type::Struct(&OWNER_REFERENCE), go: "[]v1.OwnerReference" },
        ),
        Field::omitted("finalizers", "Finalizers", &Type::List { item: &TEXT, go: "[]string" }),
        Field::omitted(
            "managedFields",
            "ManagedFields",
            &Type::List { item: &Type::Struct(&MANAGED_FIELDS_ENTRY), go: "[]v1.ManagedFieldsEntry" },
        ),
    ],
};

static OWNER_REFERENCE: Struct = Struct {
    name: "OwnerReference",
    go: "v1.OwnerReference",
    fields: &[
        Field::plain("apiVersion", "APIVersion", &TEXT),
        Field::plain("kind", "Kind", &TEXT),
        Field::plain("name", "Name", &TEXT),
        Field::plain("uid", "UID", &Type::Text { go: "types.UID" }),
        Field::omitted("controller", "Controller", &Type::Pointer(&BOOL)),
        Field::omitted("blockOwnerDeletion", "BlockOwnerDeletion", &Type::Pointer(&BOOL)),
    ],
};

static MANAGED_FIELDS_ENTRY: Struct = Struct {
    name: "ManagedFieldsEntry",
    go: "v1.ManagedFieldsEntry",
    fields: &[
        Field::omitted("manager", "Manager", &TEXT),
        Field::omitted("operation", "Operation", &Type::Text { go: "v1.ManagedFieldsOperationType" }),
        Field::omitted("apiVersion", "APIVersion", &TEXT),
        Field::omitted("time", "Time", &Type::Pointer(&TIME)),
        Field::omitted("fieldsType", "FieldsType", &TEXT),
        Field::omitted("fieldsV1", "FieldsV1", &Type::Pointer(&RAW)),
        Field::omitted("subresource", "Subresource", &TEXT),
    ],
};

static POD_SPEC: Struct = Struct {
    name: "PodSpec",
    go: "v1.PodSpec",
    fields: &[
        Field::omitted("volumes", "Volumes", &Type::List { item: &Type::Struct(&VOLUME), go: "[]v1.Volume" }),
        Field::omitted(
            "initContainers",
            "InitContainers",
            &Type::List { item: &Type::Struct(&CONTAINER), go: "[]v1.Container" },
        ),
        Field::plain("containers", "Containers", &Type::List { item: &Type::Struct(&CONTAINER), go: "[]v1.Container" }),
        Field::omitted(
            "ephemeralContainers",
            "EphemeralContainers",
            &Type::List { item: &Type::Struct(&EPHEMERAL_CONTAINER), go: "[]v1.EphemeralContainer" },
        ),
        Field::omitted("restartPolicy", "RestartPolicy", &Type::Text { go: "v1.RestartPolicy" }),
        Field::omitted("terminationGracePeriodSeconds", "TerminationGracePeriodSeconds", &Type::Pointer(&INT64)),
        Field::omitted("activeDeadlineSeconds", "ActiveDeadlineSeconds", &Type::Pointer(&INT64)),
        Field::omitted("dnsPolicy", "DNSPolicy", &Type::Text { go: "v1.DNSPolicy" }),
        Field::omitted("nodeSelector", "NodeSelector", &Type::Map { value: &TEXT, go: "map[string]string" }),
        Field::omitted("serviceAccountName", "ServiceAccountName", &TEXT),
        Field::omitted("serviceAccount", "DeprecatedServiceAccount", &TEXT),
        Field::omitted("automountServiceAccountToken", "AutomountServiceAccountToken", &Type::Pointer(&BOOL)),
        Field::omitted("nodeName", "NodeName", &TEXT),
        Field::omitted("hostNetwork", "HostNetwork", &BOOL),
        Field::omitted("hostPID", "HostPID", &BOOL),
        Field::omitted("hostIPC", "HostIPC", &BOOL),
        Field::omitted("shareProcessNamespace", "ShareProcessNamespace", &Type::Pointer(&BOOL)),
        Field::omitted("securityContext", "SecurityContext", &Type::Pointer(&Type::Struct(&POD_SECURITY_CONTEXT))),
        Field::omitted(
            "imagePullSecrets",
            "ImagePullSecrets",
            &Type::List { item: &Type::Struct(&LOCAL_OBJECT_REFERENCE), go: "[]v1.LocalObjectReference" },
        ),
        Field::omitted("hostname", "Hostname", &TEXT),
        Field::omitted("subdomain", "Subdomain", &TEXT),
        Field::omitted("affinity", "Affinity", &Type::Pointer(&Type::Struct(&AFFINITY))),
        Field::omitted("schedulerName", "SchedulerName", &TEXT),
        Field::omitted(
            "tolerations",
            "Tolerations",
            &Type::List { item: &Type::Struct(&TOLERATION), go: "[]v1.Toleration" },
        ),
        Field::omitted(
            "hostAliases",
            "HostAliases",
            &Type::List { item: &Type::Struct(&HOST_ALIAS), go: "[]v1.HostAlias" },
        ),
        Field::omitted("priorityClassName", "PriorityClassName", &TEXT),
        Field::omitted("priority", "Priority", &Type::Pointer(&INT32)),
        Field::omitted("dnsConfig", "DNSConfig", &Type::Pointer(&Type::Struct(&POD_DNS_CONFIG))),
        Field::omitted(
            "readinessGates",
            "ReadinessGates",
            &Type::List { item: &Type::Struct(&POD_READINESS_GATE), go: "[]v1.PodReadinessGate" },
        ),
        Field::omitted("runtimeClassName", "RuntimeClassName", &Type::Pointer(&TEXT)),
        Field::omitted("enableServiceLinks", "EnableServiceLinks", &Type::Pointer(&BOOL)),
        Field::omitted(
            "preemptionPolicy",
            "PreemptionPolicy",
            &Type::Pointer(&Type::Text { go: "v1.PreemptionPolicy" }),
        ),
        Field::omitted("overhead", "Overhead", &Type::Map { value: &QUANTITY, go: "v1.ResourceList" }),
        Field::omitted(
            "topologySpreadConstraints",
            "TopologySpreadConstraints",
            &Type::List { item: &Type::Struct(&TOPOLOGY_SPREAD_CONSTRAINT), go: "[]v1.TopologySpreadConstraint" },
        ),
        Field::omitted("setHostnameAsFQDN", "SetHostnameAsFQDN", &Type::Pointer(&BOOL)),
        Field::omitted("os", "OS", &Type::Pointer(&Type::Struct(&POD_OS))),
        Field::omitted("hostUsers", "HostUsers", &Type::Pointer(&BOOL)),
        Field::omitted(
            "schedulingGates",
            "SchedulingGates",
            &Type::List { item: &Type::Struct(&POD_SCHEDULING_GATE), go: "[]v1.PodSchedulingGate" },
        ),
        Field::omitted(
            "resourceClaims",
            "ResourceClaims",
            &Type::List { item: &Type::Struct(&POD_RESOURCE_CLAIM), go: "[]v1.PodResourceClaim" },
        ),
    ],
};

static VOLUME: Struct = Struct {
    name: "Volume",
    go: "v1.Volume",
    fields: &[
        Field::plain("name", "Name", &TEXT),
        Field::omitted("hostPath", "VolumeSource.HostPath", &Type::Pointer(&Type::Struct(&HOST_PATH_VOLUME_SOURCE))),
        Field::omitted("emptyDir", "VolumeSource.EmptyDir", &Type::Pointer(&Type::Struct(&EMPTY_DIR_VOLUME_SOURCE))),
        Field::omitted(
            "gcePersistentDisk",
            "VolumeSource.GCEPersistentDisk",
            &Type::Pointer(&Type::Struct(&GCE_PERSISTENT_DISK_VOLUME_SOURCE)),
        ),
        Field::omitted(
            "awsElasticBlockStore",
            "VolumeSource.AWSElasticBlockStore",
            &Type::Pointer(&Type::Struct(&AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE)),
        ),
        Field::omitted("gitRepo", "VolumeSource.GitRepo", &Type::Pointer(&Type::Struct(&GIT_REPO_VOLUME_SOURCE))),
        Field::omitted("secret", "VolumeSource.Secret", &Type::Pointer(&Type::Struct(&SECRET_VOLUME_SOURCE))),
        Field::omitted("nfs", "VolumeSource.NFS", &Type::Pointer(&Type::Struct(&NFS_VOLUME_SOURCE))),
        Field::omitted("iscsi", "VolumeSource.ISCSI", &Type::Pointer(&Type::Struct(&ISCSI_VOLUME_SOURCE))),
        Field::omitted("glusterfs", "VolumeSource.Glusterfs", &Type::Pointer(&Type::Struct(&GLUSTERFS_VOLUME_SOURCE))),
        Field::omitted(
            "persistentVolumeClaim",
            "VolumeSource.PersistentVolumeClaim",
            &Type::Pointer(&Type::Struct(&PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE)),
        ),
        Field::omitted("rbd", "VolumeSource.RBD", &Type::Pointer(&Type::Struct(&RBD_VOLUME_SOURCE))),
        Field::omitted("flexVolume", "VolumeSource.FlexVolume", &Type::Pointer(&Type::Struct(&FLEX_VOLUME_SOURCE))),
        Field::omitted("cinder", "VolumeSource.Cinder", &Type::Pointer(&Type::Struct(&CINDER_VOLUME_SOURCE))),
        Field::omitted("cephfs", "VolumeSource.CephFS", &Type::Pointer(&Type::Struct(&CEPH_FS_VOLUME_SOURCE))),
        Field::omitted("flocker", "VolumeSource.Flocker", &Type::Pointer(&Type::Struct(&FLOCKER_VOLUME_SOURCE))),
        Field::omitted(
            "downwardAPI",
            "VolumeSource.DownwardAPI",
            &Type::Pointer(&Type::Struct(&DOWNWARD_API_VOLUME_SOURCE)),
        ),
        Field::omitted("fc", "VolumeSource.FC", &Type::Pointer(&Type::Struct(&FC_VOLUME_SOURCE))),
        Field::omitted("azureFile", "VolumeSource.AzureFile", &Type::Pointer(&Type::Struct(&AZURE_FILE_VOLUME_SOURCE))),
        Field::omitted("configMap", "VolumeSource.ConfigMap", &Type::Pointer(&Type::Struct(&CONFIG_MAP_VOLUME_SOURCE))),
        Field::omitted(
            "vsphereVolume",
            "VolumeSource.VsphereVolume",
            &Type::Pointer(&Type::Struct(&VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE)),
        ),
        Field::omitted("quobyte", "VolumeSource.Quobyte", &Type::Pointer(&Type::Struct(&QUOBYTE_VOLUME_SOURCE))),
        Field::omitted("azureDisk", "VolumeSource.AzureDisk", &Type::Pointer(&Type::Struct(&AZURE_DISK_VOLUME_SOURCE))),
        Field::omitted(
            "photonPersistentDisk",
            "VolumeSource.PhotonPersistentDisk",
            &Type::Pointer(&Type::Struct(&PHOTON_PERSISTENT_DISK_VOLUME_SOURCE)),
        ),
        Field::omitted("projected", "VolumeSource.Projected", &Type::Pointer(&Type::Struct(&PROJECTED_VOLUME_SOURCE))),
        Field::omitted(
            "portworxVolume",
            "VolumeSource.PortworxVolume",
            &Type::Pointer(&Type::Struct(&PORTWORX_VOLUME_SOURCE)),
        ),
        Field::omitted("scaleIO", "VolumeSource.ScaleIO", &Type::Pointer(&Type::Struct(&SCALE_IO_VOLUME_SOURCE))),
        Field::omitted("storageos", "VolumeSource.StorageOS", &Type::Pointer(&Type::Struct(&STORAGE_OS_VOLUME_SOURCE))),
        Field::omitted("csi", "VolumeSource.CSI", &Type::Pointer(&Type::Struct(&CSI_VOLUME_SOURCE))),
        Field::omitted("ephemeral", "VolumeSource.Ephemeral", &Type::Pointer(&Type::Struct(&EPHEMERAL_VOLUME_SOURCE))),
    ],
};

static HOST_PATH_VOLUME_SOURCE: Struct = Struct {
    name: "HostPathVolumeSource",
    go: "v1.HostPathVolumeSource",
    fields: &[
        Field::plain("path", "Path", &TEXT),
        Field::omitted("type", "Type", &Type::Pointer(&Type::Text { go: "v1.HostPathType" })),
    ],
};

static EMPTY_DIR_VOLUME_SOURCE: Struct = Struct {
    name: "EmptyDirVolumeSource",
    go: "v1.EmptyDirVolumeSource",
    fields: &[
        Field::omitted("medium", "Medium", &Type::Text { go: "v1.StorageMedium" }),
        Field::omitted("sizeLimit", "SizeLimit", &Type::Pointer(&QUANTITY)),
    ],
};

static GCE_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct {
    name: "GCEPersistentDiskVolumeSource",
    go: "v1.GCEPersistentDiskVolumeSource",
    fields: &[
        Field::plain("pdName", "PDName", &TEXT),
        Field::omitted("fsType", "FSType", &TEXT),
        Field::omitted("partition", "Partition", &INT32),
        Field::omitted("readOnly", "ReadOnly", &BOOL),
    ],
};

static AWS_ELASTIC_BLOCK_STORE_VOLUME_SOURCE: Struct = Struct {
    name: "AWSElasticBlockStoreVolumeSource",
    go: "v1.AWSElasticBlockStoreVolumeSource",
    fields: &[
        Field::plain("volumeID", "VolumeID", &TEXT),
        Field::omitted("fsType", "FSType", &TEXT),
        Field::omitted("partition", "Partition", &INT32),
        Field::omitted("readOnly", "ReadOnly", &BOOL),
    ],
};

static GIT_REPO_VOLUME_SOURCE: Struct = Struct {
    name: "GitRepoVolumeSource",
    go: "v1.GitRepoVolumeSource",
    fields: &[
        Field::plain("repository", "Repository", &TEXT),
        Field::omitted("revision", "Revision", &TEXT),
        Field::omitted("directory", "Directory", &TEXT),
    ],
};

static SECRET_VOLUME_SOURCE: Struct = Struct {
    name: "SecretVolumeSource",
    go: "v1.SecretVolumeSource",
    fields: &[
        Field::omitted("secretName", "SecretName", &TEXT),
        Field::omitted("items", "Items", &Type::List { item: &Type::Struct(&KEY_TO_PATH), go: "[]v1.KeyToPath" }),
        Field::omitted("defaultMode", "DefaultMode", &Type::Pointer(&INT32)),
        Field::omitted("optional", "Optional", &Type::Pointer(&BOOL)),
    ],
};

static KEY_TO_PATH: Struct = Struct {
    name: "KeyToPath",
    go: "v1.KeyToPath",
    fields: &[
        Field::plain("key", "Key", &TEXT),
        Field::plain("path", "Path", &TEXT),
        Field::omitted("mode", "Mode", &Type::Pointer(&INT32)),
    ],
};

static NFS_VOLUME_SOURCE: Struct = Struct {
    name: "NFSVolumeSource",
    go: "v1.NFSVolumeSource",
    fields: &[
        Field::plain("server", "Server", &TEXT),
        Field::plain("path", "Path", &TEXT),
        Field::omitted("readOnly", "ReadOnly", &BOOL),
    ],
};

static ISCSI_VOLUME_SOURCE: Struct = Struct {
    name: "ISCSIVolumeSource",
    go: "v1.ISCSIVolumeSource",
    fields: &[
        Field::plain("targetPortal", "TargetPortal", &TEXT),
        Field::plain("iqn", "IQN", &TEXT),
        Field::plain("lun", "Lun", &INT32),
        Field::omitted("iscsiInterface", "ISCSIInterface", &TEXT),
        Field::omitted("fsType", "FSType", &TEXT),
        Field::omitted("readOnly", "ReadOnly", &BOOL),
        Field::omitted("portals", "Portals", &Type::List { item: &TEXT, go: "[]string" }),
        Field::omitted("chapAuthDiscovery", "DiscoveryCHAPAuth", &BOOL),
        Field::omitted("chapAuthSession", "SessionCHAPAuth", &BOOL),
        Field::omitted("secretRef", "SecretRef", &Type::Pointer(&Type::Struct(&LOCAL_OBJECT_REFERENCE))),
        Field::omitted("initiatorName", "InitiatorName", &Type::Pointer(&TEXT)),
    ],
};

static LOCAL_OBJECT_REFERENCE: Struct = Struct {
    name: "LocalObjectReference",
    go: "v1.LocalObjectReference",
    fields: &[Field::omitted("name", "Name", &TEXT)],
};

static GLUSTERFS_VOLUME_SOURCE: Struct = Struct {
    name: "GlusterfsVolumeSource",
    go: "v1.GlusterfsVolumeSource",
    fields: &[
        Field::plain("endpoints", "EndpointsName", &TEXT),
        Field::plain("path", "Path", &TEXT),
        Field::omitted("readOnly", "ReadOnly", &BOOL),
    ],
};

static PERSISTENT_VOLUME_CLAIM_VOLUME_SOURCE: Struct = Struct {
    name: "PersistentVolumeClaimVolumeSource",
    go: "v1.PersistentVolumeClaimVolumeSource",
    fields: &[Field::plain("claimName", "ClaimName", &TEXT), Field::omitted("readOnly", "ReadOnly", &BOOL)],
};

static RBD_VOLUME_SOURCE: Struct = Struct {
    name: "RBDVolumeSource",
    go: "v1.RBDVolumeSource",
    fields: &[
        Field::plain("monitors", "CephMonitors", &Type::List { item: &TEXT, go: "[]string" }),
        Field::plain("image", "RBDImage", &TEXT),
        Field::omitted("fsType", "FSType", &TEXT),
        Field::omitted("pool", "RBDPool", &TEXT),
        Field::omitted("user", "RadosUser", &TEXT),
        Field::omitted("keyring", "Keyring", &TEXT),
        Field::omitted("secretRef", "SecretRef", &Type::Pointer(&Type::Struct(&LOCAL_OBJECT_REFERENCE))),
        Field::omitted("readOnly", "ReadOnly", &BOOL),
    ],
};

static FLEX_VOLUME_SOURCE: Struct = Struct {
    name: "FlexVolumeSource",
    go: "v1.FlexVolumeSource",
    fields: &[
        Field::plain("driver", "Driver", &TEXT),
        Field::omitted("fsType", "FSType", &TEXT),
        Field::omitted("secretRef", "SecretRef", &Type::Pointer(&Type::Struct(&LOCAL_OBJECT_REFERENCE))),
        Field::omitted("readOnly", "ReadOnly", &BOOL),
        Field::omitted("options", "Options", &Type::Map { value: &TEXT, go: "map[string]string" }),
    ],
};

static CINDER_VOLUME_SOURCE: Struct = Struct {
    name: "CinderVolumeSource",
    go: "v1.CinderVolumeSource",
    fields: &[
        Field::plain("volumeID", "VolumeID", &TEXT),
        Field::omitted("fsType", "FSType", &TEXT),
        Field::omitted("readOnly", "ReadOnly", &BOOL),
        Field::omitted("secretRef", "SecretRef", &Type::Pointer(&Type::Struct(&LOCAL_OBJECT_REFERENCE))),
    ],
};

static CEPH_FS_VOLUME_SOURCE: Struct = Struct {
    name: "CephFSVolumeSource",
    go: "v1.CephFSVolumeSource",
    fields: &[
        Field::plain("monitors", "Monitors", &Type::List { item: &TEXT, go: "[]string" }),
        Field::omitted("path", "Path", &TEXT),
        Field::omitted("user", "User", &TEXT),
        Field::omitted("secretFile", "SecretFile", &TEXT),
        Field::omitted("secretRef", "SecretRef", &Type::Pointer(&Type::Struct(&LOCAL_OBJECT_REFERENCE))),
        Field::omitted("readOnly", "ReadOnly", &BOOL),
    ],
};

static FLOCKER_VOLUME_SOURCE: Struct = Struct {
    name: "FlockerVolumeSource",
    go: "v1.FlockerVolumeSource",
    fields: &[Field::omitted("datasetName", "DatasetName", &TEXT), Field::omitted("datasetUUID", "DatasetUUID", &TEXT)],
};

static DOWNWARD_API_VOLUME_SOURCE: Struct = Struct {
    name: "DownwardAPIVolumeSource",
    go: "v1.DownwardAPIVolumeSource",
    fields: &[
        Field::omitted(
            "items",
            "Items",
            &Type::List { item: &Type::Struct(&DOWNWARD_API_VOLUME_FILE), go: "[]v1.DownwardAPIVolumeFile" },
        ),
        Field::omitted("defaultMode", "DefaultMode", &Type::Pointer(&INT32)),
    ],
};

static DOWNWARD_API_VOLUME_FILE: Struct = Struct {
    name: "DownwardAPIVolumeFile",
    go: "v1.DownwardAPIVolumeFile",
    fields: &[
        Field::plain("path", "Path", &TEXT),
        Field::omitted("fieldRef", "FieldRef", &Type::Pointer(&Type::Struct(&OBJECT_FIELD_SELECTOR))),
        Field::omitted("resourceFieldRef", "ResourceFieldRef", &Type::Pointer(&Type::Struct(&RESOURCE_FIELD_SELECTOR))),
        Field::omitted("mode", "Mode", &Type::Pointer(&INT32)),
    ],
};

static OBJECT_FIELD_SELECTOR: Struct = Struct {
    name: "ObjectFieldSelector",
    go: "v1.ObjectFieldSelector",
    fields: &[Field::omitted("apiVersion", "APIVersion", &TEXT), Field::plain("fieldPath", "FieldPath", &TEXT)],
};

static RESOURCE_FIELD_SELECTOR: Struct = Struct {
    name: "ResourceFieldSelector",
    go: "v1.ResourceFieldSelector",
    fields: &[
        Field::omitted("containerName", "ContainerName", &TEXT),
        Field::plain("resource", "Resource", &TEXT),
        Field::omitted("divisor", "Divisor", &QUANTITY),
    ],
};

static FC_VOLUME_SOURCE: Struct = Struct {
    name: "FCVolumeSource",
    go: "v1.FCVolumeSource",
    fields: &[
        Field::omitted("targetWWNs", "TargetWWNs", &Type::List { item: &TEXT, go: "[]string" }),
        Field::omitted("lun", "Lun", &Type::Pointer(&INT32)),
        Field::omitted("fsType", "FSType", &TEXT),
        Field::omitted("readOnly", "ReadOnly", &BOOL),
        Field::omitted("wwids", "WWIDs", &Type::List { item: &TEXT, go: "[]string" }),
    ],
};

static AZURE_FILE_VOLUME_SOURCE: Struct = Struct {
    name: "AzureFileVolumeSource",
    go: "v1.AzureFileVolumeSource",
    fields: &[
        Field::plain("secretName", "SecretName", &TEXT),
        Field::plain("shareName", "ShareName", &TEXT),
        Field::omitted("readOnly", "ReadOnly", &BOOL),
    ],
};

static CONFIG_MAP_VOLUME_SOURCE: Struct = Struct {
    name: "ConfigMapVolumeSource",
    go: "v1.ConfigMapVolumeSource",
    fields: &[
        Field::omitted("name", "LocalObjectReference.Name", &TEXT),
        Field::omitted("items", "Items", &Type::List { item: &Type::Struct(&KEY_TO_PATH), go: "[]v1.KeyToPath" }),
        Field::omitted("defaultMode", "DefaultMode", &Type::Pointer(&INT32)),
        Field::omitted("optional", "Optional", &Type::Pointer(&BOOL)),
    ],
};

static VSPHERE_VIRTUAL_DISK_VOLUME_SOURCE: Struct = Struct {
    name: "VsphereVirtualDiskVolumeSource",
    go: "v1.VsphereVirtualDiskVolumeSource",
    fields: &[
        Field::plain("volumePath", "VolumePath", &TEXT),
        Field::omitted("fsType", "FSType", &TEXT),
        Field::omitted("storagePolicyName", "StoragePolicyName", &TEXT),
        Field::omitted("storagePolicyID", "StoragePolicyID", &TEXT),
    ],
};

static QUOBYTE_VOLUME_SOURCE: Struct = Struct {
    name: "QuobyteVolumeSource",
    go: "v1.QuobyteVolumeSource",
    fields: &[
        Field::plain("registry", "Registry", &TEXT),
        Field::plain("volume", "Volume", &TEXT),
        Field::omitted("readOnly", "ReadOnly", &BOOL),
        Field::omitted("user", "User", &TEXT),
        Field::omitted("group", "Group", &TEXT),
        Field::omitted("tenant", "Tenant", &TEXT),
    ],
};

static AZURE_DISK_VOLUME_SOURCE: Struct = Struct {
    name: "AzureDiskVolumeSource",
    go: "v1.AzureDiskVolumeSource",
    fields: &[
        Field::plain("diskName", "DiskName", &TEXT),
        Field::plain("diskURI", "DataDiskURI", &TEXT),
        Field::omitted("cachingMode", "CachingMode", &Type::Pointer(&Type::Text { go: "v1.AzureDataDiskCachingMode" })),
        Field::omitted("fsType", "FSType", &Type::Pointer(&TEXT)),
        Field::omitted("readOnly", "ReadOnly", &Type::Pointer(&BOOL)),
        Field::omitted("kind", "Kind", &Type::Pointer(&Type::Text { go: "v1.AzureDataDiskKind" })),
    ],
};

static PHOTON_PERSISTENT_DISK_VOLUME_SOURCE: Struct = Struct {
    name: "PhotonPersistentDiskVolumeSource",
    go: "v1.PhotonPersistentDiskVolumeSource",
    fields: &[Field::plain("pdID", "PdID", &TEXT), Field::omitted("fsType", "FSType", &TEXT)],
};

static PROJECTED_VOLUME_SOURCE: Struct = Struct {
    name: "ProjectedVolumeSource",
    go: "v1.ProjectedVolumeSource",
    fields: &[
        Field::plain(
            "sources",
            "Sources",
            &Type::List { item: &Type::Struct(&VOLUME_PROJECTION), go: "[]v1.VolumeProjection" },
        ),
        Field::omitted("defaultMode", "DefaultMode", &Type::Pointer(&INT32)),
    ],
};

static VOLUME_PROJECTION: Struct = Struct {
    name: "VolumeProjection",
    go: "v1.VolumeProjection",
    fields: &[
        Field::omitted("secret", "Secret", &Type::Pointer(&Type::Struct(&SECRET_PROJECTION))),
        Field::omitted("downwardAPI", "DownwardAPI", &Type::Pointer(&Type::Struct(&DOWNWARD_API_PROJECTION))),
        Field::omitted("configMap", "ConfigMap", &Type::Pointer(&Type::Struct(&CONFIG_MAP_PROJECTION))),
        Field::omitted(
            "serviceAccountToken",
            "ServiceAccountToken",
            &Type::Pointer(&Type::Struct(&SERVICE_ACCOUNT_TOKEN_PROJECTION)),
        ),
    ],
};

static SECRET_PROJECTION: Struct = Struct {
    name: "SecretProjection",
    go: "v1.SecretProjection",
    fields: &[
        Field::omitted("name", "LocalObjectReference.Name", &TEXT),
        Field::omitted("items", "Items", &Type::List { item: &Type::Struct(&KEY_TO_PATH), go: "[]v1.KeyToPath" }),
        Field::omitted("optional", "Optional", &Type::Pointer(&BOOL)),
    ],
};

static DOWNWARD_API_PROJECTION: Struct = Struct {
    name: "DownwardAPIProjection",
    go: "v1.DownwardAPIProjection",
    fields: &[Field::omitted(
        "items",
        "Items",
        &Type::List { item: &Type::Struct(&DOWNWARD_API_VOLUME_FILE), go: "[]v1.DownwardAPIVolumeFile" },
    )],
};

static CONFIG_MAP_PROJECTION: Struct = Struct {
    name: "ConfigMapProjection",
    go: "v1.ConfigMapProjection",
    fields: &[
        Field::omitted("name", "LocalObjectReference.Name", &TEXT),
        Field::omitted("items", "Items", &Type::List { item: &Type::Struct(&KEY_TO_PATH), go: "[]v1.KeyToPath" }),
        Field::omitted("optional", "Optional", &Type::Pointer(&BOOL)),
    ],
};

static SERVICE_ACCOUNT_TOKEN_PROJECTION: Struct = Struct {
    name: "ServiceAccountTokenProjection",
    go: "v1.ServiceAccountTokenProjection",
    fields: &[
        Field::omitted("audience", "Audience", &TEXT),
        Field::omitted("expirationSeconds", "ExpirationSeconds", &Type::Pointer(&INT64)),
        Field::plain("path", "Path", &TEXT),
    ],
};

static PORTWORX_VOLUME_SOURCE: Struct = Struct {
    name: "PortworxVolumeSource",
    go: "v1.PortworxVolumeSource",
    fields: &[
        Field::plain("volumeID", "VolumeID", &TEXT),
        Field::omitted("fsType", "FSType", &TEXT),
        Field::omitted("readOnly", "ReadOnly", &BOOL),
    ],
};

static SCALE_IO_VOLUME_SOURCE: Struct = Struct {
    name: "ScaleIOVolumeSource",
    go: "v1.ScaleIOVolumeSource",
    fields: &[
        Field::plain("gateway", "Gateway", &TEXT),
        Field::plain("system", "System", &TEXT),
        Field::plain("secretRef", "SecretRef", &Type::Pointer(&Type::Struct(&LOCAL_OBJECT_REFERENCE))),
        Field::omitted("sslEnabled", "SSLEnabled", &BOOL),
        Field::omitted("protectionDomain", "ProtectionDomain", &TEXT),
        Field::omitted("storagePool", "StoragePool", &TEXT),
        Field::omitted("storageMode", "StorageMode", &TEXT),
        Field::omitted("volumeName", "VolumeName", &TEXT),
        Field::omitted("fsType", "FSType", &TEXT),
        Field::omitted("readOnly", "ReadOnly", &BOOL),
    ],
};

static STORAGE_OS_VOLUME_SOURCE: Struct = Struct {
    name: "StorageOSVolumeSource",
    go: "v1.StorageOSVolumeSource",
    fields: &[
        Field::omitted("volumeName", "VolumeName", &TEXT),
        Field::omitted("volumeNamespace", "VolumeNamespace", &TEXT),
        Field::omitted("fsType", "FSType", &TEXT),
        Field::omitted("readOnly", "ReadOnly", &BOOL),
        Field::omitted("secretRef", "SecretRef", &Type::Pointer(&Type::Struct(&LOCAL_OBJECT_REFERENCE))),
    ],
};

static CSI_VOLUME_SOURCE: Struct = Struct {
    name: "CSIVolumeSource",
    go: "v1.CSIVolumeSource",
    fields: &[
        Field::plain("driver", "Driver", &TEXT),
        Field::omitted("readOnly", "ReadOnly", &Type::Pointer(&BOOL)),
        Field::omitted("fsType", "FSType", &Type::Pointer(&TEXT)),
        Field::omitted("volumeAttributes", "VolumeAttributes", &Type::Map { value: &TEXT, go: "map[string]string" }),
        Field::omitted(
            "nodePublishSecretRef",
            "NodePublishSecretRef",
            &Type::Pointer(&Type::Struct(&LOCAL_OBJECT_REFERENCE)),
        ),
    ],
};

static EPHEMERAL_VOLUME_SOURCE: Struct = Struct {
    name: "EphemeralVolumeSource",
    go: "v1.EphemeralVolumeSource",
    fields: &[Field::omitted(
        "volumeClaimTemplate",
        "VolumeClaimTemplate",
        &Type::Pointer(&Type::Struct(&PERSISTENT_VOLUME_CLAIM_TEMPLATE)),
    )],
};

static PERSISTENT_VOLUME_CLAIM_TEMPLATE: Struct = Struct {
    name: "PersistentVolumeClaimTemplate",
    go: "v1.PersistentVolumeClaimTemplate",
    fields: &[
        Field::omitted("metadata", "ObjectMeta", &Type::Struct(&OBJECT_META)),
        Field::plain("spec", "Spec", &Type::Struct(&PERSISTENT_VOLUME_CLAIM_SPEC)),
    ],
};

static PERSISTENT_VOLUME_CLAIM_SPEC: Struct = Struct {
    name: "PersistentVolumeClaimSpec",
    go: "v1.PersistentVolumeClaimSpec",
    fields: &[
        Field::omitted(
            "accessModes",
            "AccessModes",
            &Type::List {
                item: &Type::Text { go: "v1.PersistentVolumeAccessMode" },
                go: "[]v1.PersistentVolumeAccessMode",
            },
        ),
        Field::omitted("selector", "Selector", &Type::Pointer(&Type::Struct(&LABEL_SELECTOR))),
        Field::omitted("resources", "Resources", &Type::Struct(&RESOURCE_REQUIREMENTS)),
        Field::omitted("volumeName", "VolumeName", &TEXT),
        Field::omitted("storageClassName", "StorageClassName", &Type::Pointer(&TEXT)),
        Field::omitted("volumeMode", "VolumeMode", &Type::Pointer(&Type::Text { go: "v1.PersistentVolumeMode" })),
        Field::omitted("dataSource", "DataSource", &Type::Pointer(&Type::Struct(&TYPED_LOCAL_OBJECT_REFERENCE))),
        Field::omitted("dataSourceRef", "DataSourceRef", &Type::Pointer(&Type::Struct(&TYPED_OBJECT_REFERENCE))),
    ],
};

static LABEL_SELECTOR: Struct = Struct {
    name: "LabelSelector",
    go: "v1.LabelSelector",
    fields: &[
        Field::omitted("matchLabels", "MatchLabels", &Type::Map { value: &TEXT, go: "map[string]string" }),
        Field::omitted(
            "matchExpressions",
            "MatchExpressions",
            &Type::List { item: &Type::Struct(&LABEL_SELECTOR_REQUIREMENT), go: "[]v1.LabelSelectorRequirement" },
        ),
    ],
};

static LABEL_SELECTOR_REQUIREMENT: Struct = Struct {
    name: "LabelSelectorRequirement",
    go: "v1.LabelSelectorRequirement",
    fields: &[
        Field::plain("key", "Key", &TEXT),
        Field::plain("operator", "Operator", &Type::Text { go: "v1.LabelSelectorOperator" }),
        Field::omitted("values", "Values", &Type::List { item: &TEXT, go: "[]string" }),
    ],
};

static RESOURCE_REQUIREMENTS: Struct = Struct {
    name: "ResourceRequirements",
    go: "v1.ResourceRequirements",
    fields: &[
        Field::omitted("limits", "Limits", &Type::Map { value: &QUANTITY, go: "v1.ResourceList" }),
        Field::omitted("requests", "Requests", &Type::Map { value: &QUANTITY, go: "v1.ResourceList" }),
        Field::omitted(
            "claims",
            "Claims",
            &Type::List { item: &Type::Struct(&RESOURCE_CLAIM), go: "[]v1.ResourceClaim" },
        ),
    ],
};

static RESOURCE_CLAIM: Struct =
    Struct { name: "ResourceClaim", go: "v1.ResourceClaim", fields: &[Field::plain("name", "Name", &TEXT)] };

static TYPED_LOCAL_OBJECT_REFERENCE: Struct = Struct {
    name: "TypedLocalObjectReference",
    go: "v1.TypedLocalObjectReference",
    fields: &[
        Field::plain("apiGroup", "APIGroup", &Type::Pointer(&TEXT)),
        Field::plain("kind", "Kind", &TEXT),
        Field::plain("name", "Name", &TEXT),
    ],
};

static TYPED_OBJECT_REFERENCE: Struct = Struct {
    name: "TypedObjectReference",
    go: "v1.TypedObjectReference",
    fields: &[
        Field::plain("apiGroup", "APIGroup", &Type::Pointer(&TEXT)),
        Field::plain("kind", "Kind", &TEXT),
        Field::plain("name", "Name", &TEXT),
        Field::omitted("namespace", "Namespace", &Type::Pointer(&TEXT)),
    ],
};

static CONTAINER: Struct = Struct {
    name: "Container",
    go: "v1.Container",
    fields: &[
        Field::plain("name", "Name", &TEXT),
        Field::omitted("image", "Image", &TEXT),
        Field::omitted("command", "Command", &Type::List { item: &TEXT, go: "[]string" }),
        Field::omitted("args", "Args", &Type::List { item: &TEXT, go: "[]string" }),
        Field::omitted("workingDir", "WorkingDir", &TEXT),
        Field::omitted(
            "ports",
            "Ports",
            &Type::List { item: &Type::Struct(&CONTAINER_PORT), go: "[]v1.ContainerPort" },
        ),
        Field::omitted(
            "envFrom",
            "EnvFrom",
            &Type::List { item: &Type::Struct(&ENV_FROM_SOURCE), go: "[]v1.EnvFromSource" },
        ),
        Field::omitted("env", "Env", &Type::List { item: &Type::Struct(&ENV_VAR), go: "[]v1.EnvVar" }),
        Field::omitted("resources", "Resources", &Type::Struct(&RESOURCE_REQUIREMENTS)),
        Field::omitted(
            "resizePolicy",
            "ResizePolicy",
            &Type::List { item: &Type::Struct(&CONTAINER_RESIZE_POLICY), go: "[]v1.ContainerResizePolicy" },
        ),
        Field::omitted(
            "restartPolicy",
            "RestartPolicy",
            &Type::Pointer(&Type::Text { go: "v1.ContainerRestartPolicy" }),
        ),
        Field::omitted(
            "volumeMounts",
            "VolumeMounts",
            &Type::List { item: &Type::Struct(&VOLUME_MOUNT), go: "[]v1.VolumeMount" },
        ),
        Field::omitted(
            "volumeDevices",
            "VolumeDevices",
            &Type::List { item: &Type::Struct(&VOLUME_DEVICE), go: "[]v1.VolumeDevice" },
        ),
        Field::omitted("livenessProbe", "LivenessProbe", &Type::Pointer(&Type::Struct(&PROBE))),
        Field::omitted("readinessProbe", "ReadinessProbe", &Type::Pointer(&Type::Struct(&PROBE))),
        Field::omitted("startupProbe", "StartupProbe", &Type::Pointer(&Type::Struct(&PROBE))),
        Field::omitted("lifecycle", "Lifecycle", &Type::Pointer(&Type::Struct(&LIFECYCLE))),
        Field::omitted("terminationMessagePath", "TerminationMessagePath", &TEXT),
        Field::omitted(
            "terminationMessagePolicy",
            "TerminationMessagePolicy",
            &Type::Text { go: "v1.TerminationMessagePolicy" },
        ),
        Field::omitted("imagePullPolicy", "ImagePullPolicy", &Type::Text { go: "v1.PullPolicy" }),
        Field::omitted("securityContext", "SecurityContext", &Type::Pointer(&Type::Struct(&SECURITY_CONTEXT))),
        Field::omitted("stdin", "Stdin", &BOOL),
        Field::omitted("stdinOnce", "StdinOnce", &BOOL),
        Field::omitted("tty", "TTY", &BOOL),
    ],
};

static CONTAINER_PORT: Struct = Struct {
    name: "ContainerPort",
    go: "v1.ContainerPort",
    fields: &[
        Field::omitted("name", "Name", &TEXT),
        Field::omitted("hostPort", "HostPort", &INT32),
        Field::plain("containerPort", "ContainerPort", &INT32),
        Field::omitted("protocol", "Protocol", &Type::Text { go: "v1.Protocol" }),
        Field::omitted("hostIP", "HostIP", &TEXT),
    ],
};

static ENV_FROM_SOURCE: Struct = Struct {
    name: "EnvFromSource",
    go: "v1.EnvFromSource",
    fields: &[
        Field::omitted("prefix", "Prefix", &TEXT),
        Field::omitted("configMapRef", "ConfigMapRef", &Type::Pointer(&Type::Struct(&CONFIG_MAP_ENV_SOURCE))),
        Field::omitted("secretRef", "SecretRef", &Type::Pointer(&Type::Struct(&SECRET_ENV_SOURCE))),
    ],
};

static CONFIG_MAP_ENV_SOURCE: Struct = Struct {
    name: "ConfigMapEnvSource",
    go: "v1.ConfigMapEnvSource",
    fields: &[
        Field::omitted("name", "LocalObjectReference.Name", &TEXT),
        Field::omitted("optional", "Optional", &Type::Pointer(&BOOL)),
    ],
};

static SECRET_ENV_SOURCE: Struct = Struct {
    name: "SecretEnvSource",
    go: "v1.SecretEnvSource",
    fields: &[
        Field::omitted("name", "LocalObjectReference.Name", &TEXT),
        Field::omitted("optional", "Optional", &Type::Pointer(&BOOL)),
    ],
};

static ENV_VAR: Struct = Struct {
    name: "EnvVar",
    go: "v1.EnvVar",
    fields: &[
        Field::plain("name", "Name", &TEXT),
        Field::secret("value", "Value", &TEXT),
        Field::omitted("valueFrom", "ValueFrom", &Type::Pointer(&Type::Struct(&ENV_VAR_SOURCE))),
    ],
};

static ENV_VAR_SOURCE: Struct = Struct {
    name: "EnvVarSource",
    go: "v1.EnvVarSource",
    fields: &[
        Field::omitted("fieldRef", "FieldRef", &Type::Pointer(&Type::Struct(&OBJECT_FIELD_SELECTOR))),
        Field::omitted("resourceFieldRef", "ResourceFieldRef", &Type::Pointer(&Type::Struct(&RESOURCE_FIELD_SELECTOR))),
        Field::omitted("configMapKeyRef", "ConfigMapKeyRef", &Type::Pointer(&Type::Struct(&CONFIG_MAP_KEY_SELECTOR))),
        Field::omitted("secretKeyRef", "SecretKeyRef", &Type::Pointer(&Type::Struct(&SECRET_KEY_SELECTOR))),
    ],
};

static CONFIG_MAP_KEY_SELECTOR: Struct = Struct {
    name: "ConfigMapKeySelector",
    go: "v1.ConfigMapKeySelector",
    fields: &[
        Field::omitted("name", "LocalObjectReference.Name", &TEXT),
        Field::plain("key", "Key", &TEXT),
        Field::omitted("optional", "Optional", &Type::Pointer(&BOOL)),
    ],
};

static SECRET_KEY_SELECTOR: Struct = Struct {
    name: "SecretKeySelector",
    go: "v1.SecretKeySelector",
    fields: &[
        Field::omitted("name", "LocalObjectReference.Name", &TEXT),
        Field::plain("key", "Key", &TEXT),
        Field::omitted("optional", "Optional", &Type::Pointer(&BOOL)),
    ],
};

static CONTAINER_RESIZE_POLICY: Struct = Struct {
    name: "ContainerResizePolicy",
    go: "v1.ContainerResizePolicy",
    fields: &[
        Field::plain("resourceName", "ResourceName", &Type::Text { go: "v1.ResourceName" }),
        Field::plain("restartPolicy", "RestartPolicy", &Type::Text { go: "v1.ResourceResizeRestartPolicy" }),
    ],
};

static VOLUME_MOUNT: Struct = Struct {
    name: "VolumeMount",
    go: "v1.VolumeMount",
    fields: &[
        Field::plain("name", "Name", &TEXT),
        Field::omitted("readOnly", "ReadOnly", &BOOL),
        Field::plain("mountPath", "MountPath", &TEXT),
        Field::omitted("subPath", "SubPath", &TEXT),
        Field::omitted(
            "mountPropagation",
            "MountPropagation",
            &Type::Pointer(&Type::Text { go: "v1.MountPropagationMode" }),
        ),
        Field::omitted("subPathExpr", "SubPathExpr", &TEXT),
    ],
};

static VOLUME_DEVICE: Struct = Struct {
    name: "VolumeDevice",
    go: "v1.VolumeDevice",
    fields: &[Field::plain("name", "Name", &TEXT), Field::plain("devicePath", "DevicePath", &TEXT)],
};

static PROBE: Struct = Struct {
    name: "Probe",
    go: "v1.Probe",
    fields: &[
        Field::omitted("exec", "ProbeHandler.Exec", &Type::Pointer(&Type::Struct(&EXEC_ACTION))),
        Field::omitted("httpGet", "ProbeHandler.HTTPGet", &Type::Pointer(&Type::Struct(&HTTP_GET_ACTION))),
        Field::omitted("tcpSocket", "ProbeHandler.TCPSocket", &Type::Pointer(&Type::Struct(&TCP_SOCKET_ACTION))),
        Field::omitted("grpc", "ProbeHandler.GRPC", &Type::Pointer(&Type::Struct(&GRPC_ACTION))),
        Field::omitted("initialDelaySeconds", "InitialDelaySeconds", &INT32),
        Field::omitted("timeoutSeconds", "TimeoutSeconds", &INT32),
        Field::omitted("periodSeconds", "PeriodSeconds", &INT32),
        Field::omitted("successThreshold", "SuccessThreshold", &INT32),
        Field::omitted("failureThreshold", "FailureThreshold", &INT32),
        Field::omitted("terminationGracePeriodSeconds", "TerminationGracePeriodSeconds", &Type::Pointer(&INT64)),
    ],
};

static EXEC_ACTION: Struct = Struct {
    name: "ExecAction",
    go: "v1.ExecAction",
    fields: &[Field::omitted("command", "Command", &Type::List { item: &TEXT, go: "[]string" })],
};

static HTTP_GET_ACTION: Struct = Struct {
    name: "HTTPGetAction",
    go: "v1.HTTPGetAction",
    fields: &[
        Field::omitted("path", "Path", &TEXT),
        Field::plain("port", "Port", &INT_OR_STRING),
        Field::omitted("host", "Host", &TEXT),
        Field::omitted("scheme", "Scheme", &Type::Text { go: "v1.URIScheme" }),
        Field::omitted(
            "httpHeaders",
            "HTTPHeaders",
            &Type::List { item: &Type::Struct(&HTTP_HEADER), go: "[]v1.HTTPHeader" },
        ),
    ],
};

static HTTP_HEADER: Struct = Struct {
    name: "HTTPHeader",
    go: "v1.HTTPHeader",
    fields: &[Field::plain("name", "Name", &TEXT), Field::plain("value", "Value", &TEXT)],
};

static TCP_SOCKET_ACTION: Struct = Struct {
    name: "TCPSocketAction",
    go: "v1.TCPSocketAction",
    fields: &[Field::plain("port", "Port", &INT_OR_STRING), Field::omitted("host", "Host", &TEXT)],
};

static GRPC_ACTION: Struct = Struct {
    name: "GRPCAction",
    go: "v1.GRPCAction",
    fields: &[Field::plain("port", "Port", &INT32), Field::plain("service", "Service", &Type::Pointer(&TEXT))],
};

static LIFECYCLE: Struct = Struct {
    name: "Lifecycle",
    go: "v1.Lifecycle",
    fields: &[
        Field::omitted("postStart", "PostStart", &Type::Pointer(&Type::Struct(&LIFECYCLE_HANDLER))),
        Field::omitted("preStop", "PreStop", &Type::Pointer(&Type::Struct(&LIFECYCLE_HANDLER))),
    ],
};

static LIFECYCLE_HANDLER: Struct = Struct {
    name: "LifecycleHandler",
    go: "v1.LifecycleHandler",
    fields: &[
        Field::omitted("exec", "Exec", &Type::Pointer(&Type::Struct(&EXEC_ACTION))),
        Field::omitted("httpGet", "HTTPGet", &Type::Pointer(&Type::Struct(&HTTP_GET_ACTION))),
        Field::omitted("tcpSocket", "TCPSocket", &Type::Pointer(&Type::Struct(&TCP_SOCKET_ACTION))),
    ],
};

static SECURITY_CONTEXT: Struct = Struct {
    name: "SecurityContext",
    go: "v1.SecurityContext",
    fields: &[
        Field::omitted("capabilities", "Capabilities", &Type::Pointer(&Type::Struct(&CAPABILITIES))),
        Field::omitted("privileged", "Privileged", &Type::Pointer(&BOOL)),
        Field::omitted("seLinuxOptions", "SELinuxOptions", &Type::Pointer(&Type::Struct(&SE_LINUX_OPTIONS))),
        Field::omitted(
            "windowsOptions",
            "WindowsOptions",
            &Type::Pointer(&Type::Struct(&WINDOWS_SECURITY_CONTEXT_OPTIONS)),
        ),
        Field::omitted("runAsUser", "RunAsUser", &Type::Pointer(&INT64)),
        Field::omitted("runAsGroup", "RunAsGroup", &Type::Pointer(&INT64)),
        Field::omitted("runAsNonRoot", "RunAsNonRoot", &Type::Pointer(&BOOL)),
        Field::omitted("readOnlyRootFilesystem", "ReadOnlyRootFilesystem", &Type::Pointer(&BOOL)),
        Field::omitted("allowPrivilegeEscalation", "AllowPrivilegeEscalation", &Type::Pointer(&BOOL)),
        Field::omitted("procMount", "ProcMount", &Type::Pointer(&Type::Text { go: "v1.ProcMountType" })),
        Field::omitted("seccompProfile", "SeccompProfile", &Type::Pointer(&Type::Struct(&SECCOMP_PROFILE))),
    ],
};

static CAPABILITIES: Struct = Struct {
    name: "Capabilities",
    go: "v1.Capabilities",
    fields: &[
        Field::omitted("add", "Add", &Type::List { item: &Type::Text { go: "v1.Capability" }, go: "[]v1.Capability" }),
        Field::omitted(
            "drop",
            "Drop",
            &Type::List { item: &Type::Text { go: "v1.Capability" }, go: "[]v1.Capability" },
        ),
    ],
};

static SE_LINUX_OPTIONS: Struct = Struct {
    name: "SELinuxOptions",
    go: "v1.SELinuxOptions",
    fields: &[
        Field::omitted("user", "User", &TEXT),
        Field::omitted("role", "Role", &TEXT),
        Field::omitted("type", "Type", &TEXT),
        Field::omitted("level", "Level", &TEXT),
    ],
};

static WINDOWS_SECURITY_CONTEXT_OPTIONS: Struct = Struct {
    name: "WindowsSecurityContextOptions",
    go: "v1.WindowsSecurityContextOptions",
    fields: &[
        Field::omitted("gmsaCredentialSpecName", "GMSACredentialSpecName", &Type::Pointer(&TEXT)),
        Field::omitted("gmsaCredentialSpec", "GMSACredentialSpec", &Type::Pointer(&TEXT)),
        Field::omitted("runAsUserName", "RunAsUserName", &Type::Pointer(&TEXT)),
        Field::omitted("hostProcess", "HostProcess", &Type::Pointer(&BOOL)),
    ],
};

static SECCOMP_PROFILE: Struct = Struct {
    name: "SeccompProfile",
    go: "v1.SeccompProfile",
    fields: &[
        Field::plain("type", "Type", &Type::Text { go: "v1.SeccompProfileType" }),
        Field::omitted("localhostProfile", "LocalhostProfile", &Type::Pointer(&TEXT)),
    ],
};

static EPHEMERAL_CONTAINER: Struct = Struct {
    name: "EphemeralContainer",
    go: "v1.EphemeralContainer",
    fields: &[
        Field::plain("name", "EphemeralContainerCommon.Name", &TEXT),
        Field::omitted("image", "EphemeralContainerCommon.Image", &TEXT),
        Field::omitted("command", "EphemeralContainerCommon.Command", &Type::List { item: &TEXT, go: "[]string" }),
        Field::omitted("args", "EphemeralContainerCommon.Args", &Type::List { item: &TEXT, go: "[]string" }),
        Field::omitted("workingDir", "EphemeralContainerCommon.WorkingDir", &TEXT),
        Field::omitted(
            "ports",
            "EphemeralContainerCommon.Ports",
            &Type::List { item: &Type::Struct(&CONTAINER_PORT), go: "[]v1.ContainerPort" },
        ),
        Field::omitted(
            "envFrom",
            "EphemeralContainerCommon.EnvFrom",
            &Type::List { item: &Type::Struct(&ENV_FROM_SOURCE), go: "[]v1.EnvFromSource" },
        ),
        Field::omitted(
            "env",
            "EphemeralContainerCommon.Env",
            &Type::List { item: &Type::Struct(&ENV_VAR), go: "[]v1.EnvVar" },
        ),
        Field::omitted("resources", "EphemeralContainerCommon.Resources", &Type::Struct(&RESOURCE_REQUIREMENTS)),
        Field::omitted(
            "resizePolicy",
            "EphemeralContainerCommon.ResizePolicy",
            &Type::List { item: &Type::Struct(&CONTAINER_RESIZE_POLICY), go: "[]v1.ContainerResizePolicy" },
        ),
        Field::omitted(
            "restartPolicy",
            "EphemeralContainerCommon.RestartPolicy",
            &Type::Pointer(&Type::Text { go: "v1.ContainerRestartPolicy" }),
        ),
        Field::omitted(
            "volumeMounts",
            "EphemeralContainerCommon.VolumeMounts",
            &Type::List { item: &Type::Struct(&VOLUME_MOUNT), go: "[]v1.VolumeMount" },
        ),
        Field::omitted(
            "volumeDevices",
            "EphemeralContainerCommon.VolumeDevices",
            &Type::List { item: &Type::Struct(&VOLUME_DEVICE), go: "[]v1.VolumeDevice" },
        ),
        Field::omitted(
            "livenessProbe",
            "EphemeralContainerCommon.LivenessProbe",
            &Type::Pointer(&Type::Struct(&PROBE)),
        ),
        Field::omitted(
            "readinessProbe",
            "EphemeralContainerCommon.ReadinessProbe",
            &Type::Pointer(&Type::Struct(&PROBE)),
        ),
        Field::omitted("startupProbe", "EphemeralContainerCommon.StartupProbe", &Type::Pointer(&Type::Struct(&PROBE))),
        Field::omitted("lifecycle", "EphemeralContainerCommon.Lifecycle", &Type::Pointer(&Type::Struct(&LIFECYCLE))),
        Field::omitted("terminationMessagePath", "EphemeralContainerCommon.TerminationMessagePath", &TEXT),
        Field::omitted(
            "terminationMessagePolicy",
            "EphemeralContainerCommon.TerminationMessagePolicy",
            &Type::Text { go: "v1.TerminationMessagePolicy" },
        ),
        Field::omitted(
            "imagePullPolicy",
            "EphemeralContainerCommon.ImagePullPolicy",
            &Type::Text { go: "v1.PullPolicy" },
        ),
        Field::omitted(
            "securityContext",
            "EphemeralContainerCommon.SecurityContext",
            &Type::Pointer(&Type::Struct(&SECURITY_CONTEXT)),
        ),
        Field::omitted("stdin", "EphemeralContainerCommon.Stdin", &BOOL),
        Field::omitted("stdinOnce", "EphemeralContainerCommon.StdinOnce", &BOOL),
        Field::omitted("tty", "EphemeralContainerCommon.TTY", &BOOL),
        Field::omitted("targetContainerName", "TargetContainerName", &TEXT),
    ],
};

static POD_SECURITY_CONTEXT: Struct = Struct {
    name: "PodSecurityContext",
    go: "v1.PodSecurityContext",
    fields: &[
        Field::omitted("seLinuxOptions", "SELinuxOptions", &Type::Pointer(&Type::Struct(&SE_LINUX_OPTIONS))),
        Field::omitted(
            "windowsOptions",
            "WindowsOptions",
            &Type::Pointer(&Type::Struct(&WINDOWS_SECURITY_CONTEXT_OPTIONS)),
        ),
        Field::omitted("runAsUser", "RunAsUser", &Type::Pointer(&INT64)),
        Field::omitted("runAsGroup", "RunAsGroup", &Type::Pointer(&INT64)),
        Field::omitted("runAsNonRoot", "RunAsNonRoot", &Type::Pointer(&BOOL)),
        Field::omitted("supplementalGroups", "SupplementalGroups", &Type::List { item: &INT64, go: "[]int64" }),
        Field::omitted("fsGroup", "FSGroup", &Type::Pointer(&INT64)),
        Field::omitted("sysctls", "Sysctls", &Type::List { item: &Type::Struct(&SYSCTL), go: "[]v1.Sysctl" }),
        Field::omitted(
            "fsGroupChangePolicy",
            "FSGroupChangePolicy",
            &Type::Pointer(&Type::Text { go: "v1.PodFSGroupChangePolicy" }),
        ),
        Field::omitted("seccompProfile", "SeccompProfile", &Type::Pointer(&Type::Struct(&SECCOMP_PROFILE))),
    ],
};

static SYSCTL: Struct = Struct {
    name: "Sysctl",
    go: "v1.Sysctl",
    fields: &[Field::plain("name", "Name", &TEXT), Field::plain("value", "Value", &TEXT)],
};

static AFFINITY: Struct = Struct {
    name: "Affinity",
    go: "v1.Affinity",
    fields: &[
        Field::omitted("nodeAffinity", "NodeAffinity", &Type::Pointer(&Type::Struct(&NODE_AFFINITY))),
        Field::omitted("podAffinity", "PodAffinity", &Type::Pointer(&Type::Struct(&POD_AFFINITY))),
        Field::omitted("podAntiAffinity", "PodAntiAffinity", &Type::Pointer(&Type::Struct(&POD_ANTI_AFFINITY))),
    ],
};

static NODE_AFFINITY: Struct = Struct {
    name: "NodeAffinity",
    go: "v1.NodeAffinity",
    fields: &[
        Field::omitted(
            "requiredDuringSchedulingIgnoredDuringExecution",
            "RequiredDuringSchedulingIgnoredDuringExecution",
            &Type::Pointer(&Type::Struct(&NODE_SELECTOR)),
        ),
        Field::omitted(
            "preferredDuringSchedulingIgnoredDuringExecution",
            "PreferredDuringSchedulingIgnoredDuringExecution",
            &Type::List { item: &Type::Struct(&PREFERRED_SCHEDULING_TERM), go: "[]v1.PreferredSchedulingTerm" },
        ),
    ],
};

static NODE_SELECTOR: Struct = Struct {
    name: "NodeSelector",
    go: "v1.NodeSelector",
    fields: &[Field::plain(
        "nodeSelectorTerms",
        "NodeSelectorTerms",
        &Type::List { item: &Type::Struct(&NODE_SELECTOR_TERM), go: "[]v1.NodeSelectorTerm" },
    )],
};

static NODE_SELECTOR_TERM: Struct = Struct {
    name: "NodeSelectorTerm",
    go: "v1.NodeSelectorTerm",
    fields: &[
        Field::omitted(
            "matchExpressions",
            "MatchExpressions",
            &Type::List { item: &Type::Struct(&NODE_SELECTOR_REQUIREMENT), go: "[]v1.NodeSelectorRequirement" },
        ),
        Field::omitted(
            "matchFields",
            "MatchFields",
            &Type::List { item: &Type::Struct(&NODE_SELECTOR_REQUIREMENT), go: "[]v1.NodeSelectorRequirement" },
        ),
    ],
};

static NODE_SELECTOR_REQUIREMENT: Struct = Struct {
    name: "NodeSelectorRequirement",
    go: "v1.NodeSelectorRequirement",
    fields: &[
        Field::plain("key", "Key", &TEXT),
        Field::plain("operator", "Operator", &Type::Text { go: "v1.NodeSelectorOperator" }),
        Field::omitted("values", "Values", &Type::List { item: &TEXT, go: "[]string" }),
    ],
};

static PREFERRED_SCHEDULING_TERM: Struct = Struct {
    name: "PreferredSchedulingTerm",
    go: "v1.PreferredSchedulingTerm",
    fields: &[
        Field::plain("weight", "Weight", &INT32),
        Field::plain("preference", "Preference", &Type::Struct(&NODE_SELECTOR_TERM)),
    ],
};

static POD_AFFINITY: Struct = Struct {
    name: "PodAffinity",
    go: "v1.PodAffinity",
    fields: &[
        Field::omitted(
            "requiredDuringSchedulingIgnoredDuringExecution",
            "RequiredDuringSchedulingIgnoredDuringExecution",
            &Type::List { item: &Type::Struct(&POD_AFFINITY_TERM), go: "[]v1.PodAffinityTerm" },
        ),
        Field::omitted(
            "preferredDuringSchedulingIgnoredDuringExecution",
            "PreferredDuringSchedulingIgnoredDuringExecution",
            &Type::List { item: &Type::Struct(&WEIGHTED_POD_AFFINITY_TERM), go: "[]v1.WeightedPodAffinityTerm" },
        ),
    ],
};

static POD_AFFINITY_TERM: Struct = Struct {
    name: "PodAffinityTerm",
    go: "v1.PodAffinityTerm",
    fields: &[
        Field::omitted("labelSelector", "LabelSelector", &Type::Pointer(&Type::Struct(&LABEL_SELECTOR))),
        Field::omitted("namespaces", "Namespaces", &Type::List { item: &TEXT, go: "[]string" }),
        Field::plain("topologyKey", "TopologyKey", &TEXT),
        Field::omitted("namespaceSelector", "NamespaceSelector", &Type::Pointer(&Type::Struct(&LABEL_SELECTOR))),
    ],
};

static WEIGHTED_POD_AFFINITY_TERM: Struct = Struct {
    name: "WeightedPodAffinityTerm",
    go: "v1.WeightedPodAffinityTerm",
    fields: &[
        Field::plain("weight", "Weight", &INT32),
        Field::plain("podAffinityTerm", "PodAffinityTerm", &Type::Struct(&POD_AFFINITY_TERM)),
    ],
};

static POD_ANTI_AFFINITY: Struct = Struct {
    name: "PodAntiAffinity",
    go: "v1.PodAntiAffinity",
    fields: &[
        Field::omitted(
            "requiredDuringSchedulingIgnoredDuringExecution",
            "RequiredDuringSchedulingIgnoredDuringExecution",
            &Type::List { item: &Type::Struct(&POD_AFFINITY_TERM), go: "[]v1.PodAffinityTerm" },
        ),
        Field::omitted(
            "preferredDuringSchedulingIgnoredDuringExecution",
            "PreferredDuringSchedulingIgnoredDuringExecution",
            &Type::List { item: &Type::Struct(&WEIGHTED_POD_AFFINITY_TERM), go: "[]v1.WeightedPodAffinityTerm" },
        ),
    ],
};

static TOLERATION: Struct = Struct {
    name: "Toleration",
    go: "v1.Toleration",
    fields: &[
        Field::omitted("key", "Key", &TEXT),
        Field::omitted("operator", "Operator", &Type::Text { go: "v1.TolerationOperator" }),
        Field::omitted("value", "Value", &TEXT),
        Field::omitted("effect", "Effect", &Type::Text { go: "v1.TaintEffect" }),
        Field::omitted("tolerationSeconds", "TolerationSeconds", &Type::Pointer(&INT64)),
    ],
};

static HOST_ALIAS: Struct = Struct {
    name: "HostAlias",
    go: "v1.HostAlias",
    fields: &[
        Field::omitted("ip", "IP", &TEXT),
        Field::omitted("hostnames", "Hostnames", &Type::List { item: &TEXT, go: "[]string" }),
    ],
};

static POD_DNS_CONFIG: Struct = Struct {
    name: "PodDNSConfig",
    go: "v1.PodDNSConfig",
    fields: &[
        Field::omitted("nameservers", "Nameservers", &Type::List { item: &TEXT, go: "[]string" }),
        Field::omitted("searches", "Searches", &Type::List { item: &TEXT, go: "[]string" }),
        Field::omitted(
            "options",
            "Options",
            &Type::List { item: &Type::Struct(&POD_DNS_CONFIG_OPTION), go: "[]v1.PodDNSConfigOption" },
        ),
    ],
};

static POD_DNS_CONFIG_OPTION: Struct = Struct {
    name: "PodDNSConfigOption",
    go: "v1.PodDNSConfigOption",
    fields: &[Field::omitted("name", "Name", &TEXT), Field::omitted("value", "Value", &Type::Pointer(&TEXT))],
};

static POD_READINESS_GATE: Struct = Struct {
    name: "PodReadinessGate",
    go: "v1.PodReadinessGate",
    fields: &[Field::plain("conditionType", "ConditionType", &Type::Text { go: "v1.PodConditionType" })],
};

static TOPOLOGY_SPREAD_CONSTRAINT: Struct = Struct {
    name: "TopologySpreadConstraint",
    go: "v1.TopologySpreadConstraint",
    fields: &[
        Field::plain("maxSkew", "MaxSkew", &INT32),
        Field::plain("topologyKey", "TopologyKey", &TEXT),
        Field::plain("whenUnsatisfiable", "WhenUnsatisfiable", &Type::Text { go: "v1.UnsatisfiableConstraintAction" }),
        Field::omitted("labelSelector", "LabelSelector", &Type::Pointer(&Type::Struct(&LABEL_SELECTOR))),
        Field::omitted("minDomains", "MinDomains", &Type::Pointer(&INT32)),
        Field::omitted(
            "nodeAffinityPolicy",
            "NodeAffinityPolicy",
            &Type::Pointer(&Type::Text { go: "v1.NodeInclusionPolicy" }),
        ),
        Field::omitted(
            "nodeTaintsPolicy",
            "NodeTaintsPolicy",
            &Type::Pointer(&Type::Text { go: "v1.NodeInclusionPolicy" }),
        ),
        Field::omitted("matchLabelKeys", "MatchLabelKeys", &Type::List { item: &TEXT, go: "[]string" }),
    ],
};

static POD_OS: Struct =
    Struct { name: "PodOS", go: "v1.PodOS", fields: &[Field::plain("name", "Name", &Type::Text { go: "v1.OSName" })] };

static POD_SCHEDULING_GATE: Struct =
    Struct { name: "PodSchedulingGate", go: "v1.PodSchedulingGate", fields: &[Field::plain("name", "Name", &TEXT)] };

static POD_RESOURCE_CLAIM: Struct = Struct {
    name: "PodResourceClaim",
    go: "v1.PodResourceClaim",
    fields: &[Field::plain("name", "Name", &TEXT), Field::omitted("source", "Source", &Type::Struct(&CLAIM_SOURCE))],
};

static CLAIM_SOURCE: Struct = Struct {
    name: "ClaimSource",
    go: "v1.ClaimSource",
    fields: &[
        Field::omitted("resourceClaimName", "ResourceClaimName", &Type::Pointer(&TEXT)),
        Field::omitted("resourceClaimTemplateName", "ResourceClaimTemplateName", &Type::Pointer(&TEXT)),
    ],
};

static POD_STATUS: Struct = Struct {
    name: "PodStatus",
    go: "v1.PodStatus",
    fields: &[
        Field::omitted("phase", "Phase", &Type::Text { go: "v1.PodPhase" }),
        Field::omitted(
            "conditions",
            "Conditions",
            &Type::List { item: &Type::Struct(&POD_CONDITION), go: "[]v1.PodCondition" },
        ),
        Field::omitted("message", "Message", &TEXT),
        Field::omitted("reason", "Reason", &TEXT),
        Field::omitted("nominatedNodeName", "NominatedNodeName", &TEXT),
        Field::omitted("hostIP", "HostIP", &TEXT),
        Field::omitted("hostIPs", "HostIPs", &Type::List { item: &Type::Struct(&HOST_IP), go: "[]v1.HostIP" }),
        Field::omitted("podIP", "PodIP", &TEXT),
        Field::omitted("podIPs", "PodIPs", &Type::List { item: &Type::Struct(&POD_IP), go: "[]v1.PodIP" }),
        Field::omitted("startTime", "StartTime", &Type::Pointer(&TIME)),
        Field::omitted(
            "initContainerStatuses",
            "InitContainerStatuses",
            &Type::List { item: &Type::Struct(&CONTAINER_STATUS), go: "[]v1.ContainerStatus" },
        ),
        Field::omitted(
            "containerStatuses",
            "ContainerStatuses",
            &Type::List { item: &Type::Struct(&CONTAINER_STATUS), go: "[]v1.ContainerStatus" },
        ),
        Field::omitted("qosClass", "QOSClass", &Type::Text { go: "v1.PodQOSClass" }),
        Field::omitted(
            "ephemeralContainerStatuses",
            "EphemeralContainerStatuses",
            &Type::List { item: &Type::Struct(&CONTAINER_STATUS), go: "[]v1.ContainerStatus" },
        ),
        Field::omitted("resize", "Resize", &Type::Text { go: "v1.PodResizeStatus" }),
        Field::omitted(
            "resourceClaimStatuses",
            "ResourceClaimStatuses",
            &Type::List { item: &Type::Struct(&POD_RESOURCE_CLAIM_STATUS), go: "[]v1.PodResourceClaimStatus" },
        ),
    ],
};

static POD_CONDITION: Struct = Struct {
    name: "PodCondition",
    go: "v1.PodCondition",
    fields: &[
        Field::plain("type", "Type", &Type::Text { go: "v1.PodConditionType" }),
        Field::plain("status", "Status", &Type::Text { go: "v1.ConditionStatus" }),
        Field::omitted("lastProbeTime", "LastProbeTime", &TIME),
        Field::omitted("lastTransitionTime", "LastTransitionTime", &TIME),
        Field::omitted("reason", "Reason", &TEXT),
        Field::omitted("message", "Message", &TEXT),
    ],
};

static HOST_IP: Struct = Struct { name: "HostIP", go: "v1.HostIP", fields: &[Field::omitted("ip", "IP", &TEXT)] };

static POD_IP: Struct = Struct { name: "PodIP", go: "v1.PodIP", fields: &[Field::omitted("ip", "IP", &TEXT)] };

static CONTAINER_STATUS: Struct = Struct {
    name: "ContainerStatus",
    go: "v1.ContainerStatus",
    fields: &[
        Field::plain("name", "Name", &TEXT),
        Field::omitted("state", "State", &Type::Struct(&CONTAINER_STATE)),
        Field::omitted("lastState", "LastTerminationState", &Type::Struct(&CONTAINER_STATE)),
        Field::plain("ready", "Ready", &BOOL),
        Field::plain("restartCount", "RestartCount", &INT32),
        Field::plain("image", "Image", &TEXT),
        Field::plain("imageID", "ImageID", &TEXT),
        Field::omitted("containerID", "ContainerID", &TEXT),
        Field::omitted("started", "Started", &Type::Pointer(&BOOL)),
        Field::omitted(
            "allocatedResources",
            "AllocatedResources",
            &Type::Map { value: &QUANTITY, go: "v1.ResourceList" },
        ),
        Field::omitted("resources", "Resources", &Type::Pointer(&Type::Struct(&RESOURCE_REQUIREMENTS))),
    ],
};

static CONTAINER_STATE: Struct = Struct {
    name: "ContainerState",
    go: "v1.ContainerState",
    fields: &[
        Field::omitted("waiting", "Waiting", &Type::Pointer(&Type::Struct(&CONTAINER_STATE_WAITING))),
        Field::omitted("running", "Running", &Type::Pointer(&Type::Struct(&CONTAINER_STATE_RUNNING))),
        Field::omitted("terminated", "Terminated", &Type::Pointer(&Type::Struct(&CONTAINER_STATE_TERMINATED))),
    ],
};

static CONTAINER_STATE_WAITING: Struct = Struct {
    name: "ContainerStateWaiting",
    go: "v1.ContainerStateWaiting",
    fields: &[Field::omitted("reason", "Reason", &TEXT), Field::omitted("message", "Message", &TEXT)],
};

static CONTAINER_STATE_RUNNING: Struct = Struct {
    name: "ContainerStateRunning",
    go: "v1.ContainerStateRunning",
    fields: &[Field::omitted("startedAt", "StartedAt", &TIME)],
};

static CONTAINER_STATE_TERMINATED: Struct = Struct {
    name: "ContainerStateTerminated",
    go: "v1.ContainerStateTerminated",
    fields: &[
        Field::plain("exitCode", "ExitCode", &INT32),
        Field::omitted("signal", "Signal", &INT32),
        Field::omitted("reason", "Reason", &TEXT),
        Field::omitted("message", "Message", &TEXT),
        Field::omitted("startedAt", "StartedAt", &TIME),
        Field::omitted("finishedAt", "FinishedAt", &TIME),
        Field::omitted("containerID", "ContainerID", &TEXT),
    ],
};

static POD_RESOURCE_CLAIM_STATUS: Struct = Struct {
    name: "PodResourceClaimStatus",
    go: "v1.PodResourceClaimStatus",
    fields: &[
        Field::plain("name", "Name", &TEXT),
        Field::omitted("resourceClaimName", "ResourceClaimName", &Type::Pointer(&TEXT)),
    ],
};
