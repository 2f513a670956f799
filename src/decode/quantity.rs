//! `resource.Quantity` as apimachinery reads it and writes it back.

const WRONG: &str = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const NUMERIC: &str = "unable to parse numeric part of quantity";
const SUFFIX: &str = "unable to parse quantity's suffix";

#[derive(Clone, Copy, PartialEq)]
enum Format {
    Binary,
    Exponent,
    Decimal,
}

/// The canonical text of a quantity, or apimachinery's error.
pub fn canonical(text: &str) -> Result<String, &'static str> {
    if text.is_empty() {
        return Err(WRONG);
    }
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
    let (number, suffix) = rest.split_at(end);
    if number.is_empty() && suffix.is_empty() {
        return Err(NUMERIC);
    }
    let known = suffix.chars().all(|c| "eEinumkKMGTP+-0123456789".contains(c));
    if !known {
        return Err(WRONG);
    }
    let Some((factor, format)) = scale(suffix) else {
        return Err(SUFFIX);
    };
    let nano = nanos(number, factor).ok_or(NUMERIC)?;
    Ok(write(nano, negative, format))
}

/// A factor as `base ^ power`.
enum Factor {
    Ten(i32),
    Two(u32),
}

fn scale(suffix: &str) -> Option<(Factor, Format)> {
    let decimal = |power| Some((Factor::Ten(power), Format::Decimal));
    let binary = |power| Some((Factor::Two(power), Format::Binary));
    match suffix {
        "n" => decimal(-9),
        "u" => decimal(-6),
        "m" => decimal(-3),
        "" => decimal(0),
        "k" => decimal(3),
        "M" => decimal(6),
        "G" => decimal(9),
        "T" => decimal(12),
        "P" => decimal(15),
        "E" => decimal(18),
        "Ki" => binary(10),
        "Mi" => binary(20),
        "Gi" => binary(30),
        "Ti" => binary(40),
        "Pi" => binary(50),
        "Ei" => binary(60),
        _ => {
            let power = suffix.strip_prefix(['e', 'E'])?.parse::<i32>().ok()?;
            Some((Factor::Ten(power), Format::Exponent))
        }
    }
}

/// Billionths, rounded up, capped where an `i128` ends.
fn nanos(number: &str, factor: Factor) -> Option<i128> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && part.is_empty() || part.contains('.') {
        return None;
    }
    let part = part.get(..18).unwrap_or(part);
    let digits: i128 = format!("0{whole}{part}").parse().ok()?;
    let mut power = 9 - i32::try_from(part.len()).ok()?;
    let mut value = digits;
    match factor {
        Factor::Ten(ten) => power += ten,
        Factor::Two(two) => value = value.checked_mul(1i128 << two)?,
    }
    if power >= 0 {
        value = 10i128.checked_pow(u32::try_from(power).ok()?).and_then(|by| value.checked_mul(by))?;
    } else {
        let by = 10i128.checked_pow(power.unsigned_abs()).unwrap_or(i128::MAX);
        value = value / by + i128::from(value % by != 0);
    }
    Some(value)
}

fn write(nano: i128, negative: bool, format: Format) -> String {
    const UNIT: i128 = 1_000_000_000;
    let sign = if negative && nano != 0 { "-" } else { "" };
    if nano == 0 {
        return "0".to_owned();
    }
    if format == Format::Binary && nano % UNIT == 0 && nano / UNIT >= 1024 {
        let (mut value, mut power) = (nano / UNIT, 0usize);
        while value % 1024 == 0 && power < 6 {
            value /= 1024;
            power += 1;
        }
        return format!("{sign}{value}{}", ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"][power]);
    }
    let (mut value, mut power) = (nano, -9i32);
    while value % 1000 == 0 && power < 18 {
        value /= 1000;
        power += 3;
    }
    let suffix = match (format, power) {
        (_, 0) => String::new(),
        (Format::Exponent, power) => format!("e{power}"),
        (_, power) => {
            let at = usize::try_from((power + 9) / 3).unwrap_or(3);
            ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"].get(at).copied().unwrap_or("").to_owned()
        }
    };
    format!("{sign}{value}{suffix}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_forms() {
        for (text, shown) in [
            ("1000m", "1"),
            ("0.5", "500m"),
            ("1024Ki", "1Mi"),
            ("1.5Gi", "1536Mi"),
            ("2000", "2k"),
            ("1e3", "1e3"),
            ("12", "12"),
            ("100Mi", "100Mi"),
            ("0", "0"),
            ("-1", "-1"),
        ] {
            assert_eq!(canonical(text), Ok(shown.to_owned()), "{text}");
        }
        assert_eq!(canonical("1Q"), Err(WRONG));
        assert_eq!(canonical("1ii"), Err(SUFFIX));
    }
}
