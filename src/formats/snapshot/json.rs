//! JSON snapshots as a stream: the items of a list are read from a window on the text, and each is
//! dropped before the next one. Around the items only brackets and strings are followed; what is there
//! is checked once the list has ended.

use std::io::Read;

use serde::Deserialize;

use super::object::{Source, absorb, kind_of, peek_kind};
use super::{ReadError, plain};
use crate::model::inventory::InventoryBuilder;

const CHUNK: usize = 1 << 17;

/// Reads every document of a JSON text.
pub(super) fn read(input: impl Read, builder: &mut InventoryBuilder) -> Result<(), ReadError> {
    let mut text = Window { input, buffer: Vec::new(), start: 0, line: 1, column: 1, ended: false };
    let mut documents = 0;
    loop {
        let at = text.skip_space(0)?;
        text.drop_front(at);
        match text.byte(0)? {
            None if documents > 0 => return Ok(()),
            None => return Err(text.error(0, "the snapshot is empty")),
            Some(b'{') => read_document(&mut text, builder)?,
            Some(_) => {
                return Err(text.error(0, "expected an object: a List of the cluster's objects"));
            }
        }
        documents += 1;
    }
}

/// A part of the text, from a place that has not been dealt with on.
struct Window<R> {
    input: R,
    buffer: Vec<u8>,
    start: usize,
    line: u64,
    column: u64,
    ended: bool,
}

impl<R: Read> Window<R> {
    /// The byte at an offset from the front, reading on as needed; nothing at the end of the text.
    fn byte(&mut self, at: usize) -> Result<Option<u8>, ReadError> {
        while self.start + at >= self.buffer.len() {
            if !self.fill()? {
                return Ok(None);
            }
        }
        Ok(self.buffer.get(self.start + at).copied())
    }

    fn fill(&mut self) -> Result<bool, ReadError> {
        if self.ended {
            return Ok(false);
        }
        self.buffer.drain(..self.start);
        self.start = 0;
        let before = self.buffer.len();
        // An item that is larger than the window is tried again: doubling keeps that cheap.
        self.buffer.resize(before + CHUNK.max(before), 0);
        let read = loop {
            match self.input.read(self.buffer.get_mut(before..).unwrap_or_default()) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(before + *read.as_ref().unwrap_or(&0));
        self.ended = read? == 0;
        Ok(!self.ended)
    }

    fn slice(&self, from: usize, to: usize) -> &[u8] {
        self.buffer.get(self.start + from..self.start + to).unwrap_or_default()
    }

    /// Leaves text behind and counts its lines.
    fn drop_front(&mut self, bytes: usize) {
        (self.line, self.column) = self.position(bytes);
        self.start += bytes;
    }

    /// Line and column of an offset from the front. Columns count characters.
    fn position(&self, at: usize) -> (u64, u64) {
        let passed = self.slice(0, at);
        let characters = |text: &[u8]| text.iter().map(|byte| u64::from((*byte & 0xC0) != 0x80)).sum::<u64>();
        match memchr::memrchr(b'\n', passed) {
            None => (self.line, self.column + characters(passed)),
            Some(last) => {
                let lines = memchr::memchr_iter(b'\n', passed).count() as u64;
                (self.line + lines, 1 + characters(passed.get(last + 1..).unwrap_or_default()))
            }
        }
    }

    fn error(&self, at: usize, message: &str) -> ReadError {
        let (line, column) = self.position(at);
        ReadError { line, column, message: message.to_owned() }
    }

    fn cut_short(&self) -> ReadError {
        self.error(self.buffer.len() - self.start, "the snapshot ends in the middle of an object")
    }

    fn skip_space(&mut self, mut at: usize) -> Result<usize, ReadError> {
        while self.byte(at)?.is_some_and(|byte| byte.is_ascii_whitespace()) {
            at += 1;
        }
        Ok(at)
    }

    /// The offset after the string that starts at an offset.
    fn string_end(&mut self, at: usize) -> Result<usize, ReadError> {
        let mut at = at + 1;
        loop {
            match self.byte(at)? {
                Some(b'"') => return Ok(at + 1),
                Some(b'\\') => at += 2,
                Some(_) => at += 1,
                None => return Err(self.cut_short()),
            }
        }
    }

    /// The offset after the value that starts at an offset.
    fn value_end(&mut self, at: usize) -> Result<usize, ReadError> {
        match self.byte(at)? {
            Some(b'"') => self.string_end(at),
            Some(b'{' | b'[') => self.brackets_end(at),
            Some(_) => self.word_end(at),
            None => Err(self.cut_short()),
        }
    }

    fn word_end(&mut self, mut at: usize) -> Result<usize, ReadError> {
        loop {
            match self.byte(at)? {
                Some(b',' | b'}' | b']') => return Ok(at),
                Some(byte) if byte.is_ascii_whitespace() => return Ok(at),
                Some(_) => at += 1,
                None => return Err(self.cut_short()),
            }
        }
    }

    fn brackets_end(&mut self, at: usize) -> Result<usize, ReadError> {
        let mut nesting = Nesting::default();
        let mut at = at;
        loop {
            let ahead = self.buffer.get(self.start + at..).unwrap_or_default();
            match nesting.follow(ahead) {
                Some(passed) => return Ok(at + passed),
                None => at += ahead.len(),
            }
            if self.byte(at)?.is_none() {
                return Err(self.cut_short());
            }
        }
    }
}

/// How deep in brackets a place is, and whether in a string.
#[derive(Default)]
struct Nesting {
    depth: u32,
    in_string: bool,
    escaped: bool,
}

impl Nesting {
    /// Follows a text; the number of bytes up to where every bracket is closed.
    fn follow(&mut self, text: &[u8]) -> Option<usize> {
        for (at, byte) in text.iter().enumerate() {
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_string = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

#[derive(Deserialize)]
struct ListHeader {
    kind: Option<String>,
}

/// Reads an object at the front of the window: a list, whose items are read one by one, or a single
/// object of the cluster.
fn read_document<R: Read>(text: &mut Window<R>, builder: &mut InventoryBuilder) -> Result<(), ReadError> {
    let (line, column) = (text.line, text.column);
    let mut shell: Option<Vec<u8>> = None;
    let mut at = text.skip_space(1)?;
    loop {
        match text.byte(at)? {
            Some(b'}') => break,
            Some(b',') => at = text.skip_space(at + 1)?,
            Some(b'"') => {
                let (key_end, value) = member(text, at)?;
                if text.slice(at, key_end) == b"\"items\"" && text.byte(value)? == Some(b'[') {
                    let mut before = shell.take().unwrap_or_default();
                    before.extend_from_slice(text.slice(0, value + 1));
                    text.drop_front(value + 1);
                    read_items(text, &before, builder)?;
                    shell = Some(before);
                    // The closing bracket is at the front now.
                    at = 1;
                } else {
                    at = text.value_end(value)?;
                }
                at = text.skip_space(at)?;
            }
            Some(_) => return Err(text.error(at, "expected the name of a member")),
            None => return Err(text.cut_short()),
        }
    }
    let outcome = match shell {
        Some(mut shell) => {
            shell.extend_from_slice(text.slice(0, at + 1));
            check_list(&shell)
        }
        None => read_single(text.slice(0, at + 1), builder),
    };
    outcome.map_err(|error| placed(error, line, column))?;
    text.drop_front(at + 1);
    Ok(())
}

/// The ends of a member's name and of what separates it from its value.
fn member<R: Read>(text: &mut Window<R>, at: usize) -> Result<(usize, usize), ReadError> {
    let key_end = text.string_end(at)?;
    let colon = text.skip_space(key_end)?;
    match text.byte(colon)? {
        Some(b':') => Ok((key_end, text.skip_space(colon + 1)?)),
        Some(_) => Err(text.error(colon, "expected `:`")),
        None => Err(text.cut_short()),
    }
}

/// Reads items up to the closing bracket and leaves it at the front.
fn read_items<R: Read>(text: &mut Window<R>, before: &[u8], builder: &mut InventoryBuilder) -> Result<(), ReadError> {
    let list_kind = peek_kind(&mut serde_json::Deserializer::from_slice(before));
    let implied = list_kind.as_deref().and_then(|kind| kind.strip_suffix("List")).filter(|kind| !kind.is_empty());
    let mut expects_item = false;
    loop {
        let at = text.skip_space(0)?;
        text.drop_front(at);
        match text.byte(0)? {
            Some(b']') if !expects_item => return Ok(()),
            Some(b'{') => {
                let end = read_item_of_list(text, implied, builder)?;
                text.drop_front(end);
            }
            Some(_) => return Err(text.error(0, "expected an object")),
            None => return Err(text.cut_short()),
        }
        let at = text.skip_space(0)?;
        text.drop_front(at);
        match text.byte(0)? {
            Some(b',') => {
                text.drop_front(1);
                expects_item = true;
            }
            Some(b']') => return Ok(()),
            Some(_) => return Err(text.error(0, "expected `,` or `]`")),
            None => return Err(text.cut_short()),
        }
    }
}

/// Reads the item at the front; how long it is.
fn read_item_of_list<R: Read>(
    text: &mut Window<R>,
    implied: Option<&str>,
    builder: &mut InventoryBuilder,
) -> Result<usize, ReadError> {
    loop {
        let ahead = text.buffer.get(text.start..).unwrap_or_default();
        // What is read here is complete, or else nothing has been taken in.
        match read_item(ahead, implied, builder) {
            Ok(end) => return Ok(end),
            Err(error) if error.is_eof() => {
                if !text.fill()? {
                    return Err(text.cut_short());
                }
            }
            Err(error) => return Err(placed(error, text.line, text.column)),
        }
    }
}

/// Reads the item that a text starts with; how long it is.
fn read_item(text: &[u8], implied: Option<&str>, builder: &mut InventoryBuilder) -> Result<usize, serde_json::Error> {
    let kind = peek_kind(&mut serde_json::Deserializer::from_slice(text));
    let Some(kind) = kind.as_deref().or(implied) else {
        // What is not well-formed or cut short is reported as such.
        serde_json::Deserializer::from_slice(text).into_iter::<serde::de::IgnoredAny>().next().transpose()?;
        return Err(serde::de::Error::custom("an object without `kind`"));
    };
    let mut prefix = Prefix { text, length: 0 };
    absorb(kind_of(kind), &mut prefix, builder)?;
    Ok(prefix.length)
}

/// The object that a text starts with.
struct Prefix<'a> {
    text: &'a [u8],
    length: usize,
}

impl Source for &mut Prefix<'_> {
    type Error = serde_json::Error;

    fn read<T: serde::de::DeserializeOwned>(self) -> Result<T, serde_json::Error> {
        let mut values = serde_json::Deserializer::from_slice(self.text).into_iter::<T>();
        let value = values.next().unwrap_or_else(|| Err(serde::de::Error::custom("expected an object")))?;
        self.length = values.byte_offset();
        Ok(value)
    }
}

fn read_single(object: &[u8], builder: &mut InventoryBuilder) -> Result<(), serde_json::Error> {
    let kind = peek_kind(&mut serde_json::Deserializer::from_slice(object));
    match kind.as_deref().map(|name| (name, kind_of(name))) {
        Some((_, Some(kind))) => absorb(Some(kind), &mut Prefix { text: object, length: 0 }, builder),
        Some((name, None)) => Err(serde::de::Error::custom(another_kind(name))),
        None => read_item(object, None, builder).map(|_| ()),
    }
}

/// Checks what is around the items of a list.
fn check_list(shell: &[u8]) -> Result<(), serde_json::Error> {
    let header: ListHeader = serde_json::from_slice(shell)?;
    match header.kind {
        Some(kind) if !kind.ends_with("List") => Err(serde::de::Error::custom(another_kind(&kind))),
        _ => Ok(()),
    }
}

/// What to say about an object that is no snapshot.
pub(super) fn another_kind(kind: &str) -> String {
    format!("this is a {kind}, not a List of the cluster's objects")
}

/// An error in a part of the text that starts at a place.
pub(super) fn placed(error: serde_json::Error, line: u64, column: u64) -> ReadError {
    let (inner_line, inner_column) = (error.line().max(1) as u64, error.column().max(1) as u64);
    let message = plain(&error.to_string());
    ReadError {
        line: line + inner_line - 1,
        column: if inner_line == 1 { column + inner_column - 1 } else { inner_column },
        message,
    }
}
