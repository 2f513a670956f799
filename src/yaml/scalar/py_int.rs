//! Text as Python's `int()` and `float()` read it.

use super::py_text::repr_text;
use super::pyyaml::{PyError, decimal};

/// The zeros of Unicode 14, which Python 3.11 knows; nine digits follow each.
const ZEROS: &[u32] = &[
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0,
    0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620,
    0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0,
    0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60,
    0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
];

/// White space to Python, which counts four control characters in.
fn is_space(next: char) -> bool {
    next.is_whitespace() || ('\x1c'..='\x1f').contains(&next)
}

/// Digits of all scripts as ASCII, without the white space around them.
fn plain(text: &str) -> String {
    let ascii = |next: char| {
        let code = u32::from(next);
        let digit = ZEROS.iter().find_map(|zero| code.checked_sub(*zero).filter(|digit| *digit < 10));
        digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(next)
    };
    text.trim_matches(is_space).chars().map(ascii).collect()
}

/// The integer that a text holds, in decimal.
///
/// # Errors
/// Python's `ValueError`.
pub fn python_int(text: &str, base: u32) -> Result<String, PyError> {
    let misfit = || PyError::value(no_integer(base, &repr_text(text)));
    let written = plain(text);
    let unsigned = written.strip_prefix(['+', '-']).unwrap_or(&written);
    let prefix = match base {
        2 => ["0b", "0B"],
        8 => ["0o", "0O"],
        16 => ["0x", "0X"],
        _ => ["", ""],
    };
    let bare = prefix.iter().find_map(|prefix| unsigned.strip_prefix(prefix)).filter(|_| base != 10);
    let digits = bare.map_or(unsigned, |digits| digits.strip_prefix('_').unwrap_or(digits));
    if digits.split('_').any(|part| part.is_empty() || !part.chars().all(|digit| digit.is_digit(base))) {
        return Err(misfit());
    }
    let value = decimal(&digits.replace('_', ""), base)?;
    Ok(if written.starts_with('-') { negative(value) } else { value })
}

/// Python's words for what is no integer: it shows 200 characters of its representation.
#[must_use]
pub fn no_integer(base: u32, repr: &str) -> String {
    let shown: String = repr.chars().take(200).collect();
    format!("invalid literal for int() with base {base}: {shown}")
}

/// A number in decimal with its sign turned.
pub(super) fn negative(value: String) -> String {
    match value.strip_prefix('-') {
        Some(positive) => positive.to_owned(),
        None if value == "0" => value,
        None => format!("-{value}"),
    }
}

/// The floating point number that a text without underscores holds.
///
/// # Errors
/// Python's `ValueError`.
pub(super) fn python_float(text: &str) -> Result<f64, PyError> {
    let misfit = |_| PyError::value(format!("could not convert string to float: {}", repr_text(text)));
    plain(text).parse().map_err(misfit)
}

#[cfg(test)]
mod tests {
    use super::python_int;

    #[test]
    fn integers_are_read_as_python_reads_them() {
        let table = [
            (" 5\n", 10, Some("5")),
            ("-05", 10, Some("-5")),
            ("1_0", 10, Some("10")),
            ("1__0", 10, None),
            ("_1", 10, None),
            ("\u{663}", 10, Some("3")),
            ("0x5", 10, None),
            ("0o17", 8, Some("15")),
            ("0x_F", 16, Some("15")),
            ("-0b1", 2, Some("-1")),
            ("+ 1", 10, None),
            ("", 10, None),
            ("\x1c7", 10, Some("7")),
        ];
        for (text, base, value) in table {
            assert_eq!(python_int(text, base).ok().as_deref(), value, "{text:?}");
        }
        let error = python_int(&"é".repeat(300), 10).unwrap_err();
        assert_eq!(error.message.chars().count(), 240, "{error:?}");
    }
}
