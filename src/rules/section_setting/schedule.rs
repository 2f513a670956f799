//! When logs are cleaned up: a Go duration or a standard cron expression.

use crate::decode::duration;

/// Whether the master takes the text.
pub(super) fn is_schedule(text: &str) -> bool {
    duration::parse(text).is_ok() || is_cron(text)
}

fn is_cron(text: &str) -> bool {
    let rest = match text.strip_prefix("TZ=").or_else(|| text.strip_prefix("CRON_TZ=")) {
        Some(zoned) => match zoned.split_once(' ') {
            Some((zone, rest)) if !zone.contains("..") => rest.trim(),
            _ => return false,
        },
        None => text,
    };
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
    use super::is_schedule;

    #[test]
    fn schedules() {
        for good in ["24h", "0 1 * * *", "*/5 0-6 1,15 jan-mar mon", "@daily", "@every 1h30m", "TZ=UTC 0 0 * * *"] {
            assert!(is_schedule(good), "{good}");
        }
        for bad in ["", "1 day", "0 1 * *", "60 * * * *", "@never", "* * 0 * *", "*/0 * * * *"] {
            assert!(!is_schedule(bad), "{bad}");
        }
    }
}
