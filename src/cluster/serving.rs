//! The certificates that a server shows. Whether they are to be trusted is found out elsewhere, by every question; here they
//! are only looked at, to tell how long they hold.

use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::ring::default_provider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error, SignatureScheme};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;

use super::endpoint::Endpoint;
use crate::kubeconfig::address::Server;
use crate::kubeconfig::certificate::Certificate;

/// What a server shows, its own certificate first; nothing where a proxy stands between, or when it shows nothing in time.
pub(super) async fn served(endpoint: &Endpoint, deadline: Instant) -> Vec<Certificate> {
    if endpoint.proxy.is_some() {
        return Vec::new();
    }
    timeout_at(deadline, look(endpoint)).await.ok().flatten().unwrap_or_default()
}

async fn look(endpoint: &Endpoint) -> Option<Vec<Certificate>> {
    let host = Server::new(endpoint.server.as_str()).host()?;
    let port = port(&endpoint.server);
    let name = endpoint.server_name.clone().unwrap_or_else(|| host.clone());
    let seen = Arc::new(Seen::default());
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .ok()?
        .dangerous()
        .with_custom_certificate_verifier(seen.clone())
        .with_no_client_auth();
    let stream = TcpStream::connect((host.as_str(), port)).await.ok()?;
    let name = ServerName::try_from(name).ok()?;
    // A server that asks for a client certificate breaks off, after it has shown its own.
    let _ = TlsConnector::from(Arc::new(config)).connect(name, stream).await;
    let found = seen.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Some(found.iter().filter_map(|der| Certificate::from_der(der)).collect())
}

/// The port of a URL; 443 where it names none.
pub(super) fn port(server: &str) -> u16 {
    let rest = server.split_once("://").map_or(server, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let after = authority.rsplit_once(']').map_or(authority, |(_, after)| after);
    after.rsplit_once(':').and_then(|(_, port)| port.parse().ok()).unwrap_or(443)
}

/// Takes every certificate and remembers it. No question is ever sent on such a connection.
#[derive(Debug, Default)]
struct Seen(Mutex<Vec<Vec<u8>>>);

impl ServerCertVerifier for Seen {
    fn verify_server_cert(
        &self,
        own: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *seen = std::iter::once(own).chain(others).map(|der| der.to_vec()).collect();
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        default_provider().signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::port;

    #[test]
    fn ports_of_urls() {
        for (server, expected) in [
            ("https://a", 443),
            ("https://a:6443/x:1", 6443),
            ("https://[::1]:6443", 6443),
            ("https://[::1]", 443),
            ("https://u:p@a:7", 7),
        ] {
            assert_eq!(port(server), expected, "{server}");
        }
    }
}
