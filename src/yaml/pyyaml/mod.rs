//! Text → tokens, as the scanner of PyYAML 6 sees them.
//!
//! libyaml, and so go-yaml, descends from this scanner, and the grammar of both is one; but they part in tabs, colons
//! and question marks between brackets, directives, what may follow a tag or a block scalar's header, and in every
//! word that they say. devcluster reads its file in Python's text mode, and so does this.

mod block;
mod characters;
mod fault;
mod indicators;
mod keys;
mod names;
mod plain;
mod quoted;
pub(super) mod words;

use std::borrow::Cow;
use std::collections::VecDeque;

use ecow::EcoString;

use self::characters::{Characters, Mark, is_blank_or_end, is_line_end};
pub use self::fault::PyFault;
use self::keys::Candidate;
use super::problem::{Failure, Problem, Scan};
use super::scalar::repr_text;
use super::scanner::{Dialect, Kind, Token, Tokens};
use super::tree::ScalarStyle;

/// Cuts a text into tokens.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    characters: Characters<'t>,
    queue: VecDeque<Token>,
    /// Number of tokens that have left the queue.
    taken: usize,
    /// What may be a key outside of all brackets and, behind it, in each of those that are open.
    candidates: Vec<Option<Candidate>>,
    /// Whether a key may start here.
    key_allowed: bool,
    /// Column of the innermost open block; -1 outside of all.
    indent: i64,
    /// Columns of the blocks around it.
    indents: Vec<i64>,
    /// Whether the end of the text is in the queue.
    is_done: bool,
    /// First byte and end of each comment so far.
    comments: Vec<(u32, u32)>,
}

/// What is being scanned, and where it began.
type Context = Option<(&'static str, Option<Mark>)>;

impl<'t> Scanner<'t> {
    /// A scanner at the start of a text.
    ///
    /// # Errors
    /// A character that PyYAML's reader refuses, wherever it stands.
    pub(super) fn new(text: &'t str) -> Scan<Self> {
        if let Some((found, at, index)) = characters::forbidden(text) {
            let code = u32::from(found);
            let end = at + u32::try_from(found.len_utf8()).unwrap_or(1);
            let mut failure = Failure::new(Problem::ControlCharacter, at, at, end, None);
            let problem =
                format!("unacceptable character #x{code:04x}: special characters are not allowed\n  position {index}");
            failure.python = Some(Box::new(PyFault { exception: "ReaderError", context: None, problem, at: None }));
            return Err(failure);
        }
        Ok(Self {
            characters: Characters::new(text),
            queue: VecDeque::new(),
            taken: 0,
            candidates: vec![None],
            key_allowed: true,
            indent: -1,
            indents: Vec::new(),
            is_done: false,
            comments: Vec::new(),
        })
    }

    /// A failure at this place.
    fn failure(&self, problem: Problem, context: Context, words: String) -> Box<Failure> {
        self.failure_at(problem, context, words, self.characters.at())
    }

    fn failure_at(&self, problem: Problem, context: Context, words: String, at: u32) -> Box<Failure> {
        let cause = context.and_then(|(_, start)| start).map_or(at, |start| start.byte);
        let mut failure = Failure::new(problem, cause, at, at, None);
        let context = context.map(|(text, start)| (Cow::Borrowed(text), start.map(|start| start.byte)));
        let fault = PyFault { exception: "ScannerError", context, problem: words, at: Some(at) };
        failure.python = Some(Box::new(fault));
        failure
    }

    /// A failure over the character that stands here.
    fn but_found(&self, problem: Problem, context: Context, expected: &str) -> Box<Failure> {
        self.failure(problem, context, but_found(expected, self.characters.peek()))
    }

    /// Appends a token that runs from `start` to this place.
    fn push(&mut self, kind: Kind, start: Mark, text: EcoString) {
        self.push_to(kind, start, self.characters.at(), text);
    }

    fn push_to(&mut self, kind: Kind, start: Mark, end: u32, text: EcoString) {
        self.queue.push_back(Token { kind, start: start.byte, end, line: start.line, text });
    }

    /// Reads one more token, and what has to come before it, into the queue.
    fn fetch(&mut self) -> Scan<()> {
        self.skip_to_token();
        self.forget_stale()?;
        self.dedent_to(i64::from(self.characters.column()));
        let next = self.characters.peek();
        if next == '\0' {
            return self.fetch_stream_end();
        }
        if self.characters.column() == 0 {
            match next {
                '%' => return self.fetch_directive(),
                '-' if self.characters.is_separator() => return self.fetch_separator(Kind::DocumentStart),
                '.' if self.characters.is_separator() => return self.fetch_separator(Kind::DocumentEnd),
                _ => {}
            }
        }
        self.fetch_content(next)
    }

    fn fetch_content(&mut self, next: char) -> Scan<()> {
        let in_flow = self.in_flow();
        let before_space = is_blank_or_end(self.characters.peek_at(1));
        match next {
            '[' => self.fetch_flow_start(Kind::FlowSequenceStart),
            '{' => self.fetch_flow_start(Kind::FlowMappingStart),
            ']' => self.fetch_flow_end(Kind::FlowSequenceEnd),
            '}' => self.fetch_flow_end(Kind::FlowMappingEnd),
            ',' => self.fetch_flow_entry(),
            '-' if before_space => self.fetch_block_entry(),
            '?' if in_flow || before_space => self.fetch_key(),
            ':' if in_flow || before_space => self.fetch_value(),
            '*' => self.fetch_name(Kind::Alias, "while scanning an alias"),
            '&' => self.fetch_name(Kind::Anchor, "while scanning an anchor"),
            '!' => self.fetch_tag(),
            '|' if !in_flow => self.fetch_block_scalar(ScalarStyle::Literal),
            '>' if !in_flow => self.fetch_block_scalar(ScalarStyle::Folded),
            '\'' => self.fetch_quoted(ScalarStyle::SingleQuoted),
            '"' => self.fetch_quoted(ScalarStyle::DoubleQuoted),
            '\t' | '#' | '|' | '>' | '%' | '@' | '`' => {
                let words = format!("found character {} that cannot start any token", repr(next));
                Err(self.failure(Problem::StartsNoToken, Some(("while scanning for the next token", None)), words))
            }
            _ => self.fetch_plain(),
        }
    }

    /// Moves over spaces, line breaks and comments; a tab stays.
    fn skip_to_token(&mut self) {
        if self.characters.index() == 0 && self.characters.peek() == '\u{feff}' {
            self.characters.skip();
        }
        loop {
            self.characters.skip_spaces();
            self.skip_comment();
            if self.characters.skip_break().is_empty() {
                return;
            }
            if !self.in_flow() {
                self.key_allowed = true;
            }
        }
    }

    /// Moves over a comment, if one stands here.
    fn skip_comment(&mut self) {
        if self.characters.peek() == '#' {
            let start = self.characters.at();
            self.characters.skip_to_line_end();
            self.comments.push((start, self.characters.at()));
        }
    }

    /// Moves over spaces and perhaps a comment, which have to end the line, and its line break.
    fn skip_rest_of_line(&mut self, context: Context) -> Scan<()> {
        self.characters.skip_spaces();
        self.skip_comment();
        if !is_line_end(self.characters.peek()) {
            return Err(self.but_found(Problem::MissingLineEnd, context, "expected a comment or a line break"));
        }
        self.characters.skip_break();
        Ok(())
    }
}

impl Tokens for Scanner<'_> {
    const DIALECT: Dialect = Dialect::PyYaml;

    fn peek(&mut self) -> Scan<&Token> {
        while self.needs_more()? {
            self.fetch()?;
        }
        let nothing = || Failure::new(Problem::StartsNoToken, 0, 0, 0, None);
        self.queue.front().ok_or_else(nothing)
    }

    fn next(&mut self) -> Scan<Token> {
        self.peek()?;
        let token = self.queue.pop_front();
        self.taken += 1;
        token.ok_or_else(|| Failure::new(Problem::StartsNoToken, 0, 0, 0, None))
    }

    fn comments(&self) -> &[(u32, u32)] {
        &self.comments
    }
}

/// Python's way to show a character.
fn repr(next: char) -> String {
    repr_text(next.encode_utf8(&mut [0; 4]))
}

fn but_found(expected: &str, next: char) -> String {
    format!("{expected}, but found {}", repr(next))
}
