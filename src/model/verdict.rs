//! What the consumer of a file does with it, as the recorded verdicts put it.

use std::borrow::Cow;
use std::sync::Arc;

pub use crate::diagnostic::Phase;

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The master's own `master.yaml`.
    Master,
    /// Values of the Determined Helm chart.
    HelmValues,
    /// A devcluster file.
    Devcluster,
}

impl Kind {
    /// The word used in the JSON form and by `--kind`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Master => "master",
            Self::HelmValues => "helm-values",
            Self::Devcluster => "devcluster",
        }
    }

    /// What files of this kind are, for people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Master => "a master's configuration",
            Self::HelmValues => "values of the chart",
            Self::Devcluster => "a devcluster file",
        }
    }
}

/// What becomes of a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The master gets past loading and goes on to open its database.
    Accepts,
    /// The master exits with a message.
    Refuses,
    /// The master panics.
    Crashes,
    /// detctl stopped at a limit of its own before it could tell.
    Unknown,
    /// Helm does not render the chart.
    HelmFails,
    /// devcluster does not get as far as starting the master.
    DevclusterFails,
}

impl Verdict {
    /// The word used in the JSON form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepts => "accepts",
            Self::Refuses => "refuses",
            Self::Crashes => "crashes",
            Self::Unknown => "unknown",
            Self::HelmFails => "helm-fails",
            Self::DevclusterFails => "devcluster-fails",
        }
    }
}

/// One configuration of a file as its consumer will judge it.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// The devcluster stage that it belongs to.
    pub stage: Option<String>,
    /// What becomes of it.
    pub verdict: Verdict,
    /// Where it stopped.
    pub phase: Phase,
    /// The consumer's exact words; the first is the one to expect, more are those that it may choose
    /// at random instead.
    pub messages: Vec<String>,
    /// The effective configuration, for `accepts`.
    pub resolved: Option<Arc<Resolved>>,
}

/// The effective configuration in the form of the recorded verdicts: a tree of plain JSON values, ready to print.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved(pub Json);

/// A plain JSON value with members in the order in which they are printed.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number; never infinite or NaN.
    Float(f64),
    /// Text.
    String(String),
    /// A list.
    Array(Vec<Json>),
    /// Members in order.
    Object(Vec<(Cow<'static, str>, Json)>),
}

impl Json {
    /// The text, of one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// A member; nothing where there is none, or this is no mapping.
    #[must_use]
    pub fn into_member(self, key: &str) -> Self {
        match self {
            Self::Object(members) => {
                members.into_iter().find(|(name, _)| name == key).map_or(Self::Null, |(_, value)| value)
            }
            _ => Self::Null,
        }
    }

    /// The items of a list; none of anything else.
    #[must_use]
    pub fn into_items(self) -> Vec<Self> {
        match self {
            Self::Array(items) => items,
            _ => Vec::new(),
        }
    }
}
