//! [`Tree`] → [`PyValue`]: `yaml.safe_load` of PyYAML 6.
//!
//! PyYAML builds level by level: all scalars of a mapping before what is inside its collections. So the first fault is
//! looked for in that order, and only a tree without one is built.

use std::collections::{BTreeMap, BTreeSet};

use super::form::{Form, YAML_TAGS, form, is_value_key, kind_name, tag_of, target};
use super::mark::{Mark, marked};
use super::merge::Merges;
use super::{PyKind, PyValue};
use crate::source::Span;
use crate::yaml::scalar::PyScalar;
use crate::yaml::{NodeId, NodeKind, Tree};

/// Most values that one text may stand for, its aliases followed. A limit of ours: Python goes on until memory ends.
const MOST_VALUES: usize = 200_000;

/// Why there is no value.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadError {
    /// The exception's class; empty at a limit of ours.
    pub exception: &'static str,
    /// Python's words; empty at a limit of ours.
    pub words: String,
    /// The place.
    pub span: Span,
    /// What is wrong, one clause for people.
    pub message: String,
}

/// The value of a node of the tree of `text`.
///
/// # Errors
/// The first fault in the order in which PyYAML meets them.
pub fn construct(tree: &Tree, text: &str, root: NodeId) -> Result<PyValue, ReadError> {
    let mut faults = Faults { tree, text, merges: Merges::new(tree), seen: BTreeSet::new(), due: Vec::new() };
    faults.first(root)?;
    let mut build = Build { tree, merges: faults.merges, following: Vec::new(), built: 0 };
    build.value(root)
}

/// The search for the first fault.
struct Faults<'t> {
    tree: &'t Tree,
    text: &'t str,
    merges: Merges<'t>,
    seen: BTreeSet<NodeId>,
    /// Collections whose inside comes next.
    due: Vec<NodeId>,
}

impl Faults<'_> {
    fn first(&mut self, root: NodeId) -> Result<(), ReadError> {
        self.object(root)?;
        while !self.due.is_empty() {
            for id in std::mem::take(&mut self.due) {
                self.inside(id)?;
            }
        }
        Ok(())
    }

    fn object(&mut self, id: NodeId) -> Result<(), ReadError> {
        let id = target(self.tree, id);
        if !self.seen.insert(id) {
            return Ok(());
        }
        let node = self.tree.node(id);
        match form(self.tree, node) {
            Form::Scalar(Ok(_)) => Ok(()),
            Form::Scalar(Err(error)) => {
                let mut words = error.message.clone();
                if error.exception == "ConstructorError" {
                    words = marked(None, &error.message, self.mark(id));
                }
                let message = format!("devcluster cannot read this value: {}", error.message);
                Err(ReadError { exception: error.exception, words, span: node.span, message })
            }
            Form::Misfit(problem, _)
                if problem.starts_with("expected a mapping") || problem.starts_with("expected a seq") =>
            {
                // The object is made first and filled later.
                self.due.push(id);
                Ok(())
            }
            Form::Misfit(problem, at) => Err(self.fault(None, problem, at.unwrap_or(id))),
            Form::List(_) | Form::Dict(_) | Form::Set(_) | Form::Pairs(_) => {
                self.due.push(id);
                Ok(())
            }
        }
    }

    fn inside(&mut self, id: NodeId) -> Result<(), ReadError> {
        match form(self.tree, self.tree.node(id)) {
            Form::Scalar(_) => Ok(()),
            Form::List(items) => items.iter().try_for_each(|item| self.object(*item)),
            Form::Dict(entries) | Form::Set(entries) => self.mapping(id, entries),
            Form::Pairs(items) => self.pairs(id, items),
            Form::Misfit(problem, _) => {
                let node = self.tree.node(id);
                let context = match tag_of(node).and_then(|tag| tag.strip_prefix(YAML_TAGS)) {
                    Some("omap") => Some(("while constructing an ordered map", id)),
                    Some("pairs") => Some(("while constructing pairs", id)),
                    _ => None,
                };
                Err(self.fault(context, problem, id))
            }
        }
    }

    fn mapping(&mut self, id: NodeId, entries: &[(NodeId, NodeId)]) -> Result<(), ReadError> {
        const CONTEXT: &str = "while constructing a mapping";
        let entries =
            self.merges.of(id, entries).map_err(|bad| self.fault(Some((CONTEXT, bad.into)), bad.problem, bad.at))?;
        for (key, value) in entries {
            let of = target(self.tree, key);
            if !is_value_key(self.tree.node(of)) {
                self.object(key)?;
            }
            if !matches!(form(self.tree, self.tree.node(of)), Form::Scalar(_)) {
                return Err(self.fault(Some((CONTEXT, id)), "found unhashable key".to_owned(), of));
            }
            self.object(value)?;
        }
        Ok(())
    }

    fn pairs(&mut self, id: NodeId, items: &[NodeId]) -> Result<(), ReadError> {
        let is_ordered = tag_of(self.tree.node(id)).is_some_and(|tag| tag.ends_with("omap"));
        let context =
            Some((if is_ordered { "while constructing an ordered map" } else { "while constructing pairs" }, id));
        for item in items {
            let of = target(self.tree, *item);
            let node = self.tree.node(of);
            let NodeKind::Mapping { entries, .. } = node.kind else {
                let problem = format!("expected a mapping of length 1, but found {}", kind_name(node));
                return Err(self.fault(context, problem, of));
            };
            let [(key, value)] = &**entries else {
                let problem = format!("expected a single mapping item, but found {} items", entries.len());
                return Err(self.fault(context, problem, of));
            };
            self.object(*key)?;
            self.object(*value)?;
        }
        Ok(())
    }

    fn mark(&self, id: NodeId) -> Mark<'_> {
        Mark::new(self.text, self.tree.start(id))
    }

    fn fault(&self, context: Option<(&str, NodeId)>, problem: String, at: NodeId) -> ReadError {
        let context = context.map(|(text, start)| (text, Some(self.mark(start))));
        let words = marked(context, &problem, self.mark(at));
        let message = format!("devcluster cannot read this value: {problem}");
        ReadError { exception: "ConstructorError", words, span: self.tree.node(at).span, message }
    }
}

/// The building of a tree without faults.
struct Build<'t> {
    tree: &'t Tree,
    merges: Merges<'t>,
    /// Collections that are being built.
    following: Vec<NodeId>,
    built: usize,
}

impl Build<'_> {
    fn value(&mut self, id: NodeId) -> Result<PyValue, ReadError> {
        let span = self.tree.node(id).span;
        let of = target(self.tree, id);
        self.built += 1;
        if self.built > MOST_VALUES {
            let message = format!("the aliases of this text stand for more than {MOST_VALUES} values");
            return Err(ReadError { exception: "", words: String::new(), span, message });
        }
        if self.following.contains(&of) {
            return Err(recursion(span));
        }
        let node = self.tree.node(of);
        let kind = match form(self.tree, node) {
            Form::Scalar(Ok(scalar)) => scalar_kind(scalar),
            Form::Scalar(Err(_)) => match node.kind {
                // The value key `=`; every other fault has ended the reading before.
                NodeKind::Scalar { text, .. } => PyKind::Str(text.to_string()),
                _ => PyKind::None,
            },
            Form::Misfit(..) => PyKind::None,
            collection => {
                self.following.push(of);
                let built = self.collection(of, collection);
                self.following.pop();
                built?
            }
        };
        Ok(PyValue { span, node: of, kind })
    }

    fn collection(&mut self, of: NodeId, form: Form<'_>) -> Result<PyKind, ReadError> {
        Ok(match form {
            Form::List(items) => {
                PyKind::List(items.iter().map(|item| self.value(*item)).collect::<Result<Vec<_>, _>>()?)
            }
            Form::Dict(entries) => PyKind::Dict(self.entries(of, entries)?),
            Form::Set(entries) => PyKind::Set(self.entries(of, entries)?.into_iter().map(|(key, _)| key).collect()),
            Form::Pairs(items) => {
                PyKind::List(items.iter().map(|item| self.pair(*item)).collect::<Result<Vec<_>, _>>()?)
            }
            Form::Scalar(_) | Form::Misfit(..) => PyKind::None,
        })
    }

    /// The entries with the first of equal keys in its place, and the last of their values.
    fn entries(&mut self, of: NodeId, entries: &[(NodeId, NodeId)]) -> Result<Vec<(PyValue, PyValue)>, ReadError> {
        let flat = self.merges.of(of, entries).unwrap_or_default();
        let mut places = BTreeMap::new();
        let mut out: Vec<(PyValue, PyValue)> = Vec::with_capacity(flat.len());
        for (key, value) in flat {
            let (key, value) = (self.value(key)?, self.value(value)?);
            let Some(identity) = key.key(out.len()) else { continue };
            match places.get(&identity).and_then(|at: &usize| out.get_mut(*at)) {
                // Python keeps the first key; to people the one whose value counts is of interest.
                Some(entry) => *entry = (entry.0.with_kind(entry.0.kind.clone()).at(key.span), value),
                None => {
                    places.insert(identity, out.len());
                    out.push((key, value));
                }
            }
        }
        Ok(out)
    }

    fn pair(&mut self, id: NodeId) -> Result<PyValue, ReadError> {
        let of = target(self.tree, id);
        let node = self.tree.node(of);
        let entry = match node.kind {
            NodeKind::Mapping { entries, .. } => entries.first().copied(),
            _ => None,
        };
        let kind = match entry {
            Some((key, value)) => PyKind::Pair(Box::new((self.value(key)?, self.value(value)?))),
            None => PyKind::None,
        };
        Ok(PyValue { span: node.span, node: of, kind })
    }
}

impl PyValue {
    fn at(mut self, span: Span) -> Self {
        self.span = span;
        self
    }
}

fn scalar_kind(scalar: PyScalar) -> PyKind {
    match scalar {
        PyScalar::Null => PyKind::None,
        PyScalar::Bool(value) => PyKind::Bool(value),
        PyScalar::Int(digits) => PyKind::Int(digits),
        PyScalar::Float(number) => PyKind::Float(number),
        PyScalar::Timestamp(iso) if iso.len() == 10 => PyKind::Date(iso),
        PyScalar::Timestamp(iso) => PyKind::DateTime(iso),
        PyScalar::Bytes(bytes) => PyKind::Bytes(bytes),
        PyScalar::String(text) => PyKind::Str(text),
    }
}

/// A value that holds itself: expanding its variables never ends.
fn recursion(span: Span) -> ReadError {
    ReadError {
        exception: "RecursionError",
        words: "maximum recursion depth exceeded".to_owned(),
        span,
        message: "this alias stands inside what it stands for".to_owned(),
    }
}
