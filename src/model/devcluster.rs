//! What devcluster makes of its file (facts §7), for the rules to look at.

use crate::diagnostic::{Ending, Phase};
use crate::source::Span;
use crate::yaml::Octal;

/// Which kind of thing devcluster trips over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// PyYAML cannot read the text.
    Unreadable,
    /// There is a second document.
    SecondDocument,
    /// The file is empty or no mapping.
    Root,
    /// A key that is none of those that may stand there.
    UnknownKey {
        /// The key.
        key: String,
        /// Those that may.
        allowed: Vec<&'static str>,
    },
    /// A key that must be there.
    MissingKey,
    /// A kind of stage or of command that does not exist.
    UnknownKind {
        /// What was written.
        kind: String,
        /// Those that exist.
        allowed: Vec<&'static str>,
    },
    /// A value that is not what devcluster needs there.
    BadValue,
}

/// A place where devcluster ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What kind of thing is wrong.
    pub kind: FaultKind,
    /// When devcluster finds it.
    pub phase: Phase,
    /// Whether devcluster ends here, or only detctl.
    pub ending: Ending,
    /// Python's words, without the name of the exception; sets in them are sorted, as Python's order is arbitrary.
    pub words: String,
    /// The place.
    pub span: Span,
    /// What is wrong, one clause for people.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

/// `$NAME` without a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unset {
    /// The name.
    pub name: String,
    /// The value that it stands in.
    pub span: Span,
}

/// A value of a `config_file` that means something else to the master than it would in a `master.yaml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retyped {
    /// Where it was written.
    pub span: Span,
    /// What the master would read there, in words.
    pub meant: String,
    /// What it reads instead.
    pub becomes: String,
}

/// Two things of which one is without effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overridden {
    /// What both are called.
    pub name: String,
    /// The one without effect.
    pub loser: Span,
    /// The one that counts.
    pub winner: Span,
}

/// A line of an env file that is no assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// The line.
    pub span: Span,
    /// What is wrong with it.
    pub message: String,
}

/// Everything to be said of a devcluster file besides what the master says of its configurations.
#[derive(Debug, Default)]
pub struct Reading {
    /// Where devcluster ends; the earliest in phase, then in order, is the one that it shows.
    pub faults: Vec<Fault>,
    /// Variables without a value.
    pub unset: Vec<Unset>,
    /// Keys of a stage after the first.
    pub second_stages: Vec<Overridden>,
    /// Equal keys in a mapping.
    pub duplicate_keys: Vec<Overridden>,
    /// Stages of one name, whose configurations go to one file.
    pub overwritten: Vec<Overridden>,
    /// Values that change their meaning on the way.
    pub retyped: Vec<Retyped>,
    /// Command lines of master stages that leave out the configuration.
    pub unused_configs: Vec<Span>,
    /// Numbers with a leading zero.
    pub octals: Vec<Octal>,
    /// Values that must never be shown, in any stage.
    pub secrets: Vec<Span>,
    /// Secrets that lose a dollar.
    pub dollars: Vec<Span>,
    /// Lines of env files.
    pub bad_lines: Vec<BadLine>,
}
