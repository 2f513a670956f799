//! Numbers and strings as Go prints them.

/// A number as encoding/json writes it: plain digits below 1e21, else with an exponent.
#[must_use]
pub fn json_number(number: f64) -> String {
    let size = number.abs();
    if number == 0.0 {
        return if number.is_sign_negative() { "-0".into() } else { "0".into() };
    }
    if (1e-6..1e21).contains(&size) {
        return format!("{number}");
    }
    let text = format!("{number:e}");
    match text.split_once('e') {
        Some((mantissa, exponent)) if exponent.starts_with('-') => format!("{mantissa}e{exponent}"),
        Some((mantissa, exponent)) => format!("{mantissa}e+{exponent}"),
        None => text,
    }
}

/// A float as `strconv.FormatFloat(f, 'g', -1, 32)` prints it: what ghodss/yaml makes of a number that
/// lands in a text field (§1.1).
#[must_use]
pub fn float_g32(number: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "Go narrows to 32 bits here")]
    let narrow = number as f32;
    if narrow == 0.0 {
        return if narrow.is_sign_negative() { "-0".into() } else { "0".into() };
    }
    if narrow.is_infinite() {
        return if narrow > 0.0 { ".inf".into() } else { "-.inf".into() };
    }
    if narrow.is_nan() {
        return ".nan".into();
    }
    shortest(&format!("{narrow:e}"), &format!("{narrow}"))
}

/// A float as `strconv.FormatFloat(f, 'g', -1, 64)` prints it.
pub fn float_g64(number: f64) -> String {
    match number {
        n if n.is_nan() => "NaN".into(),
        n if n.is_infinite() => if n > 0.0 { "+Inf" } else { "-Inf" }.into(),
        _ => shortest(&format!("{number:e}"), &format!("{number}")),
    }
}

/// The shorter of two notations by strconv's measure, which is six digits when it is asked for the shortest form.
fn shortest(scientific: &str, plain: &str) -> String {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let power: i32 = exponent.parse().unwrap_or(0);
    if (-4..6).contains(&power) {
        return plain.to_owned();
    }
    let sign = if power < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", power.abs())
}

/// A 32-bit float as `%v` prints it: an exponent below 1e-4 and from 1e21 on.
#[must_use]
pub fn float_v32(number: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "it was decoded from 32 bits")]
    let narrow = number as f32;
    let size = narrow.abs();
    if narrow == 0.0 || (1e-4..1e21).contains(&size) {
        return if narrow == 0.0 { json_number(number) } else { format!("{narrow}") };
    }
    let scientific = format!("{narrow:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let power: i32 = exponent.parse().unwrap_or(0);
    format!("{mantissa}e{}{:02}", if power < 0 { '-' } else { '+' }, power.abs())
}

/// A string in Go's double quotes (`%q`).
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    text.chars().for_each(|c| push_escaped(&mut out, c, '"'));
    out.push('"');
    out
}

/// A character in Go's single quotes (`%q`).
#[must_use]
pub fn quoted_rune(c: char) -> String {
    let mut out = String::from("'");
    push_escaped(&mut out, c, '\'');
    out.push('\'');
    out
}

fn push_escaped(out: &mut String, c: char, quote: char) {
    match c {
        '\\' => out.push_str("\\\\"),
        '\u{7}' => out.push_str("\\a"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{b}' => out.push_str("\\v"),
        c if c == quote => out.extend(['\\', c]),
        c if is_printable(c) => out.push(c),
        c if u32::from(c) < 0x80 => out.push_str(&format!("\\x{:02x}", u32::from(c))),
        c if u32::from(c) < 0x1_0000 => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        c => out.push_str(&format!("\\U{:08x}", u32::from(c))),
    }
}

/// A text in the quotes of Go's package `time`, which shows every byte outside ASCII by its number.
#[must_use]
pub fn time_quoted(text: &[u8]) -> String {
    let mut out = String::from("\"");
    for byte in text {
        match byte {
            b'"' | b'\\' => {
                out.push('\\');
                out.push(char::from(*byte));
            }
            b' '..=0x7f => out.push(char::from(*byte)),
            byte => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push('"');
    out
}

/// `strconv.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII space. Rust tells by the same categories,
/// when a character does not stand first.
fn is_printable(c: char) -> bool {
    c.is_ascii_graphic() || c == ' ' || !c.is_ascii() && String::from_iter(['a', c]).escape_debug().nth(1) == Some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_escaped_where_they_end_the_text() {
        assert_eq!(quoted("a\"b'c\n"), "\"a\\\"b'c\\n\"");
        assert_eq!(['\'', '"', '\n', 'é'].map(quoted_rune), ["'\\''", "'\"'", "'\\n'", "'é'"]);
    }

    #[test]
    fn json_numbers() {
        for (number, text) in [
            (4.0, "4"),
            (4.5, "4.5"),
            (3e9, "3000000000"),
            (1e21, "1e+21"),
            (1e-7, "1e-7"),
            (123_456_789_012_345_678_901.0, "123456789012345680000"),
        ] {
            assert_eq!(json_number(number), text);
        }
    }

    #[test]
    fn narrow_floats() {
        for (number, text) in [(1.2, "1.2"), (6e7, "6e+07"), (685_230.15, "685230.1"), (1e20, "1e+20"), (1e-5, "1e-05")]
        {
            assert_eq!(float_g32(number), text);
        }
    }

    #[test]
    fn quotes() {
        assert_eq!(quoted("a\"\u{7f}\n\u{85}é"), r#""a\"\x7f\n\u0085é""#);
    }
}
