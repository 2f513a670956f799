//! What a saved snapshot says of its reading: which cluster it was, and what was not read.

use serde::{Deserialize, Serialize};

/// How the cluster of a snapshot was read. It may come in parts, of which later ones add to earlier ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Record {
    /// The context, or the kubeconfig.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    /// The release that the server said it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_version: Option<String>,
    /// The minor number of the release whose rules were used: 33 for 1.33.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<u32>,
    /// The kinds that were read, although there may be nothing of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub read: Vec<String>,
    /// The kinds that were read in part only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub partly: Vec<String>,
    /// What could not be read, for people.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// The same by kind, for answers that cannot do without.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Refused>,
    /// Why nothing could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread: Option<Unread>,
}

/// Why objects of a kind could not be read, or not all, and how to go on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Refused {
    /// The kind.
    pub kind: String,
    /// A clause.
    pub words: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// Why a cluster could not be read, and how to go on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// A clause.
    pub words: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Whether the user named the way to it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_named: bool,
}

impl Record {
    /// Adds what a later part says.
    pub(super) fn add(&mut self, later: Self) {
        self.context = later.context.or(self.context.take());
        self.server_version = later.server_version.or(self.server_version.take());
        self.rules = later.rules.or(self.rules);
        self.read.extend(later.read);
        self.partly.extend(later.partly);
        self.notes.extend(later.notes);
        self.refused.extend(later.refused);
        self.unread = later.unread.or(self.unread.take());
    }
}
