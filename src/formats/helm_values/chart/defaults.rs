//! What the chart's own values.yaml sets (0.38.1).

/// A key with its value.
pub type Default = (&'static str, Preset);

/// A value that the chart brings along; numbers keep their spelling.
#[derive(Debug)]
pub enum Preset {
    /// A key without a value.
    Null,
    /// A truth value.
    Bool(bool),
    /// Text, or a number as it is written.
    Text(&'static str),
    /// A list.
    List(&'static [Preset]),
    /// A mapping.
    Table(&'static [Default]),
}

use Preset::{Bool, List, Null, Table, Text};

/// Sorted by key.
pub static DEFAULTS: &[Default] = &[
    (
        "checkpointStorage",
        Table(&[
            ("hostPath", Text("/tmp/checkpoints")),
            ("mountToServer", Bool(false)),
            ("saveExperimentBest", Text("0")),
            ("saveTrialBest", Text("1")),
            ("saveTrialLatest", Text("1")),
            ("type", Text("shared_fs")),
        ]),
    ),
    ("createNonNamespacedObjects", Bool(true)),
    (
        "db",
        Table(&[
            ("cpuRequest", Text("2")),
            ("memRequest", Text("8Gi")),
            ("name", Text("determined")),
            ("password", Text("postgres")),
            ("port", Text("5432")),
            ("storageSize", Text("30Gi")),
            ("useNodePortForDB", Bool(false)),
            ("user", Text("postgres")),
        ]),
    ),
    (
        "defaultImages",
        Table(&[
            ("cpuImage", Text("determinedai/pytorch-ngc:0.38.1")),
            ("gpuImage", Text("determinedai/pytorch-ngc:0.38.1")),
            ("kubeScheduler", Text("k8s.gcr.io/scheduler-plugins/kube-scheduler:v0.18.9")),
            ("postgreSQL", Text("postgres:10.14")),
            ("rocmImage", Text("determinedai/environments:rocm-5.6-pytorch-1.3-tf-2.10-rocm-mpich-0736b6d")),
        ]),
    ),
    ("enterpriseEdition", Bool(false)),
    ("imagePullSecretName", Null),
    ("imageRegistry", Text("determinedai")),
    ("logColor", Bool(true)),
    ("logLevel", Text("info")),
    ("masterCpuRequest", Text("2")),
    ("masterMemRequest", Text("8Gi")),
    ("masterPort", Text("8080")),
    ("maxSlotsPerPod", Null),
    ("resourceManager", Table(&[("clusterName", Null), ("defaultNamespace", Null)])),
    ("resourcePools", List(&[Table(&[("pool_name", Text("default"))])])),
    ("taskContainerDefaults", Null),
    ("telemetry", Table(&[("enabled", Bool(true))])),
    ("useNodePortForMaster", Bool(false)),
];
