//! Text → tokens, as libyaml and its Go port in go-yaml v2.4.0 see them.
//!
//! YAML 1.1 needs to look ahead in one place: whether `a` is a key shows only at the colon behind
//! it. Until then tokens wait in a queue, and a [`key::Candidate`] remembers where a `Key` token, and
//! perhaps the start of a mapping, would have to go in.
//!
//! go-yaml forgets to wait for the colon behind `[]` and `{}`, and so do we: `[]: a` is the list and
//! nothing else.

mod block;
mod indicator;
mod key;
mod name;
mod plain;
mod quoted;
mod reader;
mod token;

use std::collections::VecDeque;

use ecow::EcoString;

use self::key::Level;
use self::reader::{Mark, Reader};
pub(super) use self::token::{Dialect, Kind, Token, Tokens};
use super::problem::{Failure, Problem, Scan};
use super::tree::ScalarStyle;

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

    /// A failure at this place of the scanner, about what starts at byte `cause`.
    fn failure(&self, problem: Problem, cause: u32) -> Box<Failure> {
        let (at, line) = (self.reader.at(), self.reader.line());
        Failure::new(problem, cause, at, at, (line > 0).then_some(line + 1))
    }

    /// Appends a token that runs from `start` to this place.
    fn push(&mut self, kind: Kind, start: Mark, text: EcoString) {
        self.push_to(kind, start, self.reader.at(), text);
    }

    fn push_to(&mut self, kind: Kind, start: Mark, end: u32, text: EcoString) {
        self.queue.push_back(Token { kind, start: start.byte, end, line: start.line, text });
    }

    /// Appends the token of an indicator that is `length` bytes long.
    fn push_indicator(&mut self, kind: Kind, length: usize) {
        let start = self.reader.mark();
        self.reader.skip_ascii(length);
        self.push(kind, start, EcoString::new());
    }

    /// Puts an empty token at `mark` in front of a token; behind all if that one has left the queue.
    fn insert(&mut self, before: usize, kind: Kind, mark: Mark) {
        let token = Token { kind, start: mark.byte, end: mark.byte, line: mark.line, text: EcoString::new() };
        let all = self.queue.len();
        let place = before.checked_sub(self.taken).unwrap_or(all);
        self.queue.insert(place.min(all), token);
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
                return self.fetch_marker(match self.reader.byte(0) {
                    b'-' => Kind::DocumentStart,
                    _ => Kind::DocumentEnd,
                });
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
}

impl Tokens for Scanner<'_> {
    const DIALECT: Dialect = Dialect::GoYaml;

    fn peek(&mut self) -> Scan<&Token> {
        while self.head_is_open()? {
            self.fetch()?;
        }
        self.queue.front().ok_or_else(|| self.failure(Problem::StartsNoToken, self.reader.at()))
    }

    /// After the end of the stream the end comes again.
    fn next(&mut self) -> Scan<Token> {
        self.peek()?;
        let token = self.queue.pop_front();
        self.taken += 1;
        token.ok_or_else(|| self.failure(Problem::StartsNoToken, self.reader.at()))
    }

    fn comments(&self) -> &[(u32, u32)] {
        &self.comments
    }
}
