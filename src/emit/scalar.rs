//! Texts and numbers that stay what they are.

use crate::yaml::scalar::{PyScalar, Scalar, go_yaml_v2, pyyaml};

/// Longest word that stands without quotes: far below every limit on keys.
const LONGEST_WORD: usize = 200;

/// A text as it stands in a file: a word as it is, anything else in double quotes.
#[must_use]
pub fn word(text: &str) -> String {
    if is_word(text) { text.to_owned() } else { quoted(text) }
}

/// A text that is printed without quotes by the program in between, ready to be the value of a text: a word as it is,
/// anything else with quotes inside of the value. The quotes come out, and the next reader takes them off.
#[must_use]
pub fn unquoted(text: &str) -> String {
    if stays_text(text) {
        return text.to_owned();
    }
    // Helm takes Go's word for a missing value out of all that it prints.
    quoted(text).replace(NO_VALUE, "\\x3cno value>")
}

/// Go's word for a missing value.
const NO_VALUE: &str = "<no value>";

/// Whether a text stands without quotes. What starts with a digit gets them, although few readers would mind.
fn is_word(text: &str) -> bool {
    !text.starts_with(|first: char| first.is_ascii_digit()) && stays_text(text)
}

/// Whether no reader takes the text for anything but text, wherever it stands and whatever follows it.
#[must_use]
pub fn stays_text(text: &str) -> bool {
    let mut characters = text.chars();
    let starts = characters.next().is_some_and(|first| first.is_ascii_alphanumeric() || matches!(first, '_' | '/'));
    // YAML 1.2 knows numbers that the older readers take for text.
    let is_octal = ["0o", "0O", "0b", "0B"].iter().any(|prefix| {
        text.strip_prefix(prefix).is_some_and(|digits| digits.chars().all(|c| c.is_ascii_digit() || c == '_'))
    });
    starts
        && !is_octal
        && text.len() <= LONGEST_WORD
        && characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | '.' | '-'))
        && matches!(go_yaml_v2(text), Scalar::String(_))
        && matches!(pyyaml(text), Ok(PyScalar::String(_)))
}

/// A text in double quotes on one line.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match (character, u32::from(character)) {
            ('"', _) => out.push_str("\\\""),
            ('\\', _) => out.push_str("\\\\"),
            ('\n', _) => out.push_str("\\n"),
            ('\t', _) => out.push_str("\\t"),
            ('\r', _) => out.push_str("\\r"),
            (_, ..0x20 | 0x7f..0xa0) => out.push_str(&format!("\\x{:02x}", u32::from(character))),
            (character, _) if is_plainly_printable(character) => out.push(character),
            (_, code @ ..0x1_0000) => out.push_str(&format!("\\u{code:04x}")),
            (_, code) => out.push_str(&format!("\\U{code:08x}")),
        }
    }
    out.push('"');
    out
}

/// Whether a character can stand as it is: no reader takes it for a break or refuses it, and a person sees it.
fn is_plainly_printable(character: char) -> bool {
    !matches!(u32::from(character),
        0xa0 | 0xad | 0x61c | 0x180e | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f
        | 0xe000..=0xf8ff | 0xfeff | 0xfff0..=0xffff | 0xe0000..)
        && u32::from(character) & 0xfffe != 0xfffe
}

/// A number as all readers take it for the same.
#[must_use]
pub fn number(number: f64) -> String {
    if number == 0.0 && number.is_sign_negative() {
        return "-0.0".to_owned();
    }
    if number.fract() == 0.0 && number.abs() < LARGEST_WHOLE {
        return format!("{number:.0}");
    }
    let plain = format!("{number}");
    if (1e-5..1e16).contains(&number.abs()) {
        return if plain.contains('.') { plain } else { format!("{plain}.0") };
    }
    // PyYAML wants a point and a sign.
    let scientific = format!("{number:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let point = if mantissa.contains('.') { "" } else { ".0" };
    let sign = if exponent.starts_with('-') { "" } else { "+" };
    format!("{mantissa}{point}e{sign}{exponent}")
}

/// Whole numbers below this one are told apart by all readers.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

#[cfg(test)]
mod tests {
    use super::{number, unquoted, word};

    #[test]
    fn words_and_quotes() {
        let table = [
            ("west", "west"),
            ("us-east.1", "us-east.1"),
            ("/etc/kube/west.conf", "/etc/kube/west.conf"),
            ("", "\"\""),
            ("on", "\"on\""),
            ("y", "\"y\""),
            ("1e3", "\"1e3\""),
            ("null", "\"null\""),
            ("a: b", "\"a: b\""),
            ("-", "\"-\""),
            ("a\u{85}\u{2028}\u{7f}\u{0}", "\"a\\x85\\u2028\\x7f\\x00\""),
            ("say \"hi\"\\\n", "\"say \\\"hi\\\"\\\\\\n\""),
            ("Zürich 🚀", "\"Zürich 🚀\""),
        ];
        for (text, shown) in table {
            assert_eq!(word(text), shown);
        }
        assert_eq!(unquoted("a <no value> b"), "\"a \\x3cno value> b\"");
    }

    #[test]
    fn numbers() {
        let table = [
            (4.0, "4"),
            (-1.0, "-1"),
            (0.5, "0.5"),
            (1e6, "1000000"),
            (1e21, "1.0e+21"),
            (1.5e300, "1.5e+300"),
            (1e-7, "1.0e-7"),
            (9_007_199_254_740_992.0, "9007199254740992.0"),
            (-0.0, "-0.0"),
        ];
        for (value, shown) in table {
            assert_eq!(number(value), shown);
            assert_eq!(shown.parse::<f64>().unwrap().to_bits(), f64::to_bits(value));
        }
    }
}
