//! Secrets by the names before them, in a line of text: `TOKEN=x`, `Authorization: x`.

use std::ops::Range;

use memchr::memchr2_iter;

use super::{tells, tells_variable};

/// The longest name that is looked at, in bytes.
const NAME: usize = 64;

/// Whether something in a text is set to a name that tells.
pub(super) fn is_in(text: &str) -> bool {
    let is_set = |mark: usize| {
        let name = key_before(text, mark).and_then(|key| text.get(key..mark)).unwrap_or("");
        match text.as_bytes().get(mark) {
            Some(b'=') => assigned(text, name, mark + 1).is_some(),
            _ => tells(name) && text.get(mark + 1..).is_some_and(|value| !value.trim().is_empty()),
        }
    };
    memchr2_iter(b':', b'=', text.as_bytes()).any(is_set)
}

/// Where the name before a colon or an equals sign starts.
#[must_use]
pub fn key_before(text: &str, mark: usize) -> Option<usize> {
    // Behind `? key`, the colon starts the next line.
    let before = text.get(..mark)?.trim_end_matches([' ', '\t', '\n', '\r', '#']);
    let before = before.strip_suffix(['"', '\'']).unwrap_or(before);
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let length = before.bytes().rev().take(NAME).take_while(is_name).count();
    (length > 0).then(|| before.len() - length)
}

/// What a variable is set to, by its bytes, where nobody may see it; the `=` stands before `after`.
#[must_use]
pub fn assigned(text: &str, name: &str, after: usize) -> Option<Range<usize>> {
    let value = text.get(after..)?;
    if !tells_variable(name) || value.starts_with('=') {
        return None;
    }
    let length = match value.strip_prefix(['"', '\'']) {
        Some(quoted) => quoted.find(['"', '\'', '\n', '\r']).map_or(value.len(), |end| end + 2),
        None => {
            value.find(|letter: char| letter.is_whitespace() || "\"'`&;,)}]|".contains(letter)).unwrap_or(value.len())
        }
    };
    let end = (after..=after + length).rev().find(|end| text.is_char_boundary(*end))?;
    (end > after).then_some(after..end)
}
