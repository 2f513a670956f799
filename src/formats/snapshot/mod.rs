//! Snapshots of a cluster: what `kubectl get nodes,pods,… -A -o json` (or `yaml`) writes.
//!
//! A snapshot is a `List`, or several documents. JSON is read as a stream, one item at a time, so that
//! memory does not grow with the number of pods; YAML is read whole. Items go into an
//! [`InventoryBuilder`] in whatever order they come. Kinds that no rule asks for are passed over.

mod json;
mod object;
mod page;
mod pod_file;
mod saver;
mod yaml;

use std::fmt;
use std::io::{self, BufReader, Read};

use crate::model::inventory::InventoryBuilder;

pub use page::{Page, peek_next, read_list, read_page};
pub use pod_file::read_pod;
pub use saver::Saver;

/// Why a snapshot or a pod file cannot be read, and where.
#[derive(Debug)]
pub struct ReadError {
    /// Line, from 1; 0 when the place is not known.
    pub line: u64,
    /// Column, from 1; 0 when the place is not known.
    pub column: u64,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ReadError {}

/// What serde says, without the names of our types and without the place, which stands elsewhere.
fn plain(words: &str) -> String {
    let words = words.rsplit_once(" at line ").map_or(words, |(words, _)| words);
    match words.split_once("expected struct ") {
        Some((before, after)) => {
            let name = after.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(after.len());
            format!("{before}expected a mapping{}", after.get(name..).unwrap_or_default())
        }
        None => words.to_owned(),
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self { line: 0, column: 0, message: format!("cannot be read: {error}") }
    }
}

/// Reads a snapshot in either format into a builder.
///
/// # Errors
/// The text is cut short or otherwise not well-formed, is of another kind, or holds an object that is of
/// the wrong shape or there already.
pub fn read(input: impl Read, builder: &mut InventoryBuilder) -> Result<(), ReadError> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let first = first_byte(&mut input)?;
    match first {
        None => Err(ReadError { line: 1, column: 1, message: "the snapshot is empty".to_owned() }),
        Some(b'{') => json::read(input, builder),
        Some(_) => {
            let mut text = String::new();
            input.read_to_string(&mut text)?;
            yaml::read(&text, builder)
        }
    }
}

/// The first byte that is not white space; nothing is consumed but a byte order mark.
fn first_byte(input: &mut BufReader<impl Read>) -> io::Result<Option<u8>> {
    use io::BufRead as _;
    let start = input.fill_buf()?;
    if start.starts_with(b"\xEF\xBB\xBF") {
        input.consume(3);
    }
    let buffer = input.fill_buf()?;
    Ok(buffer.iter().copied().find(|byte| !byte.is_ascii_whitespace()))
}
