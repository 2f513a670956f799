//! Where a master runs: what files and programs are there.

use crate::kubeconfig::confirm::{FileAnswer, Files};
use crate::kubeconfig::model::Exec;

/// The place where a master runs.
pub trait Surroundings: Files {
    /// Whether a program can be started there; `None` if nobody can tell from here.
    fn has_program(&self, command: &str) -> Option<bool>;
    /// Whether that is a pod, where addresses of this machine lead elsewhere.
    fn is_pod(&self) -> bool;
}

/// The pod of the chart, with the released image: Ubuntu 22.04 with certificates, shells and core utilities, no tool of any
/// cloud (facts §3.5). Secrets are mounted below one folder.
#[derive(Clone, Copy, Debug)]
pub struct ReleasedPod;

/// Where the chart mounts Secrets.
const MOUNTS: &str = "/mount/determined/";
/// Certificates that the image brings.
const CERTIFICATES: &str = "/etc/ssl/certs/";
/// Programs that the image brings and that kubeconfigs have been seen to start.
const IN_IMAGE: [&str; 8] = ["sh", "bash", "cat", "echo", "env", "printf", "dash", "perl"];

impl Files for ReleasedPod {
    fn read(&self, path: &str) -> FileAnswer {
        if path.starts_with(MOUNTS) || path.starts_with(CERTIFICATES) {
            FileAnswer::Unknown
        } else {
            FileAnswer::Refused("no such file or directory".to_owned())
        }
    }
}

impl Surroundings for ReleasedPod {
    fn has_program(&self, command: &str) -> Option<bool> {
        Some(IN_IMAGE.contains(&base_name(command)))
    }

    fn is_pod(&self) -> bool {
        true
    }
}

/// Plugins whose names tell nothing that is not known anyway.
const PLUGINS: [&str; 18] = [
    "gke-gcloud-auth-plugin",
    "gcloud",
    "aws",
    "aws-iam-authenticator",
    "kubelogin",
    "kubectl-oidc_login",
    "kubectl-oidc-login",
    "kubectl",
    "oc",
    "oci",
    "doctl",
    "tsh",
    "rancher",
    "pinniped",
    "ibmcloud",
    "tkn",
    "sh",
    "bash",
];

/// The base name of a plugin, if it is a known one.
#[must_use]
pub fn known_plugin(exec: &Exec) -> Option<&'static str> {
    let name = base_name(&exec.command.as_ref()?.value);
    let name = name.strip_suffix(".exe").unwrap_or(name);
    PLUGINS.into_iter().find(|known| *known == name)
}

pub(super) fn base_name(command: &str) -> &str {
    command.rsplit(std::path::is_separator).next().unwrap_or(command)
}
