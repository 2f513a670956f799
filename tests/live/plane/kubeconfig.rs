//! Kubeconfig files of every kind of stanza.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::keys::Signed;

/// How the server is trusted.
#[derive(Clone, Debug)]
pub(crate) enum Trust {
    /// `certificate-authority-data`
    Data(String),
    /// `certificate-authority`
    File(PathBuf),
    /// `insecure-skip-tls-verify`
    Anything,
}

/// How the user is known.
#[derive(Clone)]
pub(crate) enum Stanza {
    Token(String),
    TokenFile(PathBuf),
    CertificateData(Signed),
    CertificateFiles(PathBuf, PathBuf),
    /// An exec plugin: a program that prints a credential.
    Exec(PathBuf),
    /// Another stanza, and whom to act as.
    As(Box<Stanza>, String),
    Nothing,
}

/// One context, named `it`.
#[derive(Clone)]
pub(crate) struct Kubeconfig {
    pub(crate) server: String,
    pub(crate) trust: Trust,
    pub(crate) stanza: Stanza,
    /// `tls-server-name`
    pub(crate) server_name: Option<String>,
    pub(crate) namespace: Option<String>,
}

impl Kubeconfig {
    /// The text.
    pub(crate) fn yaml(&self) -> String {
        let mut cluster = json!({"server": self.server});
        match &self.trust {
            Trust::Data(pem) => cluster["certificate-authority-data"] = STANDARD.encode(pem).into(),
            Trust::File(path) => cluster["certificate-authority"] = shown(path),
            Trust::Anything => cluster["insecure-skip-tls-verify"] = true.into(),
        }
        if let Some(name) = &self.server_name {
            cluster["tls-server-name"] = name.as_str().into();
        }
        let mut context = json!({"cluster": "it", "user": "it"});
        if let Some(namespace) = &self.namespace {
            context["namespace"] = namespace.as_str().into();
        }
        let document = json!({
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "it",
            "clusters": [{"name": "it", "cluster": cluster}],
            "contexts": [{"name": "it", "context": context}],
            "users": [{"name": "it", "user": user(&self.stanza)}],
        });
        serde_yaml::to_string(&document).unwrap()
    }

    /// Writes it.
    pub(crate) fn write(&self, path: &Path) {
        std::fs::write(path, self.yaml()).unwrap();
    }
}

fn shown(path: &Path) -> Value {
    path.display().to_string().into()
}

fn user(stanza: &Stanza) -> Value {
    match stanza {
        Stanza::Token(token) => json!({"token": token}),
        Stanza::TokenFile(path) => json!({"tokenFile": shown(path)}),
        Stanza::CertificateData(signed) => json!({
            "client-certificate-data": STANDARD.encode(&signed.certificate),
            "client-key-data": STANDARD.encode(&signed.key),
        }),
        Stanza::CertificateFiles(certificate, key) => {
            json!({"client-certificate": shown(certificate), "client-key": shown(key)})
        }
        Stanza::Exec(program) => json!({"exec": {
            "apiVersion": "client.authentication.k8s.io/v1",
            "command": shown(program),
            "interactiveMode": "Never",
        }}),
        Stanza::As(stanza, whom) => {
            let mut user = user(stanza);
            user["as"] = whom.as_str().into();
            user
        }
        Stanza::Nothing => json!({}),
    }
}
