//! Programs that hand out credentials, as client-go runs them: once, with what they want to know in a variable.

use std::io::Read as _;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;

use crate::kubeconfig::Exec;
use crate::kubeconfig::worth::known_plugin;

/// The most that a program may say, in bytes.
const LARGEST: u64 = 1 << 20;

/// What a program hands out. Secret, so nothing prints it.
#[derive(Default)]
pub struct Credential {
    /// A bearer token.
    pub token: Option<String>,
    /// A certificate and its key, both PEM.
    pub certificate: Option<(Vec<u8>, Vec<u8>)>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Answer {
    kind: String,
    #[serde(rename = "apiVersion")]
    api_version: String,
    status: Option<Status>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Status {
    token: Option<String>,
    client_certificate_data: Option<String>,
    client_key_data: Option<String>,
}

/// How much of a program is passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// Its name, and what it says on standard error.
    Loud,
    /// Nothing but the name of a known one.
    Silent,
}

/// Runs the program and waits for it, up to a time. It sees our environment and no terminal.
///
/// # Errors
/// It is not there, fails, takes too long, or says something else than a credential.
pub fn ask(exec: &Exec, server: &str, time: Duration, voice: Voice) -> Result<Credential, String> {
    let name = exec.command.as_ref().map(|command| command.value.as_str()).unwrap_or_default();
    let version = exec.api_version.as_ref().map(|version| version.value.as_str()).unwrap_or_default();
    let mut spec = json!({"interactive": false});
    if exec.provides_cluster {
        spec["cluster"] = json!({"server": server});
    }
    let info = json!({"kind": "ExecCredential", "apiVersion": version, "spec": spec});
    let mut command = Command::new(name);
    let name = match voice {
        Voice::Loud => name,
        Voice::Silent => known_plugin(exec).unwrap_or("named there"),
    };
    if voice == Voice::Silent {
        command.stderr(Stdio::null());
    }
    for argument in &exec.arguments {
        command.arg(argument.expose_text().unwrap_or_default());
    }
    for (variable, value) in &exec.environment {
        command.env(variable, value.expose_text().unwrap_or_default());
    }
    command.env("KUBERNETES_EXEC_INFO", info.to_string()).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("executable {name} not found"),
        _ => format!("executable {name} cannot be run: {error}"),
    })?;
    let (send, receive) = mpsc::channel();
    if let Some(output) = child.stdout.take() {
        std::thread::spawn(move || {
            let mut said = Vec::new();
            let read = output.take(LARGEST).read_to_end(&mut said);
            let _ = send.send(read.map(|_| said));
        });
    }
    let said = match receive.recv_timeout(time) {
        Ok(said) => said.map_err(|error| format!("executable {name}: {error}"))?,
        Err(_) => {
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("executable {name} took longer than {:.0} s", time.as_secs_f64()));
        }
    };
    match child.wait() {
        Ok(status) if status.success() => read(&said, version).ok_or_else(|| format!("executable {name} did not print a {version} ExecCredential with a token, or with a certificate and its key")),
        Ok(status) => Err(format!("executable {name} failed with {status}")),
        Err(error) => Err(format!("executable {name}: {error}")),
    }
}

fn read(said: &[u8], version: &str) -> Option<Credential> {
    let answer: Answer = serde_json::from_slice(said).ok()?;
    let status = answer.status.filter(|_| answer.kind == "ExecCredential" && answer.api_version == version)?;
    let text = |text: Option<String>| text.filter(|text| !text.is_empty());
    let pair = text(status.client_certificate_data).zip(text(status.client_key_data));
    let certificate = pair.map(|(certificate, key)| (certificate.into_bytes(), key.into_bytes()));
    let token = text(status.token);
    (token.is_some() || certificate.is_some()).then_some(Credential { token, certificate })
}

/// What the kubeconfig says about getting the program.
#[must_use]
pub fn hint(exec: &Exec) -> Option<String> {
    exec.install_hint.as_ref().map(|hint| hint.value.clone())
}
