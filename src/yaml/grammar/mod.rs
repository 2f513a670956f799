//! Tokens → tree: the productions of YAML 1.1, without recursion.
//!
//! Every open collection is a [`Frame`]; each step looks at the innermost one and either reads its
//! next node or closes it.

mod frame;

use std::collections::BTreeMap;

use ecow::EcoString;

use self::frame::{Entry, Frame};
use super::build::{Builder, Collection};
use super::problem::{Failure, Problem, Scan};
use super::pyyaml::words;
use super::scanner::{Dialect, Kind, Token, Tokens};
use super::tree::{NodeId, Properties, ScalarStyle, StructureStyle, Tag, Tree};

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Block,
    /// As key or value of a block mapping, where a flat sequence may start.
    BlockEntry,
    Flow,
}

const YAML_TAGS: &str = "tag:yaml.org,2002:";

/// Reads the documents of one text.
#[derive(Debug)]
pub(super) struct Grammar<T> {
    scanner: T,
    builder: Builder,
    frames: Vec<Frame>,
    /// Nodes by the name of their anchor, with the byte where each starts, its tag and anchor included.
    anchors: BTreeMap<EcoString, (NodeId, u32)>,
    /// Prefixes of tags by handle.
    handles: BTreeMap<String, String>,
    /// Number of documents read so far.
    documents: usize,
    /// Where the root of the last document with a marker starts, or would start.
    root_start: u32,
}

impl<T: Tokens> Grammar<T> {
    pub(super) fn new(scanner: T, builder: Builder) -> Self {
        Self {
            scanner,
            builder,
            frames: Vec::new(),
            anchors: BTreeMap::new(),
            handles: BTreeMap::new(),
            documents: 0,
            root_start: 0,
        }
    }

    /// The tree of the documents that were read to their end, with all comments passed so far.
    pub(super) fn finish(mut self) -> Tree {
        for &(start, end) in self.scanner.comments() {
            self.builder.comment(start, end);
        }
        self.builder.finish()
    }

    /// Reads the next document and tells whether there was one.
    pub(super) fn document(&mut self) -> Scan<bool> {
        self.builder.begin_document();
        let start = if self.documents == 0 { self.first_start()? } else { self.later_start()? };
        let Some(start) = start else { return Ok(false) };
        self.documents += 1;
        while let Some(&frame) = self.frames.last() {
            self.step(frame)?;
        }
        let end = match self.kind()? {
            Kind::DocumentEnd => self.scanner.next()?.end,
            _ => start.1,
        };
        self.builder.end_document(start.0, end)?;
        Ok(true)
    }

    /// The start of the first document, which needs no marker.
    fn first_start(&mut self) -> Scan<Option<(u32, u32)>> {
        match self.kind()? {
            Kind::StreamEnd => Ok(None),
            Kind::VersionDirective { .. } | Kind::TagDirective { .. } | Kind::OtherDirective | Kind::DocumentStart => {
                self.explicit_start().map(Some)
            }
            _ => {
                let start = self.scanner.peek()?.start;
                self.directives()?;
                self.node(Place::Block)?;
                Ok(Some((start, start)))
            }
        }
    }

    /// The start of a later document.
    fn later_start(&mut self) -> Scan<Option<(u32, u32)>> {
        while self.kind()? == Kind::DocumentEnd {
            self.scanner.next()?;
        }
        if self.kind()? == Kind::StreamEnd {
            return Ok(None);
        }
        self.explicit_start().map(Some)
    }

    /// The head of a second document, its directives and marker, as far as PyYAML reads it where it wants only one.
    pub(super) fn second_head(&mut self) -> Scan<Option<(u32, u32)>> {
        while self.kind()? == Kind::DocumentEnd {
            self.scanner.next()?;
        }
        if self.kind()? == Kind::StreamEnd {
            return Ok(None);
        }
        self.head().map(Some)
    }

    /// Where the root of the last document with a marker starts, or would start.
    pub(super) fn root_start(&self) -> u32 {
        self.root_start
    }

    /// The first byte of the next token.
    fn next_start(&mut self) -> Scan<u32> {
        Ok(self.scanner.peek()?.start)
    }

    /// Directives and `---`.
    fn head(&mut self) -> Scan<(u32, u32)> {
        let start = self.scanner.peek()?.start;
        self.directives()?;
        if self.kind()? != Kind::DocumentStart {
            return Err(self.unexpected(Problem::MissingDocumentStart)?);
        }
        Ok((start, self.scanner.next()?.end))
    }

    /// Directives, `---` and the root node, which may be absent.
    fn explicit_start(&mut self) -> Scan<(u32, u32)> {
        let (start, end) = self.head()?;
        self.root_start = self.next_start()?;
        match self.kind()? {
            Kind::VersionDirective { .. }
            | Kind::TagDirective { .. }
            | Kind::OtherDirective
            | Kind::DocumentStart
            | Kind::DocumentEnd
            | Kind::StreamEnd => {}
            _ => self.node(Place::Block)?,
        }
        Ok((start, end))
    }

    fn directives(&mut self) -> Scan<()> {
        self.handles.clear();
        self.anchors.clear();
        let mut versions = 0;
        loop {
            match self.kind()? {
                Kind::VersionDirective { .. } if versions > 0 => {
                    return Err(self.unexpected(Problem::DuplicateVersion)?);
                }
                Kind::VersionDirective { major: 1, minor } if minor == 1 || T::DIALECT == Dialect::PyYaml => {
                    versions += 1;
                }
                Kind::VersionDirective { .. } => {
                    return Err(self.unexpected(Problem::IncompatibleVersion)?);
                }
                Kind::TagDirective { handle } => self.tag_directive(handle)?,
                Kind::OtherDirective => {}
                _ => break,
            }
            self.scanner.next()?;
        }
        for (handle, prefix) in [("!", "!"), ("!!", YAML_TAGS)] {
            let prefix = || prefix.to_owned();
            self.handles.entry(handle.to_owned()).or_insert_with(prefix);
        }
        Ok(())
    }

    fn tag_directive(&mut self, handle: usize) -> Scan<()> {
        let token = self.scanner.peek()?;
        let (handle, prefix) = token.text.split_at_checked(handle).unwrap_or_default();
        let (handle, prefix) = (handle.to_owned(), prefix.to_owned());
        if self.handles.contains_key(&handle) {
            return Err(self.unexpected(Problem::DuplicateTagHandle)?);
        }
        self.handles.insert(handle, prefix);
        Ok(())
    }

    fn kind(&mut self) -> Scan<Kind> {
        Ok(self.scanner.peek()?.kind)
    }

    /// The failure of a next token that has no place where it stands.
    fn unexpected(&mut self, problem: Problem) -> Scan<Box<Failure>> {
        let frame = self.frames.last();
        let open = match frame {
            // A pair has no bracket of its own.
            Some(Frame::PairKey | Frame::PairValue | Frame::PairEnd) => self.builder.open_start(1),
            _ => self.builder.open_start(0),
        };
        let token = self.scanner.peek()?;
        let cause = open.unwrap_or(token.start);
        Ok(failure::<T>(problem, cause, token))
    }

    /// Reads one node: whole if it is a scalar or an alias, else its start.
    fn node(&mut self, place: Place) -> Scan<()> {
        if self.kind()? == Kind::Alias {
            let token = self.scanner.next()?;
            return self.alias(&token);
        }
        let (anchor, tag) = self.properties()?;
        let first = anchor.iter().chain(&tag).map(|token| token.start).min();
        if T::DIALECT == Dialect::GoYaml {
            // go-yaml looks at what follows before it looks the handle up.
            self.kind()?;
        }
        let tag = tag.map(|token| self.tag(&token, first)).transpose()?;
        let start = first.map_or_else(|| self.next_start(), Ok)?;
        let ends = [tag.as_ref().map(|tag| tag.span.end), anchor.as_ref().map(|token| token.end)];
        let name = anchor.as_ref().map(|token| token.text.clone());
        let anchor = anchor.map(|token| self.builder.span(token.start, token.end));
        let end = ends.into_iter().flatten().max();
        let id = self.content(place, end, Properties { tag, anchor })?;
        match name {
            Some(name) => self.name(name, id, start),
            None => Ok(()),
        }
    }

    /// Lets aliases find a node.
    fn name(&mut self, name: EcoString, id: NodeId, start: u32) -> Scan<()> {
        let earlier = self.anchors.insert(name.clone(), (id, start));
        match earlier {
            Some((_, first)) if T::DIALECT == Dialect::PyYaml => Err(words::duplicate_anchor(&name, first, start)),
            _ => Ok(()),
        }
    }

    /// What follows the properties of a node, which end at `end` if there are any.
    fn content(&mut self, place: Place, end: Option<u32>, with: Properties) -> Scan<NodeId> {
        let kind = self.kind()?;
        if let Some((collection, style, frame)) = opens(kind, place) {
            let start = self.scanner.peek()?.start;
            // The dash of a flat sequence is that of its first entry.
            if kind != Kind::BlockEntry {
                self.scanner.next()?;
            }
            return self.open(start, collection, style, with, frame);
        }
        match (kind, end) {
            (Kind::Scalar(style), _) => {
                let Token { start, end, text, .. } = self.scanner.next()?;
                Ok(self.builder.scalar(start, end, text, style, with))
            }
            (_, Some(end)) => {
                let style = ScalarStyle::Plain;
                Ok(self.builder.scalar(end, end, EcoString::new(), style, with))
            }
            (_, None) => {
                let mut failure = self.unexpected(Problem::MissingContent)?;
                if T::DIALECT == Dialect::PyYaml {
                    words::no_content(&mut failure, kind, place == Place::Flow);
                }
                Err(failure)
            }
        }
    }

    /// The anchor and the tag of a node, in either order.
    fn properties(&mut self) -> Scan<(Option<Token>, Option<Token>)> {
        let (mut anchor, mut tag) = (None, None);
        loop {
            match self.kind()? {
                Kind::Anchor if anchor.is_none() => anchor = Some(self.scanner.next()?),
                Kind::Tag { .. } if tag.is_none() => tag = Some(self.scanner.next()?),
                _ => return Ok((anchor, tag)),
            }
        }
    }

    /// The full name of a tag.
    fn tag(&self, token: &Token, first: Option<u32>) -> Scan<Tag> {
        let handle = match token.kind {
            Kind::Tag { handle } => handle,
            _ => 0,
        };
        let (handle, suffix) = token.text.split_at_checked(handle).unwrap_or_default();
        let prefix = match handle {
            "" => Some(""),
            handle => self.handles.get(handle).map(String::as_str),
        };
        let Some(prefix) = prefix else {
            let cause = match T::DIALECT {
                Dialect::GoYaml => token.start,
                Dialect::PyYaml => first.unwrap_or(token.start),
            };
            return Err(failure::<T>(Problem::UndefinedTagHandle, cause, token));
        };
        let span = self.builder.span(token.start, token.end);
        let name = format!("{prefix}{suffix}");
        Ok(Tag { name, span })
    }

    fn alias(&mut self, token: &Token) -> Scan<()> {
        let (start, end) = (token.start, token.end);
        let Some(&(target, _)) = self.anchors.get(&token.text) else {
            let mut failure = failure::<T>(Problem::UnknownAnchor(token.text.to_string()), start, token);
            failure.line = None;
            return Err(failure);
        };
        self.builder.alias(start, end, target);
        Ok(())
    }
}

/// The collection that a token opens where it stands.
fn opens(kind: Kind, place: Place) -> Option<(Collection, StructureStyle, Frame)> {
    use Collection::{Mapping, Sequence};
    use StructureStyle::{Block, Flow};
    Some(match (kind, place) {
        (Kind::FlowSequenceStart, _) => (Sequence, Flow, Frame::FlowSequence(Entry::First)),
        (Kind::FlowMappingStart, _) => (Mapping, Flow, Frame::FlowKey(Entry::First)),
        (Kind::BlockEntry, Place::BlockEntry) => (Sequence, Block, Frame::FlatSequence),
        (_, Place::Flow) => return None,
        (Kind::BlockSequenceStart, _) => (Sequence, Block, Frame::BlockSequence),
        (Kind::BlockMappingStart, _) => (Mapping, Block, Frame::BlockKey),
        _ => return None,
    })
}

/// A failure of the grammar at a token, about what starts at byte `cause`.
fn failure<T: Tokens>(problem: Problem, cause: u32, token: &Token) -> Box<Failure> {
    let python = (T::DIALECT == Dialect::PyYaml).then(|| Box::new(words::fault(&problem, cause, token)));
    let line = (token.line > 0).then_some(token.line);
    let mut failure = Failure::new(problem, cause, token.start, token.end, line);
    failure.python = python;
    failure
}
