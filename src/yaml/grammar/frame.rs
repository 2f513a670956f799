//! Open collections, and one step in each kind of them.

use ecow::EcoString;

use super::{Grammar, Place};
use crate::yaml::build::Collection;
use crate::yaml::problem::{Problem, Scan};
use crate::yaml::pyyaml::words;
use crate::yaml::scanner::{Dialect, Kind, Tokens};
use crate::yaml::tree::{NodeId, Properties, ScalarStyle, StructureStyle};

/// Whether a flow collection has had an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    First,
    Later,
}

/// What is open, and what is due in it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Frame {
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

/// How far a closed collection reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// To the end of its last child.
    Child,
    /// To the end of its bracket.
    Token,
}

impl<T: Tokens> Grammar<T> {
    /// Changes what is due in the innermost collection.
    fn due(&mut self, frame: Frame) {
        if let Some(last) = self.frames.last_mut() {
            *last = frame;
        }
    }

    pub(super) fn step(&mut self, frame: Frame) -> Scan<()> {
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
                self.absent_here()
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
            return self.absent_here();
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
        self.open(start, Collection::Mapping, StructureStyle::Flow, Properties::default(), Frame::PairKey)?;
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
            Kind::Value | Kind::FlowEntry | Kind::FlowSequenceEnd if T::DIALECT == Dialect::PyYaml => {
                self.absent_here()
            }
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
            return self.absent_here();
        }
        let end = self.scanner.next()?.end;
        let kind = self.kind()?;
        if kind == Kind::FlowEntry || kind == closing {
            self.absent(end);
            return Ok(());
        }
        self.node(Place::Flow)
    }

    pub(super) fn open(
        &mut self,
        start: u32,
        collection: Collection,
        style: StructureStyle,
        with: Properties,
        frame: Frame,
    ) -> Scan<NodeId> {
        if T::DIALECT == Dialect::PyYaml && self.frames.len() >= words::DEPTH {
            return Err(words::too_deep(start));
        }
        self.frames.push(frame);
        Ok(self.builder.open(start, collection, style, with))
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
        self.builder.scalar(end, end, EcoString::new(), ScalarStyle::Plain, Properties::default());
    }

    /// Adds the absent value of the key that was read last. To PyYAML it stands before the next token.
    fn absent_here(&mut self) -> Scan<()> {
        let end = match T::DIALECT {
            Dialect::GoYaml => self.builder.last_end(),
            Dialect::PyYaml => self.next_start()?,
        };
        self.absent(end);
        Ok(())
    }
}
