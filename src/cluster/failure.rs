//! Why a cluster could not be read: one sentence, told apart by what there is to do about it.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use rustls::{AlertDescription, CertificateError};
use serde::Deserialize;

use crate::credentials::checks;
use crate::credentials::judge::{self, Outcome};

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// What is known of the server is of no use.
    Endpoint,
    /// There are no credentials: the program that hands them out did not.
    Login {
        /// What the kubeconfig says about getting the program.
        hint: Option<String>,
    },
    /// The name of the server leads nowhere.
    NoSuchHost,
    /// Nobody listens there.
    Refused,
    /// The proxy does not let us through.
    Proxy,
    /// The server's certificate is not to be trusted, or the server does not trust ours.
    Certificate,
    /// There was no whole answer in time.
    TimeOut,
    /// The connection ended early.
    Broken,
    /// The same, or an answer that is none, where TLS was not spoken.
    NotTls,
    /// 401: the server does not know who asks.
    Unauthorized,
    /// 403: the one who asks may not.
    Forbidden,
    /// 404: there is no such thing.
    NotFound,
    /// 410: the list is too old to go on; perhaps it goes on from here with what is there now.
    Expired {
        /// Where.
        next: Option<String>,
    },
    /// 429, 503, 504 until there was no time or patience left.
    Busy {
        /// After how long the server wants to be asked again, when that is too late.
        again: Option<Duration>,
    },
    /// 3xx: somewhere else.
    Redirect,
    /// Any other refusal.
    Status(u16),
    /// An answer, but not one of an API server.
    NotKubernetes,
    /// An answer of an API server that cannot be read.
    Malformed,
}

/// Why a cluster could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong.
    pub why: Why,
    /// What was asked, such as `list of pods`; nothing before the first question.
    pub asked: String,
    /// What the server, the system or the reader says.
    pub words: String,
    /// Who refused.
    pub speaker: Speaker,
}

/// Who refused a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speaker {
    /// An API server, or what stands behind it: the refusal was a `Status`.
    Server,
    /// Nobody, or something on the way, such as a proxy.
    #[default]
    Other,
}

impl StdError for Failure {}

impl Failure {
    /// The same as what a check has found out.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let check = if self.why == Why::Certificate { &checks::TLS } else { &checks::IDENTITY };
        judge::unproven(check, &self.to_string(), self.hint())
    }

    /// The same for a line that names no check: with its id, where it is that of the server's proof.
    #[must_use]
    pub fn told(&self) -> String {
        if self.why == Why::Certificate { format!("{}: {self}", checks::TLS.id) } else { self.to_string() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match &self.why {
            Why::Login { .. } => return f.write_str(&self.words),
            Why::Endpoint => "the cluster cannot be asked",
            Why::NoSuchHost => "the name of the API server leads nowhere",
            Why::Refused => "nothing listens at the address of the API server",
            Why::Proxy => "the proxy does not let the connection through",
            Why::Certificate => "no secure connection",
            Why::TimeOut => "no whole answer in time",
            Why::Broken => "the connection ended before the answer did",
            Why::NotTls => "what listens there does not answer to http://, perhaps to https://",
            Why::Unauthorized => "the API server does not know these credentials (401)",
            Why::Forbidden => "not permitted (403)",
            Why::NotFound => "the API server has no such thing (404)",
            Why::Expired { .. } => "the list was too old to go on (410)",
            Why::Busy { again: Some(again) } => {
                return write!(
                    f,
                    "{}the API server is busy and wants to be asked again in {} s, later than there is time: {}",
                    self.question(),
                    again.as_secs(),
                    self.words
                );
            }
            Why::Busy { again: None } => "the API server stayed busy",
            Why::Redirect => "the API server sends us somewhere else, which is not followed",
            Why::Status(_) => "the API server failed",
            Why::NotKubernetes => "the answer is not one of an API server",
            Why::Malformed => "the answer cannot be read",
        };
        write!(f, "{}{what}", self.question())?;
        if self.words.is_empty() { Ok(()) } else { write!(f, ": {}", self.words) }
    }
}

impl Failure {
    /// Before anything was asked.
    pub(super) fn before(why: Why, words: impl Into<String>) -> Self {
        Self { why, asked: String::new(), words: words.into(), speaker: Speaker::Other }
    }

    /// With what was asked.
    pub(super) fn asking(mut self, asked: &str) -> Self {
        asked.clone_into(&mut self.asked);
        self
    }

    fn question(&self) -> String {
        if self.asked.is_empty() { String::new() } else { format!("{}: ", self.asked) }
    }

    /// How to go on.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        Some(match &self.why {
            Why::Login { hint } => return hint.as_deref(),
            Why::Endpoint => "look at the cluster's and the user's entry in the kubeconfig",
            Why::NotTls => "look at `server` in the kubeconfig: API servers speak https://",
            Why::NoSuchHost => "look at `server` in the kubeconfig, and at the VPN",
            Why::Refused => "look at `server` in the kubeconfig; is the cluster running?",
            Why::Proxy => "look at `proxy-url` in the kubeconfig, and at HTTPS_PROXY and NO_PROXY",
            Why::Certificate => "the kubeconfig is of another cluster, or out of date: fetch it anew",
            Why::TimeOut => {
                "give it more time with --timeout; `kubectl get --raw /readyz` tells whether it answers at all"
            }
            Why::Broken => "ask again; a proxy or load balancer between here and there may cut long answers",
            Why::Unauthorized => {
                "the credentials have expired or were revoked: log in again, or fetch the kubeconfig anew"
            }
            Why::Forbidden => "ask for the right to get and list it; `kubectl auth can-i --list` shows what there is",
            Why::Busy { .. } => "ask again later, or with a longer --timeout",
            Why::Redirect | Why::NotKubernetes => {
                "a proxy or a login page answers in its stead: look at `server` in the kubeconfig"
            }
            Why::Expired { .. } => "ask again; the list takes longer than the API server keeps it",
            Why::Status(409) => "somebody else has changed it, or has set the same fields: look at it, and ask again",
            Why::NotFound | Why::Status(_) | Why::Malformed => return None,
        })
    }

    /// Of a client that could not be made. Its own words may hold a proxy's password.
    pub(super) fn of_client(error: &kube::Error) -> Self {
        let words = match error {
            kube::Error::RustlsTls(_) => "the client certificate, its key or the authority cannot be used",
            kube::Error::Auth(_) => "the token or password cannot be sent: it holds what a header may not",
            kube::Error::ProxyProtocolUnsupported { .. } | kube::Error::ProxyProtocolDisabled { .. } => {
                "its proxy speaks a protocol that is none of http, https, socks5"
            }
            _ => "the client cannot be set up",
        };
        Self::before(Why::Endpoint, words)
    }

    /// Of a question that got no answer.
    pub(super) fn of_transport(error: &(dyn StdError + 'static)) -> Self {
        let chain: Vec<&(dyn StdError + 'static)> = std::iter::successors(Some(error), |error| inner(*error)).collect();
        let said = |part: &str| chain.iter().any(|error| error.to_string().contains(part));
        let last = chain.last().map(|error| error.to_string()).unwrap_or_default();
        if let Some(tls) = chain.iter().find_map(|error| error.downcast_ref::<rustls::Error>()) {
            return Self::before(Why::Certificate, tls_words(tls));
        }
        if said("tunnel error") || said("SOCKS error") || said("socks error") {
            return Self::before(Why::Proxy, last);
        }
        let kind = chain.iter().find_map(|error| Some(error.downcast_ref::<std::io::Error>()?.kind()));
        match kind {
            _ if said("dns error") => Self::before(Why::NoSuchHost, last),
            Some(std::io::ErrorKind::ConnectionRefused) => Self::before(Why::Refused, ""),
            Some(std::io::ErrorKind::TimedOut) => Self::before(Why::TimeOut, "no connection"),
            _ => Self::before(Why::Broken, last),
        }
    }

    /// Of an answer that is a refusal.
    pub(super) fn of_status(code: u16, body: &[u8]) -> Self {
        let status: Status = serde_json::from_slice(body).unwrap_or_default();
        let why = match code {
            300..=399 => Why::Redirect,
            401 => Why::Unauthorized,
            403 => Why::Forbidden,
            404 => Why::NotFound,
            410 => Why::Expired { next: status.metadata.next.clone().filter(|next| !next.is_empty()) },
            429 | 503 | 504 => Why::Busy { again: None },
            _ => Why::Status(code),
        };
        let (words, speaker) = match status.kind.as_str() {
            "Status" => (short(&status.message), Speaker::Server),
            _ => (format!("status {code}"), Speaker::Other),
        };
        Self { speaker, ..Self::before(why, words) }
    }
}

/// After how many seconds a refusal wants to be asked again, by its body.
pub(super) fn seconds_in(body: &[u8]) -> Option<u64> {
    let status: Status = serde_json::from_slice(body).ok()?;
    status.details.retry_after_seconds.filter(|seconds| *seconds > 0)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Status {
    kind: String,
    message: String,
    metadata: StatusHead,
    details: Details,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct StatusHead {
    #[serde(rename = "continue")]
    next: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Details {
    #[serde(rename = "retryAfterSeconds")]
    retry_after_seconds: Option<u64>,
}

/// What somebody else says, within bounds.
fn short(text: &str) -> String {
    const MOST: usize = 300;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The cause of an error; input errors hold theirs in another way.
fn inner<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    let held = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    held.map(|held| held as &(dyn StdError + 'static)).or_else(|| error.source())
}

fn tls_words(error: &rustls::Error) -> String {
    let words = match error {
        rustls::Error::InvalidCertificate(misfit) => match misfit {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                "the server's certificate has expired"
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "the server's certificate is not valid yet"
            }
            CertificateError::UnknownIssuer | CertificateError::BadSignature => {
                "the server's certificate was not issued by the authority that the kubeconfig names"
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "the server's certificate is for another name"
            }
            _ => return format!("the server's certificate cannot be used: {misfit:?}"),
        },
        rustls::Error::AlertReceived(alert) => match alert {
            AlertDescription::CertificateExpired => "the server says that the client certificate has expired",
            AlertDescription::BadCertificate
            | AlertDescription::UnknownCA
            | AlertDescription::CertificateUnknown
            | AlertDescription::CertificateRequired => "the server does not take the client certificate",
            _ => return format!("the server breaks off: {alert:?}"),
        },
        rustls::Error::InvalidMessage(_) => "what answers there does not speak TLS",
        _ => return error.to_string(),
    };
    words.to_owned()
}
