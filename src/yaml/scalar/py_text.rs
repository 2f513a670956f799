//! Text as Python prints it in its messages, and as it decodes it.

/// What stands for a lone surrogate, which Rust's strings cannot hold and Python's can: the last 2,048 characters of
/// Unicode, which are private and never used.
pub const SURROGATES: std::ops::RangeInclusive<u32> = 0x10_F800..=0x10_FFFF;

/// The stand-in for a surrogate; `None` for other codes.
pub(in crate::yaml) fn surrogate(code: u32) -> Option<char> {
    let offset = code.checked_sub(0xD800).filter(|offset| *offset < 0x800)?;
    char::from_u32(SURROGATES.start() + offset)
}

/// A text with quotes and escapes, as `repr()` prints it.
#[must_use]
pub fn repr_text(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for next in text.chars() {
        match next {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if next == quote => out.extend(['\\', quote]),
            _ if is_printable(next) => out.push(next),
            _ => out.push_str(&escape(next)),
        }
    }
    out.push(quote);
    out
}

fn escape(character: char) -> String {
    match u32::from(character) {
        code @ 0..=0xFF => format!("\\x{code:02x}"),
        code @ 0x100..=0xFFFF => format!("\\u{code:04x}"),
        code if SURROGATES.contains(&code) => format!("\\u{:04x}", code - SURROGATES.start() + 0xD800),
        code => format!("\\U{code:08x}"),
    }
}

/// Whether Python prints a character as it is: no control, no separator but the space, no private or unassigned one.
/// Rust's strings are printed by the same rule, for their later Unicode.
fn is_printable(character: char) -> bool {
    if character.is_ascii() {
        return (' '..='~').contains(&character);
    }
    // Behind a letter, as a combining mark in front is escaped.
    format!("{:?}", String::from_iter(['a', character])).contains(character)
}

/// What Python's encoder says of a text that holds surrogates; `None` when it holds none.
#[must_use]
pub fn surrogate_error(text: &str) -> Option<String> {
    let is_surrogate = |next: char| SURROGATES.contains(&u32::from(next));
    let at = text.chars().position(is_surrogate)?;
    let count = text.chars().skip(at).take_while(|next| is_surrogate(*next)).count();
    let first = text.chars().nth(at).map_or(0, |next| u32::from(next) - SURROGATES.start() + 0xD800);
    let which = match count {
        1 => format!("character '\\u{first:04x}' in position {at}"),
        _ => format!("characters in position {at}-{}", at + count - 1),
    };
    Some(format!("'utf-8' codec can't encode {which}: surrogates not allowed"))
}

#[cfg(test)]
mod tests {
    use super::repr_text;

    #[test]
    fn texts_are_printed_as_python_prints_them() {
        assert_eq!(repr_text("it's"), "\"it's\"");
        assert_eq!(repr_text("a\u{a0}\u{7}\"'"), "'a\\xa0\\x07\"\\''");
    }
}
