//! Indicators, and the indentation that opens and closes blocks.

use ecow::EcoString;

use super::Scanner;
use super::characters::Mark;
use crate::yaml::problem::{Problem, Scan};
use crate::yaml::scanner::{Kind, Token};

impl Scanner<'_> {
    /// Closes the blocks that are indented further than `column`.
    pub(super) fn dedent_to(&mut self, column: i64) {
        if self.in_flow() {
            return;
        }
        while self.indent > column {
            self.push(Kind::BlockEnd, self.characters.mark(), EcoString::new());
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    /// Opens a block if `column` is indented further than the block around it.
    fn indent_to(&mut self, column: u32) -> bool {
        let column = i64::from(column);
        let is_deeper = self.indent < column;
        if is_deeper {
            self.indents.push(self.indent);
            self.indent = column;
        }
        is_deeper
    }

    /// Ends everything that is open, for what may stand only outside of it.
    pub(super) fn end_blocks(&mut self) -> Scan<()> {
        self.dedent_to(-1);
        self.drop_candidate()?;
        self.key_allowed = false;
        Ok(())
    }

    /// Appends the token of an indicator of one character.
    fn push_indicator(&mut self, kind: Kind) {
        let start = self.characters.mark();
        self.characters.skip();
        self.push(kind, start, EcoString::new());
    }

    pub(super) fn fetch_stream_end(&mut self) -> Scan<()> {
        self.end_blocks()?;
        self.candidates.clear();
        self.push(Kind::StreamEnd, self.characters.mark(), EcoString::new());
        self.is_done = true;
        Ok(())
    }

    pub(super) fn fetch_separator(&mut self, kind: Kind) -> Scan<()> {
        self.end_blocks()?;
        let start = self.characters.mark();
        self.characters.skip_many(3);
        self.push(kind, start, EcoString::new());
        Ok(())
    }

    pub(super) fn fetch_flow_start(&mut self, kind: Kind) -> Scan<()> {
        self.save_candidate()?;
        self.candidates.push(None);
        self.key_allowed = true;
        self.push_indicator(kind);
        Ok(())
    }

    pub(super) fn fetch_flow_end(&mut self, kind: Kind) -> Scan<()> {
        self.drop_candidate()?;
        // A closing bracket too many ends the reading with its token; nothing is scanned behind it.
        if self.in_flow() {
            self.candidates.pop();
        }
        self.key_allowed = false;
        self.push_indicator(kind);
        Ok(())
    }

    pub(super) fn fetch_flow_entry(&mut self) -> Scan<()> {
        self.key_allowed = true;
        self.drop_candidate()?;
        self.push_indicator(Kind::FlowEntry);
        Ok(())
    }

    pub(super) fn fetch_block_entry(&mut self) -> Scan<()> {
        // Between brackets the entry is refused where its surroundings are known: by the grammar.
        self.start_in_block(Kind::BlockSequenceStart, Problem::EntryNotAllowed, "sequence entries")?;
        self.key_allowed = true;
        self.drop_candidate()?;
        self.push_indicator(Kind::BlockEntry);
        Ok(())
    }

    pub(super) fn fetch_key(&mut self) -> Scan<()> {
        self.start_in_block(Kind::BlockMappingStart, Problem::KeyNotAllowed, "mapping keys")?;
        self.key_allowed = !self.in_flow();
        self.drop_candidate()?;
        self.push_indicator(Kind::Key);
        Ok(())
    }

    pub(super) fn fetch_value(&mut self) -> Scan<()> {
        if let Some(key) = self.take_candidate() {
            self.insert(key.token, Kind::Key, key.start);
            if !self.in_flow() && self.indent_to(key.start.column) {
                self.insert(key.token, Kind::BlockMappingStart, key.start);
            }
            self.key_allowed = false;
        } else {
            self.start_in_block(Kind::BlockMappingStart, Problem::ValueNotAllowed, "mapping values")?;
            self.key_allowed = !self.in_flow();
        }
        self.push_indicator(Kind::Value);
        Ok(())
    }

    /// Outside of brackets: checks that an indicator may stand here, and opens its block.
    fn start_in_block(&mut self, kind: Kind, otherwise: Problem, what: &str) -> Scan<()> {
        if self.in_flow() {
            return Ok(());
        }
        if !self.key_allowed {
            return Err(self.failure(otherwise, None, format!("{what} are not allowed here")));
        }
        if self.indent_to(self.characters.column()) {
            self.push(kind, self.characters.mark(), EcoString::new());
        }
        Ok(())
    }

    /// Puts an empty token at `mark` in front of a token of the queue.
    fn insert(&mut self, before: usize, kind: Kind, mark: Mark) {
        let token = Token { kind, start: mark.byte, end: mark.byte, line: mark.line, text: EcoString::new() };
        let place = before.saturating_sub(self.taken).min(self.queue.len());
        self.queue.insert(place, token);
    }
}
