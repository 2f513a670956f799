//! Tokens → tree: the productions of YAML 1.1, without recursion.
//!
//! Every open collection is a [`Frame`]; each step looks at the innermost one and either reads its
//! next node or closes it.

use std::collections::BTreeMap;

use super::build::{Builder, Collection, Properties};
use super::problem::{Failure, Problem, Scan};
use super::scanner::{Kind, Scanner, Token};
use super::tree::{NodeId, ScalarStyle, StructureStyle, Tag, Tree};

/// Whether a flow collection has had an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Entry {
    First,
    Later,
}

/// What is open, and what is due in it.
#[derive(Clone, Copy, Debug)]
enum Frame {
    BlockSequence,
    /// A sequence in a mapping, no further indented than the keys.
    FlatSequence,
    BlockKey,
    BlockValue,
    FlowSequence(Entry),
    FlowKey(Entry),
    FlowValue,
    /// The value of a key without a colon.
    NoFlowValue,
    /// `a: b` as an item of a flow sequence.
    PairKey,
    PairValue,
    PairEnd,
}

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Block,
    /// As key or value of a block mapping, where a flat sequence may start.
    BlockEntry,
    Flow,
}

/// Handle and prefix of tags.
type Handles = Vec<(String, String)>;

const YAML_TAGS: &str = "tag:yaml.org,2002:";

/// Reads the documents of one text.
#[derive(Debug)]
pub(super) struct Grammar<'t> {
    scanner: Scanner<'t>,
    builder: Builder,
    frames: Vec<Frame>,
    anchors: BTreeMap<Box<str>, NodeId>,
    handles: Handles,
    /// Number of documents read so far.
    documents: usize,
}

impl<'t> Grammar<'t> {
    pub(super) fn new(text: &'t str, builder: Builder) -> Self {
        Self {
            scanner: Scanner::new(text),
            builder,
            frames: Vec::new(),
            anchors: BTreeMap::new(),
            handles: Vec::new(),
            documents: 0,
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
            Kind::VersionDirective { .. } | Kind::TagDirective { .. } | Kind::DocumentStart => {
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

    /// Directives, `---` and the root node, which may be absent.
    fn explicit_start(&mut self) -> Scan<(u32, u32)> {
        let start = self.scanner.peek()?.start;
        self.directives()?;
        if self.kind()? != Kind::DocumentStart {
            return Err(self.unexpected(Problem::MissingDocumentStart)?);
        }
        let end = self.scanner.next()?.end;
        match self.kind()? {
            Kind::VersionDirective { .. }
            | Kind::TagDirective { .. }
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
                Kind::VersionDirective { major: 1, minor: 1 } => versions += 1,
                Kind::VersionDirective { .. } => {
                    return Err(self.unexpected(Problem::IncompatibleVersion)?);
                }
                Kind::TagDirective { handle } => self.tag_directive(handle)?,
                _ => break,
            }
            self.scanner.next()?;
        }
        for (handle, prefix) in [("!", "!"), ("!!", YAML_TAGS)] {
            if self.prefix(handle).is_none() {
                self.handles.push((handle.to_owned(), prefix.to_owned()));
            }
        }
        Ok(())
    }

    fn tag_directive(&mut self, handle: usize) -> Scan<()> {
        let token = self.scanner.peek()?;
        let (handle, prefix) = token.text.split_at_checked(handle).unwrap_or_default();
        let (handle, prefix) = (handle.to_owned(), prefix.to_owned());
        if self.prefix(&handle).is_some() {
            return Err(self.unexpected(Problem::DuplicateTagHandle)?);
        }
        self.handles.push((handle, prefix));
        Ok(())
    }

    fn prefix(&self, handle: &str) -> Option<&str> {
        self.handles.iter().find(|(known, _)| known == handle).map(|(_, prefix)| prefix.as_str())
    }

    fn kind(&mut self) -> Scan<Kind> {
        Ok(self.scanner.peek()?.kind)
    }

    /// The failure of a next token that has no place where it stands.
    fn unexpected(&mut self, problem: Problem) -> Scan<Box<Failure>> {
        let cause = self.builder.innermost_start();
        let token = self.scanner.peek()?;
        Ok(grammar_failure(problem, cause.unwrap_or(token.start), token))
    }

    /// Changes what is due in the innermost collection.
    fn due(&mut self, frame: Frame) {
        if let Some(last) = self.frames.last_mut() {
            *last = frame;
        }
    }

    fn step(&mut self, frame: Frame) -> Scan<()> {
        match frame {
            Frame::BlockSequence => self.block_sequence(),
            Frame::FlatSequence => self.flat_sequence(),
            Frame::BlockKey => self.block_key(),
            Frame::BlockValue => self.block_value(),
            Frame::FlowSequence(entry) => self.flow_sequence(entry),
            Frame::FlowKey(entry) => self.flow_key(entry),
            Frame::FlowValue => self.flow_value(),
            Frame::NoFlowValue => {
                self.kind()?;
                self.due(Frame::FlowKey(Entry::Later));
                self.absent_here();
                Ok(())
            }
            Frame::PairKey => self.pair_key(),
            Frame::PairValue => self.pair_value(),
            Frame::PairEnd => {
                self.kind()?;
                self.close(None);
                Ok(())
            }
        }
    }

    fn block_sequence(&mut self) -> Scan<()> {
        match self.kind()? {
            Kind::BlockEntry => {
                let end = self.scanner.next()?.end;
                match self.kind()? {
                    Kind::BlockEntry | Kind::BlockEnd => self.absent(end),
                    _ => self.node(Place::Block)?,
                }
                Ok(())
            }
            Kind::BlockEnd => self.close_with_token(Reach::Child),
            _ => Err(self.unexpected(Problem::MissingEntry)?),
        }
    }

    fn flat_sequence(&mut self) -> Scan<()> {
        if self.kind()? != Kind::BlockEntry {
            self.close(None);
            return Ok(());
        }
        let end = self.scanner.next()?.end;
        match self.kind()? {
            Kind::BlockEntry | Kind::Key | Kind::Value | Kind::BlockEnd => self.absent(end),
            _ => self.node(Place::Block)?,
        }
        Ok(())
    }

    fn block_key(&mut self) -> Scan<()> {
        match self.kind()? {
            Kind::Key => {
                let end = self.scanner.next()?.end;
                self.due(Frame::BlockValue);
                self.block_entry(end)
            }
            Kind::BlockEnd => self.close_with_token(Reach::Child),
            _ => Err(self.unexpected(Problem::MissingKey)?),
        }
    }

    fn block_value(&mut self) -> Scan<()> {
        self.due(Frame::BlockKey);
        if self.kind()? != Kind::Value {
            self.absent_here();
            return Ok(());
        }
        let end = self.scanner.next()?.end;
        self.block_entry(end)
    }

    /// The key or value behind an indicator that ends at `end`.
    fn block_entry(&mut self, end: u32) -> Scan<()> {
        match self.kind()? {
            Kind::Key | Kind::Value | Kind::BlockEnd => {
                self.absent(end);
                Ok(())
            }
            _ => self.node(Place::BlockEntry),
        }
    }

    /// Passes the comma between two entries; tells whether the closing bracket follows.
    fn flow_entry(&mut self, entry: Entry, closing: Kind, otherwise: Problem) -> Scan<bool> {
        if self.kind()? != closing && entry == Entry::Later {
            if self.kind()? != Kind::FlowEntry {
                return Err(self.unexpected(otherwise)?);
            }
            self.scanner.next()?;
        }
        Ok(self.kind()? == closing)
    }

    fn flow_sequence(&mut self, entry: Entry) -> Scan<()> {
        if self.flow_entry(entry, Kind::FlowSequenceEnd, Problem::UnclosedSequence)? {
            return self.close_with_token(Reach::Token);
        }
        self.due(Frame::FlowSequence(Entry::Later));
        if self.kind()? != Kind::Key {
            return self.node(Place::Flow);
        }
        let start = self.scanner.next()?.start;
        self.open(start, Collection::Mapping, StructureStyle::Flow, Properties::default(), Frame::PairKey);
        Ok(())
    }

    fn flow_key(&mut self, entry: Entry) -> Scan<()> {
        if self.flow_entry(entry, Kind::FlowMappingEnd, Problem::UnclosedMapping)? {
            return self.close_with_token(Reach::Token);
        }
        if self.kind()? != Kind::Key {
            self.due(Frame::NoFlowValue);
            return self.node(Place::Flow);
        }
        let end = self.scanner.next()?.end;
        self.due(Frame::FlowValue);
        match self.kind()? {
            Kind::Value | Kind::FlowEntry | Kind::FlowMappingEnd => {
                self.absent(end);
                Ok(())
            }
            _ => self.node(Place::Flow),
        }
    }

    fn flow_value(&mut self) -> Scan<()> {
        self.due(Frame::FlowKey(Entry::Later));
        self.value_behind_colon(Kind::FlowMappingEnd)
    }

    fn pair_key(&mut self) -> Scan<()> {
        self.due(Frame::PairValue);
        match self.kind()? {
            Kind::Value | Kind::FlowEntry | Kind::FlowSequenceEnd => {
                // libyaml loses the token here, whatever it is.
                let end = self.scanner.next()?.end;
                self.absent(end);
                Ok(())
            }
            _ => self.node(Place::Flow),
        }
    }

    fn pair_value(&mut self) -> Scan<()> {
        self.due(Frame::PairEnd);
        self.value_behind_colon(Kind::FlowSequenceEnd)
    }

    /// The value of a key between brackets, absent without a colon.
    fn value_behind_colon(&mut self, closing: Kind) -> Scan<()> {
        if self.kind()? != Kind::Value {
            self.absent_here();
            return Ok(());
        }
        let end = self.scanner.next()?.end;
        let kind = self.kind()?;
        if kind == Kind::FlowEntry || kind == closing {
            self.absent(end);
            return Ok(());
        }
        self.node(Place::Flow)
    }

    /// Reads one node: whole if it is a scalar or an alias, else its start.
    fn node(&mut self, place: Place) -> Scan<()> {
        if self.kind()? == Kind::Alias {
            let token = self.scanner.next()?;
            return self.alias(&token);
        }
        let start = self.scanner.peek()?.start;
        let (anchor, tag) = self.properties()?;
        let kind = self.kind()?;
        let tag = tag.map(|token| self.tag(&token)).transpose()?;
        let end = tag.iter().map(|tag| tag.span.end).chain(anchor.iter().map(|token| token.end)).max();
        let name = anchor.as_ref().map(|token| token.text.clone());
        let anchor = anchor.map(|token| Box::new(self.builder.span(token.start, token.end)));
        let id = self.content(place, kind, start, end, Properties { tag, anchor })?;
        if let Some(name) = name {
            self.anchors.insert(name, id);
        }
        Ok(())
    }

    /// What follows the properties of a node, which run from `start` to `end` if there are any.
    fn content(&mut self, place: Place, kind: Kind, start: u32, end: Option<u32>, with: Properties) -> Scan<NodeId> {
        use Collection::{Mapping, Sequence};
        use StructureStyle::{Block, Flow};
        let (collection, style, frame) = match (kind, end) {
            (Kind::Scalar(style), _) => {
                let token = self.scanner.next()?;
                return Ok(self.builder.scalar(token.start, token.end, token.text, style, with));
            }
            (Kind::BlockEntry, _) if place == Place::BlockEntry => {
                let start = self.scanner.peek()?.start;
                return Ok(self.open(start, Sequence, Block, with, Frame::FlatSequence));
            }
            (Kind::FlowSequenceStart, _) => (Sequence, Flow, Frame::FlowSequence(Entry::First)),
            (Kind::FlowMappingStart, _) => (Mapping, Flow, Frame::FlowKey(Entry::First)),
            (Kind::BlockSequenceStart, _) if place != Place::Flow => (Sequence, Block, Frame::BlockSequence),
            (Kind::BlockMappingStart, _) if place != Place::Flow => (Mapping, Block, Frame::BlockKey),
            (_, Some(end)) => {
                return Ok(self.builder.scalar(end, end, Box::default(), ScalarStyle::Plain, with));
            }
            (_, None) => {
                let token = self.scanner.peek()?;
                return Err(grammar_failure(Problem::MissingContent, start, token));
            }
        };
        let start = self.scanner.next()?.start;
        Ok(self.open(start, collection, style, with, frame))
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
    fn tag(&self, token: &Token) -> Scan<Box<Tag>> {
        let handle = if let Kind::Tag { handle } = token.kind { handle } else { 0 };
        let (handle, suffix) = token.text.split_at_checked(handle).unwrap_or_default();
        let prefix = if handle.is_empty() { Some("") } else { self.prefix(handle) };
        match prefix {
            Some(prefix) => {
                let span = self.builder.span(token.start, token.end);
                Ok(Box::new(Tag { name: format!("{prefix}{suffix}"), span }))
            }
            None => Err(grammar_failure(Problem::UndefinedTagHandle, token.start, token)),
        }
    }

    fn alias(&mut self, token: &Token) -> Scan<()> {
        match self.anchors.get(&token.text) {
            Some(&target) => {
                self.builder.alias(token.start, token.end, target);
                Ok(())
            }
            None => {
                let problem = Problem::UnknownAnchor(token.text.to_string());
                Err(Failure::new(problem, token.start, token.start, token.end, None))
            }
        }
    }

    fn open(
        &mut self,
        start: u32,
        collection: Collection,
        style: StructureStyle,
        with: Properties,
        frame: Frame,
    ) -> NodeId {
        self.frames.push(frame);
        self.builder.open(start, collection, style, with)
    }

    fn close(&mut self, end: Option<u32>) {
        self.frames.pop();
        self.builder.close(end);
    }

    /// Closes the innermost collection by the next token.
    fn close_with_token(&mut self, reach: Reach) -> Scan<()> {
        let token = self.scanner.next()?;
        self.close((reach == Reach::Token).then_some(token.end));
        Ok(())
    }

    /// Adds the absent node behind an indicator that ends at `end`.
    fn absent(&mut self, end: u32) {
        self.builder.scalar(end, end, Box::default(), ScalarStyle::Plain, Properties::default());
    }

    /// Adds the absent value of the key that was read last.
    fn absent_here(&mut self) {
        self.absent(self.builder.last_end());
    }
}

/// How far a closed collection reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// To the end of its last child.
    Child,
    /// To the end of its bracket.
    Token,
}

/// A failure of the grammar at a token, about what starts at byte `cause`.
fn grammar_failure(problem: Problem, cause: u32, token: &Token) -> Box<Failure> {
    Failure::new(problem, cause, token.start, token.end, (token.line > 0).then_some(token.line))
}
