//! The template of the Secret that holds `master.yaml`.

use super::Need::{Any, Filled as IfFilled, Or, OrNull};
use super::Print::{Bare, Json, Lines, Quoted, Yaml, YamlOfManager};
use super::Step::{
    BlockEnd, BlockStart, Demand, Each, Index, Password, Put, QuotedNamespace, Refuse, Release, Row, Section, Text,
    When,
};
use super::Test::{All, DiffersOr, Filled, Is, IsOr, IsTrimmed};
use super::{Reading, Step, Template};
use super::{bare, bare_if, put, put_required, quoted, quoted_if, required, row};

/// The Secret; Helm executes it within the Deployment first, which needs its checksum.
pub static MASTER_CONFIG: Template = Template { name: "master-config.yaml", steps: STEPS, reading: Reading::Block };

static STEPS: &[Step] = &[
    Password,
    Text("apiVersion: v1\nkind: Secret\nmetadata:\n   name: determined-master-config-"),
    Release,
    Text("\n   namespace: "),
    Step::Namespace,
    Text("\n   labels:\n     app: determined-master-"),
    Release,
    Text("\n     release: "),
    Release,
    Text("\nstringData:\n  master.yaml: |"),
    BlockStart,
    Text("\n    log:"),
    row("log.level", "logLevel", Quoted, OrNull("info")),
    row("log.color", "logColor", Bare, Or("true")),
    Text("\n"),
    Section("\n    checkpoint_storage:", &["checkpointStorage"]),
    required(
        "checkpoint_storage.type",
        "checkpointStorage.type",
        Quoted,
        "A valid Values.checkpointStorage.type entry is required!",
    ),
    When(
        Is(STORAGE, "shared_fs"),
        SHARED_FS,
        &[When(
            Is(STORAGE, "directory"),
            DIRECTORY,
            &[When(Is(STORAGE, "gcs"), GCS, &[When(Is(STORAGE, "s3"), S3, &[When(Is(STORAGE, "azure"), AZURE, &[])])])],
        )],
    ),
    row("checkpoint_storage.save_experiment_best", "checkpointStorage.saveExperimentBest", Bare, Or("0")),
    row("checkpoint_storage.save_trial_best", "checkpointStorage.saveTrialBest", Bare, Or("1")),
    row("checkpoint_storage.save_trial_latest", "checkpointStorage.saveTrialLatest", Bare, Or("1")),
    Text("\n"),
    Section("\n    db:", &["db"]),
    required("db.user", "db.user", Quoted, "A valid Values.db.user entry required!"),
    required("db.password", "db.password", Quoted, "A valid Values.db.password entry required!"),
    When(
        Filled("db.hostAddress"),
        &[bare("db.host", "db.hostAddress")],
        &[Text("\n      host: determined-db-service-"), Release],
    ),
    bare("db.port", "db.port"),
    quoted("db.name", "db.name"),
    When(Filled("db.sslMode"), DB_TLS, &[]),
    Text("\n"),
    Section("\n    security:", &["security", "initialUserPassword", "defaultPassword"]),
    When(
        Filled("initialUserPassword"),
        &[quoted("security.initial_user_password", "initialUserPassword")],
        &[quoted_if("security.initial_user_password", "defaultPassword")],
    ),
    When(
        Filled("tlsSecret"),
        &[Section(
            "\n      tls:\n        cert: /mount/determined/secrets/tls.crt\n        key: /mount/determined/secrets/tls.key",
            &["tlsSecret"],
        )],
        &[],
    ),
    When(Filled("security"), SECURITY, &[]),
    Text("\n    port: 8081"),
    When(Filled("enterpriseEdition"), ENTERPRISE, &[]),
    When(Filled("genai"), &[When(Filled("genai.version"), GENAI, &[])], &[]),
    Text("\n"),
    Section("\n    resource_manager:", &["resourceManager", "maxSlotsPerPod"]),
    Text("\n      type: \"kubernetes\""),
    When(
        Filled("resourceManager.defaultNamespace"),
        &[quoted("resource_manager.default_namespace", "resourceManager.defaultNamespace")],
        &[Text("\n      default_namespace: "), QuotedNamespace],
    ),
    bare_if("resource_manager.cluster_name", "resourceManager.clusterName"),
    required(
        "resource_manager.max_slots_per_pod",
        "maxSlotsPerPod",
        Bare,
        "A valid Values.maxSlotsPerPod entry is required!",
    ),
    Text("\n      master_service_name: determined-master-service-"),
    Release,
    When(Filled("defaultScheduler"), DEFAULT_SCHEDULER, &[]),
    When(DiffersOr("slotType", "gpu", "gpu"), SLOTS, &[]),
    row("resource_manager.fluent", "fluent", Yaml(8), IfFilled),
    When(Filled("determinedMasterHost"), ADDRESS, &[]),
    Text("\n"),
    bare("resource_manager.default_aux_resource_pool", "defaultAuxResourcePool"),
    bare("resource_manager.default_compute_resource_pool", "defaultComputeResourcePool"),
    When(Filled("additional_resource_managers"), ADDITIONAL, &[]),
    row("resource_pools", "resourcePools", Yaml(6), IfFilled),
    Text("\n\n    "),
    When(Filled("taskContainerDefaults"), TASK_DEFAULTS, TASK_IMAGES),
    When(
        Filled("telemetry"),
        &[Section("\n    telemetry:", &["telemetry"]), bare("telemetry.enabled", "telemetry.enabled")],
        &[],
    ),
    When(Filled("observability"), OBSERVABILITY, &[]),
    bare_if("cluster_name", "clusterName"),
    bare_if("tensorboard_timeout", "tensorboardTimeout"),
    bare_if("notebook_timeout", "notebookTimeout"),
    When(Filled("logging"), LOGGING, &[]),
    When(Filled("retentionPolicy"), RETENTION, &[]),
    BlockEnd,
    When(
        Filled("logging"),
        &[When(Filled("logging.security"), &[When(Filled("logging.security.tls"), CERTIFICATE, &[])], &[])],
        &[],
    ),
];

const STORAGE: &str = "checkpointStorage.type";

static SHARED_FS: &[Step] = &[required(
    "checkpoint_storage.host_path",
    "checkpointStorage.hostPath",
    Quoted,
    "A valid Values.checkpointStorage.hostPath entry is required!",
)];

static DIRECTORY: &[Step] = &[required(
    "checkpoint_storage.container_path",
    "checkpointStorage.containerPath",
    Quoted,
    "A valid Values.checkpointStorage.containerPath entry is required!",
)];

const BUCKET: Step = required(
    "checkpoint_storage.bucket",
    "checkpointStorage.bucket",
    Bare,
    "A valid Values.checkpointStorage.bucket entry is required!",
);

static GCS: &[Step] = &[BUCKET, quoted("checkpoint_storage.prefix", "checkpointStorage.prefix")];

static S3: &[Step] = &[
    BUCKET,
    quoted("checkpoint_storage.access_key", "checkpointStorage.accessKey"),
    quoted("checkpoint_storage.secret_key", "checkpointStorage.secretKey"),
    quoted("checkpoint_storage.endpoint_url", "checkpointStorage.endpointUrl"),
    quoted("checkpoint_storage.prefix", "checkpointStorage.prefix"),
];

static AZURE: &[Step] = &[When(
    All(&[Filled("checkpointStorage.connection_string"), Filled("checkpointStorage.account_url")]),
    &[Refuse(
        "Exactly one of .Values.checkpointStorage.connection_string or .Values.checkpointStorage.account_url must be \
         specified!",
    )],
    &[When(
        All(&[Filled("checkpointStorage.connection_string"), Filled("checkpointStorage.credential")]),
        &[Refuse(
            ".Values.checkpointStorage.connection_string and .Values.checkpointStorage.credential must not both be \
             specified!",
        )],
        &[
            required(
                "checkpoint_storage.container",
                "checkpointStorage.container",
                Bare,
                "A valid Values.checkpointStorage.container entry is required!",
            ),
            bare("checkpoint_storage.connection_string", "checkpointStorage.connection_string"),
            bare("checkpoint_storage.account_url", "checkpointStorage.account_url"),
            bare("checkpoint_storage.credential", "checkpointStorage.credential"),
        ],
    )],
)];

static DB_TLS: &[Step] = &[
    bare("db.ssl_mode", "db.sslMode"),
    Demand("db.sslRootCert", "A valid .Values.db.sslRootCert entry required!"),
    Text("\n      ssl_root_cert: /mount/determined/secrets/"),
    put("db.sslRootCert", Bare),
];

static SECURITY: &[Step] = &[
    When(
        Filled("security.defaultTask"),
        &[
            Section("\n      default_task:", &["security.defaultTask"]),
            bare("security.default_task.user", "security.defaultTask.user"),
            bare("security.default_task.uid", "security.defaultTask.uid"),
            bare("security.default_task.group", "security.defaultTask.group"),
            bare("security.default_task.gid", "security.defaultTask.gid"),
        ],
        &[],
    ),
    row("security.authz", "security.authz", Yaml(8), IfFilled),
];

static ENTERPRISE: &[Step] =
    &[When(Filled("oidc"), OIDC, &[]), When(Filled("scim"), SCIM, &[]), When(Filled("saml"), SAML, &[])];

static OIDC: &[Step] = &[
    Section("\n    oidc:", &["oidc"]),
    row("oidc.enabled", "oidc.enabled", Bare, Or("false")),
    required("oidc.provider", "oidc.provider", Bare, "A valid provider entry is required!"),
    required("oidc.idp_recipient_url", "oidc.idpRecipientUrl", Bare, "A valid recipient url is required!"),
    required("oidc.idp_sso_url", "oidc.idpSsoUrl", Bare, "A valid sso url is required!"),
    required("oidc.client_id", "oidc.clientId", Bare, "A valid client ID is required!"),
    bare_if("oidc.authentication_claim", "oidc.authenticationClaim"),
    bare_if("oidc.scim_authentication_attribute", "oidc.scimAuthenticationAttribute"),
    bare_if("oidc.auto_provision_users", "oidc.autoProvisionUsers"),
    bare_if("oidc.groups_attribute_name", "oidc.groupsAttributeName"),
    bare_if("oidc.display_name_attribute_name", "oidc.displayNameAttributeName"),
    bare_if("oidc.agent_uid_attribute_name", "oidc.agentUidAttributeName"),
    bare_if("oidc.agent_gid_attribute_name", "oidc.agentGidAttributeName"),
    bare_if("oidc.agent_user_name_attribute_name", "oidc.agentUserNameAttributeName"),
    bare_if("oidc.agent_group_name_attribute_name", "oidc.agentGroupNameAttributeName"),
    bare_if("oidc.always_redirect", "oidc.alwaysRedirect"),
    bare_if("oidc.exclude_groups_scope", "oidc.excludeGroupsScope"),
];

static SCIM: &[Step] = &[
    Section("\n    scim:", &["scim"]),
    row("scim.enabled", "scim.enabled", Bare, Or("false")),
    Section("\n      auth:", &["scim.auth", "scim"]),
    required("scim.auth.type", "scim.auth.type", Bare, "A valid authentication type is required!"),
    When(
        Is("scim.auth.type", "basic"),
        &[
            required("scim.auth.username", "scim.auth.username", Bare, "A valid username is required!"),
            required("scim.auth.password", "scim.auth.password", Bare, "A valid password type is required!"),
        ],
        &[],
    ),
];

static SAML: &[Step] = &[
    Section("\n    saml:", &["saml"]),
    row("saml.enabled", "saml.enabled", Bare, Or("false")),
    required("saml.provider", "saml.provider", Bare, "A valid provider entry is required!"),
    required("saml.idp_recipient_url", "saml.idpRecipientUrl", Bare, "A valid recipient url is required!"),
    required("saml.idp_sso_url", "saml.idpSsoUrl", Bare, "A valid sso url is required!"),
    required(
        "saml.idp_sso_descriptor_url",
        "saml.idpSsoDescriptorUrl",
        Bare,
        "A valid sso descriptor url is required!",
    ),
    required("saml.idp_cert_path", "saml.idpCertPath", Bare, "A valid idp cert path is required!"),
    bare_if("saml.auto_provision_users", "saml.autoProvisionUsers"),
    bare_if("saml.groups_attribute_name", "saml.groupsAttributeName"),
    bare_if("saml.display_name_attribute_name", "saml.displayNameAttributeName"),
    bare_if("saml.agent_uid_attribute_name", "saml.agentUidAttributeName"),
    bare_if("saml.agent_gid_attribute_name", "saml.agentGidAttributeName"),
    bare_if("saml.agent_user_name_attribute_name", "saml.agentUserNameAttributeName"),
    bare_if("saml.agent_group_name_attribute_name", "saml.agentGroupNameAttributeName"),
    bare_if("saml.always_redirect", "saml.alwaysRedirect"),
];

static GENAI: &[Step] = &[
    Section("\n    feature_switches:\n      - genai", &["genai.version"]),
    Demand("genai.port", "A valid .Values.genai.port entry required!"),
    Section("\n    __internal:\n      proxied_servers:", &["genai"]),
    Text("\n        - destination: \"http://genai-backend-service-"),
    Release,
    Text(":"),
    put("genai.port", Bare),
    Text("/lore\"\n          path_prefix: /lore\n        - destination: \"http://genai-backend-service-"),
    Release,
    Text(":"),
    put("genai.port", Bare),
    Text("/genai\"\n          path_prefix: /genai"),
];

static DEFAULT_SCHEDULER: &[Step] = &[When(
    IsTrimmed("defaultScheduler", "coscheduler"),
    &[Section("\n      default_scheduler: \"coscheduler\"", &["defaultScheduler"])],
    &[],
)];

static SLOTS: &[Step] = &[
    bare("resource_manager.slot_type", "slotType"),
    Section("\n      slot_resource_requests:", &["slotResourceRequests", "slotType"]),
    bare("resource_manager.slot_resource_requests.cpu", "slotResourceRequests.cpu"),
];

static ADDRESS: &[Step] = &[
    When(
        Filled("determinedMasterScheme"),
        &[quoted("resource_manager.determined_master_scheme", "determinedMasterScheme")],
        &[When(
            Filled("tlsSecret"),
            &[Text("\n      determined_master_scheme: \"https\"")],
            &[Text("\n      determined_master_scheme: \"http\"")],
        )],
    ),
    quoted("resource_manager.determined_master_host", "determinedMasterHost"),
    When(
        Filled("determinedMasterPort"),
        &[bare("resource_manager.determined_master_port", "determinedMasterPort")],
        &[bare("resource_manager.determined_master_port", "masterPort")],
    ),
];

/// Keys below an additional manager are handed on as they are, without translation and without defaults.
static ADDITIONAL: &[Step] = &[
    Section("\n    additional_resource_managers:", &["additional_resource_managers"]),
    Each(
        "additional_resource_managers",
        &[
            Text("\n    - "),
            Section("resource_manager:", &["@.resource_manager", "@"]),
            put("@.resource_manager", YamlOfManager(8)),
            Text("\n        "),
            Section("kubeconfig_path:", &["@.resource_manager.kubeconfig_secret_value", "@.resource_manager"]),
            Text(" /mount/determined/secrets/"),
            Index,
            Text("/"),
            put_required(
                "@.resource_manager.kubeconfig_secret_value",
                "for each additional_resource_managers, resource_manager.kubeconfig_secret_value must be specified",
            ),
            Text("\n      "),
            Section("resource_pools:", &["@.resource_pools", "@"]),
            put("@.resource_pools", Yaml(8)),
        ],
    ),
];

static TASK_DEFAULTS: &[Step] = &[
    Section("task_container_defaults:", &["taskContainerDefaults"]),
    quoted_if("task_container_defaults.startup_hook", "taskContainerDefaults.startupHook"),
    bare_if("task_container_defaults.network_mode", "taskContainerDefaults.networkMode"),
    bare_if("task_container_defaults.dtrain_network_interface", "taskContainerDefaults.dtrainNetworkInterface"),
    row("task_container_defaults.cpu_pod_spec", "taskContainerDefaults.cpuPodSpec", Json, IfFilled),
    row("task_container_defaults.gpu_pod_spec", "taskContainerDefaults.gpuPodSpec", Json, IfFilled),
    row("task_container_defaults.checkpoint_gc_pod_spec", "taskContainerDefaults.checkpointGcPodSpec", Json, IfFilled),
    row("task_container_defaults.log_policies", "taskContainerDefaults.logPolicies", Yaml(8), IfFilled),
    Text("\n      image:"),
    When(Filled("taskContainerDefaults.cpuImage"), &[image("cpu", "taskContainerDefaults.cpuImage")], &[CPU_IMAGE]),
    When(Filled("taskContainerDefaults.gpuImage"), &[image("gpu", "taskContainerDefaults.gpuImage")], &[GPU_IMAGE]),
    When(Filled("taskContainerDefaults.rocmImage"), &[image("rocm", "taskContainerDefaults.rocmImage")], &[ROCM_IMAGE]),
    bare_if("task_container_defaults.force_pull_image", "taskContainerDefaults.forcePullImage"),
];

static TASK_IMAGES: &[Step] = &[Text("\n    task_container_defaults:\n      image:"), CPU_IMAGE, GPU_IMAGE, ROCM_IMAGE];

const CPU_IMAGE: Step = image("cpu", "defaultImages.cpuImage");
const GPU_IMAGE: Step = image("gpu", "defaultImages.gpuImage");
const ROCM_IMAGE: Step = image("rocm", "defaultImages.rocmImage");

const fn image(device: &'static str, from: &'static str) -> Step {
    let to = match device.as_bytes() {
        b"cpu" => "task_container_defaults.image.cpu",
        b"gpu" => "task_container_defaults.image.gpu",
        _ => "task_container_defaults.image.rocm",
    };
    Row(super::Row { to, put: super::Put { from, print: Quoted, need: Any }, shift: 1 })
}

static OBSERVABILITY: &[Step] = &[
    Section("\n    observability:", &["observability"]),
    required(
        "observability.enable_prometheus",
        "observability.enable_prometheus",
        Bare,
        "A valid .Values.observability.enable_prometheus must be provided if setting .Values.observability!",
    ),
];

static LOGGING: &[Step] = &[
    Section("\n    logging:", &["logging"]),
    bare_if("logging.type", "logging.type"),
    When(
        IsOr("logging.type", "", "elastic"),
        &[
            required(
                "logging.host",
                "logging.host",
                Bare,
                "A valid host must be provided if logging to Elasticsearch!",
            ),
            required(
                "logging.port",
                "logging.port",
                Bare,
                "A valid port must be provided if logging to Elasticsearch!",
            ),
            When(Filled("logging.security"), LOGGING_SECURITY, &[]),
        ],
        &[],
    ),
];

static LOGGING_SECURITY: &[Step] = &[
    Section("\n      security:", &["logging.security"]),
    bare_if("logging.security.username", "logging.security.username"),
    bare_if("logging.security.password", "logging.security.password"),
    When(
        Filled("logging.security.tls"),
        &[
            Section("\n        tls:", &["logging.security.tls"]),
            bare_if("logging.security.tls.enabled", "logging.security.tls.enabled"),
            bare_if("logging.security.tls.skip_verify", "logging.security.tls.skipVerify"),
            When(
                Filled("logging.security.tls.certificate"),
                &[Section(
                    "\n          certificate: /etc/determined/elastic.crt",
                    &["logging.security.tls.certificate"],
                )],
                &[],
            ),
            bare_if("logging.security.tls.certificate_name", "logging.security.tls.certificateName"),
        ],
        &[],
    ),
];

static RETENTION: &[Step] = &[
    Section("\n    retention_policy:", &["retentionPolicy"]),
    bare_if("retention_policy.log_retention_days", "retentionPolicy.logRetentionDays"),
    quoted_if("retention_policy.schedule", "retentionPolicy.schedule"),
];

static CERTIFICATE: &[Step] = &[When(
    Filled("logging.security.tls.certificate"),
    &[
        Text("\n  elastic.crt: |"),
        Put(super::Put { from: "logging.security.tls.certificate", print: Lines(4), need: Any }),
    ],
    &[],
)];
