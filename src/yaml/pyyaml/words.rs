//! What PyYAML's parser and composer say.

use std::borrow::Cow;

use super::PyFault;
use crate::yaml::problem::{Failure, Problem};
use crate::yaml::scalar::repr_text;
use crate::yaml::scanner::{Kind, Token};

/// Most collections in one another that PyYAML composes before Python's stack ends; seen with devcluster's own command.
pub(in crate::yaml) const DEPTH: usize = 491;

/// The fault at a token that has no place where it stands, in what starts at byte `cause`.
pub(in crate::yaml) fn fault(problem: &Problem, cause: u32, token: &Token) -> PyFault {
    let found = format!("'{}'", id(token.kind));
    let (context, problem) = match problem {
        Problem::MissingDocumentStart => (None, format!("expected '<document start>', but found {found}")),
        Problem::DuplicateVersion => (None, "found duplicate YAML directive".to_owned()),
        Problem::IncompatibleVersion => (None, "found incompatible YAML document (version 1.* is required)".to_owned()),
        Problem::DuplicateTagHandle => (None, format!("duplicate tag handle {}", handle(token))),
        Problem::UndefinedTagHandle => {
            (Some("while parsing a node"), format!("found undefined tag handle {}", handle(token)))
        }
        Problem::MissingEntry => {
            (Some("while parsing a block collection"), format!("expected <block end>, but found {found}"))
        }
        Problem::MissingKey => {
            (Some("while parsing a block mapping"), format!("expected <block end>, but found {found}"))
        }
        Problem::UnclosedSequence => {
            (Some("while parsing a flow sequence"), format!("expected ',' or ']', but got {found}"))
        }
        Problem::UnclosedMapping => {
            (Some("while parsing a flow mapping"), format!("expected ',' or '}}', but got {found}"))
        }
        Problem::UnknownAnchor(name) => {
            let problem = format!("found undefined alias {}", repr_text(name));
            return PyFault { exception: "ComposerError", context: None, problem, at: Some(token.start) };
        }
        _ => (None, format!("expected the node content, but found {found}")),
    };
    let context = context.map(|context| (Cow::Borrowed(context), Some(cause)));
    PyFault { exception: "ParserError", context, problem, at: Some(token.start) }
}

/// The failure over a token where a node has to begin.
pub(in crate::yaml) fn no_content(failure: &mut Failure, kind: Kind, in_flow: bool) {
    let context = if in_flow { "while parsing a flow node" } else { "while parsing a block node" };
    let problem = format!("expected the node content, but found '{}'", id(kind));
    // A node without properties starts where the token does.
    let context = Some((Cow::Borrowed(context), Some(failure.start)));
    failure.python = Some(Box::new(PyFault { exception: "ParserError", context, problem, at: Some(failure.start) }));
}

/// The failure over a second anchor of one name.
pub(in crate::yaml) fn duplicate_anchor(name: &str, first: u32, second: u32) -> Box<Failure> {
    let end = second + u32::try_from(name.len() + 1).unwrap_or(1);
    let mut failure = Failure::new(Problem::DuplicateAnchor(name.to_owned()), first, second, end, None);
    let context = Cow::Owned(format!("found duplicate anchor {}; first occurrence", repr_text(name)));
    failure.python = Some(Box::new(PyFault {
        exception: "ComposerError",
        context: Some((context, Some(first))),
        problem: "second occurrence".to_owned(),
        at: Some(second),
    }));
    failure
}

/// The fault of a second document, whose head starts at byte `second`; the root of the first starts at `first`.
pub(in crate::yaml) fn second_document(first: u32, second: u32) -> PyFault {
    PyFault {
        exception: "ComposerError",
        context: Some((Cow::Borrowed("expected a single document in the stream"), Some(first))),
        problem: "but found another document".to_owned(),
        at: Some(second),
    }
}

/// The failure over a collection that no more fits into Python's stack.
pub(in crate::yaml) fn too_deep(start: u32) -> Box<Failure> {
    let mut failure = Failure::new(Problem::TooDeepForPython, start, start, start, None);
    failure.python = Some(Box::new(PyFault {
        exception: "RecursionError",
        context: None,
        problem: "maximum recursion depth exceeded".to_owned(),
        at: None,
    }));
    failure
}

fn handle(token: &Token) -> String {
    let length = match token.kind {
        Kind::Tag { handle } | Kind::TagDirective { handle } => handle,
        _ => 0,
    };
    repr_text(token.text.get(..length).unwrap_or_default())
}

/// PyYAML's name of a token.
fn id(kind: Kind) -> &'static str {
    match kind {
        Kind::StreamEnd => "<stream end>",
        Kind::VersionDirective { .. } | Kind::TagDirective { .. } | Kind::OtherDirective => "<directive>",
        Kind::DocumentStart => "<document start>",
        Kind::DocumentEnd => "<document end>",
        Kind::BlockSequenceStart => "<block sequence start>",
        Kind::BlockMappingStart => "<block mapping start>",
        Kind::BlockEnd => "<block end>",
        Kind::FlowSequenceStart => "[",
        Kind::FlowSequenceEnd => "]",
        Kind::FlowMappingStart => "{",
        Kind::FlowMappingEnd => "}",
        Kind::BlockEntry => "-",
        Kind::FlowEntry => ",",
        Kind::Key => "?",
        Kind::Value => ":",
        Kind::Alias => "<alias>",
        Kind::Anchor => "<anchor>",
        Kind::Tag { .. } => "<tag>",
        Kind::Scalar(_) => "<scalar>",
    }
}
