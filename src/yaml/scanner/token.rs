//! The words of YAML.

use ecow::EcoString;

use crate::yaml::problem::Scan;
use crate::yaml::tree::ScalarStyle;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::yaml) enum Kind {
    StreamEnd,
    VersionDirective {
        major: u8,
        minor: u8,
    },
    /// The text is the handle, `handle` bytes long, and the prefix.
    TagDirective {
        handle: usize,
    },
    /// A directive that YAML does not know: PyYAML passes over it, go-yaml refuses it.
    OtherDirective,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    /// The text is the name.
    Alias,
    /// The text is the name.
    Anchor,
    /// The text is the handle, `handle` bytes long, and the suffix.
    Tag {
        handle: usize,
    },
    /// The text is the content.
    Scalar(ScalarStyle),
}

/// One token.
#[derive(Debug)]
pub(in crate::yaml) struct Token {
    pub(in crate::yaml) kind: Kind,
    /// First byte.
    pub(in crate::yaml) start: u32,
    /// The byte after the last one.
    pub(in crate::yaml) end: u32,
    /// Line of the first byte, from 0.
    pub(in crate::yaml) line: u32,
    /// What it says; empty for indicators.
    pub(in crate::yaml) text: EcoString,
}

/// Where tokens come from: one scanner for each program that detctl reads for.
pub(in crate::yaml) trait Tokens {
    /// Whose rules they follow, in the scanner and in the grammar.
    const DIALECT: Dialect;

    /// The next token, which stays where it is.
    fn peek(&mut self) -> Scan<&Token>;

    /// The next token, taken out.
    fn next(&mut self) -> Scan<Token>;

    /// The comments passed so far, as ranges of bytes.
    fn comments(&self) -> &[(u32, u32)];
}

/// The programs that detctl reads YAML for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::yaml) enum Dialect {
    /// The master, with go-yaml v2.
    GoYaml,
    /// devcluster, with PyYAML.
    PyYaml,
}
