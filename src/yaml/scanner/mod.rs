//! Text → tokens, as libyaml and its Go port in go-yaml v2.4.0 see them.
//!
//! YAML 1.1 needs to look ahead in one place: whether `a` is a key shows only at the colon behind
//! it. Until then tokens wait in a queue, and a [`Candidate`] remembers where a `Key` token, and
//! perhaps the start of a mapping, would have to go in.
//!
//! go-yaml forgets to wait for the colon behind `[]` and `{}`, and so do we: `[]: a` is the list and
//! nothing else.

mod block;
mod name;
mod plain;
mod quoted;
mod reader;
mod token;

use std::collections::VecDeque;

use self::reader::{Mark, Reader};
pub(super) use self::token::{Kind, Token};
use super::problem::{Failure, Problem, Scan};
use super::tree::ScalarStyle;

/// Deepest nesting that go-yaml reads, of blocks and of brackets.
const MAX_DEPTH: usize = 10_000;

/// Most characters between the start of a key and its colon.
const MAX_KEY: u32 = 1024;

/// A token that is a key if a colon follows.
#[derive(Debug)]
struct Candidate {
    /// Number of the token, counted over the whole text.
    token: usize,
    /// Whether the indentation leaves it no choice but to be a key.
    required: bool,
    start: Mark,
}

/// One pair of brackets, while it is open.
#[derive(Debug, Default)]
struct Level {
    candidate: Option<Candidate>,
    /// Number of the last candidate's token; before the first one, of the bracket.
    last_token: usize,
}

/// Cuts a text into tokens.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    reader: Reader<'t>,
    queue: VecDeque<Token>,
    /// Number of tokens that have left the queue.
    taken: usize,
    /// Open brackets and, first, what is outside of all.
    levels: Vec<Level>,
    /// Numbers of the tokens that the queue holds back, and their levels, in order.
    held: VecDeque<(usize, usize)>,
    /// Whether a key may start here.
    key_allowed: bool,
    /// Column of the innermost open block; -1 outside of all.
    indent: i64,
    /// Columns of the blocks around it.
    indents: Vec<i64>,
    /// First byte and end of each comment so far.
    comments: Vec<(u32, u32)>,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            reader: Reader::new(text),
            queue: VecDeque::new(),
            taken: 0,
            levels: vec![Level::default()],
            held: VecDeque::new(),
            key_allowed: true,
            indent: -1,
            indents: Vec::new(),
            comments: Vec::new(),
        }
    }

    /// The comments passed so far, as ranges of bytes.
    pub(super) fn comments(&self) -> &[(u32, u32)] {
        &self.comments
    }

    /// The next token, which stays where it is.
    pub(super) fn peek(&mut self) -> Scan<&Token> {
        while self.head_is_open()? {
            self.fetch()?;
        }
        self.queue.front().ok_or_else(|| self.failure(Problem::StartsNoToken, self.reader.at()))
    }

    /// The next token, taken out. After the end of the stream the end comes again.
    pub(super) fn next(&mut self) -> Scan<Token> {
        self.peek()?;
        let token = self.queue.pop_front();
        self.taken += 1;
        token.ok_or_else(|| self.failure(Problem::StartsNoToken, self.reader.at()))
    }

    /// Whether more has to be read to know what the next token is.
    fn head_is_open(&mut self) -> Scan<bool> {
        if self.queue.is_empty() {
            return Ok(true);
        }
        let Some(&(token, level)) = self.held.front() else {
            return Ok(false);
        };
        if token != self.taken {
            return Ok(false);
        }
        let candidate = self.levels.get(level).and_then(|level| level.candidate.as_ref());
        let candidate = candidate.filter(|candidate| candidate.token == token);
        if candidate.is_some_and(|candidate| !self.is_stale(candidate)) {
            return Ok(true);
        }
        let is_candidate = candidate.is_some();
        self.held.pop_front();
        if is_candidate {
            self.give_up(level)?;
        }
        Ok(false)
    }

    /// Whether no colon can make this a key any more.
    fn is_stale(&self, candidate: &Candidate) -> bool {
        let here = self.reader.mark();
        candidate.start.line < here.line || candidate.start.index + MAX_KEY < here.index
    }

    /// Forgets the candidate of a level that turned out to be no key.
    fn give_up(&mut self, level: usize) -> Scan<()> {
        match self.levels.get_mut(level).and_then(|level| level.candidate.take()) {
            Some(lost) if lost.required => Err(self.failure(Problem::MissingColon, lost.start.byte)),
            _ => Ok(()),
        }
    }

    /// Nesting of brackets.
    fn flow(&self) -> usize {
        self.levels.len() - 1
    }

    fn in_flow(&self) -> bool {
        self.flow() > 0
    }

    fn candidate(&self) -> Option<&Candidate> {
        self.levels.last()?.candidate.as_ref()
    }

    /// Forgets the candidate of the innermost brackets.
    fn drop_candidate(&mut self) -> Scan<()> {
        if let Some(token) = self.candidate().map(|candidate| candidate.token) {
            self.release(token);
            self.give_up(self.flow())?;
        }
        Ok(())
    }

    /// Holds a token back no longer.
    fn release(&mut self, token: usize) {
        if self.held.back().is_some_and(|&(last, _)| last == token) {
            self.held.pop_back();
        }
    }

    /// Remembers that the token that comes next may be a key.
    fn save_candidate(&mut self) -> Scan<()> {
        if self.key_allowed {
            self.drop_candidate()?;
            let start = self.reader.mark();
            let required = !self.in_flow() && self.indent == i64::from(start.column);
            let token = self.taken + self.queue.len();
            self.held.push_back((token, self.flow()));
            if let Some(level) = self.levels.last_mut() {
                level.candidate = Some(Candidate { token, required, start });
                level.last_token = token;
            }
        }
        Ok(())
    }

    /// A failure at this place of the scanner, about what starts at byte `cause`.
    fn failure(&self, problem: Problem, cause: u32) -> Box<Failure> {
        let (at, line) = (self.reader.at(), self.reader.line());
        Failure::new(problem, cause, at, at, (line > 0).then_some(line + 1))
    }

    /// Appends a token that runs from `start` to this place.
    fn push(&mut self, kind: Kind, start: Mark, text: Box<str>) {
        self.push_to(kind, start, self.reader.at(), text);
    }

    fn push_to(&mut self, kind: Kind, start: Mark, end: u32, text: Box<str>) {
        self.queue.push_back(Token { kind, start: start.byte, end, line: start.line, text });
    }

    /// Appends the token of an indicator that is `length` bytes long.
    fn push_indicator(&mut self, kind: Kind, length: usize) {
        let start = self.reader.mark();
        self.reader.skip_ascii(length);
        self.push(kind, start, Box::default());
    }

    /// Puts an empty token at `mark` in front of a token; behind all if that one has left the queue.
    fn insert(&mut self, before: usize, kind: Kind, mark: Mark) {
        let token = Token { kind, start: mark.byte, end: mark.byte, line: mark.line, text: Box::default() };
        let all = self.queue.len();
        self.queue.insert(before.checked_sub(self.taken).map_or(all, |place| place.min(all)), token);
    }

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
    fn dedent_to(&mut self, column: i64) {
        if self.in_flow() {
            return;
        }
        while self.indent > column {
            let mark = self.reader.mark();
            self.push_to(Kind::BlockEnd, mark, mark.byte, Box::default());
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    /// Reads one more token, and what has to come before it, into the queue.
    fn fetch(&mut self) -> Scan<()> {
        self.reader.need(1)?;
        self.skip_to_token()?;
        self.dedent_to(i64::from(self.reader.column()));
        self.reader.need(4)?;
        if self.reader.is_end() {
            return self.fetch_stream_end();
        }
        if self.reader.column() == 0 {
            if self.reader.byte(0) == b'%' {
                return self.fetch_directive();
            }
            if self.reader.is_document_marker() {
                let start = self.reader.byte(0) == b'-';
                return self.fetch_marker(if start { Kind::DocumentStart } else { Kind::DocumentEnd });
            }
        }
        self.fetch_content()
    }

    fn fetch_content(&mut self) -> Scan<()> {
        let in_flow = self.in_flow();
        let before_space = self.reader.is_space(1);
        match self.reader.byte(0) {
            b'[' => self.fetch_flow_start(Kind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(Kind::FlowMappingStart),
            b']' => self.fetch_flow_end(Kind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(Kind::FlowMappingEnd),
            b',' => self.fetch_flow_entry(),
            b'-' if before_space => self.fetch_block_entry(),
            b'?' if in_flow || before_space => self.fetch_key(),
            b':' if in_flow || before_space => self.fetch_value(),
            b'*' => self.fetch_name(Kind::Alias),
            b'&' => self.fetch_name(Kind::Anchor),
            b'!' => self.fetch_tag(),
            b'|' if !in_flow => self.fetch_block_scalar(ScalarStyle::Literal),
            b'>' if !in_flow => self.fetch_block_scalar(ScalarStyle::Folded),
            b'\'' => self.fetch_quoted(ScalarStyle::SingleQuoted),
            b'"' => self.fetch_quoted(ScalarStyle::DoubleQuoted),
            b'\t' | b'#' | b'|' | b'>' | b'%' | b'@' | b'`' => {
                Err(self.failure(Problem::StartsNoToken, self.reader.at()))
            }
            _ => self.fetch_plain(),
        }
    }

    /// Moves over white space, line breaks and comments.
    fn skip_to_token(&mut self) -> Scan<()> {
        loop {
            self.reader.need(1)?;
            if self.reader.is_byte_order_mark() {
                self.reader.skip();
            }
            self.reader.need(1)?;
            loop {
                match self.reader.byte(0) {
                    b' ' => self.reader.skip_ascii(1),
                    b'\t' if self.in_flow() || !self.key_allowed => self.reader.skip_ascii(1),
                    _ => break,
                }
                self.reader.need(1)?;
            }
            self.skip_comment()?;
            if !self.reader.is_break(0) {
                return Ok(());
            }
            self.reader.need(2)?;
            self.reader.skip_break();
            if !self.in_flow() {
                self.key_allowed = true;
            }
        }
    }

    /// Moves over a comment, if one stands here.
    fn skip_comment(&mut self) -> Scan<()> {
        if self.reader.byte(0) == b'#' {
            let start = self.reader.at();
            self.reader.skip_to_line_end()?;
            self.comments.push((start, self.reader.at()));
        }
        Ok(())
    }

    /// Moves over blanks and perhaps a comment, which have to end the line, and its line break.
    fn skip_rest_of_line(&mut self, start: Mark) -> Scan<()> {
        self.reader.need(1)?;
        self.skip_blanks()?;
        self.skip_comment()?;
        if !self.reader.is_line_end(0) {
            return Err(self.failure(Problem::MissingLineEnd, start.byte));
        }
        self.reader.need(2)?;
        self.reader.skip_break();
        Ok(())
    }

    fn skip_blanks(&mut self) -> Scan<()> {
        while reader::is_blank(self.reader.byte(0)) {
            self.reader.skip_ascii(1);
            self.reader.need(1)?;
        }
        Ok(())
    }

    /// Ends everything that is open, for what may stand only outside of it.
    fn end_blocks(&mut self) -> Scan<()> {
        self.dedent_to(-1);
        self.drop_candidate()?;
        self.key_allowed = false;
        Ok(())
    }

    fn fetch_stream_end(&mut self) -> Scan<()> {
        self.reader.force_line();
        self.end_blocks()?;
        self.push_indicator(Kind::StreamEnd, 0);
        Ok(())
    }

    fn fetch_marker(&mut self, kind: Kind) -> Scan<()> {
        self.end_blocks()?;
        self.push_indicator(kind, 3);
        Ok(())
    }

    fn fetch_flow_start(&mut self, kind: Kind) -> Scan<()> {
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

    fn fetch_flow_end(&mut self, kind: Kind) -> Scan<()> {
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

    fn fetch_flow_entry(&mut self) -> Scan<()> {
        self.drop_candidate()?;
        self.key_allowed = true;
        self.push_indicator(Kind::FlowEntry, 1);
        Ok(())
    }

    fn fetch_block_entry(&mut self) -> Scan<()> {
        // Between brackets the entry is refused where its surroundings are known: by the grammar.
        self.start_in_block(Problem::EntryNotAllowed, Kind::BlockSequenceStart)?;
        self.drop_candidate()?;
        self.key_allowed = true;
        self.push_indicator(Kind::BlockEntry, 1);
        Ok(())
    }

    fn fetch_key(&mut self) -> Scan<()> {
        self.start_in_block(Problem::KeyNotAllowed, Kind::BlockMappingStart)?;
        self.drop_candidate()?;
        self.key_allowed = !self.in_flow();
        self.push_indicator(Kind::Key, 1);
        Ok(())
    }

    fn fetch_value(&mut self) -> Scan<()> {
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
