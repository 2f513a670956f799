//! The document root and its plain sections (§2.11).

use super::resource_managers::{ADDITIONAL_LIST, RESOURCE_MANAGER_POINTER};
use super::storage::{CHECKPOINT_STORAGE, LOGGING};
use super::{BOOL, BOOL_POINTER, INT, INT_POINTER, TEXT, TEXT_LIST, TEXT_POINTER};
use super::{pools::POOL_LIST, task_container_defaults::DEFAULTS};
use crate::decode::schema::{Field, Struct, Type, Union, Variant};
use crate::release::keys;

/// `config.Config`
pub(in crate::formats) static CONFIG: Struct = Struct {
    name: "Config",
    go: "config.Config",
    fields: &[
        Field::plain("config_file", "ConfigFile", &TEXT),
        Field::plain("log", "Log", &Type::Struct(&LOG)),
        Field::plain("db", "DB", &Type::Struct(&DB)),
        Field::plain("tensorboard_timeout", "TensorBoardTimeout", &INT),
        Field::plain("notebook_timeout", "NotebookTimeout", &INT_POINTER),
        Field::plain("security", "Security", &Type::Struct(&SECURITY)),
        Field::plain("checkpoint_storage", "CheckpointStorage", &Type::Union(&CHECKPOINT_STORAGE)),
        Field::plain("task_container_defaults", "TaskContainerDefaults", &Type::Own(&DEFAULTS)),
        Field::plain("port", "Port", &INT),
        Field::plain("root", "Root", &TEXT),
        Field::plain("telemetry", "Telemetry", &Type::Struct(&TELEMETRY)),
        Field::plain("enable_cors", "EnableCors", &BOOL),
        Field::plain("launch_error", "LaunchError", &BOOL),
        Field::plain("cluster_name", "ClusterName", &TEXT),
        Field::plain("ui_customization", "UICustomization", &Type::Struct(&UI_CUSTOMIZATION))
            .dated(keys::UI_CUSTOMIZATION),
        Field::plain("logging", "Logging", &Type::Union(&LOGGING)),
        Field::plain("retention_policy", "RetentionPolicy", &Type::Struct(&RETENTION_POLICY)),
        Field::plain("observability", "Observability", &Type::Struct(&OBSERVABILITY)),
        Field::plain("cache", "Cache", &Type::Struct(&CACHE)),
        Field::plain("webhooks", "Webhooks", &Type::Struct(&WEBHOOKS)),
        Field::plain("feature_switches", "FeatureSwitches", &TEXT_LIST),
        Field::plain("reserved_ports", "ReservedPorts", &Type::List { item: &INT, go: "[]int" }),
        Field::embedded("resource_manager", "ResourceConfig.RootManagerInternal", &RESOURCE_MANAGER_POINTER),
        Field::embedded("resource_pools", "ResourceConfig.RootPoolsInternal", &POOL_LIST),
        Field::embedded(
            "additional_resource_managers",
            "ResourceConfig.AdditionalResourceManagersInternal",
            &ADDITIONAL_LIST,
        ),
        Field::plain("__internal", "InternalConfig", &Type::Struct(&INTERNAL)),
        Field::plain("scim", "Scim", &Type::Struct(&SCIM)).dated(keys::ENTERPRISE),
        Field::plain("saml", "SAML", &Type::Struct(&SAML)).dated(keys::ENTERPRISE),
        Field::plain("oidc", "OIDC", &Type::Struct(&OIDC)).dated(keys::ENTERPRISE),
        Field::plain("det_cloud", "DetCloud", &Type::Struct(&DET_CLOUD)).dated(keys::ENTERPRISE),
        Field::plain("integrations", "Integrations", &Type::Struct(&INTEGRATIONS)),
    ],
};

static LOG: Struct = Struct {
    name: "Config",
    go: "logger.Config",
    fields: &[Field::plain("level", "Level", &TEXT), Field::plain("color", "Color", &BOOL)],
};

static DB: Struct = Struct {
    name: "DBConfig",
    go: "config.DBConfig",
    fields: &[
        Field::plain("user", "User", &TEXT),
        Field::secret("password", "Password", &TEXT),
        Field::plain("migrations", "Migrations", &TEXT),
        Field::plain("views_and_triggers", "ViewsAndTriggers", &TEXT).dated(keys::VIEWS_AND_TRIGGERS),
        Field::plain("host", "Host", &TEXT),
        Field::plain("port", "Port", &TEXT),
        Field::plain("name", "Name", &TEXT),
        Field::plain("ssl_mode", "SSLMode", &TEXT),
        Field::plain("ssl_root_cert", "SSLRootCert", &TEXT),
    ],
};

static SECURITY: Struct = Struct {
    name: "SecurityConfig",
    go: "config.SecurityConfig",
    fields: &[
        Field::plain("default_task", "DefaultTask", &Type::Struct(&DEFAULT_TASK)),
        Field::plain("tls", "TLS", &Type::Struct(&TLS)),
        Field::plain("ssh", "SSH", &Type::Struct(&SSH)),
        Field::plain("authz", "AuthZ", &Type::Struct(&AUTHZ)),
        Field::plain("token", "Token", &Type::Struct(&TOKEN)).dated(keys::TOKEN),
        Field::secret("initial_user_password", "InitialUserPassword", &TEXT),
    ],
};

static DEFAULT_TASK: Struct = Struct {
    name: "AgentUserGroup",
    go: "model.AgentUserGroup",
    fields: &[
        Field::plain("id", "ID", &INT),
        Field::plain("user_id", "UserID", &Type::Int { bits: 64, go: "model.UserID" }),
        Field::plain("user", "User", &TEXT),
        Field::plain("uid", "UID", &INT),
        Field::plain("group", "Group", &TEXT),
        Field::plain("gid", "GID", &INT),
    ],
};

static TLS: Struct = Struct {
    name: "TLSConfig",
    go: "config.TLSConfig",
    fields: &[Field::plain("cert", "Cert", &TEXT), Field::plain("key", "Key", &TEXT)],
};

static SSH: Struct = Struct {
    name: "SSHConfig",
    go: "config.SSHConfig",
    fields: &[
        Field::plain("rsa_key_size", "RsaKeySize", &INT),
        Field::plain("key_type", "KeyType", &TEXT).dated(keys::TOKEN),
    ],
};

static AUTHZ: Struct = Struct {
    name: "AuthZConfig",
    go: "config.AuthZConfig",
    fields: &[
        Field::plain("type", "Type", &TEXT),
        Field::plain("fallback", "FallbackType", &TEXT_POINTER),
        Field::plain("rbac_ui_enabled", "RBACUIEnabled", &BOOL_POINTER),
        Field::plain("_strict_ntsc_enabled", "StrictNTSCEnabled", &BOOL),
        Field::plain("workspace_creator_assign_role", "AssignWorkspaceCreator", &Type::Struct(&ASSIGN_ROLE)),
        Field::plain("strict_job_queue_control", "StrictJobQueueControl", &BOOL),
    ],
};

static ASSIGN_ROLE: Struct = Struct {
    name: "AssignWorkspaceCreatorConfig",
    go: "config.AssignWorkspaceCreatorConfig",
    fields: &[Field::plain("enabled", "Enabled", &BOOL), Field::plain("role_id", "RoleID", &INT)],
};

static TOKEN: Struct = Struct {
    name: "TokenConfig",
    go: "config.TokenConfig",
    fields: &[
        Field::plain("max_lifespan_days", "MaxLifespanDays", &INT),
        Field::plain("default_lifespan_days", "DefaultLifespanDays", &INT),
    ],
};

static TELEMETRY: Struct = Struct {
    name: "TelemetryConfig",
    go: "config.TelemetryConfig",
    fields: &[
        Field::plain("enabled", "Enabled", &BOOL),
        Field::secret("segment_master_key", "SegmentMasterKey", &TEXT),
        Field::plain("otel_enabled", "OtelEnabled", &BOOL),
        Field::plain("otel_endpoint", "OtelExportedOtlpEndpoint", &TEXT),
        Field::secret("segment_webui_key", "SegmentWebUIKey", &TEXT),
        Field::plain("cluster_id", "ClusterID", &TEXT),
    ],
};

static UI_CUSTOMIZATION: Struct = Struct {
    name: "UICustomizationConfig",
    go: "config.UICustomizationConfig",
    fields: &[
        Field::plain("logo_path", "LogoPath", &Type::Struct(&LOGO_PATHS)).dated(keys::LOGO_PATH),
        Field::plain("logo_paths", "LogoPaths", &Type::Pointer(&Type::Struct(&LOGO_PATHS))).dated(keys::LOGO_PATHS),
    ],
};

static LOGO_PATHS: Struct = Struct {
    name: "MediaAssetVariations",
    go: "config.MediaAssetVariations",
    fields: &[
        Field::plain("dark_horizontal", "DarkHorizontal", &TEXT),
        Field::plain("dark_vertical", "DarkVeritical", &TEXT),
        Field::plain("light_horizontal", "LightHorizontal", &TEXT),
        Field::plain("light_vertical", "LightVeritical", &TEXT),
    ],
};

static RETENTION_POLICY: Struct = Struct {
    name: "LogRetentionPolicy",
    go: "model.LogRetentionPolicy",
    fields: &[
        Field::plain("log_retention_days", "LogRetentionDays", &Type::Pointer(&Type::Int { bits: 16, go: "int16" })),
        Field::plain("schedule", "Schedule", &TEXT_POINTER),
    ],
};

static OBSERVABILITY: Struct = Struct {
    name: "ObservabilityConfig",
    go: "config.ObservabilityConfig",
    fields: &[Field::plain("enable_prometheus", "EnablePrometheus", &BOOL)],
};

static CACHE: Struct =
    Struct { name: "CacheConfig", go: "config.CacheConfig", fields: &[Field::plain("cache_dir", "CacheDir", &TEXT)] };

static WEBHOOKS: Struct = Struct {
    name: "WebhooksConfig",
    go: "config.WebhooksConfig",
    fields: &[Field::plain("base_url", "BaseURL", &TEXT), Field::secret("signing_key", "SigningKey", &TEXT)],
};

static INTERNAL: Struct = Struct {
    name: "InternalConfig",
    go: "config.InternalConfig",
    fields: &[
        Field::plain("audit_logging_enabled", "AuditLoggingEnabled", &BOOL),
        Field::plain("preemption_timeout", "PreemptionTimeout", &super::DURATION)
            .dated(keys::INTERNAL_PREEMPTION_TIMEOUT),
        Field::plain("external_sessions", "ExternalSessions", &Type::Struct(&EXTERNAL_SESSIONS)),
        Field::plain(
            "proxied_servers",
            "ProxiedServers",
            &Type::List { item: &Type::Struct(&PROXIED_SERVER), go: "[]config.ProxiedServerConfig" },
        ),
    ],
};

static EXTERNAL_SESSIONS: Struct = Struct {
    name: "ExternalSessions",
    go: "model.ExternalSessions",
    fields: &[
        Field::plain("login_uri", "LoginURI", &TEXT),
        Field::plain("logout_uri", "LogoutURI", &TEXT),
        Field::plain("invalidation_uri", "InvalidationURI", &TEXT),
        Field::secret("jwt_key", "JwtKey", &TEXT),
        Field::plain("org_id", "OrgID", &Type::Text { go: "model.OrgID" }),
        Field::plain("cluster_id", "ClusterID", &Type::Text { go: "model.ClusterID" }),
        Field::plain("Invalidations", "Invalidations", &Type::Any),
    ],
};

static PROXIED_SERVER: Struct = Struct {
    name: "ProxiedServerConfig",
    go: "config.ProxiedServerConfig",
    fields: &[Field::plain("path_prefix", "PathPrefix", &TEXT), Field::plain("destination", "Destination", &TEXT)],
};

static SCIM: Struct = Struct {
    name: "ScimConfig",
    go: "config.ScimConfig",
    fields: &[Field::plain("enabled", "Enabled", &BOOL), Field::plain("auth", "Auth", &Type::Union(&SCIM_AUTH))],
};

static SCIM_AUTH: Union = Union {
    tag: "type",
    common: &Struct { name: "AuthConfig", go: "config.AuthConfig", fields: &[] },
    variants: &[
        Variant { tag: "basic", go: "BasicAuthConfig", ty: &Type::Struct(&BASIC_AUTH), period: None },
        Variant { tag: "oauth", go: "OAuthConfig", ty: &Type::Struct(&OAUTH), period: None },
    ],
    wrap: Some("failed to parse SCIM auth config"),
};

static BASIC_AUTH: Struct = Struct {
    name: "BasicAuthConfig",
    go: "config.BasicAuthConfig",
    fields: &[Field::secret("username", "Username", &TEXT), Field::secret("password", "Password", &TEXT)],
};

static OAUTH: Struct = Struct { name: "OAuthConfig", go: "config.OAuthConfig", fields: &[] };

static SAML: Struct = Struct {
    name: "SAMLConfig",
    go: "config.SAMLConfig",
    fields: &[
        Field::plain("enabled", "Enabled", &BOOL),
        Field::plain("provider", "Provider", &TEXT),
        Field::plain("idp_recipient_url", "IDPRecipientURL", &TEXT),
        Field::plain("idp_sso_url", "IDPSSOURL", &TEXT),
        Field::plain("idp_sso_descriptor_url", "IDPSSODescriptorURL", &TEXT),
        Field::plain("idp_metadata_url", "IDPMetadataURL", &TEXT),
        Field::plain("auto_provision_users", "AutoProvisionUsers", &BOOL),
        Field::plain("groups_attribute_name", "GroupsAttributeName", &TEXT),
        Field::plain("display_name_attribute_name", "DisplayNameAttributeName", &TEXT),
        Field::plain("agent_uid_attribute_name", "AgentUIDAttributeName", &TEXT).dated(keys::AGENT_ATTRIBUTES),
        Field::plain("agent_gid_attribute_name", "AgentGIDAttributeName", &TEXT).dated(keys::AGENT_ATTRIBUTES),
        Field::plain("agent_user_name_attribute_name", "AgentUserNameAttributeName", &TEXT)
            .dated(keys::AGENT_ATTRIBUTES),
        Field::plain("agent_group_name_attribute_name", "AgentGroupNameAttributeName", &TEXT)
            .dated(keys::AGENT_ATTRIBUTES),
        Field::plain("always_redirect", "AlwaysRedirect", &BOOL).dated(keys::ALWAYS_REDIRECT),
    ],
};

static OIDC: Struct = Struct {
    name: "OIDCConfig",
    go: "config.OIDCConfig",
    fields: &[
        Field::plain("enabled", "Enabled", &BOOL),
        Field::plain("provider", "Provider", &TEXT),
        Field::plain("client_id", "ClientID", &TEXT),
        Field::secret("client_secret", "ClientSecret", &TEXT),
        Field::plain("idp_sso_url", "IDPSSOURL", &TEXT),
        Field::plain("idp_recipient_url", "IDPRecipientURL", &TEXT),
        Field::plain("authentication_claim", "AuthenticationClaim", &TEXT),
        Field::plain("scim_authentication_attribute", "SCIMAuthenticationAttribute", &TEXT),
        Field::plain("auto_provision_users", "AutoProvisionUsers", &BOOL),
        Field::plain("groups_attribute_name", "GroupsAttributeName", &TEXT),
        Field::plain("display_name_attribute_name", "DisplayNameAttributeName", &TEXT),
        Field::plain("agent_uid_attribute_name", "AgentUIDAttributeName", &TEXT).dated(keys::AGENT_ATTRIBUTES),
        Field::plain("agent_gid_attribute_name", "AgentGIDAttributeName", &TEXT).dated(keys::AGENT_ATTRIBUTES),
        Field::plain("agent_user_name_attribute_name", "AgentUserNameAttributeName", &TEXT)
            .dated(keys::AGENT_ATTRIBUTES),
        Field::plain("agent_group_name_attribute_name", "AgentGroupNameAttributeName", &TEXT)
            .dated(keys::AGENT_ATTRIBUTES),
        Field::plain("always_redirect", "AlwaysRedirect", &BOOL).dated(keys::ALWAYS_REDIRECT),
        Field::plain("exclude_groups_scope", "ExcludeGroupsScope", &BOOL).dated(keys::EXCLUDE_GROUPS_SCOPE),
    ],
};

static DET_CLOUD: Struct = Struct {
    name: "DetCloudConfig",
    go: "config.DetCloudConfig",
    fields: &[
        Field::plain("enabled", "Enabled", &BOOL),
        Field::plain("login_url", "LoginURL", &TEXT),
        Field::plain("always_redirect", "AlwaysRedirect", &BOOL).dated(keys::ALWAYS_REDIRECT),
    ],
};

static INTEGRATIONS: Struct = Struct {
    name: "IntegrationsConfig",
    go: "config.IntegrationsConfig",
    fields: &[Field::plain("pachyderm", "Pachyderm", &Type::Struct(&PACHYDERM))],
};

static PACHYDERM: Struct = Struct {
    name: "PachydermConfig",
    go: "config.PachydermConfig",
    fields: &[Field::plain("address", "Address", &TEXT)],
};
