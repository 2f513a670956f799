//! Where a cluster is and who asks → the client.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kube::config::AuthInfo;
use kube::{Client, Config};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use std::time::Duration;

use super::failure::{Failure, Why};

/// An API server, and who asks it. Holds secrets, so nothing prints it.
#[derive(Clone)]
pub struct Endpoint {
    /// The URL, `https://…`.
    pub server: String,
    /// By what the server is known.
    pub trust: Trust,
    /// The name that its certificate has to bear, where that is not the one in the URL.
    pub server_name: Option<String>,
    /// The proxy on the way; may hold a password.
    pub proxy: Option<String>,
    /// Whether answers come compressed.
    pub compression: Compression,
    /// Who asks.
    pub login: Login,
}

/// By what a server is known.
#[derive(Clone)]
pub enum Trust {
    /// By the authorities that the system trusts.
    System,
    /// By these authorities, PEM.
    Authorities(Vec<u8>),
    /// By nothing.
    Anything,
}

/// Whether answers come compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// With gzip, where the server likes.
    Gzip,
    /// Not.
    Off,
}

/// How the server knows who asks.
#[derive(Clone, Default)]
pub struct Login {
    /// A bearer token.
    pub token: Option<String>,
    /// A certificate and its key, both PEM.
    pub certificate: Option<(Vec<u8>, Vec<u8>)>,
    /// A name and a password.
    pub basic: Option<(String, String)>,
    /// Whom to act as.
    pub acts_as: Option<ActsAs>,
}

/// Somebody to act as.
#[derive(Clone, Default)]
pub struct ActsAs {
    /// The name.
    pub user: String,
    /// The uid.
    pub uid: Option<String>,
    /// The groups.
    pub groups: Vec<String>,
    /// Anything else.
    pub extra: Vec<(String, Vec<String>)>,
}

impl Endpoint {
    /// The client; needs the runtime.
    pub(super) fn client(&self, connect: Duration) -> Result<Client, Failure> {
        let config = self.config(connect)?;
        Client::try_from(config).map_err(|error| Failure::of_client(&error))
    }

    fn config(&self, connect: Duration) -> Result<Config, Failure> {
        let url: http::Uri = self.server.parse().map_err(|_| Failure::before(Why::Endpoint, "its URL is none"))?;
        if !matches!(url.scheme_str(), Some("https" | "http")) {
            let words = format!("its URL begins with {}, not with https", url.scheme_str().unwrap_or("nothing"));
            return Err(Failure::before(Why::Endpoint, words));
        }
        if has_wild_port(&url) {
            return Err(Failure::before(Why::Endpoint, "the port in its URL is none"));
        }
        let mut config = Config::new(url);
        config.connect_timeout = Some(connect);
        // Our deadline counts, and our way to ask again.
        config.write_timeout = None;
        config.default_retry = false;
        config.disable_compression = true;
        config.tls_server_name.clone_from(&self.server_name);
        match &self.trust {
            Trust::System => {}
            Trust::Anything => config.accept_invalid_certs = true,
            Trust::Authorities(pem) => config.root_cert = Some(authorities(pem)?),
        }
        if let Some(proxy) = &self.proxy {
            // The text may hold a password.
            let proxy = proxy.parse().map_err(|_| Failure::before(Why::Endpoint, "the URL of its proxy is none"))?;
            config.proxy_url = Some(proxy);
        }
        config.auth_info = self.login.auth_info();
        Ok(config)
    }
}

/// Whether a URL has a port that no server can have: the client would ask at that of its scheme.
fn has_wild_port(url: &http::Uri) -> bool {
    let authority = url.authority().map_or("", |authority| authority.as_str());
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    let port = place.strip_prefix(url.host().unwrap_or_default()).and_then(|rest| rest.strip_prefix(':'));
    port.is_some_and(|port| !port.is_empty()) && url.port_u16().is_none_or(|port| port == 0)
}

fn authorities(pem: &[u8]) -> Result<Vec<Vec<u8>>, Failure> {
    let found: Result<Vec<Vec<u8>>, _> = CertificateDer::pem_slice_iter(pem).map(|der| Ok(der?.to_vec())).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        Ok(_) | Err(rustls::pki_types::pem::Error::NoItemsFound) => {
            Err(Failure::before(Why::Endpoint, "its authority holds no certificate"))
        }
        Err(_) => Err(Failure::before(Why::Endpoint, "its authority is no PEM")),
    }
}

impl Login {
    /// What of it may be shown to nobody, but for a password.
    pub fn secrets(&self) -> impl Iterator<Item = &[u8]> {
        let token = self.token.as_deref().map(str::as_bytes);
        token.into_iter().chain(self.certificate.as_ref().map(|(_, key)| key.as_slice()))
    }

    fn auth_info(&self) -> AuthInfo {
        let mut info = AuthInfo { token: self.token.clone().map(Into::into), ..AuthInfo::default() };
        if let Some((certificate, key)) = &self.certificate {
            info.client_certificate_data = Some(STANDARD.encode(certificate));
            info.client_key_data = Some(STANDARD.encode(key).into());
        }
        if let Some((name, password)) = &self.basic {
            info.username = Some(name.clone());
            info.password = Some(password.clone().into());
        }
        if let Some(other) = &self.acts_as {
            info.impersonate = Some(other.user.clone());
            info.impersonate_uid.clone_from(&other.uid);
            info.impersonate_groups = Some(other.groups.clone()).filter(|groups| !groups.is_empty());
            info.impersonate_user_extra =
                Some(other.extra.iter().cloned().collect()).filter(|_| !other.extra.is_empty());
        }
        info
    }
}
