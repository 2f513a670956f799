//! Text → [`Tree`]: the way in.

use super::build::Builder;
use super::explain::explain;
use super::grammar::Grammar;
use super::problem::{Failure, Problem, Scan};
use super::pyyaml::{self, PyFault};
use super::scanner::{Scanner, Tokens};
use super::tree::Tree;
use crate::source::{SourceId, Span};

/// Bounds on what is read. Past one of them reading stops with a [`SyntaxError`] of its own kind.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Deepest nesting of collections.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 1_000 }
    }
}

/// Why a stream could not be read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong, in one clause for people.
    pub message: String,
    /// Where: the cause where it can be told (the opening quote or bracket), else the place.
    pub span: Span,
    /// How to mend it.
    pub help: Option<String>,
    /// The text that go-yaml v2 prints, such as `yaml: line 3: did not find expected key`; `None`
    /// where go-yaml would have read on and only this reader stops (a limit of ours).
    pub go_yaml: Option<String>,
}

/// What could be read of a stream, and what could not.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The documents read before the first error, the broken one left out.
    pub tree: Tree,
    /// The error of the first document, if it has one.
    pub error: Option<SyntaxError>,
    /// The error of a later document. The master reads only the first and never sees it (facts §13).
    pub later: Option<SyntaxError>,
}

/// Reads a stream.
#[must_use]
pub fn parse(source: SourceId, text: &str, limits: Limits) -> Parsed {
    if u32::try_from(text.len()).is_err() {
        let failure = Failure::new(Problem::TooLong, 0, 0, 0, None);
        let error = Some(syntax_error(source, "", &failure));
        return Parsed { tree: Tree::default(), error, later: None };
    }
    let mut grammar = Grammar::new(Scanner::new(text), Builder::new(source, text.len(), limits.depth));
    let mut documents = 0;
    let failure = loop {
        match grammar.document() {
            Ok(true) => documents += 1,
            Ok(false) => break None,
            Err(failure) => break Some(failure),
        }
    };
    let error = failure.map(|failure| syntax_error(source, text, &failure));
    let (error, later) = if documents == 0 { (error, None) } else { (None, error) };
    let mut tree = grammar.finish();
    tree.broken = later.as_ref().map(|error: &SyntaxError| error.span);
    Parsed { tree, error, later }
}

/// Why PyYAML cannot read a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PySyntaxError {
    /// What is wrong, in one clause for people.
    pub message: String,
    /// Where, as in [`SyntaxError`].
    pub span: Span,
    /// How to mend it.
    pub help: Option<String>,
    /// What PyYAML says; `None` where it would have read on and only this reader stops.
    pub fault: Option<PyFault>,
    /// What stopped it.
    pub stop: PyStop,
}

/// What stops PyYAML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PyStop {
    /// The text.
    Syntax,
    /// A second document, where one was wanted.
    SecondDocument,
}

/// Reads the one document of a stream as PyYAML composes it for `safe_load`.
///
/// # Errors
/// Everything that PyYAML's reader, scanner, parser and composer refuse.
pub fn parse_pyyaml(source: SourceId, text: &str) -> Result<Tree, Box<PySyntaxError>> {
    if u32::try_from(text.len()).is_err() {
        return Err(py_error(source, "", &Failure::new(Problem::TooLong, 0, 0, 0, None)));
    }
    let refused = |failure: Box<Failure>| py_error(source, text, &failure);
    let scanner = pyyaml::Scanner::new(text).map_err(refused)?;
    let mut grammar = Grammar::new(scanner, Builder::new(source, text.len(), usize::MAX));
    let second = single_document(&mut grammar).map_err(refused)?;
    let empty_root = grammar.root_start();
    let tree = grammar.finish();
    let Some((start, end)) = second else { return Ok(tree) };
    let root = tree.documents().first().and_then(|document| document.root);
    let first = root.map_or(empty_root, |root| tree.start(root));
    Err(Box::new(PySyntaxError {
        message: "devcluster takes one document, and this is a second one".to_owned(),
        span: Span::new(source, start, end),
        help: Some("put all stages into one document".to_owned()),
        fault: Some(pyyaml::words::second_document(first, start)),
        stop: PyStop::SecondDocument,
    }))
}

/// Reads a document, and the head of a second one if there is one.
fn single_document<T: Tokens>(grammar: &mut Grammar<T>) -> Scan<Option<(u32, u32)>> {
    if grammar.document()? { grammar.second_head() } else { Ok(None) }
}

fn py_error(source: SourceId, text: &str, failure: &Failure) -> Box<PySyntaxError> {
    let explanation = explain(text, failure);
    Box::new(PySyntaxError {
        message: explanation.message,
        span: Span::new(source, explanation.start, explanation.end),
        help: explanation.help,
        fault: failure.python.as_deref().cloned(),
        stop: PyStop::Syntax,
    })
}

fn syntax_error(source: SourceId, text: &str, failure: &Failure) -> SyntaxError {
    let explanation = explain(text, failure);
    SyntaxError {
        message: explanation.message,
        span: Span::new(source, explanation.start, explanation.end),
        help: explanation.help,
        go_yaml: failure.go_yaml(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;
    use crate::yaml::{NodeId, NodeKind};

    #[test]
    fn spans_are_exact() {
        let text = "ä: 'x' # c\nb: |\n  lit\n\nc: &n !!str y\nd: [1, {e: *n}]\ne:\n";
        let mut map = SourceMap::new();
        let id = map.add("t", text);
        let parsed = parse(id, text, Limits::default());
        assert_eq!(parsed.error, None);
        let slices: Vec<&str> =
            (0..parsed.tree.len()).map(|at| map.slice(parsed.tree.node(NodeId::from_index(at)).span)).collect();
        let root = text.trim_end();
        assert_eq!(
            slices,
            [root, "ä", "'x'", "b", "|\n  lit", "c", "y", "d", "[1, {e: *n}]", "1", "{e: *n}", "e", "*n", "e", ""]
        );
        assert_eq!(map.slice(parsed.tree.comments()[0].span), "# c");
        let root = parsed.tree.documents()[0].root.unwrap();
        assert!(matches!( parsed.tree.node(root).kind, NodeKind::Mapping { entries, .. } if entries.len() == 5));
    }
}
