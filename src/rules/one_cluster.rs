//! What the rules about one cluster driven twice share.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::model::config::{Kubernetes, Manager};

/// What tells the clusters of a file apart: the path of the kubeconfig without what the system passes over, empty for
/// the cluster that the master runs in. `None` where that is not known.
pub(super) fn cluster(manager: &Manager) -> Option<OsString> {
    let path = &manager.kubernetes()?.kubeconfig_path;
    (!path.is_broken()).then(|| Path::new(&path.value).components().collect::<PathBuf>().into_os_string())
}

/// Whether two resource managers of one cluster get into each other's way. Slots of different types in different
/// namespaces do not.
pub(super) fn do_meet(one: &Kubernetes, other: &Kubernetes) -> bool {
    one.slot_type.value == other.slot_type.value || one.namespace() == other.namespace()
}
