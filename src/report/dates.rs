//! Moments in words.

use jiff::Timestamp;

/// A moment in seconds since 1970, as people and programs write it: `2026-11-23T09:30:00Z`.
#[must_use]
pub fn date(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| format!("{seconds} s since 1970"), |moment| moment.to_string())
}
