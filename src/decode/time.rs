//! Times of `metav1.Time`: RFC 3339 as Go's `time.Parse` takes it, which is laxer than the RFC (an hour of one
//! digit, a comma before the fraction), and as Kubernetes writes it back, in UTC and whole seconds.

use crate::value::go_text::time_quoted;

const LAYOUT: &str = "2006-01-02T15:04:05Z07:00";

/// The time as it is written back; `None` for Go's zero time. An error is Go's text.
pub(super) fn rfc3339(text: &str) -> Result<Option<String>, String> {
    let mut reader = Reader { whole: text, rest: text.as_bytes() };
    let year = reader.year()?;
    let month = reader.number('-', Width::Two, "01", (1..=12, "month"))?;
    let day = reader.number('-', Width::Two, "02", (0..=99, ""))?;
    let hour = reader.number('T', Width::OneOrTwo, "15", (0..=23, "hour"))?;
    let minute = reader.number(':', Width::Two, "04", (0..=59, "minute"))?;
    let second = reader.number(':', Width::Two, "05", (0..=59, "second"))?;
    let fraction = reader.fraction();
    let offset = reader.offset()?;
    if !reader.rest.is_empty() {
        return Err(reader.out_of_shape(&format!("extra text: {}", time_quoted(reader.rest))));
    }
    if day < 1 || day > days_in(year, month) {
        return Err(reader.out_of_shape("day out of range"));
    }
    let seconds = days_since_year_one(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset;
    if seconds == 0 && !fraction {
        return Ok(None);
    }
    Ok(Some(show(seconds)))
}

/// How many digits a number may have.
#[derive(Clone, Copy, PartialEq)]
enum Width {
    OneOrTwo,
    Two,
}

struct Reader<'t> {
    whole: &'t str,
    rest: &'t [u8],
}

impl Reader<'_> {
    fn cannot_parse(&self, at: &[u8], element: &str) -> String {
        let whole = time_quoted(self.whole.as_bytes());
        format!("parsing time {whole} as \"{LAYOUT}\": cannot parse {} as \"{element}\"", time_quoted(at))
    }

    fn out_of_shape(&self, why: &str) -> String {
        format!("parsing time {}: {why}", time_quoted(self.whole.as_bytes()))
    }

    fn year(&mut self) -> Result<i64, String> {
        match self.rest.split_at_checked(4) {
            Some((digits, rest)) if digits.iter().all(u8::is_ascii_digit) => {
                self.rest = rest;
                Ok(value_of(digits))
            }
            _ => Err(self.cannot_parse(self.rest, "2006")),
        }
    }

    /// A separator and a number of two digits, within bounds.
    fn number(
        &mut self,
        separator: char,
        width: Width,
        element: &str,
        (bounds, name): (std::ops::RangeInclusive<i64>, &str),
    ) -> Result<i64, String> {
        match self.rest.split_first() {
            Some((first, rest)) if char::from(*first) == separator => self.rest = rest,
            _ => return Err(self.cannot_parse(self.rest, separator.encode_utf8(&mut [0; 4]))),
        }
        let digits = self.rest.iter().take(2).take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || digits == 1 && width == Width::Two {
            return Err(self.cannot_parse(self.rest, element));
        }
        let (digits, rest) = self.rest.split_at(digits);
        self.rest = rest;
        let number = value_of(digits);
        if bounds.contains(&number) { Ok(number) } else { Err(self.out_of_shape(&format!("{name} out of range"))) }
    }

    /// Skips a fraction; whether one stood there that is not zero.
    fn fraction(&mut self) -> bool {
        let [b'.' | b',', digits @ ..] = self.rest else {
            return false;
        };
        let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            return false;
        }
        let (fraction, rest) = digits.split_at(count);
        self.rest = rest;
        fraction.iter().take(9).any(|digit| *digit != b'0')
    }

    /// Seconds east of Greenwich. Go bounds neither hours nor minutes here.
    fn offset(&mut self) -> Result<i64, String> {
        if let [b'Z', rest @ ..] = self.rest {
            self.rest = rest;
            return Ok(0);
        }
        match self.rest {
            [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2, rest @ ..]
                if [h1, h2, m1, m2].iter().all(|digit| digit.is_ascii_digit()) =>
            {
                let seconds = value_of(&[*h1, *h2]) * 3_600 + value_of(&[*m1, *m2]) * 60;
                self.rest = rest;
                Ok(if *sign == b'-' { -seconds } else { seconds })
            }
            rest => Err(self.cannot_parse(rest, "Z07:00")),
        }
    }
}

fn value_of(digits: &[u8]) -> i64 {
    digits.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0'))
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from the first of January of the year 1, in the proleptic Gregorian calendar.
fn days_since_year_one(year: i64, month: i64, day: i64) -> i64 {
    let past = year - 1;
    let leap_days = past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400);
    let months: i64 = (1..month).map(|earlier| days_in(year, earlier)).sum();
    past * 365 + leap_days + months + day - 1
}

fn show(seconds: i64) -> String {
    let (mut days, time) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // A first guess that is never too early.
    let mut year = days.div_euclid(365) + 2;
    while days_since_year_one(year, 1, 1) > days {
        year -= 1;
    }
    days -= days_since_year_one(year, 1, 1);
    let mut month = 1;
    while days >= days_in(year, month) {
        days -= days_in(year, month);
        month += 1;
    }
    let (sign, size) = if year < 0 { ("-", -year) } else { ("", year) };
    let (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60);
    format!("{sign}{size:04}-{month:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z", days + 1)
}

#[cfg(test)]
mod tests {
    use super::rfc3339;
    use crate::value::go_text::time_quoted;

    #[test]
    fn times_are_written_in_utc() {
        for (text, shown) in [
            ("2024-05-06T07:08:09+02:00", "2024-05-06T05:08:09Z"),
            ("2024-02-29T23:59:59.75-01:30", "2024-03-01T01:29:59Z"),
            ("2024-01-01T5:00:00,5Z", "2024-01-01T05:00:00Z"),
            ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
            ("9999-12-31T23:00:00-23:00", "10000-01-01T22:00:00Z"),
            ("1970-01-01T00:00:00+99:99", "1969-12-27T19:21:00Z"),
        ] {
            assert_eq!(rfc3339(text), Ok(Some(shown.to_owned())), "{text}");
        }
        assert_eq!(rfc3339("0001-01-01T00:00:00Z"), Ok(None));
    }

    #[test]
    fn words_of_go() {
        for (text, why) in [
            ("2024-13-01T00:00:00Z", ": month out of range"),
            ("2023-02-29T00:00:00Z", ": day out of range"),
            ("2024-01-01T00:00:00Zé", ": extra text: \"\\xc3\\xa9\""),
            ("2024-01-01", " as \"2006-01-02T15:04:05Z07:00\": cannot parse \"\" as \"T\""),
            ("x", " as \"2006-01-02T15:04:05Z07:00\": cannot parse \"x\" as \"2006\""),
        ] {
            let quoted = time_quoted(text.as_bytes());
            assert_eq!(rfc3339(text), Err(format!("parsing time {quoted}{why}")), "{text}");
        }
    }
}
