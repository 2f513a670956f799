//! Text from a file, made harmless: nothing in it can move the cursor, change colours, turn the writing
//! direction or hide itself.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar as _;

/// The visible stand-in of a character that must not reach a terminal as it is.
pub(super) fn harmless(character: char) -> Option<char> {
    match u32::from(character) {
        code @ 0..0x20 => char::from_u32(0x2400 + code),
        0x7F => Some('\u{2421}'),
        // C1 controls, Arabic letter mark, zero-width and directional marks, line and paragraph
        // separators, embeddings, isolates, invisible operators, byte order mark, annotations, tags.
        0x80..=0x9F
        | 0x61C
        | 0x180E
        | 0x200B..=0x200F
        | 0x2028..=0x202E
        | 0x2060..=0x206F
        | 0xFEFF
        | 0xFFF9..=0xFFFB
        | 0xE0000..=0xE0FFF => Some('\u{FFFD}'),
        _ => None,
    }
}

/// Columns that a harmless character takes.
pub(super) fn width(character: char) -> usize {
    character.width().unwrap_or(1)
}

/// A text of one or more lines, its line breaks kept and everything else made harmless.
#[must_use]
pub fn lines(text: &str) -> Cow<'_, str> {
    replaced(text, |character| if character == '\n' { None } else { harmless(character) })
}

/// A text as one line.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    replaced(text, |character| if character == '\n' { Some(' ') } else { harmless(character) })
}

fn replaced(text: &str, by: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    if text.chars().all(|character| by(character).is_none()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|character| by(character).unwrap_or(character)).collect())
}

#[cfg(test)]
mod tests {
    use super::{line, lines};

    #[test]
    fn terminals_are_not_at_the_mercy_of_the_file() {
        let table = [
            ("plain", "plain"),
            ("a\u{1b}[31mb", "a␛[31mb"),
            ("a\u{7f}\u{9b}b", "a␡\u{FFFD}b"),
            ("x\u{202E}y\u{2066}z\u{200B}", "x\u{FFFD}y\u{FFFD}z\u{FFFD}"),
            ("ä 日本 🚀", "ä 日本 🚀"),
        ];
        for (text, expected) in table {
            assert_eq!(line(text), expected);
        }
        assert_eq!(line("a\nb"), "a b");
        assert_eq!(lines("a\nb\r"), "a\nb␍");
    }
}
