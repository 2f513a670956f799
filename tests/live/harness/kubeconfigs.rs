//! Every kind of kubeconfig, as kubectl reads it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::json;

use crate::plane::access::{Subject, rule};
use crate::plane::client::Login;
use crate::plane::kubeconfig::{Kubeconfig, Stanza, Trust};
use crate::plane::programs::Version;
use crate::plane::{ControlPlane, Options};

/// Whether kubectl gets the namespaces, and what it says when not.
fn kubectl(plane: &ControlPlane, kubeconfig: &Kubeconfig) -> Result<String, String> {
    let path = plane.folder().join("it.kubeconfig");
    kubeconfig.write(&path);
    let output = Command::new(plane.program("kubectl"))
        .args(["get", "namespaces", "--output=name", "--kubeconfig"])
        .arg(path)
        .env_clear()
        .env("HOME", plane.folder())
        .env("PATH", "/usr/bin:/bin")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

fn file(plane: &ControlPlane, name: &str, content: &str, mode: u32) -> PathBuf {
    let path = plane.folder().join(name);
    fs::write(&path, content).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    path
}

/// A program that prints a credential with this token.
fn plugin(plane: &ControlPlane, token: &str) -> PathBuf {
    let credential = json!({
        "apiVersion": "client.authentication.k8s.io/v1",
        "kind": "ExecCredential",
        "status": {"token": token},
    });
    file(plane, "plugin", &format!("#!/bin/sh\necho '{credential}'\n"), 0o755)
}

pub(crate) fn every_stanza_works_with_kubectl() {
    let plane = ControlPlane::start(&Options::new(Version::Newer).named("west.example.invalid"));
    let namespace = plane.namespace("stanzas");
    let token = plane.token(&namespace, "reader");
    let lists = [rule("", &["namespaces"], &["list"])];
    plane.grant(&Subject::account(&namespace, "reader"), None, &lists);
    plane.grant(&Subject::user("somebody"), None, &lists);
    let (certificate, key) = plane.admin().write(plane.folder(), "admin");
    let Login::Certificate(nobody) = plane.user("nobody") else { unreachable!() };
    let good = [
        ("token", Stanza::Token(token.clone())),
        ("token file", Stanza::TokenFile(file(&plane, "token", &token, 0o600))),
        ("certificate", Stanza::CertificateData(plane.admin().clone())),
        ("certificate files", Stanza::CertificateFiles(certificate, key)),
        ("exec", Stanza::Exec(plugin(&plane, &token))),
        ("as", Stanza::As(Box::new(Stanza::CertificateData(plane.admin().clone())), "somebody".to_owned())),
    ];
    for (name, stanza) in good {
        let listed = kubectl(&plane, &plane.kubeconfig(stanza)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(listed.contains("namespace/default"), "{name}: {listed}");
    }
    let bad = [
        ("nobody", Stanza::CertificateData(nobody), "is forbidden"),
        ("wrong token", Stanza::Token("x".to_owned()), "must be logged in"),
        ("nothing: kubectl asks for a name", Stanza::Nothing, "EOF"),
    ];
    for (name, stanza, says) in bad {
        let error = kubectl(&plane, &plane.kubeconfig(stanza)).unwrap_err();
        assert!(error.contains(says), "{name}: {error}");
    }
    trust(&plane, &token);
}

/// The ways to trust a server, and its other name.
fn trust(plane: &ControlPlane, token: &str) {
    let start = || plane.kubeconfig(Stanza::Token(token.to_owned()));
    let authority = plane.folder().join("ca.crt");
    let named = |name: &str| Some(name.to_owned());
    let inside = Some("kube-system".to_owned());
    kubectl(plane, &Kubeconfig { trust: Trust::File(authority), namespace: inside, ..start() }).unwrap();
    kubectl(plane, &Kubeconfig { trust: Trust::Anything, ..start() }).unwrap();
    kubectl(plane, &Kubeconfig { server_name: named("west.example.invalid"), ..start() }).unwrap();
    let wrong = Kubeconfig { server_name: named("east.example.invalid"), ..start() };
    let error = kubectl(plane, &wrong).unwrap_err();
    assert!(error.contains("west.example.invalid, not east.example.invalid"), "{error}");
}
