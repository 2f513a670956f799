//! What happened to values of the Determined chart on their way to a `master.yaml`, for the rules to look at.

use crate::source::Span;

/// Why Helm renders nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Helm's words, without the `Error: ` in front, the lines of templates and quoted expressions.
    pub words: String,
    /// The place in the values that has to do with it; `None` when nothing there does.
    pub place: Option<Span>,
    /// The path of the value; `@` stands for an element of `additional_resource_managers`. Empty when it is not about one.
    pub path: String,
    /// The kind.
    pub reason: Reason,
}

/// The kind of a [`Stop`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The chart demands a value, or something of a value.
    Demanded,
    /// A value is of a type that a template cannot work with.
    Shape,
    /// A rendered file is no YAML.
    Manifest,
    /// An argument of `--set` does not fit the values.
    Set,
}

/// A mapping in one layer of values that is something else in another; the later one wins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The way to it, joined with dots.
    pub path: String,
    /// The earlier value.
    pub earlier: Span,
    /// The later value.
    pub later: Span,
    /// Whether the mapping is the later one.
    pub later_is_table: bool,
}

/// A key that no template of the chart reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoredKey {
    /// Where the key was written.
    pub span: Span,
    /// The key.
    pub key: String,
    /// The path of the mapping that it stands in; empty for the root.
    pub parent: String,
    /// The keys that are read there.
    pub known: Vec<&'static str>,
    /// The value that the chart takes for the setting of the master of that name.
    pub instead: Option<&'static str>,
}

/// A text that stands without quotes in the rendered file, and reads as something else there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reread {
    /// Where it was written.
    pub place: Span,
    /// The text.
    pub text: String,
    /// The path of the value.
    pub path: &'static str,
    /// The path of the setting in `master.yaml`.
    pub setting: &'static str,
    /// What the master reads, in words.
    pub becomes: String,
    /// Whether it is text in the values too; anything else is what it seems to be.
    pub is_text: bool,
    /// Whether it breaks the text that it stands in.
    pub breaks: bool,
}

/// A value without the effect that it seems to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idle {
    /// The place.
    pub place: Span,
    /// The path of the value.
    pub path: String,
    /// What happens instead, a clause.
    pub instead: String,
    /// How to mend it.
    pub help: String,
}

/// A name of the Secret that holds the kubeconfig of an additional manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretFault {
    /// The place.
    pub place: Span,
    /// What is wrong, a sentence.
    pub message: String,
    /// How to mend it.
    pub help: String,
    /// Whether the API server refuses the Deployment.
    pub is_refused: bool,
}

/// Everything that is known of a set of values.
#[derive(Debug, Default)]
pub struct Chart {
    /// Why nothing is rendered.
    pub stop: Option<Stop>,
    /// Where to point when there is nothing to point at.
    pub near: Span,
    /// Layers that contradict each other.
    pub contradictions: Vec<Contradiction>,
    /// Keys that nothing reads.
    pub ignored: Vec<IgnoredKey>,
    /// Texts that change on the way.
    pub reread: Vec<Reread>,
    /// Values without effect.
    pub idle: Vec<Idle>,
    /// Secrets that cannot be mounted or read.
    pub secrets: Vec<SecretFault>,
    /// Secrets that hold the kubeconfig of two additional managers, by the places of their names.
    pub same_secrets: Vec<(Span, Span)>,
}
