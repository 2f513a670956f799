//! Indicators, and the indentation that opens and closes blocks.

use ecow::EcoString;

use super::key::Level;
use super::{Kind, Mark, Scanner};
use crate::yaml::problem::{Problem, Scan};

/// Deepest nesting that go-yaml reads, of blocks and of brackets.
const MAX_DEPTH: usize = 10_000;

impl Scanner<'_> {
    /// Opens a block in front of a token if it is indented further than the block around it.
    fn indent_to(&mut self, mark: Mark, before: usize, kind: Kind) -> Scan<()> {
        let column = i64::from(mark.column);
        if self.in_flow() || self.indent >= column {
            return Ok(());
        }
        self.indents.push(self.indent);
        self.indent = column;
        if self.indents.len() > MAX_DEPTH {
            return Err(self.failure(Problem::TooDeepForGoYaml, self.reader.at()));
        }
        self.insert(before, kind, mark);
        Ok(())
    }

    /// Closes the blocks that are indented further than `column`.
    pub(super) fn dedent_to(&mut self, column: i64) {
        if self.in_flow() {
            return;
        }
        while self.indent > column {
            let mark = self.reader.mark();
            self.push_to(Kind::BlockEnd, mark, mark.byte, EcoString::new());
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    /// Ends everything that is open, for what may stand only outside of it.
    pub(super) fn end_blocks(&mut self) -> Scan<()> {
        self.dedent_to(-1);
        self.drop_candidate()?;
        self.key_allowed = false;
        Ok(())
    }

    pub(super) fn fetch_stream_end(&mut self) -> Scan<()> {
        self.reader.force_line();
        self.end_blocks()?;
        self.push_indicator(Kind::StreamEnd, 0);
        Ok(())
    }

    pub(super) fn fetch_marker(&mut self, kind: Kind) -> Scan<()> {
        self.end_blocks()?;
        self.push_indicator(kind, 3);
        Ok(())
    }

    pub(super) fn fetch_flow_start(&mut self, kind: Kind) -> Scan<()> {
        self.save_candidate()?;
        let last_token = self.taken + self.queue.len();
        self.levels.push(Level { candidate: None, last_token });
        if self.flow() > MAX_DEPTH {
            return Err(self.failure(Problem::TooDeepForGoYaml, self.reader.at()));
        }
        self.key_allowed = true;
        self.push_indicator(kind, 1);
        Ok(())
    }

    pub(super) fn fetch_flow_end(&mut self, kind: Kind) -> Scan<()> {
        self.drop_candidate()?;
        if self.in_flow()
            && let Some(level) = self.levels.pop()
        {
            self.release(level.last_token);
        }
        self.key_allowed = false;
        self.push_indicator(kind, 1);
        Ok(())
    }

    pub(super) fn fetch_flow_entry(&mut self) -> Scan<()> {
        self.drop_candidate()?;
        self.key_allowed = true;
        self.push_indicator(Kind::FlowEntry, 1);
        Ok(())
    }

    pub(super) fn fetch_block_entry(&mut self) -> Scan<()> {
        // Between brackets the entry is refused where its surroundings are known: by the grammar.
        self.start_in_block(Problem::EntryNotAllowed, Kind::BlockSequenceStart)?;
        self.drop_candidate()?;
        self.key_allowed = true;
        self.push_indicator(Kind::BlockEntry, 1);
        Ok(())
    }

    pub(super) fn fetch_key(&mut self) -> Scan<()> {
        self.start_in_block(Problem::KeyNotAllowed, Kind::BlockMappingStart)?;
        self.drop_candidate()?;
        self.key_allowed = !self.in_flow();
        self.push_indicator(Kind::Key, 1);
        Ok(())
    }

    pub(super) fn fetch_value(&mut self) -> Scan<()> {
        match self.candidate().map(|key| (key.start, key.token, self.is_stale(key))) {
            Some((start, token, false)) => {
                self.insert(token, Kind::Key, start);
                self.indent_to(start, token, Kind::BlockMappingStart)?;
                self.release(token);
                if let Some(level) = self.levels.last_mut() {
                    level.candidate = None;
                }
                self.key_allowed = false;
            }
            _ => {
                self.give_up(self.flow())?;
                self.start_in_block(Problem::ValueNotAllowed, Kind::BlockMappingStart)?;
                self.key_allowed = !self.in_flow();
            }
        }
        self.push_indicator(Kind::Value, 1);
        Ok(())
    }

    /// Outside of brackets: checks that an indicator may stand here, and opens its block.
    fn start_in_block(&mut self, otherwise: Problem, kind: Kind) -> Scan<()> {
        if self.in_flow() {
            return Ok(());
        }
        if !self.key_allowed {
            return Err(self.failure(otherwise, self.reader.at()));
        }
        self.indent_to(self.reader.mark(), self.taken + self.queue.len(), kind)
    }
}
