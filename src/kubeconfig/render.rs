//! The kubeconfig that a master gets: one cluster, one user, one context, JSON, always the same bytes for the same input.
//!
//! The fields are built one by one, so that nothing comes through that is not meant to.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::Secret;
use super::address::Server;

/// What goes into it.
#[derive(Clone, Debug)]
pub struct Output {
    /// The name of cluster, user and context.
    pub name: String,
    /// `https://…`
    pub server: Server,
    /// The name that the server's certificate must bear.
    pub server_name: Option<String>,
    /// The authorities, PEM; none for those of the master's system.
    pub authorities: Option<Vec<u8>>,
    /// The proxy between master and server.
    pub proxy: Option<Secret>,
    /// The namespace, for people; nothing to the master.
    pub namespace: Option<String>,
    /// What the master shows.
    pub credential: OutputCredential,
}

/// What a master shows.
#[derive(Clone, Debug)]
pub enum OutputCredential {
    /// A token that counts as long as the master runs.
    Token(Secret),
    /// The same, with a file that wins over it, read anew every minute.
    TokenWithFile(Secret, String),
    /// A certificate, PEM, with its key.
    Certificate(Vec<u8>, Secret),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    api_version: &'static str,
    kind: &'static str,
    #[serde(rename = "current-context")]
    current_context: &'a str,
    contexts: [Entry<'a, ContextBody<'a>>; 1],
    clusters: [Entry<'a, ClusterBody<'a>>; 1],
    users: [Entry<'a, UserBody<'a>>; 1],
}

#[derive(Serialize)]
struct Entry<'a, T> {
    name: &'a str,
    #[serde(flatten)]
    body: T,
}

#[derive(Serialize)]
struct ContextBody<'a> {
    context: ContextFields<'a>,
}

#[derive(Serialize)]
struct ContextFields<'a> {
    cluster: &'a str,
    user: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'a str>,
}

#[derive(Serialize)]
struct ClusterBody<'a> {
    cluster: ClusterFields<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct ClusterFields<'a> {
    server: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tls_server_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate_authority_data: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proxy_url: Option<&'a str>,
}

#[derive(Serialize)]
struct UserBody<'a> {
    user: UserFields<'a>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct UserFields<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a str>,
    #[serde(rename = "tokenFile", skip_serializing_if = "Option::is_none")]
    token_file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_certificate_data: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_key_data: Option<String>,
}

/// Writes it.
#[must_use]
pub fn render(output: &Output) -> Secret {
    let name = output.name.as_str();
    let cluster = ClusterFields {
        server: output.server.expose(),
        tls_server_name: output.server_name.as_deref(),
        certificate_authority_data: output.authorities.as_ref().map(|pem| STANDARD.encode(pem)),
        proxy_url: output.proxy.as_ref().and_then(Secret::expose_text),
    };
    let document = Document {
        api_version: "v1",
        kind: "Config",
        current_context: name,
        contexts: [Entry {
            name,
            body: ContextBody {
                context: ContextFields { cluster: name, user: name, namespace: output.namespace.as_deref() },
            },
        }],
        clusters: [Entry { name, body: ClusterBody { cluster } }],
        users: [Entry { name, body: UserBody { user: user(&output.credential) } }],
    };
    // Texts and base64 alone: nothing in it can fail to be written.
    Secret::new(serde_json::to_vec(&document).unwrap_or_default())
}

fn user(credential: &OutputCredential) -> UserFields<'_> {
    match credential {
        OutputCredential::Token(token) => UserFields { token: text_of(token), ..UserFields::default() },
        OutputCredential::TokenWithFile(token, path) => {
            UserFields { token: text_of(token), token_file: Some(path), ..UserFields::default() }
        }
        OutputCredential::Certificate(certificate, key) => UserFields {
            client_certificate_data: Some(STANDARD.encode(certificate)),
            client_key_data: Some(STANDARD.encode(key.expose())),
            ..UserFields::default()
        },
    }
}

/// A line break at the end of a token cannot be sent.
fn text_of(token: &Secret) -> Option<&str> {
    token.expose_text().map(str::trim)
}
