//! Checkpoint storage and task logging: the two tagged sections beside the resource managers.

use super::{BOOL, INT, INT_POINTER, TEXT, TEXT_POINTER};
use crate::decode::schema::{Field, Special, Struct, Type, Union, Variant};

/// `expconf.CheckpointStorageConfigV0`
pub(super) static CHECKPOINT_STORAGE: Union = Union {
    tag: "type",
    common: &Struct {
        name: "CheckpointStorageConfigV0",
        go: "expconf.CheckpointStorageConfigV0",
        fields: &[
            Field::plain("save_experiment_best", "RawSaveExperimentBest", &INT_POINTER),
            Field::plain("save_trial_best", "RawSaveTrialBest", &INT_POINTER),
            Field::plain("save_trial_latest", "RawSaveTrialLatest", &INT_POINTER),
        ],
    },
    variants: &[
        Variant { tag: "shared_fs", go: "RawSharedFSConfig", ty: &Type::Struct(&SHARED_FS), period: None },
        Variant { tag: "s3", go: "RawS3Config", ty: &Type::Struct(&S3), period: None },
        Variant { tag: "gcs", go: "RawGCSConfig", ty: &Type::Struct(&GCS), period: None },
        Variant { tag: "azure", go: "RawAzureConfig", ty: &Type::Struct(&AZURE), period: None },
        Variant { tag: "directory", go: "RawDirectoryConfig", ty: &Type::Struct(&DIRECTORY), period: None },
    ],
    wrap: Some("failed to parse checkpoint storage"),
};

static SHARED_FS: Struct = Struct {
    name: "SharedFSConfigV0",
    go: "expconf.SharedFSConfigV0",
    fields: &[
        Field::plain("host_path", "RawHostPath", &TEXT_POINTER),
        Field::plain("container_path", "RawContainerPath", &TEXT_POINTER),
        Field::plain("checkpoint_path", "RawCheckpointPath", &TEXT_POINTER),
        Field::plain("tensorboard_path", "RawTensorboardPath", &TEXT_POINTER),
        Field::plain("storage_path", "RawStoragePath", &TEXT_POINTER),
        Field::plain("propagation", "RawPropagation", &TEXT_POINTER),
    ],
};

static S3: Struct = Struct {
    name: "S3ConfigV0",
    go: "expconf.S3ConfigV0",
    fields: &[
        Field::plain("bucket", "RawBucket", &TEXT_POINTER),
        Field::secret("access_key", "RawAccessKey", &TEXT_POINTER),
        Field::secret("secret_key", "RawSecretKey", &TEXT_POINTER),
        Field::plain("endpoint_url", "RawEndpointURL", &TEXT_POINTER),
        Field::plain("prefix", "RawPrefix", &TEXT_POINTER),
    ],
};

static GCS: Struct = Struct {
    name: "GCSConfigV0",
    go: "expconf.GCSConfigV0",
    fields: &[Field::plain("bucket", "RawBucket", &TEXT_POINTER), Field::plain("prefix", "RawPrefix", &TEXT_POINTER)],
};

static AZURE: Struct = Struct {
    name: "AzureConfigV0",
    go: "expconf.AzureConfigV0",
    fields: &[
        Field::plain("container", "RawContainer", &TEXT_POINTER),
        Field::secret("connection_string", "RawConnectionString", &TEXT_POINTER),
        Field::plain("account_url", "RawAccountURL", &TEXT_POINTER),
        Field::secret("credential", "RawCredential", &TEXT_POINTER),
    ],
};

static DIRECTORY: Struct = Struct {
    name: "DirectoryConfigV0",
    go: "expconf.DirectoryConfigV0",
    fields: &[Field::plain("container_path", "RawContainerPath", &TEXT_POINTER)],
};

/// `model.LoggingConfig`
pub(super) static LOGGING: Union = Union {
    tag: "type",
    common: &Struct { name: "LoggingConfig", go: "model.LoggingConfig", fields: &[] },
    variants: &[
        Variant { tag: "default", go: "DefaultLoggingConfig", ty: &Type::Struct(&DEFAULT_LOGGING), period: None },
        Variant { tag: "elastic", go: "ElasticLoggingConfig", ty: &Type::Struct(&ELASTIC), period: None },
    ],
    wrap: Some("failed to parse logging options"),
};

static DEFAULT_LOGGING: Struct = Struct { name: "DefaultLoggingConfig", go: "model.DefaultLoggingConfig", fields: &[] };

static ELASTIC: Struct = Struct {
    name: "ElasticLoggingConfig",
    go: "model.ElasticLoggingConfig",
    fields: &[
        Field::plain("host", "Host", &TEXT),
        Field::plain("port", "Port", &INT),
        Field::plain("security", "Security", &Type::Struct(&ELASTIC_SECURITY)),
    ],
};

static ELASTIC_SECURITY: Struct = Struct {
    name: "ElasticSecurityConfig",
    go: "model.ElasticSecurityConfig",
    fields: &[
        Field::plain("username", "Username", &TEXT_POINTER),
        Field::secret("password", "Password", &TEXT_POINTER),
        Field::plain("tls", "TLS", &Type::Struct(&TLS_CLIENT)),
    ],
};

/// `model.TLSClientConfig`
pub(super) static TLS_CLIENT: Struct = Struct {
    name: "TLSClientConfig",
    go: "model.TLSClientConfig",
    fields: &[
        Field::plain("enabled", "Enabled", &BOOL),
        Field::plain("skip_verify", "SkipVerify", &BOOL),
        Field::plain("certificate", "CertificatePath", &TEXT),
        Field::plain("certificate_name", "CertificateName", &TEXT),
        Field::plain("CertBytes", "CertBytes", &Type::Special(Special::Bytes)),
    ],
};
