//! What can be wrong with a text: go-yaml's words for it.

use super::pyyaml::PyFault;

/// Why reading stopped. Each is one of the texts of go-yaml v2.4.0, in the order of its stages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    ControlCharacter,
    StartsNoToken,
    MissingColon,
    TooDeepForGoYaml,
    EntryNotAllowed,
    KeyNotAllowed,
    ValueNotAllowed,
    MissingDirectiveName,
    BadDirectiveName,
    UnknownDirective,
    MissingVersion,
    MissingVersionDot,
    LongVersion,
    MissingTagPrefixSpace,
    MissingLineEnd,
    BadAnchorName,
    UnclosedTag,
    MissingTagMark,
    MissingTagUri,
    MissingTagOctet,
    BadTagLeadingOctet,
    BadTagTrailingOctet,
    MissingTagEnd,
    ZeroIndentation,
    TabInBlockScalar,
    MarkerInQuotes,
    UnclosedQuotes,
    UnknownEscape,
    MissingHexDigits,
    BadEscapedCharacter,
    TabInPlainScalar,
    MissingDocumentStart,
    DuplicateVersion,
    IncompatibleVersion,
    DuplicateTagHandle,
    UndefinedTagHandle,
    MissingContent,
    MissingEntry,
    MissingKey,
    UnclosedSequence,
    UnclosedMapping,
    UnknownAnchor(String),
    /// A second anchor of a name in one document, which only PyYAML refuses.
    DuplicateAnchor(String),
    /// Deeper than Python's stack.
    TooDeepForPython,
    /// Past a limit of this reader; go-yaml would have read on.
    TooDeep(usize),
    /// More bytes than a span can count; go-yaml would have read on.
    TooLong,
}

/// A problem with its place.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) problem: Problem,
    /// The first byte of what it is about: a quoted scalar, an open collection, a key.
    pub(super) cause: u32,
    /// First byte of the place where reading stopped.
    pub(super) start: u32,
    /// End of that place, if it has an extent.
    pub(super) end: u32,
    /// The line that go-yaml names, if it names one.
    pub(super) line: Option<u32>,
    /// What PyYAML says, when the text is read for it.
    pub(super) python: Option<Box<PyFault>>,
}

/// The result of a step of reading.
pub(super) type Scan<T> = Result<T, Box<Failure>>;

impl Failure {
    pub(super) fn new(problem: Problem, cause: u32, start: u32, end: u32, line: Option<u32>) -> Box<Self> {
        Box::new(Self { problem, cause, start, end, line, python: None })
    }

    /// What go-yaml prints, if this is a fault to it.
    pub(super) fn go_yaml(&self) -> Option<String> {
        let text = self.problem.go_yaml()?;
        Some(match self.line {
            Some(line) => format!("yaml: line {line}: {text}"),
            None => format!("yaml: {text}"),
        })
    }
}

impl Problem {
    /// go-yaml's words, without the line.
    fn go_yaml(&self) -> Option<String> {
        let text = match self {
            Self::ControlCharacter => "control characters are not allowed",
            Self::StartsNoToken => "found character that cannot start any token",
            Self::MissingColon => "could not find expected ':'",
            Self::TooDeepForGoYaml => "exceeded max depth of 10000",
            Self::EntryNotAllowed => "block sequence entries are not allowed in this context",
            Self::KeyNotAllowed => "mapping keys are not allowed in this context",
            Self::ValueNotAllowed => "mapping values are not allowed in this context",
            Self::MissingDirectiveName => "could not find expected directive name",
            Self::BadDirectiveName => "found unexpected non-alphabetical character",
            Self::UnknownDirective => "found unknown directive name",
            Self::MissingVersion => "did not find expected version number",
            Self::MissingVersionDot => "did not find expected digit or '.' character",
            Self::LongVersion => "found extremely long version number",
            Self::MissingTagPrefixSpace => "did not find expected whitespace",
            Self::MissingLineEnd => "did not find expected comment or line break",
            Self::BadAnchorName => "did not find expected alphabetic or numeric character",
            Self::UnclosedTag => "did not find the expected '>'",
            Self::MissingTagMark => "did not find expected '!'",
            Self::MissingTagUri => "did not find expected tag URI",
            Self::MissingTagOctet => "did not find URI escaped octet",
            Self::BadTagLeadingOctet => "found an incorrect leading UTF-8 octet",
            Self::BadTagTrailingOctet => "found an incorrect trailing UTF-8 octet",
            Self::MissingTagEnd => "did not find expected whitespace or line break",
            Self::ZeroIndentation => "found an indentation indicator equal to 0",
            Self::TabInBlockScalar => "found a tab character where an indentation space is expected",
            Self::MarkerInQuotes => "found unexpected document indicator",
            Self::UnclosedQuotes => "found unexpected end of stream",
            Self::UnknownEscape => "found unknown escape character",
            Self::MissingHexDigits => "did not find expected hexdecimal number",
            Self::BadEscapedCharacter => "found invalid Unicode character escape code",
            Self::TabInPlainScalar => "found a tab character that violates indentation",
            Self::MissingDocumentStart => "did not find expected <document start>",
            Self::DuplicateVersion => "found duplicate %YAML directive",
            Self::IncompatibleVersion => "found incompatible YAML document",
            Self::DuplicateTagHandle => "found duplicate %TAG directive",
            Self::UndefinedTagHandle => "found undefined tag handle",
            Self::MissingContent => "did not find expected node content",
            Self::MissingEntry => "did not find expected '-' indicator",
            Self::MissingKey => "did not find expected key",
            Self::UnclosedSequence => "did not find expected ',' or ']'",
            Self::UnclosedMapping => "did not find expected ',' or '}'",
            Self::UnknownAnchor(name) => {
                return Some(format!("unknown anchor '{name}' referenced"));
            }
            Self::DuplicateAnchor(_) | Self::TooDeepForPython | Self::TooDeep(_) | Self::TooLong => return None,
        };
        Some(text.to_owned())
    }
}
