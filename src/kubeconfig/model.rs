//! What a kubeconfig says, after client-go has read it: empty texts are unset, names lead to entries.

use std::collections::BTreeMap;

use super::Secret;
use super::address::Server;
use crate::source::Span;

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Its key.
    pub key: Span,
    /// Its bytes.
    pub span: Span,
}

/// A named entry.
#[derive(Clone, Debug)]
pub struct Named<T> {
    /// Where its name stands; the entry itself when it has none.
    pub name: Span,
    /// Where the whole of it stands.
    pub span: Span,
    /// What it says.
    pub item: T,
}

/// One kubeconfig, or several merged.
#[derive(Clone, Debug, Default)]
pub struct Kubeconfig {
    /// By name.
    pub clusters: BTreeMap<String, Named<Cluster>>,
    /// By name.
    pub users: BTreeMap<String, Named<User>>,
    /// By name.
    pub contexts: BTreeMap<String, Named<Context>>,
    /// The context that is used.
    pub current_context: Option<Placed<String>>,
}

/// How to reach an API server.
#[derive(Clone, Debug, Default)]
pub struct Cluster {
    /// Its URL.
    pub server: Option<Placed<Server>>,
    /// The name that its certificate must bear, where it is not that of the URL.
    pub server_name: Option<Placed<String>>,
    /// Whether its certificate is not looked at; only kept when true.
    pub insecure: Option<Placed<bool>>,
    /// A file of certificates.
    pub authority: Option<Placed<String>>,
    /// Certificates, PEM.
    pub authority_data: Option<Placed<Vec<u8>>>,
    /// The proxy on the way; may hold a password.
    pub proxy: Option<Placed<Secret>>,
    /// Whether answers come uncompressed; only kept when true.
    pub disable_compression: Option<Placed<bool>>,
}

impl Cluster {
    /// Whether nothing is said, which client-go takes for no cluster at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.server.is_none()
            && self.server_name.is_none()
            && self.insecure.is_none()
            && self.authority.is_none()
            && self.authority_data.is_none()
            && self.proxy.is_none()
            && self.disable_compression.is_none()
    }
}

/// A cluster with a user.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The name of the cluster.
    pub cluster: Option<Placed<String>>,
    /// The name of the user.
    pub user: Option<Placed<String>>,
    /// The namespace for commands that name none; nothing to the master.
    pub namespace: Option<Placed<String>>,
}

/// Further keys of an identity, each with its values.
pub type Extra = Vec<(String, Vec<String>)>;

/// Who one is.
#[derive(Clone, Debug, Default)]
pub struct User {
    /// A file with a certificate.
    pub certificate: Option<Placed<String>>,
    /// A certificate, PEM.
    pub certificate_data: Option<Placed<Vec<u8>>>,
    /// A file with its key.
    pub private_key: Option<Placed<String>>,
    /// Its key, PEM.
    pub private_key_data: Option<Placed<Secret>>,
    /// A bearer token.
    pub token: Option<Placed<Secret>>,
    /// A file with a bearer token.
    pub token_file: Option<Placed<String>>,
    /// Whom to impersonate.
    pub impersonate: Option<Placed<String>>,
    /// The uid of the one impersonated.
    pub impersonate_uid: Option<Placed<String>>,
    /// The groups of the one impersonated.
    pub impersonate_groups: Option<Placed<Vec<String>>>,
    /// Anything else of the one impersonated.
    pub impersonate_extra: Option<Placed<Extra>>,
    /// A name for basic authentication.
    pub username: Option<Placed<String>>,
    /// A password for basic authentication.
    pub password: Option<Placed<Secret>>,
    /// A provider of credentials inside the client library.
    pub auth_provider: Option<Placed<AuthProvider>>,
    /// A program that hands out credentials.
    pub exec: Option<Placed<Exec>>,
}

/// `auth-provider`
#[derive(Clone, Debug, Default)]
pub struct AuthProvider {
    /// Which one.
    pub name: String,
    /// Its settings, some of them secret.
    pub config: Vec<(String, Secret)>,
}

/// `exec`
#[derive(Clone, Debug, Default)]
pub struct Exec {
    /// The program, as written.
    pub command: Option<Placed<String>>,
    /// What it is given, some of it secret.
    pub arguments: Vec<Secret>,
    /// Variables that it is given.
    pub environment: Vec<(String, Secret)>,
    /// The protocol.
    pub api_version: Option<Placed<String>>,
    /// What to tell when it is missing.
    pub install_hint: Option<Placed<String>>,
    /// Whether it is told about the cluster.
    pub provides_cluster: bool,
    /// Whether it may ask at the terminal, with the default of older protocols.
    pub interactive_mode: Option<String>,
}
