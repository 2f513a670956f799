//! Values as `str()` and `repr()` print them.

use super::{PyKind, PyValue};
use crate::yaml::scalar::repr_text;

impl PyValue {
    /// As `str()` prints it.
    #[must_use]
    pub fn to_text(&self) -> String {
        match &self.kind {
            PyKind::Str(text) | PyKind::Date(text) | PyKind::DateTime(text) => text.clone(),
            _ => self.repr(),
        }
    }

    /// As `repr()` prints it.
    #[must_use]
    pub fn repr(&self) -> String {
        let list = |items: &[Self]| items.iter().map(Self::repr).collect::<Vec<_>>().join(", ");
        match &self.kind {
            PyKind::None => "None".to_owned(),
            PyKind::Bool(true) => "True".to_owned(),
            PyKind::Bool(false) => "False".to_owned(),
            PyKind::Int(digits) => digits.clone(),
            PyKind::Float(number) => repr_float(*number),
            PyKind::Str(text) => repr_text(text),
            PyKind::Bytes(bytes) => repr_bytes(bytes),
            PyKind::Date(iso) => format!("datetime.date({})", numbers(iso.split('-')).join(", ")),
            PyKind::DateTime(iso) => repr_moment(iso),
            PyKind::List(items) => format!("[{}]", list(items)),
            PyKind::Pair(pair) => format!("({}, {})", pair.0.repr(), pair.1.repr()),
            PyKind::Dict(entries) => {
                let entries = entries.iter().map(|(key, value)| format!("{}: {}", key.repr(), value.repr()));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
            PyKind::Set(members) if members.is_empty() => "set()".to_owned(),
            PyKind::Set(members) => format!("{{{}}}", list(members)),
        }
    }
}

/// A set of texts or other values as Python prints it, sorted; Python's own order is arbitrary.
#[must_use]
pub fn repr_set(mut members: Vec<String>) -> String {
    members.sort();
    if members.is_empty() { "set()".to_owned() } else { format!("{{{}}}", members.join(", ")) }
}

fn repr_bytes(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    let mut out = format!("b{quote}");
    for &byte in bytes {
        match byte {
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            _ if char::from(byte) == quote => out.extend(['\\', quote]),
            0x20..=0x7E => out.push(char::from(byte)),
            _ => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push(quote);
    out
}

/// The shortest digits that give the number back; with an exponent from 1e16 on and below 1e-4.
pub(super) fn repr_float(number: f64) -> String {
    if number.is_nan() {
        return "nan".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let scientific = format!("{number:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&exponent) || number == 0.0 {
        return format!("{number:?}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.unsigned_abs())
}

/// Digits without their leading zeros.
fn numbers<'t>(parts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let plain = |part: &str| part.parse::<u64>().map_or_else(|_| part.to_owned(), |number| number.to_string());
    parts.map(plain).collect()
}

fn repr_moment(iso: &str) -> String {
    let (date, time) = iso.split_once(' ').unwrap_or((iso, ""));
    let zone_at = time.find(['+', '-']).unwrap_or(time.len());
    let (time, zone) = time.split_at_checked(zone_at).unwrap_or((time, ""));
    let mut parts = numbers(date.split('-'));
    parts.extend(numbers(time.split([':', '.'])));
    if parts.len() == 6 && parts.last().is_some_and(|seconds| seconds == "0") {
        parts.pop();
    }
    if !zone.is_empty() {
        parts.push(format!("tzinfo={}", repr_zone(zone)));
    }
    format!("datetime.datetime({})", parts.join(", "))
}

fn repr_zone(zone: &str) -> String {
    let minutes: i64 = zone
        .get(1..)
        .and_then(|zone| zone.split_once(':'))
        .and_then(|(hours, minutes)| Some(hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?))
        .unwrap_or(0);
    match (minutes * 60, zone.starts_with('-')) {
        (0, _) => "datetime.timezone.utc".to_owned(),
        (seconds, true) => {
            let seconds = 24 * 3600 - seconds;
            format!("datetime.timezone(datetime.timedelta(days=-1, seconds={seconds}))")
        }
        (seconds, false) => format!("datetime.timezone(datetime.timedelta(seconds={seconds}))"),
    }
}

#[cfg(test)]
mod tests {
    use super::{repr_float, repr_moment};

    #[test]
    fn values_print_as_in_python() {
        for (number, text) in
            [(1.0, "1.0"), (1e16, "1e+16"), (1e15, "1000000000000000.0"), (1.5e-7, "1.5e-07"), (0.0001, "0.0001")]
        {
            assert_eq!(repr_float(number), text);
        }
        let moment = "datetime.datetime(2001, 12, 14, 21, 59, 43, 100000, \
                      tzinfo=datetime.timezone(datetime.timedelta(days=-1, seconds=68400)))";
        assert_eq!(repr_moment("2001-12-14 21:59:43.100000-05:00"), moment);
        assert_eq!(repr_moment("2001-12-14 21:59:00"), "datetime.datetime(2001, 12, 14, 21, 59)");
    }
}
