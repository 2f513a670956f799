//! Where the programs of a plane are: in `$KUBEBUILDER_ASSETS`, or where `tests/control-plane/build` puts them.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A release of Kubernetes that there is a module for in `tests/control-plane`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    /// Has etcd, kubectl and helm with it, for all.
    Newer,
    Older,
}

impl Version {
    /// As in `v1.37.2`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Newer => "v1.37.2",
            Self::Older => "v1.33.13",
        }
    }

    /// What a program of this release says it is, such as `v1.37.2`: those in `$KUBEBUILDER_ASSETS` may be of another
    /// patch or minor release than the module.
    pub(crate) fn said_by(self, program: &str) -> String {
        said(&self.program(program)).unwrap_or_else(|| panic!("{program} does not tell its version"))
    }

    /// Whether the live tests of this release are asked for: `DETCTL_LIVE` lists releases, or is `all`.
    pub(crate) fn is_asked_for(self) -> bool {
        let asked = env::var("DETCTL_LIVE").unwrap_or_default();
        asked.split([',', ' ']).any(|name| name == "all" || name.trim_start_matches('v') == &self.name()[1..])
    }

    /// Where a program of this release is.
    pub(crate) fn program(self, name: &str) -> PathBuf {
        let serves_all = ["etcd", "kubectl", "helm"].contains(&name);
        let home = if serves_all { Self::Newer } else { self };
        let given = env::var_os("KUBEBUILDER_ASSETS").filter(|folder| !folder.is_empty());
        let given = given.map(|folder| PathBuf::from(folder).join(name)).filter(|path| path.is_file());
        let of = |path: &PathBuf| match said(path) {
            Some(said) if !serves_all && minor(&said) == minor(Self::Older.name()) => Self::Older,
            _ => Self::Newer,
        };
        given.filter(|path| of(path) == home).unwrap_or_else(|| home.cache().join(name))
    }

    fn cache(self) -> PathBuf {
        let given = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let folder = given("DETCTL_CONTROL_PLANES").unwrap_or_else(|| {
            let user = given("XDG_CACHE_HOME").or_else(|| given("HOME").map(|home| home.join(".cache")));
            user.unwrap_or_default().join("detctl/control-planes")
        });
        folder.join(self.name())
    }
}

/// The minor release of a version: `1.37` for `v1.37.2`, as `--scheduler-version` takes it.
pub(crate) fn minor(version: &str) -> &str {
    let version = version.trim_start_matches('v');
    version.rsplit_once('.').map_or(version, |(minor, _)| minor)
}

/// The version in what a program of Kubernetes prints.
fn said(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").env_clear().stdin(Stdio::null()).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().strip_prefix("Kubernetes ").map(str::to_owned)
}
