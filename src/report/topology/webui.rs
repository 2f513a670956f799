//! Who sees what of a pool's card: by the documentation page, and by the WebUI of a release (facts §8,
//! C-13…C-15).

use crate::model::MultiRm;
use crate::model::config::{Manager, Pool};
use crate::release::{Behaviour, Release};

/// Who looks at the cluster page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// An administrator, or somebody who may define resource managers.
    Admin,
    /// Anybody else.
    User,
}

impl Viewer {
    /// The word used by `--viewer`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::User => "user",
        }
    }
}

/// For which requests a card says that its pool is the default.
///
/// The API compares a pool's name with the defaults of its own resource manager, but only those of the
/// default one route anything (facts §8, §2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Badge {
    /// Requests with slots.
    pub compute: bool,
    /// Requests without.
    pub aux: bool,
}

impl Badge {
    /// The badge of a pool's card.
    #[must_use]
    pub fn new(manager: &Manager, pool: &Pool) -> Self {
        let name = pool.name.value.as_str();
        let is = |default: &Option<String>| !name.is_empty() && default.as_deref() == Some(name);
        let compute = is(&manager.default_compute_pool.value);
        let aux = is(&manager.default_aux_pool.value);
        Self { compute, aux }
    }

    /// The words on the card.
    #[must_use]
    pub fn label(self) -> Option<&'static str> {
        match (self.compute, self.aux) {
            (true, true) => Some("Default"),
            (false, true) => Some("Default Aux"),
            (true, false) => Some("Default Compute"),
            (false, false) => None,
        }
    }
}

/// What a card calls the cluster that its pool belongs to, when it does.
#[must_use]
pub(super) fn name_row(config: &MultiRm, viewer: Viewer, webui: Option<Release>) -> Option<&'static str> {
    match webui {
        None => (viewer == Viewer::Admin).then_some("Cluster Name"),
        Some(release) if !release.has(Behaviour::CardsNameManagers) || !spans_clusters(config) => None,
        Some(release) if release.has(Behaviour::CardsSayClusterName) => Some("Cluster Name"),
        Some(_) => Some("Resource Manager Name"),
    }
}

/// Whether a card is marked "Remote".
#[must_use]
pub(super) fn marks_remote(webui: Option<Release>) -> bool {
    webui.is_none()
}

/// Whether pools belong to clusters of more than one name.
fn spans_clusters(config: &MultiRm) -> bool {
    let mut names = config.managers.iter().filter(|manager| !manager.pools.is_empty());
    let first = names.next().map(|manager| &manager.cluster_name.value);
    names.any(|manager| Some(&manager.cluster_name.value) != first)
}

/// Where the WebUI of a release departs from the documentation page, one line each.
#[must_use]
pub(super) fn differences(config: &MultiRm, viewer: Viewer, release: Release) -> Vec<String> {
    let mut lines =
        vec!["no card is marked \"Remote\"; the page says that those of additional managers are".to_owned()];
    if !release.has(Behaviour::CardsNameManagers) {
        lines.push(format!("{release} shows no name of a cluster or resource manager on cards of Kubernetes pools"));
        return lines;
    }
    if !release.has(Behaviour::CardsSayClusterName) {
        lines.push("the row is called \"Resource Manager Name\"".to_owned());
    }
    match (spans_clusters(config), viewer) {
        (false, Viewer::Admin) => {
            lines.push("the name is hidden, as all pools belong to one cluster; the page shows it".to_owned());
        }
        (true, Viewer::User) => {
            lines.push(
                "the name is shown to everybody whose pools span several clusters; the page keeps it for \
                        administrators and those who may define resource managers"
                    .to_owned(),
            );
        }
        (false, Viewer::User) | (true, Viewer::Admin) => {}
    }
    let flagged = config.additional().flat_map(|manager| manager.pools.iter().map(|pool| Badge::new(manager, pool)));
    if flagged.filter(|badge| badge.label().is_some()).count() > 0 {
        lines.push(
            "pools of additional managers are marked as defaults too, although no request goes there by \
                    default"
                .to_owned(),
        );
    }
    lines
}
