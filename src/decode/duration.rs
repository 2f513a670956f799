//! `time.ParseDuration` of Go.

use crate::value::go_text;

/// Units in nanoseconds.
fn unit(name: &str) -> Option<f64> {
    Some(match name {
        "ns" => 1.0,
        "us" | "µs" | "μs" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        "m" => 60e9,
        "h" => 3600e9,
        _ => return None,
    })
}

/// Nanoseconds, or Go's error text.
pub fn parse(text: &str) -> Result<i64, String> {
    let quoted = go_text::quoted(text);
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
    let mut total = 0.0f64;
    while !rest.is_empty() {
        let number_end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        let (number, after) = rest.split_at(number_end);
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        if digits == 0 {
            return Err(invalid());
        }
        let (number, after) = one_point_only(number, after, rest);
        let unit_end = after.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(after.len());
        let (name, next) = after.split_at(unit_end);
        if name.is_empty() {
            return Err(format!("time: missing unit in duration {quoted}"));
        }
        let Some(size) = unit(name) else {
            return Err(format!("time: unknown unit {} in duration {quoted}", go_text::quoted(name)));
        };
        total += number.parse::<f64>().map_err(|_| invalid())? * size;
        if total > 9_223_372_036_854_775_807.0 {
            return Err(invalid());
        }
        rest = next;
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded just above")]
    let whole = total as i64;
    Ok(if negative { -whole } else { whole })
}

/// A number has one point; what follows a second one starts at that point.
fn one_point_only<'t>(number: &'t str, after: &'t str, rest: &'t str) -> (&'t str, &'t str) {
    let mut points = number.match_indices('.').map(|(at, _)| at);
    match (points.next(), points.next()) {
        (Some(_), Some(second)) => (&rest[..second], &rest[second..]),
        _ => (number, after),
    }
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
        ] {
            assert_eq!(parse(text), Err(error.to_owned()), "{text}");
        }
    }
}
