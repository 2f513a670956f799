//! Dates and moments as PyYAML reads them and Python writes them.

use super::digits::{days_in, take, take_one};
use super::pyyaml::PyError;

/// A date with or without a time.
pub(super) struct Moment {
    date: (u32, u32, u32),
    time: Option<Time>,
}

struct Time {
    hour: u32,
    minute: u32,
    second: u32,
    microsecond: u32,
    /// Sign, hours and minutes east of Greenwich.
    zone: Option<(char, u32, u32)>,
}

impl Moment {
    /// Reads the forms of YAML 1.1; whether the numbers are in range is for `write` to say.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut rest = text;
        let year = take(&mut rest, 4, 4)?;
        take_one(&mut rest, &['-'])?;
        let month = rest;
        let date = (year, take(&mut rest, 1, 2)?, take_one(&mut rest, &['-']).and_then(|_| take(&mut rest, 1, 2))?);
        if rest.is_empty() {
            // A date alone needs both digits of month and day.
            return (month.len() == 5).then_some(Self { date, time: None });
        }
        let time = Time::read(rest)?;
        Some(Self { date, time: Some(time) })
    }

    /// The same, but a date alone needs no more than one digit of month and day: behind a tag.
    pub(super) fn read_loosely(text: &str) -> Option<Self> {
        let mut rest = text;
        let year = take(&mut rest, 4, 4)?;
        take_one(&mut rest, &['-'])?;
        let month = take(&mut rest, 1, 2)?;
        take_one(&mut rest, &['-'])?;
        let day = take(&mut rest, 1, 2)?;
        let time = if rest.is_empty() { None } else { Some(Time::read(rest)?) };
        Some(Self { date: (year, month, day), time })
    }

    /// As `isoformat(" ")` of Python gives it.
    pub(super) fn write(&self) -> Result<String, PyError> {
        let zone = self.time.as_ref().map(Time::write_zone).transpose()?.unwrap_or_default();
        let (year, month, day) = self.date;
        if year == 0 {
            return Err(PyError::value("year 0 is out of range"));
        }
        if !(1..=12).contains(&month) {
            return Err(PyError::value("month must be in 1..12"));
        }
        if !(1..=days_in(year, month)).contains(&day) {
            return Err(PyError::value("day is out of range for month"));
        }
        let date = format!("{year:04}-{month:02}-{day:02}");
        match &self.time {
            Some(time) => Ok(format!("{date} {}{zone}", time.write()?)),
            None => Ok(date),
        }
    }
}

impl Time {
    fn read(text: &str) -> Option<Self> {
        let mut rest = text;
        if take_one(&mut rest, &['T', 't']).is_none() {
            rest = text.trim_start_matches([' ', '\t']);
            if rest.len() == text.len() {
                return None;
            }
        }
        let hour = take(&mut rest, 1, 2)?;
        take_one(&mut rest, &[':'])?;
        let minute = take(&mut rest, 2, 2)?;
        take_one(&mut rest, &[':'])?;
        let second = take(&mut rest, 2, 2)?;
        let mut microsecond = 0;
        if take_one(&mut rest, &['.']).is_some() {
            let after = rest.trim_start_matches(|next: char| next.is_ascii_digit());
            let digits = rest.get(..rest.len() - after.len())?;
            microsecond = format!("{digits:0<6}").get(..6)?.parse().ok()?;
            rest = after;
        }
        let zone = Self::read_zone(rest.trim_start_matches([' ', '\t']))?;
        // Blanks may stand only in front of a zone.
        let fits = zone.is_some() || rest.is_empty();
        fits.then_some(Self { hour, minute, second, microsecond, zone })
    }

    fn read_zone(text: &str) -> Option<Option<(char, u32, u32)>> {
        let mut rest = text;
        let sign = match take_one(&mut rest, &['Z', '+', '-']) {
            None => return text.is_empty().then_some(None),
            Some('Z') => return rest.is_empty().then_some(Some(('+', 0, 0))),
            Some(sign) => sign,
        };
        let hours = take(&mut rest, 1, 2)?;
        let minutes = match take_one(&mut rest, &[':']) {
            Some(_) => take(&mut rest, 2, 2)?,
            None => 0,
        };
        rest.is_empty().then_some(Some((sign, hours, minutes)))
    }

    fn write(&self) -> Result<String, PyError> {
        for (value, bound, what) in [(self.hour, 23, "hour"), (self.minute, 59, "minute"), (self.second, 59, "second")]
        {
            if value > bound {
                return Err(PyError::value(format!("{what} must be in 0..{bound}")));
            }
        }
        let fraction = match self.microsecond {
            0 => String::new(),
            microsecond => format!(".{microsecond:06}"),
        };
        Ok(format!("{:02}:{:02}:{:02}{fraction}", self.hour, self.minute, self.second))
    }

    fn write_zone(&self) -> Result<String, PyError> {
        let Some((sign, hours, minutes)) = self.zone else {
            return Ok(String::new());
        };
        let minutes = hours * 60 + minutes;
        if minutes >= 24 * 60 {
            return Err(PyError::value(
                "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24)",
            ));
        }
        let sign = if minutes == 0 { '+' } else { sign };
        Ok(format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60))
    }
}
