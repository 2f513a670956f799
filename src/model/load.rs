//! What happened to a text on its way to a configuration, for the rules to look at.

use super::config::MultiRm;
use crate::decode::Problem;
use crate::release::Release;
use crate::source::Span;
use crate::value::Failure;
use crate::yaml::parse::SyntaxError;

/// A key that viper drops because its value is null, empty, or holds nothing but such (§1.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vanished {
    /// Its place, lower-cased: `resource_manager.internal_task_gateway`.
    pub path: String,
    /// Where the key was written.
    pub key: Span,
    /// Where its value was written.
    pub value: Span,
}

/// A key that vanished, and that the master would have refused with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// The key in lower case.
    pub key: String,
    /// Where it was written.
    pub span: Span,
    /// The keys that are known in its place.
    pub known: Vec<&'static str>,
}

/// Two spellings of one key (§1.2, T-38).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseCollision {
    /// The one that counts.
    pub winner: Span,
    /// The one that does not.
    pub loser: Span,
    /// Whether the master chooses at random.
    pub random: bool,
}

/// A value of a key that is also a flag, which viper casts to the flag's type and thereby changes (§1.2, §13).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recast {
    /// Its place, in lower case: `log.level`.
    pub path: String,
    /// Where the value was written.
    pub value: Span,
    /// What the flag takes, with its article.
    pub wanted: &'static str,
    /// What came of it.
    pub became: Became,
}

/// What a value becomes as a flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// The zero value of the flag's type, as it does not convert.
    Zero(&'static str),
    /// Another value.
    Other(String),
    /// The digits of a number as a text, which may be those that were written.
    Digits(String),
}

/// What the conversion of old keys (§1.4) ran into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShimEvent {
    /// The load ends with these words.
    Refused {
        /// The words, without the wrapper.
        text: String,
        /// The place.
        span: Span,
        /// A second place that takes part.
        other: Option<Span>,
    },
    /// The master panics with these words.
    Panicked {
        /// The words, without `panic: `.
        text: String,
        /// The place.
        span: Span,
    },
    /// An old key was converted.
    Converted {
        /// The old key.
        key: Span,
        /// What it became.
        into: &'static str,
    },
    /// An old key was ignored, the new one beside it counts (W-L6).
    Ignored {
        /// The old key.
        key: Span,
        /// The new key.
        by: Span,
    },
}

/// A text as far as it could be followed.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The release that it was followed as.
    pub release: Release,
    /// The text is no YAML.
    pub syntax: Option<SyntaxError>,
    /// The YAML is no JSON.
    pub failure: Option<Failure>,
    /// The root is no mapping: its kind in JSON's words, and where.
    pub root_kind: Option<(&'static str, Span)>,
    /// Keys that vanished.
    pub vanished: Vec<Vanished>,
    /// Those of them that would have been refused.
    pub strangers: Vec<Stranger>,
    /// Values that a flag of the same name changes.
    pub recast: Vec<Recast>,
    /// Keys with two spellings.
    pub collisions: Vec<CaseCollision>,
    /// The pod specs whose restoration panics because the block that they belong into is no mapping (P-L4): the first
    /// of them, and the Go type of what stands in place of the block.
    pub lone_pod_specs: Option<(Span, &'static str)>,
    /// What happened to old keys.
    pub shims: Vec<ShimEvent>,
    /// What does not fit the structs.
    pub problems: Vec<Problem>,
    /// Those of `problems` of which the master reports one.
    pub reported: Vec<usize>,
    /// Values that must never be shown.
    pub secrets: Vec<Span>,
    /// The configuration, when decoding got that far; with gaps where problems are.
    pub config: Option<MultiRm>,
}
