//! When logs are cleaned up: a Go duration or a standard cron expression.

use crate::decode::duration;

/// What the master makes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// It takes it.
    Schedule,
    /// It refuses it.
    Nonsense,
    /// It looks for the end of the time zone in vain and panics.
    EndlessZone,
}

/// Reads a text as the master does.
pub(super) fn read(text: &str) -> Reading {
    let zoned = text.strip_prefix("TZ=").or_else(|| text.strip_prefix("CRON_TZ="));
    let is_schedule = match zoned.map(|zoned| zoned.split_once(' ')) {
        Some(None) => return Reading::EndlessZone,
        Some(Some((zone, rest))) => is_zone(zone) && is_cron(rest.trim()),
        None => duration::parse(text).is_ok() || is_cron(text),
    };
    if is_schedule { Reading::Schedule } else { Reading::Nonsense }
}

/// Whether a zone is in the time zone database, as far as its form tells: the database itself belongs to the machine.
fn is_zone(name: &str) -> bool {
    const AREAS: [&str; 18] = [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Brazil",
        "Canada",
        "Chile",
        "Etc",
        "Europe",
        "Indian",
        "Mexico",
        "Pacific",
        "US",
        "posix",
        "right",
    ];
    const ZONES: [&str; 43] = [
        "",
        "UTC",
        "Local",
        "CET",
        "CST6CDT",
        "Cuba",
        "EET",
        "EST",
        "EST5EDT",
        "Egypt",
        "Eire",
        "Factory",
        "GB",
        "GB-Eire",
        "GMT",
        "GMT+0",
        "GMT-0",
        "GMT0",
        "Greenwich",
        "HST",
        "Hongkong",
        "Iceland",
        "Iran",
        "Israel",
        "Jamaica",
        "Japan",
        "Kwajalein",
        "Libya",
        "MET",
        "MST",
        "MST7MDT",
        "NZ",
        "NZ-CHAT",
        "Navajo",
        "PRC",
        "PST8PDT",
        "Poland",
        "Portugal",
        "ROC",
        "ROK",
        "Singapore",
        "Turkey",
        "UCT",
    ];
    const MORE: [&str; 4] = ["Universal", "W-SU", "WET", "Zulu"];
    let in_area = name.split_once('/').is_some_and(|(area, city)| AREAS.contains(&area) && !city.is_empty());
    !name.contains("..") && (in_area || ZONES.contains(&name) || MORE.contains(&name))
}

fn is_cron(rest: &str) -> bool {
    if let Some(word) = rest.strip_prefix('@') {
        let every = word.strip_prefix("every ").is_some_and(|span| duration::parse(span).is_ok());
        return every || matches!(word, "yearly" | "annually" | "monthly" | "weekly" | "daily" | "midnight" | "hourly");
    }
    const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    const DAYS: &[&str] = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let [minute, hour, day, month, weekday] = fields.as_slice() else {
        return false;
    };
    field(minute, 0, 59, &[], 0)
        && field(hour, 0, 23, &[], 0)
        && field(day, 1, 31, &[], 0)
        && field(month, 1, 12, MONTHS, 1)
        && field(weekday, 0, 6, DAYS, 0)
}

/// A comma-separated list of ranges with steps.
fn field(text: &str, low: u32, high: u32, names: &[&str], first: u32) -> bool {
    text.split(',').filter(|part| !part.is_empty()).all(|part| range(part, low, high, names, first))
}

fn range(text: &str, low: u32, high: u32, names: &[&str], first: u32) -> bool {
    let (span, step) = match text.split_once('/') {
        Some((span, step)) => (span, Some(step)),
        None => (text, None),
    };
    let number = |word: &str| -> Option<u32> {
        let named = names.iter().position(|name| *name == word.to_lowercase());
        named.and_then(|at| u32::try_from(at).ok()).map(|at| at + first).or_else(|| word.parse().ok())
    };
    let step_fits = step.is_none_or(|step| step.parse::<u32>().is_ok_and(|step| step > 0));
    let span_fits = match span.split_once('-') {
        _ if matches!(span, "*" | "?") => true,
        // Of a star the other end is not looked at.
        Some(("*" | "?", _)) => true,
        Some((from, to)) => match (number(from), number(to)) {
            (Some(from), Some(to)) => low <= from && from <= to && to <= high,
            _ => false,
        },
        None => number(span).is_some_and(|at| (low..=high).contains(&at)),
    };
    step_fits && span_fits
}

#[cfg(test)]
mod tests {
    use super::{Reading, read};

    #[test]
    fn schedules() {
        for good in [
            "24h",
            "0 1 * * *",
            "*/5 0-6 1,15 jan-mar mon",
            "@daily",
            "@every 1h30m",
            "TZ=UTC 0 0 * * *",
            "*-x * * * *",
            "CRON_TZ=Europe/Berlin @daily",
            "TZ= 0 0 * * *",
        ] {
            assert_eq!(read(good), Reading::Schedule, "{good}");
        }
        for bad in ["", "1 day", "0 1 * *", "60 * * * *", "@never", "* * 0 * *", "*/0 * * * *", "TZ=Mars/X @daily"] {
            assert_eq!(read(bad), Reading::Nonsense, "{bad}");
        }
        assert_eq!(read("TZ=UTC"), Reading::EndlessZone);
    }
}
