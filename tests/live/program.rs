//! Runs the program as a user does, in a folder of its own, and says what came of it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::failing::FailingServer;
use crate::plane::kubeconfig::{Kubeconfig, Stanza, Trust};

/// A configuration of one cluster.
pub(crate) const ONE_CLUSTER: &str = "resource_manager:
  type: kubernetes
  cluster_name: main
  max_slots_per_pod: 8
  default_namespace: default
resource_pools:
  - pool_name: default
";

/// The same with a second cluster, and these lines in the block of its resource manager.
pub(crate) fn two_clusters(lines: &str) -> String {
    format!(
        "{ONE_CLUSTER}additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: west
      max_slots_per_pod: 8
      kubeconfig_path: west.kubeconfig
{lines}    resource_pools:
      - pool_name: west-pool
"
    )
}

/// A folder with files for the program.
pub(crate) struct Folder(TempDir);

/// What came of a run.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) took: Duration,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// With a file.
    pub(crate) fn with(self, name: &str, text: &str) -> Self {
        std::fs::write(self.path(name), text).unwrap();
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs the program here, with nothing in its environment.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[])
    }

    /// Starts the program, which may be killed.
    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_detctl"));
        command.args(arguments).current_dir(self.0.path()).env_clear();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    pub(crate) fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
        let since = Instant::now();
        let output = Command::new(env!("CARGO_BIN_EXE_detctl"))
            .args(arguments)
            .current_dir(self.0.path())
            .env_clear()
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ran {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            took: since.elapsed(),
        }
    }
}

impl Ran {
    /// The same, when it ended with this code.
    #[track_caller]
    pub(crate) fn exits_with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }
}

/// A kubeconfig for a failing server, with a token.
pub(crate) fn kubeconfig(server: &FailingServer) -> Kubeconfig {
    Kubeconfig {
        server: server.url.clone(),
        trust: Trust::Data(server.authority().to_owned()),
        stanza: Stanza::Token("secret-token".to_owned()),
        server_name: None,
        namespace: None,
    }
}

/// A kubeconfig with several contexts, the first of which is chosen.
pub(crate) fn contexts(servers: &[(&str, &FailingServer)]) -> String {
    let entries = |member: &str, entry: &dyn Fn(&str, &FailingServer) -> Value| -> Value {
        servers.iter().map(|(name, server)| json!({"name": name, member: entry(name, server)})).collect()
    };
    let authority = |server: &FailingServer| STANDARD.encode(server.authority());
    json!({
        "apiVersion": "v1", "kind": "Config", "current-context": servers.first().unwrap().0,
        "clusters": entries("cluster", &|_, server| {
            json!({"server": server.url, "certificate-authority-data": authority(server)})
        }),
        "contexts": entries("context", &|name, _| json!({"cluster": name, "user": name})),
        "users": entries("user", &|_, _| json!({"token": "secret-token"})),
    })
    .to_string()
}

/// Makes a program of a shell script.
pub(crate) fn script(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::write(path, format!("#!/bin/sh\n{text}")).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}
