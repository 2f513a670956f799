//! Where the programs of a plane are: in `$KUBEBUILDER_ASSETS`, or where `tests/control-plane/build` puts them.

use std::env;
use std::path::PathBuf;

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

    /// As `--scheduler-version` takes it.
    pub(crate) fn minor(self) -> &'static str {
        self.name().trim_start_matches('v').rsplit_once('.').unwrap().0
    }

    /// Whether the live tests of this release are asked for: `DETCTL_LIVE` lists releases, or is `all`.
    pub(crate) fn is_asked_for(self) -> bool {
        let asked = env::var("DETCTL_LIVE").unwrap_or_default();
        asked.split([',', ' ']).any(|name| name == "all" || name.trim_start_matches('v') == &self.name()[1..])
    }

    /// Where a program of this release is.
    pub(crate) fn program(self, name: &str) -> PathBuf {
        let home = if ["etcd", "kubectl", "helm"].contains(&name) { Self::Newer } else { self };
        let built = home.cache().join(name);
        let assets = env::var_os("KUBEBUILDER_ASSETS").map(|folder| PathBuf::from(folder).join(name));
        assets.filter(|path| home == Self::Newer && path.is_file()).unwrap_or(built)
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
