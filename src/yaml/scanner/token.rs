//! The words of YAML.

use ecow::EcoString;

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
