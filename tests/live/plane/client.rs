//! A plain client of an API server: it asks once and shows what it got. Not the product's client, so that
//! nothing is tested by itself.

use std::fmt;
use std::time::{Duration, Instant};

use serde_json::Value;
use ureq::http;
use ureq::tls::{Certificate, ClientCert, PrivateKey, RootCerts, TlsConfig};

use super::keys::Signed;

/// How a request says who asks.
#[derive(Clone)]
pub(crate) enum Login {
    Nobody,
    Certificate(Signed),
    Token(String),
}

/// A client with one login.
#[derive(Clone)]
pub(crate) struct Client {
    agent: ureq::Agent,
    server: String,
    token: Option<String>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Client {
    /// For a server such as `https://127.0.0.1:6443`, whose certificate the PEM authority signed.
    pub(crate) fn new(server: &str, authority: &str, login: &Login) -> Self {
        let roots = [Certificate::from_pem(authority.as_bytes()).unwrap()];
        let certificate = match login {
            Login::Certificate(signed) => {
                let chain = [Certificate::from_pem(signed.certificate.as_bytes()).unwrap()];
                Some(ClientCert::new_with_certs(&chain, PrivateKey::from_pem(signed.key.as_bytes()).unwrap()))
            }
            Login::Nobody | Login::Token(_) => None,
        };
        let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&roots)).client_cert(certificate).build();
        let agent = ureq::Agent::config_builder()
            .tls_config(tls)
            .proxy(None)
            .http_status_as_error(false)
            .max_redirects(0)
            .build()
            .new_agent();
        let token = match login {
            Login::Token(token) => Some(token.clone()),
            Login::Nobody | Login::Certificate(_) => None,
        };
        Self { agent, server: server.to_owned(), token }
    }

    /// One request.
    ///
    /// # Errors
    /// What kept an answer from coming, or from being read as JSON.
    pub(crate) fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Reply, String> {
        self.ask_within(Duration::from_secs(60), method, path, body)
    }

    /// One request, for which there is so much time.
    ///
    /// # Errors
    /// As [`Client::ask`].
    pub(crate) fn ask_within(
        &self,
        time: Duration,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Reply, String> {
        let kind = if method == "PATCH" { "application/strategic-merge-patch+json" } else { "application/json" };
        self.ask_in(time, method, path, body.map(|body| (kind, body)))
    }

    /// One request with a body of a media type.
    ///
    /// # Errors
    /// As [`Client::ask`].
    pub(crate) fn ask_in(
        &self,
        time: Duration,
        method: &str,
        path: &str,
        body: Option<(&str, &Value)>,
    ) -> Result<Reply, String> {
        let mut request = http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.server))
            .header("accept", "application/json");
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if let Some((kind, _)) = body {
            request = request.header("content-type", kind);
        }
        let answer = match body {
            Some((_, body)) => {
                let request = request.body(body.to_string().into_bytes()).unwrap();
                let request = self.agent.configure_request(request).timeout_global(Some(time)).build();
                self.agent.run(request)
            }
            None => {
                let request = self.agent.configure_request(request.body(()).unwrap());
                self.agent.run(request.timeout_global(Some(time)).build())
            }
        };
        let mut answer = answer.map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        let text =
            answer.body_mut().with_config().limit(1 << 30).read_to_string().map_err(|error| error.to_string())?;
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Ok(Reply { status, body })
    }

    /// The text of an answer.
    pub(crate) fn text(&self, path: &str) -> String {
        let mut answer = self.agent.get(format!("{}{path}", self.server)).call().unwrap();
        answer.body_mut().with_config().limit(1 << 30).read_to_string().unwrap()
    }

    fn sure(&self, method: &str, path: &str, body: Option<&Value>) -> Reply {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let reply = self.ask(method, path, body).unwrap_or_else(|error| panic!("{method} {path}: {error}"));
            // Right after heavy writes the watch cache may lag, and says so.
            if ![429, 504].contains(&reply.status) || Instant::now() > deadline {
                return reply;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.sure("GET", path, None)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Reply {
        self.sure("POST", path, Some(body))
    }

    /// A strategic merge patch.
    pub(crate) fn patch(&self, path: &str, body: &Value) -> Reply {
        self.sure("PATCH", path, Some(body))
    }

    pub(crate) fn delete(&self, path: &str) -> Reply {
        self.sure("DELETE", path, None)
    }
}

impl Reply {
    /// The body, when the status is this one.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self}");
        self.body
    }

    /// What the server says of it.
    pub(crate) fn message(&self) -> &str {
        self.body["message"].as_str().unwrap_or_default()
    }

    /// The items of a list.
    #[track_caller]
    pub(crate) fn items(self) -> Vec<Value> {
        match self.expect(200)["items"].take() {
            Value::Array(items) => items,
            other => panic!("no list: {other}"),
        }
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status, self.body)
    }
}

/// Tries until it is there, for a minute at most.
#[track_caller]
pub(crate) fn wait_for<T>(what: &str, mut ready: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(found) = ready() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
