//! `time.ParseDuration` of Go.

use crate::value::go_text::time_quoted;

/// One more than the longest duration, in nanoseconds.
const LIMIT: u64 = 1 << 63;

/// Units in nanoseconds.
fn unit(name: &str) -> Option<u64> {
    Some(match name {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    })
}

/// Nanoseconds, or Go's error text.
pub fn parse(text: &str) -> Result<i64, String> {
    let quoted = time_quoted(text.as_bytes());
    let invalid = || format!("time: invalid duration {quoted}");
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    let mut total = 0u64;
    while !rest.is_empty() {
        let number;
        (number, rest) = Number::take(rest).ok_or_else(invalid)?;
        let name;
        (name, rest) = rest.split_at(rest.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(rest.len()));
        if name.is_empty() {
            return Err(format!("time: missing unit in duration {quoted}"));
        }
        let Some(size) = unit(name) else {
            return Err(format!("time: unknown unit {} in duration {quoted}", time_quoted(name.as_bytes())));
        };
        let nanoseconds = number.times(size).ok_or_else(invalid)?;
        total = total.checked_add(nanoseconds).filter(|total| *total <= LIMIT).ok_or_else(invalid)?;
    }
    match (negative, i64::try_from(total)) {
        (true, Ok(total)) => Ok(-total),
        (true, Err(_)) => Ok(i64::MIN),
        (false, Ok(total)) => Ok(total),
        (false, Err(_)) => Err(invalid()),
    }
}

/// `whole + part / scale`
struct Number {
    whole: u64,
    part: u64,
    scale: f64,
}

impl Number {
    /// Digits, a point and digits, one of the sides at least.
    fn take(text: &str) -> Option<(Self, &str)> {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let (whole, rest) = text.split_at(digits(text));
        let (part, rest) = match rest.strip_prefix('.') {
            Some(rest) => rest.split_at(digits(rest)),
            None => ("", rest),
        };
        if whole.is_empty() && part.is_empty() {
            return None;
        }
        let whole = if whole.is_empty() { 0 } else { whole.parse().ok().filter(|whole| *whole <= LIMIT)? };
        let (part, scale) = fraction_of(part);
        Some((Self { whole, part, scale }, rest))
    }

    fn times(&self, unit: u64) -> Option<u64> {
        if self.whole > LIMIT / unit {
            return None;
        }
        let nanoseconds = self.whole * unit;
        if self.part == 0 {
            return Some(nanoseconds);
        }
        #[expect(clippy::cast_precision_loss, reason = "Go computes the fraction so")]
        let part = self.part as f64 * (unit as f64 / self.scale);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "less than one hour")]
        let part = part as u64;
        nanoseconds.checked_add(part).filter(|sum| *sum <= LIMIT)
    }
}

/// The digits after the point that fit 63 bits, and what to divide them by.
fn fraction_of(digits: &str) -> (u64, f64) {
    let (mut part, mut scale) = (0u64, 1.0);
    for digit in digits.bytes() {
        let longer = part.checked_mul(10).and_then(|part| part.checked_add(u64::from(digit - b'0')));
        match longer.filter(|longer| part <= (LIMIT - 1) / 10 && *longer <= LIMIT) {
            Some(longer) => part = longer,
            None => break,
        }
        scale *= 10.0;
    }
    (part, scale)
}

/// A duration as Go prints it: `25s`, `1m30s`, `1h0m0s`, `1.5s`, `10ms`.
#[must_use]
pub fn show(nanoseconds: i64) -> String {
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let size = nanoseconds.unsigned_abs();
    let text = match size {
        0 => return "0s".to_owned(),
        1..1_000 => format!("{size}ns"),
        1_000..1_000_000 => format!("{}µs", fraction(size, 1_000)),
        1_000_000..1_000_000_000 => format!("{}ms", fraction(size, 1_000_000)),
        _ => {
            let minutes = size / 60_000_000_000;
            let seconds = fraction(size % 60_000_000_000, 1_000_000_000);
            match (minutes / 60, minutes % 60) {
                (0, 0) => format!("{seconds}s"),
                (0, minutes) => format!("{minutes}m{seconds}s"),
                (hours, minutes) => format!("{hours}h{minutes}m{seconds}s"),
            }
        }
    };
    format!("{sign}{text}")
}

fn fraction(size: u64, unit: u64) -> String {
    let (whole, part) = (size / unit, size % unit);
    if part == 0 {
        return whole.to_string();
    }
    let width = unit.ilog10() as usize;
    format!("{whole}.{}", format!("{part:0width$}").trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_shows_as_go_does() {
        for (text, shown) in
            [("25s", "25s"), ("90s", "1m30s"), ("1h", "1h0m0s"), ("1.5s", "1.5s"), ("-10ms", "-10ms"), ("0", "0s")]
        {
            assert_eq!(parse(text).map(show), Ok(shown.to_owned()), "{text}");
        }
        for (text, error) in [
            ("x", "time: invalid duration \"x\""),
            ("", "time: invalid duration \"\""),
            ("5", "time: missing unit in duration \"5\""),
            ("5d", "time: unknown unit \"d\" in duration \"5d\""),
            (".s", "time: invalid duration \".s\""),
            ("2562048h", "time: invalid duration \"2562048h\""),
            ("1é", "time: unknown unit \"\\xc3\\xa9\" in duration \"1\\xc3\\xa9\""),
        ] {
            assert_eq!(parse(text), Err(error.to_owned()), "{text}");
        }
    }
}
