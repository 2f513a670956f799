//! Certificates in kubeconfigs: whether Go takes them, and what they say.

use sha2::{Digest as _, Sha256};
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer as _, X509Certificate};
use x509_parser::x509::X509Name;

use super::Secret;
use super::pem::{self, Block};

/// What a certificate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Its common name; for a client certificate the user.
    pub common_name: String,
    /// Its organizations; for a client certificate the groups.
    pub organizations: Vec<String>,
    /// The common name of who signed it.
    pub issuer: String,
    /// From when on it holds, in seconds since 1970.
    pub not_before: i64,
    /// Until when it holds, in seconds since 1970.
    pub not_after: i64,
    /// Names and addresses that a server of it may bear.
    pub names: Vec<String>,
    /// SHA-256 of the whole, in hexadecimal digits.
    pub fingerprint: String,
    /// The public key with its algorithm, DER.
    pub public_key: Vec<u8>,
}

impl Certificate {
    /// Reads DER.
    #[must_use]
    pub fn from_der(der: &[u8]) -> Option<Self> {
        let (_, certificate) = X509Certificate::from_der(der).ok()?;
        Some(Self {
            common_name: common_name(certificate.subject()),
            organizations: certificate
                .subject()
                .iter_organization()
                .filter_map(|o| o.as_str().ok())
                .map(str::to_owned)
                .collect(),
            issuer: common_name(certificate.issuer()),
            not_before: certificate.validity().not_before.timestamp(),
            not_after: certificate.validity().not_after.timestamp(),
            names: names(&certificate),
            fingerprint: hexadecimal(&Sha256::digest(der)),
            public_key: certificate.public_key().raw.to_vec(),
        })
    }
}

fn common_name(name: &X509Name<'_>) -> String {
    name.iter_common_name().next().and_then(|name| name.as_str().ok()).unwrap_or_default().to_owned()
}

fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(extension)) = certificate.subject_alternative_name() else {
        return Vec::new();
    };
    extension
        .value
        .general_names
        .iter()
        .filter_map(|name| match name {
            GeneralName::DNSName(name) => Some((*name).to_owned()),
            GeneralName::IPAddress(bytes) => address(bytes),
            _ => None,
        })
        .collect()
}

fn address(bytes: &[u8]) -> Option<String> {
    let four: Option<[u8; 4]> = bytes.try_into().ok();
    let sixteen: Option<[u8; 16]> = bytes.try_into().ok();
    four.map(|octets| std::net::Ipv4Addr::from(octets).to_string())
        .or_else(|| sixteen.map(|octets| std::net::Ipv6Addr::from(octets).to_string()))
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The certificates that `AppendCertsFromPEM` takes.
///
/// # Errors
/// Go's words when it takes none.
pub fn authorities(bytes: &[u8]) -> Result<Vec<Certificate>, String> {
    let blocks = pem::blocks(bytes);
    let plain = || blocks.iter().filter(|block| block.label == "CERTIFICATE" && !block.has_headers);
    let found: Vec<Certificate> = plain().filter_map(|block| Certificate::from_der(&block.bytes)).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    // Go looks for the first reason, block by block; text behind the last block counts as a failure too.
    Err(match (plain().next(), blocks.is_empty()) {
        (Some(_), _) => "failed to parse certificate: …".to_owned(),
        (None, true) => "unable to parse bytes as PEM block".to_owned(),
        (None, false) => "no valid certificate authority data seen".to_owned(),
    })
}

/// The certificates of a text and nothing else of it: whatever stood around them, perhaps a key, does not come along.
#[must_use]
pub fn only_certificates(bytes: &[u8]) -> Vec<u8> {
    let blocks = pem::blocks(bytes);
    let kept = blocks.iter().filter(|block| block.label == "CERTIFICATE" && !block.has_headers);
    kept.flat_map(pem::text).collect()
}

/// The certificate of a pair that `tls.X509KeyPair` takes.
///
/// # Errors
/// Go's words.
pub fn key_pair(certificate: &[u8], key: &Secret) -> Result<Certificate, String> {
    let blocks = pem::blocks(certificate);
    let certificate = leaf(&blocks)?;
    let key = private_key(&pem::blocks(key.expose()))?;
    let certificate =
        Certificate::from_der(&certificate.bytes).ok_or_else(|| "x509: malformed certificate".to_owned())?;
    match public_half(&key) {
        Some(public) if public != certificate.public_key => {
            Err("tls: private key does not match public key".to_owned())
        }
        _ => Ok(certificate),
    }
}

fn leaf(blocks: &[Block]) -> Result<&Block, String> {
    if let Some(block) = blocks.iter().find(|block| block.label == "CERTIFICATE") {
        return Ok(block);
    }
    Err(match blocks {
        [] => "tls: failed to find any PEM data in certificate input".to_owned(),
        [only] if only.label.ends_with("PRIVATE KEY") => {
            "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may \
             have been switched"
                .to_owned()
        }
        blocks => format!(
            "tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM blocks of the \
             following types: [{}]",
            labels(blocks)
        ),
    })
}

fn private_key(blocks: &[Block]) -> Result<Secret, String> {
    let is_key = |block: &&Block| block.label == "PRIVATE KEY" || block.label.ends_with(" PRIVATE KEY");
    if let Some(block) = blocks.iter().find(is_key) {
        return Ok(Secret::new(block.bytes.clone()));
    }
    Err(match blocks {
        [] => "tls: failed to find any PEM data in key input".to_owned(),
        [only] if only.label == "CERTIFICATE" => {
            "tls: found a certificate rather than a key in the PEM for the private key".to_owned()
        }
        blocks => format!(
            "tls: failed to find PEM block with type ending in \"PRIVATE KEY\" in key input after skipping PEM blocks \
             of the following types: [{}]",
            labels(blocks)
        ),
    })
}

fn labels(blocks: &[Block]) -> String {
    blocks.iter().map(|block| block.label.as_str()).collect::<Vec<_>>().join(" ")
}

/// The public key of a private one, with its algorithm; `None` for kinds of keys that are not known here.
fn public_half(key: &Secret) -> Option<Vec<u8>> {
    use rustls::crypto::ring::sign::any_supported_type;
    use rustls::pki_types::PrivateKeyDer;
    let der = PrivateKeyDer::try_from(key.expose()).ok()?;
    let signing = any_supported_type(&der.clone_key()).ok()?;
    Some(signing.public_key()?.as_ref().to_vec())
}
