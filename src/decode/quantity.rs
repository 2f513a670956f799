//! `resource.Quantity` as apimachinery 0.28 reads it and writes it back.
//!
//! Its reader is laxer than its own error texts say: `+`, `.` and a bare suffix are all zero. A text that is
//! already canonical enough is kept as it was written.

use super::digits::Digits;

const WRONG: &str = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const NUMERIC: &str = "unable to parse numeric part of quantity";
const SUFFIX: &str = "unable to parse quantity's suffix";

/// Decimal digits that are sure to fit 64 bits.
const SAFE_DIGITS: i64 = 18;
/// The smallest part that is kept, as a power of ten.
const NANO: i64 = -9;

#[derive(Clone, Copy, PartialEq)]
enum Format {
    Binary,
    Exponent,
    Decimal,
}

/// A text taken apart.
struct Parts<'t> {
    negative: bool,
    /// Sign, digits and point, as the slow way reads them again.
    value: &'t str,
    /// Digits before the point, without leading zeros but never empty.
    whole: &'t str,
    /// Digits after the point.
    fraction: &'t str,
    suffix: &'t str,
}

/// The canonical text of a quantity, or apimachinery's error.
pub fn canonical(text: &str) -> Result<String, &'static str> {
    if text.is_empty() {
        return Err(WRONG);
    }
    let parts = split(text)?;
    let (exponent, format) = scale(parts.suffix).ok_or(SUFFIX)?;
    if let Some(shown) = fast(text, &parts, exponent, format) {
        return Ok(shown);
    }
    slow(&parts, exponent, format)
}

fn split(text: &str) -> Result<Parts<'_>, &'static str> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let negative = text.starts_with('-');
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let rest = unsigned.trim_start_matches('0');
    if rest.is_empty() {
        return Ok(Parts { negative, value: "0", whole: "0", fraction: "", suffix: "" });
    }
    let (whole, rest) = rest.split_at(digits(rest));
    let whole = if whole.is_empty() { "0" } else { whole };
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(digits(rest)),
        None => ("", rest),
    };
    let value = text.strip_suffix(rest).unwrap_or(text);
    let letters = rest.trim_start_matches(|c| "eEinumkKMGTP".contains(c));
    let number = letters.strip_prefix(['-', '+']).unwrap_or(letters);
    if digits(number) < number.len() {
        return Err(WRONG);
    }
    Ok(Parts { negative, value, whole, fraction, suffix: rest })
}

/// The power of ten, or of two for binary suffixes.
fn scale(suffix: &str) -> Option<(i64, Format)> {
    const DECIMAL: [&str; 10] = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    const BINARY: [&str; 6] = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    let place = |table: &[&str]| table.iter().position(|known| *known == suffix).and_then(|at| i64::try_from(at).ok());
    if let Some(at) = place(&DECIMAL) {
        return Some((at * 3 - 9, Format::Decimal));
    }
    if let Some(at) = place(&BINARY) {
        return Some((at * 10 + 10, Format::Binary));
    }
    let power = suffix.strip_prefix(['e', 'E'])?.parse::<i64>().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "apimachinery cuts it to 32 bits")]
    let power = power as i32;
    Some((i64::from(power), Format::Exponent))
}

/// The way for what surely fits 64 bits; `None` where it does not.
fn fast(text: &str, parts: &Parts<'_>, exponent: i64, format: Format) -> Option<String> {
    let length = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
    let (whole, fraction) = (length(parts.whole), length(parts.fraction));
    let (mantissa, precision) = match format {
        Format::Binary if fraction == 0 => (1i64 << exponent, 15 - whole - exponent * 3 / 10 - 1),
        Format::Binary => return None,
        _ => (1, SAFE_DIGITS - whole - fraction),
    };
    let scale = if format == Format::Binary { 0 } else { exponent } - fraction;
    if precision < 0 || scale < NANO {
        return None;
    }
    let shifted = format!("{}{}", parts.whole, parts.fraction);
    let value: i64 = shifted.parse().ok()?;
    let result = value.checked_mul(mantissa)?;
    let is_canonical = match format {
        Format::Binary => value & 7 != 0,
        _ => scale % 3 == 0 && !shifted.ends_with("000") && !shifted.starts_with('0'),
    };
    if is_canonical {
        return Some(text.to_owned());
    }
    Some(write(&Digits::new(&result.to_string(), -scale), parts.negative, format))
}

fn slow(parts: &Parts<'_>, exponent: i64, format: Format) -> Result<String, &'static str> {
    if !parts.value.bytes().any(|byte| byte.is_ascii_digit()) {
        return Err(NUMERIC);
    }
    let mut amount =
        Digits::new(&format!("{}{}", parts.whole, parts.fraction), parts.fraction.len().try_into().unwrap_or(0));
    let mut format = format;
    if format == Format::Binary {
        (0..exponent / 10).for_each(|_| amount.multiply(1024));
    } else {
        amount.shift(exponent);
    }
    amount.round_up(-NANO);
    if format == Format::Binary {
        let most = Digits::new(&i64::MAX.to_string(), 0);
        if amount.is_above(&most) {
            amount = most;
        }
        if !amount.is_at_least(1) {
            format = Format::Decimal;
        }
    }
    Ok(write(&amount, parts.negative, format))
}

fn write(amount: &Digits, negative: bool, format: Format) -> String {
    if amount.is_zero() {
        return "0".to_owned();
    }
    let sign = if negative { "-" } else { "" };
    if let (Format::Binary, true, Some(whole)) = (format, amount.is_at_least(1024), amount.whole()) {
        return format!("{sign}{}", binary(whole));
    }
    let format = if format == Format::Binary { Format::Decimal } else { format };
    let (digits, exponent) = amount.in_thousands();
    format!("{sign}{digits}{}", suffix(exponent, format))
}

fn binary(mut value: u64) -> String {
    let mut power = 0usize;
    while value.is_multiple_of(1024) && value > 0 {
        value /= 1024;
        power += 1;
    }
    let suffix = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].get(power).copied().unwrap_or("");
    format!("{value}{suffix}")
}

/// The suffix of a power of ten; apimachinery drops those that have no letter.
fn suffix(exponent: i64, format: Format) -> String {
    match (format, exponent) {
        (_, 0) => String::new(),
        (Format::Exponent, exponent) => format!("e{exponent}"),
        (_, exponent) => {
            let at = usize::try_from((exponent - NANO) / 3).unwrap_or(usize::MAX);
            ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"].get(at).copied().unwrap_or("").to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_forms() {
        for (text, shown) in [
            ("1000m", "1"),
            ("+5", "+5"),
            ("007", "007"),
            ("+", "0"),
            (".", "0"),
            ("Ki", "0"),
            ("1000E", "1"),
            ("12e1", "120"),
            ("1e400", "10e399"),
            ("512Ki", "512Ki"),
            ("1.1Ki", "1126400m"),
            ("1n", "1n"),
            ("1e-10", "1e-9"),
            ("9223372036854775808Ki", "9223372036854775807"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("E", "0"),
            ("1e4294967296", "1e4294967296"),
            ("1.5Ki", "1536"),
            ("0.0000000001", "1n"),
            ("-0.0000000001", "-1n"),
            ("-1.5Gi", "-1536Mi"),
            ("1023Ki", "1023Ki"),
            ("1e21", "1e21"),
            ("1000P", "1E"),
            ("1.G", "1.G"),
            ("1e+5", "100e3"),
            ("1E5", "100e3"),
            ("-", "0"),
            ("-0", "0"),
            ("0.0", "0"),
            ("00", "0"),
            ("0.1Ki", "102400m"),
            ("8Ki", "8Ki"),
            ("16Ki", "16Ki"),
            ("1000Ki", "1000Ki"),
            ("2048", "2048"),
            ("1e-9", "1e-9"),
            ("1e-8", "10e-9"),
            ("3e-1", "300e-3"),
            ("100e1", "1e3"),
            ("1234567890123456789", "1234567890123456789"),
            ("1234567890123456789.5", "1234567890123456789500m"),
            ("12345678901234567890Ei", "9223372036854775807"),
            ("0.00000000000001Ei", "11529215046069n"),
            ("1000000", "1M"),
            ("1001", "1001"),
            ("999999999999999999", "999999999999999999"),
            ("9999999999999999999k", "9999999999999999999k"),
        ] {
            assert_eq!(canonical(text), Ok(shown.to_owned()), "{text}");
        }
    }

    #[test]
    fn errors() {
        for (text, error) in [
            ("e-12", NUMERIC),
            ("e", SUFFIX),
            ("1e", SUFFIX),
            ("1..2", WRONG),
            ("1k1", SUFFIX),
            ("1m5", SUFFIX),
            ("5-5", SUFFIX),
            ("1Kii", SUFFIX),
            ("1 Ki", WRONG),
            ("1Q", WRONG),
            ("1ii", SUFFIX),
        ] {
            assert_eq!(canonical(text), Err(error), "{text}");
        }
    }
}
