//! The Go types of `k8s.io/client-go/tools/clientcmd/api/v1`, as tables for the decoder.

use crate::decode::schema::{Field, Special, Struct, Type};

static STRING: Type = Type::Text { go: "string" };
static STRINGS: Type = Type::List { item: &STRING, go: "[]string" };
static STRING_MAP: Type = Type::Map { value: &STRING, go: "map[string]string" };
static STRINGS_MAP: Type = Type::Map { value: &STRINGS, go: "map[string][]string" };
static BYTES: Type = Type::Special(Special::Bytes);

/// `v1.Config`
pub(super) static CONFIG: Struct = Struct {
    name: "Config",
    go: "v1.Config",
    fields: &[
        Field::plain("kind", "Kind", &STRING),
        Field::plain("apiVersion", "APIVersion", &STRING),
        Field::plain("preferences", "Preferences", &Type::Struct(&PREFERENCES)),
        Field::plain(
            "clusters",
            "Clusters",
            &Type::List { item: &Type::Struct(&NAMED_CLUSTER), go: "[]v1.NamedCluster" },
        ),
        Field::plain("users", "AuthInfos", &Type::List { item: &Type::Struct(&NAMED_USER), go: "[]v1.NamedAuthInfo" }),
        Field::plain(
            "contexts",
            "Contexts",
            &Type::List { item: &Type::Struct(&NAMED_CONTEXT), go: "[]v1.NamedContext" },
        ),
        Field::plain("current-context", "CurrentContext", &STRING),
        Field::plain("extensions", "Extensions", &EXTENSIONS),
    ],
};

static EXTENSIONS: Type = Type::List { item: &Type::Struct(&NAMED_EXTENSION), go: "[]v1.NamedExtension" };

static NAMED_EXTENSION: Struct = Struct {
    name: "NamedExtension",
    go: "v1.NamedExtension",
    fields: &[Field::plain("name", "Name", &STRING), Field::plain("extension", "Extension", &Type::Any)],
};

static PREFERENCES: Struct = Struct {
    name: "Preferences",
    go: "v1.Preferences",
    fields: &[Field::plain("colors", "Colors", &Type::Bool), Field::plain("extensions", "Extensions", &EXTENSIONS)],
};

static NAMED_CLUSTER: Struct = Struct {
    name: "NamedCluster",
    go: "v1.NamedCluster",
    fields: &[Field::plain("name", "Name", &STRING), Field::plain("cluster", "Cluster", &Type::Struct(&CLUSTER))],
};

static NAMED_USER: Struct = Struct {
    name: "NamedAuthInfo",
    go: "v1.NamedAuthInfo",
    fields: &[Field::plain("name", "Name", &STRING), Field::plain("user", "AuthInfo", &Type::Struct(&USER))],
};

static NAMED_CONTEXT: Struct = Struct {
    name: "NamedContext",
    go: "v1.NamedContext",
    fields: &[Field::plain("name", "Name", &STRING), Field::plain("context", "Context", &Type::Struct(&CONTEXT))],
};

static CLUSTER: Struct = Struct {
    name: "Cluster",
    go: "v1.Cluster",
    fields: &[
        Field::plain("server", "Server", &STRING),
        Field::plain("tls-server-name", "TLSServerName", &STRING),
        Field::plain("insecure-skip-tls-verify", "InsecureSkipTLSVerify", &Type::Bool),
        Field::plain("certificate-authority", "CertificateAuthority", &STRING),
        Field::plain("certificate-authority-data", "CertificateAuthorityData", &BYTES),
        Field::secret("proxy-url", "ProxyURL", &STRING),
        Field::plain("disable-compression", "DisableCompression", &Type::Bool),
        Field::plain("extensions", "Extensions", &EXTENSIONS),
    ],
};

static CONTEXT: Struct = Struct {
    name: "Context",
    go: "v1.Context",
    fields: &[
        Field::plain("cluster", "Cluster", &STRING),
        Field::plain("user", "AuthInfo", &STRING),
        Field::plain("namespace", "Namespace", &STRING),
        Field::plain("extensions", "Extensions", &EXTENSIONS),
    ],
};

static USER: Struct = Struct {
    name: "AuthInfo",
    go: "v1.AuthInfo",
    fields: &[
        Field::plain("client-certificate", "ClientCertificate", &STRING),
        Field::plain("client-certificate-data", "ClientCertificateData", &BYTES),
        Field::plain("client-key", "ClientKey", &STRING),
        Field::secret("client-key-data", "ClientKeyData", &BYTES),
        Field::secret("token", "Token", &STRING),
        Field::plain("tokenFile", "TokenFile", &STRING),
        Field::plain("as", "Impersonate", &STRING),
        Field::plain("as-uid", "ImpersonateUID", &STRING),
        Field::plain("as-groups", "ImpersonateGroups", &STRINGS),
        Field::plain("as-user-extra", "ImpersonateUserExtra", &STRINGS_MAP),
        Field::plain("username", "Username", &STRING),
        Field::secret("password", "Password", &STRING),
        Field::plain("auth-provider", "AuthProvider", &Type::Pointer(&Type::Struct(&AUTH_PROVIDER))),
        Field::plain("exec", "Exec", &Type::Pointer(&Type::Struct(&EXEC))),
        Field::plain("extensions", "Extensions", &EXTENSIONS),
    ],
};

static AUTH_PROVIDER: Struct = Struct {
    name: "AuthProviderConfig",
    go: "v1.AuthProviderConfig",
    fields: &[Field::plain("name", "Name", &STRING), Field::secret("config", "Config", &STRING_MAP)],
};

static EXEC: Struct = Struct {
    name: "ExecConfig",
    go: "v1.ExecConfig",
    fields: &[
        Field::plain("command", "Command", &STRING),
        Field::secret("args", "Args", &STRINGS),
        Field::secret("env", "Env", &Type::List { item: &Type::Struct(&EXEC_ENV), go: "[]v1.ExecEnvVar" }),
        Field::plain("apiVersion", "APIVersion", &STRING),
        Field::plain("installHint", "InstallHint", &STRING),
        Field::plain("provideClusterInfo", "ProvideClusterInfo", &Type::Bool),
        Field::plain("interactiveMode", "InteractiveMode", &Type::Text { go: "v1.ExecInteractiveMode" }),
    ],
};

static EXEC_ENV: Struct = Struct {
    name: "ExecEnvVar",
    go: "v1.ExecEnvVar",
    fields: &[Field::plain("name", "Name", &STRING), Field::secret("value", "Value", &STRING)],
};
